"""Questions that people ask of a memory, as Cypher with parameters; each stays in one scope.

They run unchanged on Neo4j and on the projection of any other store, and give equal rows: each has
an order that ends in an id or in the whole row.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from graphmem.errors import ConfigError, UnknownBackendError

Value = str | int | float | bool | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Inspection:
    """A named query."""

    name: str
    doc: str
    """One line."""
    text: str
    needs: tuple[str, ...] = ()
    """The parameters to give, beside `scope`."""
    defaults: Mapping[str, Value] = field(default_factory=dict)
    """The parameters that may be given, and what they are if not."""


_ATOMIC = "n.kind IN ['turn', 'passage']"
_NAMED = """(toLower(e.name) = toLower($entity)
    OR any(alias IN e.aliases WHERE toLower(alias) = toLower($entity)))"""
_TRUE_THEN = """coalesce(coalesce(n.valid_from, n.said_at) <= datetime($date), true)
    AND coalesce(c.valid_from <= datetime($date), true)
    AND coalesce(c.valid_until > datetime($date), true)
    AND coalesce(n.valid_until > datetime($date), true)"""

_ALL = (
    Inspection(
        name="timeline",
        doc="What was said of an entity, oldest first, and until when it was true.",
        needs=("entity",),
        text=f"""MATCH (e:Entity {{scope: $scope}})<-[:MENTIONS]-(n:Note)
WHERE {_NAMED} AND {_ATOMIC}
RETURN DISTINCT n.said_at AS said_at, n.speaker AS speaker, n.text AS text,
    n.valid_until AS valid_until, n.id AS note
ORDER BY said_at, note""",
    ),
    Inspection(
        name="true-on",
        doc="The facts that held on a date, of one entity or of all, and who had said so.",
        needs=("date",),
        defaults={"entity": None},
        text=f"""MATCH (f:Fact {{scope: $scope}})-[c:DERIVED_FROM]->(n:Note)
WHERE {_TRUE_THEN} AND ($entity IS NULL
    OR EXISTS {{ MATCH (f)-[:SUBJECT|OBJECT]->(e:Entity) WHERE {_NAMED} }})
RETURN f.subject AS subject, CASE WHEN f.negated THEN 'not ' + f.relation ELSE f.relation END
    AS relation, f.object AS object, min(n.said_at) AS said_at, count(DISTINCT n) AS notes,
    f.id AS fact
ORDER BY subject, relation, object, fact""",
    ),
    Inspection(
        name="why",
        doc="Why a note is found: its origins, and its entities with how many notes name each.",
        needs=("note",),
        text="""CALL () {
    MATCH (n:Note {scope: $scope, id: $note})-[d:DERIVED_FROM]->(o:Episode)
    MATCH (o)-[:PART_OF]->(s:Session)
    RETURN 'origin' AS what, s.name + ' ' + o.source_id AS name, o.text AS text,
        o.said_at AS said_at, COUNT { (o)<-[:DERIVED_FROM]-(:Note) } AS notes, o.id AS id
    UNION ALL
    MATCH (n:Note {scope: $scope, id: $note})-[m:MENTIONS]->(e:Entity)
    WITH e, min(m.kind) AS kind
    RETURN 'entity' AS what, e.name AS name, kind AS text, null AS said_at,
        COUNT { MATCH (e)<-[:MENTIONS]-(other:Note) RETURN DISTINCT other } AS notes, e.id AS id
}
RETURN what, name, text, said_at, notes, id ORDER BY what DESC, notes, name, id""",
    ),
    Inspection(
        name="changes-of-run",
        doc="The changes that a run made, with reason and author.",
        needs=("run",),
        text="""MATCH (c:Change {scope: $scope, run_id: $run})-[:CHANGES]->(n:Note)
WITH c, n ORDER BY c.at, n.id, c.seq
RETURN c.at AS at, c.field AS field, c.before AS before, c.after AS after, c.reason AS reason,
    c.author AS author, n.text AS text, n.id AS note, c.id AS change""",
    ),
    Inspection(
        name="without-origins",
        doc="Notes that come from no episode: there must be none.",
        text="""MATCH (n:Note {scope: $scope})
WHERE NOT EXISTS { (n)-[:DERIVED_FROM]->(:Episode) }
RETURN n.kind AS kind, n.text AS text, n.created_by AS created_by, n.id AS note
ORDER BY note""",
    ),
    Inspection(
        name="contradictions",
        doc="Pairs of notes, both held true, that contradict each other: linked so, or a denial.",
        text="""CALL () {
    MATCH (a:Note {scope: $scope})-[:LINK {kind: 'contradicts'}]->(b:Note)
    WHERE a.valid_until IS NULL AND b.valid_until IS NULL
    RETURN 'linked' AS what, a, b
    UNION
    MATCH (f:Fact {scope: $scope, negated: false})-[:SUBJECT]->(s:Entity)
        <-[:SUBJECT]-(g:Fact {negated: true})
    WHERE f.relation = g.relation
        AND EXISTS { MATCH (f)-[:OBJECT]->(:Entity)<-[:OBJECT]-(g) }
    MATCH (f)-[:DERIVED_FROM]->(a:Note)
    MATCH (g)-[:DERIVED_FROM]->(b:Note)
    WHERE a.valid_until IS NULL AND b.valid_until IS NULL
    RETURN 'denied' AS what, a, b
}
RETURN what, a.text AS first, a.said_at AS first_said_at, b.text AS second,
    b.said_at AS second_said_at, a.id AS first_note, b.id AS second_note
