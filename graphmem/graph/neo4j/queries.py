"""The Cypher statements that read records, snapshots and the server's indexes, by name."""

_FIELDS = {
    "Session": ".id, .collection, .name",
    "Episode": """.id, .session_id, .source_id, .position, .text, .speaker,
        said_at: toString(x.said_at), placed_at: toString(x.placed_at), .utc_offset, .title,
        .metadata""",
    "Note": """.id, .session_id, .kind, .text, .origins, .context, .keywords, .tags, .sentences,
        .speaker, .addressee, .title, said_at: toString(x.said_at),
        valid_from: toString(x.valid_from), valid_until: toString(x.valid_until), .superseded_by,
        .strength, .half_life_days, .pinned, .archived, .probes, .shown, .evolved_by,
        .created_by, .run_id,
        written_at: toString(x.written_at)""",
    "Change": """.id, .target, .before, .after, .reason, .author, .run_id, at: toString(x.at),
        .evidence, .depends_on""",
    "Tombstone": ".id, deleted_at: toString(x.deleted_at)",
}


def _found(edge: str) -> str:
    times = (f"{name}: toString({edge}.{name})" for name in ("valid_from", "valid_until"))
    return f"{edge} {{.*, {', '.join(times)}}}"


def _by_id(label: str, value: str) -> str:
    return f"UNWIND $ids AS id MATCH (x:{label} {{scope: $scope, id: id}}) RETURN x.id, {value}"


SESSIONS = _by_id("Session", f"x {{{_FIELDS['Session']}}}")
EPISODES = _by_id("Episode", f"x {{{_FIELDS['Episode']}}}")
NOTES = _by_id("Note", f"x {{{_FIELDS['Note']}}}")
DERIVED_NOTES = _by_id("Note", f"x {{{_FIELDS['Note']}, .as_derived}}")
CHANGES = _by_id("Change", f"x {{{_FIELDS['Change']}}}")
TOMBSTONES = _by_id("Tombstone", f"x {{{_FIELDS['Tombstone']}}}")
MENTIONS = _by_id(
    "Note",
    f"COLLECT {{ MATCH (x)-[m:MENTIONS]->() WITH m ORDER BY m.place RETURN {_found('m')} }}",
)
CLAIMS = _by_id(
    "Note",
    f"""COLLECT {{ MATCH (x)<-[c:DERIVED_FROM]-(:Fact)
        WITH c ORDER BY c.place RETURN {_found("c")} }}""",
)
VECTORS = """UNWIND $ids AS id MATCH (x:Note {scope: $scope, id: id})
    WHERE x.vector_bytes IS NOT NULL RETURN x.id, x.vector_bytes, x.sentence_bytes"""
TOKENS = """UNWIND $ids AS id MATCH (x:Note {scope: $scope, id: id})
    WHERE x.token_bytes IS NOT NULL RETURN x.id, x.vector_bytes, x.token_bytes"""
_LINK = "[a.id, b.id, l.kind, l.origin, l.weight]"
LINKS = _by_id(
    "Note",
    f"""COLLECT {{ MATCH (x)-[l:LINK]-() WITH DISTINCT l, startNode(l) AS a, endNode(l) AS b
        RETURN {_LINK} }}""",
)
LINKS_FROM = f"""UNWIND $ids AS id MATCH (a:Note {{scope: $scope, id: id}})-[l:LINK]->(b)
    RETURN {_LINK}"""
LINKS_OF_KINDS = f"""MATCH (a:Note)-[l:LINK]->(b:Note)
    WHERE l.scope = $scope AND l.origin IS NOT NULL AND l.kind IN $kinds RETURN {_LINK}"""
_END = "MATCH (x)<-[:{end}]-(:Fact)-[c:DERIVED_FROM]->(n:Note) RETURN [c.{field}, null, n.origins]"
ENTITY_USES = _by_id(
    "Entity",
    f"""COLLECT {{ MATCH (x)<-[m:MENTIONS]-(n:Note) RETURN [m.name, m.kind, n.origins] }}
        + COLLECT {{ {_END.format(end="SUBJECT", field="subject")} }}
        + COLLECT {{ {_END.format(end="OBJECT", field="object")} }},
        COLLECT {{ MATCH (x)-[:SAME_AS]->(y:Entity) RETURN y.id }}""",
)
_CLAIMED = f"""COLLECT {{ MATCH (x)-[c:DERIVED_FROM]->(n:Note)
        WITH c, n ORDER BY n.id, c.place
        RETURN [{_found("c")}, n.id, n.origins, n.created_by] }}"""
