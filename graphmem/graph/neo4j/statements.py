"""Every Cypher statement that a Neo4j store runs, by name; values go in as parameters only.

Nodes are the records, their properties the records' fields by the same names, times real temporal
values. `Memory` (one node), `Scope` and `Tombstone` are the store's own. A claim is the
DERIVED_FROM from its fact to its note; a mention is the MENTIONS from its note to its entity.
"""

_SCOPED_ID = ("Session", "Episode", "Note", "Entity", "Fact", "Change", "Tombstone")

MIGRATIONS: tuple[tuple[str, ...], ...] = (
    (
        "CREATE CONSTRAINT scope_key IF NOT EXISTS FOR (x:Scope) REQUIRE x.key IS UNIQUE",
        *(
            f"CREATE CONSTRAINT {label.lower()}_id IF NOT EXISTS FOR (x:{label}) "
            "REQUIRE (x.scope, x.id) IS UNIQUE"
            for label in _SCOPED_ID
        ),
        "CREATE INDEX session_no IF NOT EXISTS FOR (x:Session) ON (x.no)",
        "CREATE INDEX episode_said_at IF NOT EXISTS FOR (x:Episode) ON (x.scope, x.said_at)",
        "CREATE INDEX note_said_at IF NOT EXISTS FOR (x:Note) ON (x.scope, x.said_at)",
        "CREATE INDEX note_valid_until IF NOT EXISTS FOR (x:Note) ON (x.scope, x.valid_until)",
        "CREATE INDEX note_successor IF NOT EXISTS FOR (x:Note) ON (x.scope, x.superseded_by)",
        "CREATE INDEX change_at IF NOT EXISTS FOR (x:Change) ON (x.scope, x.at)",
        "CREATE INDEX change_successor IF NOT EXISTS FOR (x:Change) ON (x.scope, x.successor)",
        "CREATE INDEX link_origin IF NOT EXISTS FOR ()-[x:LINK]-() ON (x.scope, x.origin)",
        """CREATE FULLTEXT INDEX note_text IF NOT EXISTS FOR (x:Note) ON EACH [x.text, x.context]
            OPTIONS {indexConfig: {`fulltext.eventually_consistent`: true}}""",
    ),
    (
        "CREATE INDEX change_owner IF NOT EXISTS FOR (x:Change) ON (x.scope, x.owner)",
        "CREATE INDEX change_entity IF NOT EXISTS FOR (x:Change) ON (x.scope, x.entity)",
        """MATCH (c:Change) WHERE c.target IS NULL SET c.owner = c.note,
            c.target = '{"field":"' + c.field + '","note":"' + c.note + '"}'""",
    ),
    ("CREATE INDEX note_archived IF NOT EXISTS FOR (x:Note) ON (x.scope, x.archived)",),
    ("CREATE INDEX change_seq IF NOT EXISTS FOR (x:Change) ON (x.scope, x.seq)",),
    ("CREATE INDEX note_probes IF NOT EXISTS FOR (x:Note) ON (x.scope, x.probes)",),
)
"""Migration n brings a database of version n to n + 1; each statement may be run again."""

VERSION = len(MIGRATIONS)

# The store as a whole
ADD_MEMORY_KEY = "CREATE CONSTRAINT memory_id IF NOT EXISTS FOR (x:Memory) REQUIRE x.id IS UNIQUE"
ADD_MEMORY = """MERGE (m:Memory {id: 'memory'})
    ON CREATE SET m.token = $token, m.version = 0, m.schema = 0, m.writes = []
    RETURN m.schema"""
SET_SCHEMA = "MATCH (m:Memory {id: 'memory'}) SET m.schema = $schema"
AWAIT_INDEXES = "CALL db.awaitIndexes($seconds)"
ENCODER = "MATCH (m:Memory {id: 'memory'}) RETURN m.encoder, m.dim"
SET_ENCODER = """MATCH (m:Memory {id: 'memory'}) WHERE m.encoder IS NULL
    SET m.encoder = $encoder, m.dim = $dim"""