ORDER BY what, first_note, second_note""",
    ),
    Inspection(
        name="hubs",
        doc="The entities that most notes name, and their share of all notes.",
        defaults={"top": 20},
        text="""MATCH (n:Note {scope: $scope}) WITH count(n) AS total
MATCH (e:Entity {scope: $scope})<-[:MENTIONS]-(n:Note)
WITH e, total, count(DISTINCT n) AS notes
RETURN e.name AS name, notes, round(toFloat(notes) / total, 3) AS share, e.id AS entity
ORDER BY notes DESC, entity LIMIT $top""",
    ),
    Inspection(
        name="orphans",
        doc="Turns and passages that no entity and no link ties to another note.",
        text=f"""MATCH (n:Note {{scope: $scope}})
WHERE {_ATOMIC} AND NOT EXISTS {{ (n)-[:LINK]-(:Note) }}
    AND NOT EXISTS {{ MATCH (n)-[:MENTIONS]->(:Entity)<-[:MENTIONS]-(m:Note) WHERE m.id <> n.id }}
RETURN n.said_at AS said_at, n.speaker AS speaker, n.text AS text, n.id AS note
ORDER BY said_at, note""",
    ),
    Inspection(
        name="known-of",
        doc="What is known of a person or thing, and from where.",
        needs=("entity",),
        text=f"""MATCH (e:Entity {{scope: $scope}})<-[:SUBJECT|OBJECT]-(f:Fact)
WHERE {_NAMED}
MATCH (f)-[:DERIVED_FROM]->(n:Note)-[:DERIVED_FROM]->(o:Episode)-[:PART_OF]->(s:Session)
WHERE {_ATOMIC}
RETURN DISTINCT f.subject AS subject,
    CASE WHEN f.negated THEN 'not ' + f.relation ELSE f.relation END AS relation,
    f.object AS object, n.valid_until IS NULL AS is_true, o.speaker AS said_by,
    o.said_at AS said_at, trim(s.name + ' ' + o.source_id) AS source, f.id AS fact, o.id AS episode
ORDER BY said_at, episode, fact""",
    ),
    Inspection(
        name="changed-facts",
        doc="Subject and relation pairs that had most objects, in the order they were said.",
        defaults={"top": 20},
        text="""MATCH (e:Entity {scope: $scope})<-[:SUBJECT]-(f:Fact {negated: false})
MATCH (f)-[:OBJECT]->(o:Entity)
MATCH (f)-[:DERIVED_FROM]->(n:Note)
WITH e, f.relation AS relation, o, min(n.said_at) AS said_at
ORDER BY said_at, o.id
WITH e, relation, collect(o.name) AS objects, min(said_at) AS since, max(said_at) AS last
WHERE size(objects) > 1
RETURN e.name AS subject, relation, size(objects) AS n_objects, objects, since, last,
    e.id AS entity
ORDER BY n_objects DESC, entity, relation LIMIT $top""",
    ),
)

INSPECTIONS: Mapping[str, Inspection] = {one.name: one for one in _ALL}
"""Every named query by its name."""


def prepared(name: str, given: Mapping[str, str]) -> tuple[str, dict[str, Value]]:
    """Return a named query's text, and its parameters beside `scope`, from what was typed.

    Raises UnknownBackendError for a name that is none, ConfigError for a parameter that is
    missing, that the query does not have, or that has to be a whole number.
    """
    if name not in INSPECTIONS:
        raise UnknownBackendError("inspection", name, INSPECTIONS)
    one = INSPECTIONS[name]
    known = {*one.needs, *one.defaults}
    missing = [parameter for parameter in one.needs if parameter not in given]
    strange = sorted(given.keys() - known)
    if missing:
        raise ConfigError(
            f"{name} needs {', '.join(missing)}; type: graphmem cypher --run {name} "
            + " ".join(f"--param {parameter}=…" for parameter in missing)
        )
    if strange:
        takes = ", ".join(sorted(known)) or "none"
        raise ConfigError(f"{name} has no parameter {strange[0]!r}; it takes: {takes}")
    return one.text, {**one.defaults, **{key: _read(one, key, given[key]) for key in given}}


def _read(one: Inspection, parameter: str, typed: str) -> Value:
    if not isinstance(one.defaults.get(parameter), int):
        return typed
    try:
        return int(typed)
    except ValueError:
        raise ConfigError(f"{parameter} has to be a whole number, not {typed!r}") from None