FACT_USES = _by_id("Fact", _CLAIMED)
PLACED_FACT_USES = _by_id("Fact", f"elementId(x), {_CLAIMED}")
JOURNALS = f"""UNWIND $owners AS owner MATCH (x:Change {{scope: $scope, owner: owner}})
    WITH DISTINCT x ORDER BY x.seq RETURN x {{{_FIELDS["Change"]}}}"""
JOURNAL_BACK = f"""MATCH (x:Change {{scope: $scope}}) WHERE x.seq < CASE WHEN $before IS NULL
        THEN 9223372036854775807
        ELSE head(COLLECT {{ MATCH (b:Change {{scope: $scope, id: $before}}) RETURN b.seq }}) END
    AND ($run IS NULL OR x.run_id = $run) AND ($but IS NULL OR x.run_id <> $but)
    WITH x ORDER BY x.seq DESC LIMIT $limit RETURN x {{{_FIELDS["Change"]}}}"""
IDENTITIES = f"""UNWIND $scopes AS scope MATCH (x:Change {{scope: scope}})
    WHERE x.entity IS NOT NULL WITH x ORDER BY x.seq RETURN x {{{_FIELDS["Change"]}}}"""
HAS_OWNER = """RETURN EXISTS { MATCH (:Note {scope: $scope, id: $id}) }
    OR EXISTS { MATCH (:Entity {scope: $scope, id: $id}) }"""

# The neighbours of a moment in a session; an episode without a time stands before all others
_PLACE = "[coalesce(x.said_at, x.placed_at, datetime('-99999-01-01T00:00Z')), x.position, x.id]"
_ORDER = "[coalesce(datetime($said_at), datetime('-99999-01-01T00:00Z')), $position, $id]"
_BESIDE = f"""MATCH (s:Session {{scope: $scope, id: $session}})<-[:PART_OF]-(x:Episode)
    WITH x, {_PLACE} AS place"""
AHEAD = f"""{_BESIDE} WHERE place < {_ORDER} ORDER BY place DESC LIMIT $limit
    RETURN x {{{_FIELDS["Episode"]}}}"""
BEHIND = f"""{_BESIDE} WHERE place >= {_ORDER} ORDER BY place LIMIT $limit
    RETURN x {{{_FIELDS["Episode"]}}}"""


# The next ids of a kind: those behind the last one
def _page(label: str, condition: str = "") -> str:
    more = f" AND {condition}" if condition else ""
    return f"""MATCH (x:{label}) WHERE x.scope = $scope AND x.id > $after{more}
    RETURN x.id ORDER BY x.id LIMIT $limit"""


PAGES = {
    "session": _page("Session"),
    "episode": _page("Episode"),
    "note": _page("Note"),
    "entity": _page("Entity"),
    "fact": _page("Fact"),
    "mention": _page("Note", "EXISTS { (x)-[:MENTIONS]->() }"),
    "claim": _page("Note", "EXISTS { (x)<-[:DERIVED_FROM]-(:Fact) }"),
    "link": _page("Note", "EXISTS { (x)-[:LINK]->() }"),
    "vector": _page("Note", "x.vector_bytes IS NOT NULL"),
    "token": _page("Note", "x.token_bytes IS NOT NULL"),
    "change": _page("Change"),
    "tombstone": _page("Tombstone"),
}

# Snapshots: columns as lists, collected on the server; notes by the server's own names of them
MOMENT = """MATCH (m:Memory {id: 'memory'})
    RETURN m.token, m.encoder, COLLECT {
        MATCH (s:Scope) WHERE s.key IN $scopes RETURN [s.key, s.version] ORDER BY s.key }"""
MEMO_SESSIONS = """MATCH (s:Session) WHERE s.scope IN $scopes AND s.id IN $sessions
    RETURN collect(s.no)"""
SESSION_VERSIONS = """MATCH (s:Session) WHERE s.scope IN $scopes AND s.id IS NOT NULL
    WITH s ORDER BY s.id RETURN collect(s.no), collect(s.version)"""