VECTOR_INDEX = """SHOW VECTOR INDEXES YIELD name, options WHERE name = 'note_vector'
    RETURN options.indexConfig['vector.dimensions']"""
DROP_VECTOR_INDEX = "DROP INDEX note_vector IF EXISTS"
ADD_VECTOR_INDEX = """CREATE VECTOR INDEX note_vector IF NOT EXISTS FOR (x:Note) ON (x.vector)
    OPTIONS {indexConfig: {`vector.dimensions`: $dim, `vector.similarity_function`: 'cosine'}}"""
LOCK = """MATCH (m:Memory {id: 'memory'}) SET m.is_locked = true
    WITH m, $write IN m.writes AS is_done
    SET m.version = m.version + CASE WHEN is_done THEN 0 ELSE 1 END,
        m.writes = CASE WHEN is_done THEN m.writes ELSE ([$write] + m.writes)[..$kept] END
    REMOVE m.is_locked
    RETURN m.version, is_done"""
HOLD = "MATCH (m:Memory {id: 'memory'}) SET m.is_locked = true REMOVE m.is_locked"
TOUCH_SCOPE = """MERGE (s:Scope {key: $scope}) SET s.version = $version,
    s.states = ([left(randomUUID(), 13)] + coalesce(s.states, []))[..$known]"""
STATES = "MATCH (s:Scope {key: $scope}) RETURN s.states"
FORGET_STATES = "MATCH (s:Scope {key: $scope}) SET s.states = []"
IMPORTS = "MATCH (s:Scope {key: $scope}) RETURN s.imports"
SET_IMPORTS = """MERGE (s:Scope {key: $scope}) ON CREATE SET s.version = 0
    SET s.imports = $imports"""
TOUCH_SESSIONS = """UNWIND $sessions AS id MATCH (s:Session {scope: $scope, id: id})
    SET s.version = $version"""
SCOPES = """MATCH (s:Scope)
    WHERE EXISTS { MATCH (x:Session) WHERE x.scope = s.key AND x.id IS NOT NULL }
        OR EXISTS { MATCH (x:Tombstone) WHERE x.scope = s.key AND x.id IS NOT NULL }
    RETURN s.key"""


def _counted(pattern: str, condition: str = "") -> str:
    more = f" AND {condition}" if condition else ""
    return f"COUNT {{ MATCH {pattern} WHERE x.scope = $scope AND x.id IS NOT NULL{more} }}"


COUNTED = {
    "session": _counted("(x:Session)"),
    "episode": _counted("(x:Episode)"),
    "note": _counted("(x:Note)"),
    "entity": _counted("(x:Entity)"),
    "fact": _counted("(x:Fact)"),
    "mention": _counted("(x:Note)-[:MENTIONS]->()"),
    "claim": _counted("(x:Note)<-[:DERIVED_FROM]-(:Fact)"),
    "link": _counted("(x:Note)-[:LINK]->()"),
    "vector": _counted("(x:Note)", "x.vector_bytes IS NOT NULL"),
    "token": _counted("(x:Note)", "x.token_bytes IS NOT NULL"),
    "change": _counted("(x:Change)"),
    "tombstone": _counted("(x:Tombstone)"),
}
COUNTS = f"RETURN {', '.join(COUNTED.values())}"


def _found(parameter: str, label: str, value: str = "x.id") -> str:
    return (
        f"COLLECT {{ UNWIND ${parameter} AS id MATCH (x:{label} {{scope: $scope, id: id}}) "
        f"RETURN {value} }}"
    )


KNOWN = f"RETURN {_found('episodes', 'Episode')}, {_found('episodes', 'Tombstone')}"
PRESENT = f"""RETURN {_found("arriving", "Tombstone")},
    {_found("sessions", "Session", "[x.id, elementId(x)]")},
    {_found("episodes", "Episode", "[x.id, elementId(x), x.session_id]")},
    {_found("notes", "Note", "[x.id, elementId(x), x.text, x.origins]")}"""


# Writing: a node that the transaction has seen is found by the server's own name of it, `at`
def _moments(x: str, row: str, *names: str) -> str:
    """Times travel as text: the driver packs a temporal value forty times slower."""
    return ", ".join(f"{x}.{name} = datetime({row}.times.{name})" for name in names)


