"""What a person sees in the graph beside the records, and whether it says what the records say."""

from itertools import pairwise

from graphmem.graph.neo4j.store import Neo4jStore
from graphmem.types import ScopeKey
from tests.neo4j.servers import cypher

_DANGLING = """MATCH (x) WHERE (x:Entity OR x:Fact OR x:Change OR x:Note OR x:Episode)
    AND NOT EXISTS { (x)<-[:MENTIONS|SUBJECT|OBJECT]-() }
    AND NOT EXISTS { (x)-[:DERIVED_FROM|CHANGES|PART_OF]->() } RETURN x.id"""


def faults(store: Neo4jStore, scope: ScopeKey) -> list[str]:
    """Return in what the drawn graph of a scope differs from its records."""
    shown = _shown(store, scope)
    expected = _expected(store, scope)
    wrong = [f"{name}: {shown[name]} != {expected[name]}" for name in shown
             if shown[name] != expected[name]]  # fmt: skip
    return wrong + [f"dangling {id_}" for (id_,) in cypher(store, _DANGLING)]


def _shown(store: Neo4jStore, scope: ScopeKey) -> dict[str, list[list[object]]]:
    statements = {
        "next": "MATCH (a:Episode {scope: $scope})-[:NEXT]->(b) RETURN a.id, b.id",
        "entities": "MATCH (e:Entity {scope: $scope}) RETURN e.id, e.name, e.aliases",
        "facts": """MATCH (a)<-[:SUBJECT]-(f:Fact {scope: $scope})-[:OBJECT]->(b)
            RETURN f.id, f.subject, f.relation, f.object, a.id, b.id""",
        "supersedes": "MATCH (a:Note {scope: $scope})-[:SUPERSEDES]->(b) RETURN a.id, b.id",
        "segments": "MATCH (s:Segment {scope: $scope}) RETURN s.id",
        "derived": """MATCH (n:Note {scope: $scope})-[d:DERIVED_FROM]->(e:Episode)
            RETURN n.id, d.place, e.id""",
    }
    return {name: sorted(cypher(store, s, scope=scope)) for name, s in statements.items()}  # type: ignore[type-var]


def _expected(store: Neo4jStore, scope: ScopeKey) -> dict[str, list[list[object]]]:
    sessions: dict[str, list[tuple[tuple[str, int, str], str]]] = {}
    for episode in store.scan("episode", scope):
        sessions.setdefault(episode.session_id, []).append((episode.order, episode.id))
    notes = list(store.scan("note", scope))
    return {
        "next": sorted([a[1], b[1]] for run in sessions.values() for a, b in pairwise(sorted(run))),
        "entities": [[e.id, e.name, list(e.aliases)] for e in store.scan("entity", scope)],
        "facts": [
            [f.id, f.subject, f.relation, f.object, f.subject_id, f.object_id]
            for f in store.scan("fact", scope)
        ],
        "supersedes": sorted([n.superseded_by, n.id] for n in notes if n.superseded_by),
        "segments": sorted([n.id] for n in notes if n.kind == "segment"),
        "derived": sorted(
            [n.id, place, origin] for n in notes for place, origin in enumerate(n.origins)
        ),
    }