TRUE_NOTES = """UNWIND range(0, size($sessions) - 1) AS i
    MATCH (s:Session {no: $sessions[i]}) WHERE s.scope IN $scopes
    MATCH (s)<-[:PART_OF]-(e:Episode)<-[:DERIVED_FROM {place: 0}]-(n:Note)
    WHERE n.kind IN $kinds AND coalesce(n.valid_until > datetime($at), true)
        AND coalesce(coalesce(n.valid_from, n.said_at) <= datetime($as_of), true)
    WITH i, s, e, n
    ORDER BY i, coalesce(e.said_at, e.placed_at) IS NOT NULL, coalesce(e.said_at, e.placed_at),
        e.position, e.id, n.id
    RETURN collect(n.no), collect(s.no), collect(n.version), collect(elementId(n))"""
ARCHIVED = """MATCH (n:Note) WHERE n.scope IN $scopes AND n.archived = true
    RETURN collect(n.no)"""
FIRST_END = """MATCH (n:Note) WHERE n.scope IN $scopes AND n.valid_until > datetime($at)
    RETURN toString(min(n.valid_until))"""
PROBED = """MATCH (n:Note {scope: $scope}) WHERE n.probes IS NOT NULL
    WITH n.id AS id ORDER BY id RETURN collect(id)"""
_PLACED = """UNWIND range(0, size($at) - 1) AS i
    MATCH (n:Note) WHERE elementId(n) = $at[i]"""
NOTE_COLUMNS = f"""{_PLACED} WITH i, n, n.said_at AS said_at ORDER BY i
    RETURN collect([n.session_no, n.scope, n.id, n.origins[0], n.text, n.kind, n.sentences, n.title,
        n.speaker, said_at.epochSeconds, said_at.microsecond])"""
MENTION_COLUMNS = f"""{_PLACED} MATCH (n)-[m:MENTIONS]->() RETURN {{
    note: collect(i), place: collect(m.place), name: collect(m.name), start: collect(m.start),
    end: collect(m.end), kind: collect(m.kind), initial: collect(m.initial) }}"""
CLAIM_COLUMNS = f"""{_PLACED} MATCH (n)<-[c:DERIVED_FROM]-(:Fact) RETURN {{
    note: collect(i), place: collect(c.place), subject: collect(c.subject),
    relation: collect(c.relation), object: collect(c.object) }}"""
VECTOR_COLUMNS = f"""{_PLACED} AND n.vector_bytes IS NOT NULL
    RETURN collect(i), collect(n.vector_bytes), collect(coalesce(n.sentence_bytes, $nothing))"""
TOKEN_COLUMNS = f"""{_PLACED} AND n.token_bytes IS NOT NULL
    WITH i, n ORDER BY i RETURN collect(i), collect(n.token_bytes)"""

# Search on the server
_TRUE = """n.scope = $scope AND n.kind IN $kinds AND n.archived IS NULL
    AND coalesce(n.valid_until > datetime($at), true)
    AND coalesce(coalesce(n.valid_from, n.said_at) <= datetime($as_of), true)"""
NEAREST = f"""CALL db.index.vector.queryNodes('note_vector', $among, $row)
    YIELD node WITH collect(node) AS found
    RETURN size(found), COLLECT {{ UNWIND found AS n WITH n WHERE {_TRUE}
        WITH n.id AS id, vector.similarity.cosine(n.vector, $row) AS score
        RETURN [id, score] ORDER BY score DESC, id LIMIT $k }}"""
AWAIT_FULL_TEXT = "CALL db.index.fulltext.awaitEventuallyConsistentIndexRefresh()"
MATCHING = f"""CALL db.index.fulltext.queryNodes('note_text', $words, {{limit: $among}})
    YIELD node, score WITH collect([node, score]) AS found
    RETURN size(found), COLLECT {{ UNWIND found AS pair WITH pair[0] AS n, pair[1] AS score
        WHERE {_TRUE} RETURN [n.id, score] ORDER BY score DESC, n.id LIMIT $k }}"""

# What was written since a version
_SESSIONS = "MATCH (s:Session {scope: $scope}) WHERE s.id IS NOT NULL"
WRITTEN = f"""RETURN COLLECT {{ {_SESSIONS} RETURN s.id }},
    COLLECT {{ {_SESSIONS} AND s.version > $since RETURN s.id }},
    COLLECT {{ {_SESSIONS} AND s.version > $since
        MATCH (s)<-[:PART_OF]-(e:Episode)<-[:DERIVED_FROM {{place: 0}}]-(n:Note)
        WHERE n.kind IN $kinds
        RETURN [n.id, s.id, n.version > $since, coalesce(n.evolved_by, ''), e.metadata] }}"""