_MADE = "RETURN collect([x.id, elementId(x)])"
_SET_NOTE = "SET x += row.properties, x.version = $version, " + _moments(
    "x", "row", "said_at", "valid_from", "valid_until", "written_at"
)
_VALIDITY = ("valid_from", "valid_until")
ADD_SESSIONS = f"""UNWIND $rows AS row
    CREATE (x:Session {{scope: $scope, id: row.id, version: $version}}) SET x += row.properties
    {_MADE}"""
ADD_EPISODES = f"""UNWIND $rows AS row MATCH (s:Session) WHERE elementId(s) = row.session
    CREATE (x:Episode {{scope: $scope, id: row.id}})-[:PART_OF]->(s)
    SET x += row.properties, {_moments("x", "row", "said_at", "placed_at")} {_MADE}"""
SET_EPISODES = """UNWIND $rows AS row MATCH (x:Episode) WHERE elementId(x) = row.at
    SET x += row.properties"""
_LABEL = """FOREACH (_ IN CASE row.properties.kind WHEN 'segment' THEN [1] ELSE [] END |
        SET x:Segment)"""
ADD_NOTES = f"""UNWIND $rows AS row MATCH (s:Session) WHERE elementId(s) = row.session
    CREATE (x:Note {{scope: $scope, id: row.id, no: row.no, session_no: s.no}})-[:PART_OF]->(s)
    {_SET_NOTE} {_LABEL}
    WITH x, row UNWIND range(0, size(row.origins) - 1) AS place
    MATCH (e:Episode) WHERE elementId(e) = row.origins[place]
    CREATE (x)-[:DERIVED_FROM {{place: place}}]->(e)
    WITH x, place WHERE place = 0 {_MADE}"""
SET_NOTES = f"""UNWIND $rows AS row MATCH (x:Note) WHERE elementId(x) = row.at
    {_SET_NOTE} REMOVE x:Segment {_LABEL}"""
SET_VECTORS = """UNWIND $rows AS row MATCH (x:Note) WHERE elementId(x) = row.at
    CALL db.create.setNodeVectorProperty(x, 'vector', row.vector)"""
"""So written a vector takes 4 bytes a number, as a list 8."""
CHAIN = """UNWIND $sessions AS id MATCH (s:Session {scope: $scope, id: id})
    CALL (s) {
        MATCH (s)<-[:PART_OF]-(e:Episode)
        WITH e, coalesce(e.said_at, e.placed_at) AS at
        ORDER BY at IS NOT NULL, at, e.position, e.id
        RETURN collect(e) AS run
    }
    UNWIND range(0, size(run) - 1) AS i
    WITH run[i] AS a, run[i + 1] AS b OPTIONAL MATCH (a)-[was:NEXT]->(c)
    WITH a, b, was, c WHERE coalesce(b.id, '') <> coalesce(c.id, '')
    FOREACH (r IN CASE WHEN was IS NULL THEN [] ELSE [was] END | DELETE r)
    FOREACH (e IN CASE WHEN b IS NULL THEN [] ELSE [b] END | CREATE (a)-[:NEXT]->(e))"""
NAMED_ENTITIES = """UNWIND $ids AS id MATCH (x:Entity {scope: $scope, id: id})
    RETURN x.id, elementId(x), x.name, x.aliases, x.uses"""
ADD_ENTITIES = f"""UNWIND $rows AS row CREATE (x:Entity {{scope: $scope, id: row.id}})
    SET x += row.properties {_MADE}"""
SET_ENTITIES = """UNWIND $rows AS row MATCH (x:Entity) WHERE elementId(x) = row.at
    SET x += row.properties"""
ADD_MENTIONS = f"""UNWIND $rows AS row MATCH (n:Note) WHERE elementId(n) = row.note
    UNWIND row.found AS found MATCH (e:Entity) WHERE elementId(e) = found.entity
    CREATE (n)-[m:MENTIONS]->(e) SET m = found.properties, {_moments("m", "found", *_VALIDITY)}"""
_SET_FACT = f"SET x += row.properties, {_moments('x', 'row', *_VALIDITY)}"
ADD_FACTS = f"""UNWIND $rows AS row MATCH (a:Entity) WHERE elementId(a) = row.subject
    MATCH (b:Entity) WHERE elementId(b) = row.object
    CREATE (a)<-[:SUBJECT]-(x:Fact {{scope: $scope, id: row.id}})-[:OBJECT]->(b)
    {_SET_FACT} {_MADE}"""
SET_FACTS = f"UNWIND $rows AS row MATCH (x:Fact) WHERE elementId(x) = row.at {_SET_FACT}"
ADD_CLAIMS = f"""UNWIND $rows AS row MATCH (n:Note) WHERE elementId(n) = row.note
    UNWIND row.found AS found MATCH (f:Fact) WHERE elementId(f) = found.fact
    CREATE (f)-[c:DERIVED_FROM]->(n)
    SET c = found.properties, {_moments("c", "found", *_VALIDITY)}"""
_LINKED = """UNWIND $rows AS row MATCH (a:Note {scope: $scope, id: row.source})
    MATCH (b:Note {scope: $scope, id: row.target})"""
KNOWN_LINKS = f"""{_LINKED} MATCH (a)-[l:LINK {{kind: row.kind, origin: row.origin}}]->(b)
    RETURN count(l)"""
PUT_LINKS = f"""{_LINKED} MERGE (a)-[l:LINK {{kind: row.kind, origin: row.origin}}]->(b)
    SET l.scope = $scope, l.weight = row.weight"""

# The journal
KNOWN_CHANGES = f"RETURN {_found('ids', 'Change')}"
PRESENT_NEEDS = f"""RETURN {_found("ids", "Note")}, {_found("ids", "Episode")},
    {_found("ids", "Entity")}, {_found("ids", "Change")}"""
ADD_CHANGES = f"""UNWIND $rows AS row CREATE (x:Change {{scope: $scope, id: row.id}})
    SET x += row.properties, {_moments("x", "row", "at")}
    WITH x, row
    CALL (x, row) {{ UNWIND row.notes AS id MATCH (n:Note {{scope: $scope, id: id}})
        CREATE (x)-[:CHANGES]->(n) }}
    CALL (x, row) {{ UNWIND row.entities AS id MATCH (n:Entity {{scope: $scope, id: id}})
        CREATE (x)-[:CHANGES]->(n) }}
    CALL (x, row) {{ UNWIND row.evidence AS id MATCH (n:Note {{scope: $scope, id: id}})
        CREATE (x)-[:EVIDENCE]->(n) }}
    CALL (x, row) {{ UNWIND row.evidence AS id MATCH (n:Episode {{scope: $scope, id: id}})
        CREATE (x)-[:EVIDENCE]->(n) }}
    CALL (x, row) {{ UNWIND row.depends_on AS id MATCH (n:Change {{scope: $scope, id: id}})
        CREATE (x)-[:DEPENDS_ON]->(n) }}"""
SET_CHANGES = """UNWIND $rows AS row MATCH (x:Change {scope: $scope, id: row.id})
    SET x += row.properties"""
ERASE_CHANGES = """UNWIND $ids AS id MATCH (c:Change {scope: $scope, id: id})
    DETACH DELETE c"""
OWNERS_IN_NEED = """UNWIND $ids AS id CALL (id) {
        MATCH (:Note {scope: $scope, id: id})<-[:CHANGES|EVIDENCE]-(c:Change) RETURN c
        UNION MATCH (:Episode {scope: $scope, id: id})<-[:EVIDENCE]-(c:Change) RETURN c
        UNION MATCH (:Change {scope: $scope, id: id})<-[:DEPENDS_ON]-(c:Change) RETURN c
        UNION MATCH (c:Change {scope: $scope, successor: id}) RETURN c
        UNION MATCH (c:Change {scope: $scope, entity: id}) RETURN c
    } RETURN DISTINCT c.owner"""
ERASE_LINKS_OF_CHAIN = """UNWIND $rows AS row
    MATCH (:Note {scope: $scope, id: row.source})-[l:LINK {kind: row.kind}]->
        (:Note {scope: $scope, id: row.target})
    WHERE l.origin IN $origins DELETE l"""
SEPARATE = """UNWIND $entities AS id
    MATCH (:Entity {scope: $scope, id: id})-[r:SAME_AS]->() DELETE r"""
UNITE = """UNWIND $rows AS row MATCH (a:Entity {scope: $scope, id: row.entity})
    MATCH (b:Entity {scope: $scope, id: row.same_as}) MERGE (a)-[:SAME_AS]->(b)"""
SETTLE_NOTES = f"""UNWIND $rows AS row MATCH (x:Note {{scope: $scope, id: row.id}})
    SET x += row.properties, x.version = $version, {_moments("x", "row", "valid_until")}"""
DISCONNECT = """UNWIND $notes AS id MATCH (:Note {scope: $scope, id: id})<-[r:SUPERSEDES]-()
    DELETE r"""
CONNECT_TO_NEW = """UNWIND $notes AS id MATCH (old:Note {scope: $scope, id: id})
    MATCH (new:Note {scope: $scope, id: old.superseded_by}) MERGE (new)-[:SUPERSEDES]->(old)"""
CONNECT_TO_OLD = """UNWIND $notes AS id MATCH (old:Note {scope: $scope, superseded_by: id})
    MATCH (new:Note {scope: $scope, id: id}) MERGE (new)-[:SUPERSEDES]->(old)"""

# Erasing
ERASE_MENTIONS = """UNWIND $notes AS id
    MATCH (:Note {scope: $scope, id: id})-[m:MENTIONS]->(e:Entity)
    WITH m, e.id AS entity, m.name AS name DELETE m RETURN entity, name"""
ERASE_CLAIMS = """UNWIND $notes AS id
    MATCH (:Note {scope: $scope, id: id})<-[c:DERIVED_FROM]-(f:Fact)
    WITH c, f.id AS fact, c.subject AS subject, c.object AS object
    DELETE c RETURN fact, subject, object"""
ERASE_LINKS = """UNWIND $origins AS origin MATCH ()-[l:LINK {scope: $scope, origin: origin}]->()
    DELETE l"""
ERASE_NOTES = """UNWIND $notes AS id MATCH (n:Note {scope: $scope, id: id})
    DETACH DELETE n"""
ERASE_FACTS = "UNWIND $ids AS id MATCH (f:Fact {scope: $scope, id: id}) DETACH DELETE f"
ERASE_ENTITIES = "UNWIND $ids AS id MATCH (e:Entity {scope: $scope, id: id}) DETACH DELETE e"
SESSIONS_OF_NOTES = """UNWIND $notes AS id MATCH (n:Note {scope: $scope, id: id})
    RETURN n.id, n.session_id"""
HOMES = """UNWIND $episodes AS id MATCH (e:Episode {scope: $scope, id: id})
    RETURN e.id, e.session_id"""
NOTES_OF_EPISODES = """UNWIND $episodes AS id
    MATCH (:Episode {scope: $scope, id: id})<-[:DERIVED_FROM]-(n:Note) RETURN DISTINCT n.id"""
BURY = """UNWIND $episodes AS id MATCH (e:Episode {scope: $scope, id: id}) DETACH DELETE e
    WITH id MERGE (t:Tombstone {scope: $scope, id: id}) SET t.deleted_at = datetime($deleted_at)"""
LIVE = f"RETURN {_found('episodes', 'Episode')}"
ADD_TOMBSTONES = """UNWIND $rows AS row MERGE (t:Tombstone {scope: $scope, id: row.id})
    ON CREATE SET t.deleted_at = datetime(row.deleted_at)"""
LIFT_TOMBSTONES = """UNWIND $episodes AS id MATCH (t:Tombstone {scope: $scope, id: id})
    DELETE t"""
ERASE_EMPTY_SESSIONS = """UNWIND $sessions AS id MATCH (s:Session {scope: $scope, id: id})
    WHERE NOT EXISTS { (s)<-[:PART_OF]-(:Episode) } DETACH DELETE s"""
