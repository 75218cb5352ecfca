"""The statements that read records and snapshots from a SQLite store, by name."""

# Records by id: one JSON array of ids, then the scope's number
SESSIONS = """SELECT s.id, s.collection, s.name FROM json_each(?) AS j
    CROSS JOIN session AS s ON s.scope_no = ? AND s.id = j.value"""
_EPISODE = """e.id, s.id, e.source_id, e.position, e.text, e.speaker, e.said_at, e.title,
    e.metadata, e.utc_offset, e.is_placed"""
EPISODES = f"""SELECT {_EPISODE} FROM json_each(?) AS j
    CROSS JOIN episode AS e ON e.scope_no = ? AND e.id = j.value
    CROSS JOIN session AS s ON s.no = e.session_no"""
AHEAD = f"""SELECT {_EPISODE} FROM session AS s CROSS JOIN episode AS e ON e.session_no = s.no
    WHERE s.scope_no = ? AND s.id = ? AND (e.said_at, e.position, e.id) < (?, ?, ?)
    ORDER BY e.said_at DESC, e.position DESC, e.id DESC LIMIT ?"""
BEHIND = f"""SELECT {_EPISODE} FROM session AS s CROSS JOIN episode AS e ON e.session_no = s.no
    WHERE s.scope_no = ? AND s.id = ? AND (e.said_at, e.position, e.id) >= (?, ?, ?)
    ORDER BY e.said_at, e.position, e.id LIMIT ?"""
_TEXT = "coalesce(n.text, CASE WHEN n.kind IN ('turn', 'passage') THEN e.text END)"
NOTES = f"""SELECT n.no, n.id, s.id, n.kind, {_TEXT}, n.context, n.keywords, n.tags, n.sentences,
    n.speaker, n.addressee, n.title, n.said_at, n.valid_from, n.valid_until, n.superseded_by,
    n.strength, n.half_life_days, m.created_by, m.run_id, n.written_at FROM json_each(?) AS j
    CROSS JOIN note AS n ON n.scope_no = ? AND n.id = j.value
    CROSS JOIN session AS s ON s.no = n.session_no CROSS JOIN maker AS m ON m.no = n.maker_no
    CROSS JOIN episode AS e ON e.no = n.episode_no"""
SAID_BY = """SELECT n.no, n.kind, e.speaker, e.text FROM json_each(?) AS j
    CROSS JOIN note AS n ON n.no = j.value CROSS JOIN origin AS o ON o.note_no = n.no
    CROSS JOIN episode AS e ON e.no = o.episode_no ORDER BY n.no, o.place"""
ORIGINS = """SELECT o.note_no, e.id FROM json_each(?) AS j
    CROSS JOIN origin AS o ON o.note_no = j.value
    CROSS JOIN episode AS e ON e.no = o.episode_no ORDER BY o.note_no, o.place"""
_MENTION = "a.surface, m.start, m.end, m.kind, m.initial, m.valid_from, m.valid_until"
MENTIONS = f"""SELECT n.id, {_MENTION} FROM json_each(?) AS j
    CROSS JOIN note AS n ON n.scope_no = ? AND n.id = j.value
    LEFT JOIN mention AS m ON m.note_no = n.no LEFT JOIN name AS a ON a.no = m.name_no
    ORDER BY n.no, m.place"""
_CLAIM = """a.surface, c.relation, b.surface, c.start, c.end, c.negated, c.valid_from,
    c.valid_until"""
CLAIMS = f"""SELECT n.id, {_CLAIM} FROM json_each(?) AS j
    CROSS JOIN note AS n ON n.scope_no = ? AND n.id = j.value
    LEFT JOIN claim AS c ON c.note_no = n.no LEFT JOIN name AS a ON a.no = c.subject_no
    LEFT JOIN name AS b ON b.no = c.object_no ORDER BY n.no, c.place"""
FACT_USES = f"""SELECT n.no, n.id, m.created_by, {_CLAIM} FROM json_each(?) AS j
    CROSS JOIN claim AS c ON c.scope_no = ? AND c.fact_key = j.value
    CROSS JOIN note AS n ON n.no = c.note_no CROSS JOIN maker AS m ON m.no = n.maker_no
    CROSS JOIN name AS a ON a.no = c.subject_no CROSS JOIN name AS b ON b.no = c.object_no"""
ENTITY_USES = """WITH used AS (SELECT a.no, a.entity_id, a.surface FROM json_each(?) AS j
        CROSS JOIN name AS a ON a.scope_no = ? AND a.entity_id = j.value)
    SELECT entity_id, surface, m.kind, m.note_no FROM used CROSS JOIN mention AS m
        ON m.name_no = used.no
    UNION ALL SELECT entity_id, surface, NULL, c.note_no FROM used CROSS JOIN claim AS c
        ON c.subject_no = used.no
    UNION ALL SELECT entity_id, surface, NULL, c.note_no FROM used CROSS JOIN claim AS c
        ON c.object_no = used.no"""
VECTORS = """SELECT n.id, v.note_row, v.sentence_rows FROM json_each(?) AS j
    CROSS JOIN note AS n ON n.scope_no = ? AND n.id = j.value
    CROSS JOIN vector AS v ON v.note_no = n.no"""
TOKENS = """SELECT n.id, t.signs, length(v.note_row) FROM json_each(?) AS j
    CROSS JOIN note AS n ON n.scope_no = ? AND n.id = j.value
    CROSS JOIN token AS t ON t.note_no = n.no CROSS JOIN vector AS v ON v.note_no = n.no"""
_LINK = "s.id, t.id, l.kind, l.origin, l.weight"
LINKS = f"""SELECT n.id, {_LINK} FROM json_each(?) AS j
    CROSS JOIN note AS n ON n.scope_no = ? AND n.id = j.value
    LEFT JOIN link AS l ON l.source_no = n.no OR l.target_no = n.no
    LEFT JOIN note AS s ON s.no = l.source_no LEFT JOIN note AS t ON t.no = l.target_no
    ORDER BY s.id, t.id, l.kind, l.origin"""
LINKS_FROM = f"""SELECT {_LINK} FROM json_each(?) AS j
    CROSS JOIN note AS s ON s.scope_no = ? AND s.id = j.value
    CROSS JOIN link AS l ON l.source_no = s.no CROSS JOIN note AS t ON t.no = l.target_no
    ORDER BY s.id, t.id, l.kind, l.origin"""
LINKS_OF_KINDS = f"""SELECT {_LINK} FROM link AS l
    CROSS JOIN note AS s ON s.no = l.source_no CROSS JOIN note AS t ON t.no = l.target_no
    WHERE l.scope_no = ? AND l.kind IN (SELECT value FROM json_each(?))
    ORDER BY s.id, t.id, l.kind, l.origin"""
_CHANGE = """c.id, c.target, c.before, c.after, c.reason, c.author, c.run_id, c.at, c.evidence,
    c.depends_on"""
CHANGES = f"""SELECT {_CHANGE} FROM json_each(?) AS j
    CROSS JOIN change AS c ON c.scope_no = ? AND c.id = j.value"""
JOURNAL = f"""SELECT n.id, {_CHANGE} FROM json_each(?) AS j
    CROSS JOIN change AS c ON c.note_no = j.value CROSS JOIN note AS n ON n.no = c.note_no
    ORDER BY c.seq"""
JOURNALS = f"""SELECT {_CHANGE} FROM json_each(?) AS j
    CROSS JOIN change AS c ON c.scope_no = ? AND c.owner = j.value ORDER BY c.seq"""
IDENTITIES = f"""SELECT {_CHANGE} FROM json_each(?) AS j
    CROSS JOIN change AS c ON c.scope_no = j.value AND c.kind = 'entity' ORDER BY c.seq"""
JOURNAL_BACK = f"""SELECT {_CHANGE} FROM change AS c WHERE c.scope_no = :scope AND c.seq <
    CASE WHEN :before IS NULL THEN 9223372036854775807 ELSE
        (SELECT seq FROM change WHERE scope_no = :scope AND id = :before) END
    AND (:run IS NULL OR c.run_id = :run) AND (:but IS NULL OR c.run_id <> :but)
    ORDER BY c.seq DESC LIMIT :limit"""
HAS_ENTITY = "SELECT 1 FROM name WHERE scope_no = ? AND entity_id = ?"
TOMBSTONES = """SELECT t.episode_id, t.deleted_at FROM json_each(?) AS j
    CROSS JOIN tombstone AS t ON t.scope_no = ? AND t.episode_id = j.value"""

# The next ids of a kind: the scope's number, the last id, how many
_HANGING = """SELECT n.id FROM note AS n WHERE n.scope_no = ? AND n.id > ?
    AND EXISTS (SELECT 1 FROM {table} WHERE {column} = n.no) ORDER BY n.id LIMIT ?"""
PAGES = {
    **{
        kind: f"SELECT id FROM {kind} WHERE scope_no = ? AND id > ? ORDER BY id LIMIT ?"
        for kind in ("session", "episode", "note", "change")
    },
    **{
        kind: _HANGING.format(table=kind, column="note_no")
        for kind in ("mention", "claim", "vector", "token")
    },
    "link": _HANGING.format(table="link", column="source_no"),
    "entity": """SELECT DISTINCT entity_id FROM name WHERE scope_no = ? AND entity_id > ?
        ORDER BY entity_id LIMIT ?""",
    "tombstone": """SELECT episode_id FROM tombstone WHERE scope_no = ? AND episode_id > ?
        ORDER BY episode_id LIMIT ?""",
}
FACT_KEYS = """SELECT DISTINCT fact_key FROM claim WHERE scope_no = ? AND fact_key >= ?
    ORDER BY fact_key LIMIT ?"""

# Snapshots
SCOPE_VERSIONS = """SELECT no, version FROM scope
    WHERE key IN (SELECT value FROM json_each(?))"""
SESSION_VERSIONS = """SELECT no, version FROM session INDEXED BY session_version
    WHERE scope_no = ? ORDER BY id"""
N_SESSIONS = "SELECT count(*) FROM session INDEXED BY session_version WHERE scope_no = ?"
SESSIONS_WRITTEN = """SELECT s.no, (SELECT count(*) FROM session AS b INDEXED BY session_version
        WHERE b.scope_no = s.scope_no AND b.id < s.id)
    FROM session AS s INDEXED BY session_version
    WHERE s.scope_no = ? AND s.version > ? ORDER BY s.id LIMIT ?"""
SESSION_VERSIONS_BY_ID = """SELECT s.no, s.version FROM json_each(?) AS j
    CROSS JOIN session AS s INDEXED BY session_version ON s.scope_no = j.value
    ORDER BY s.id, s.no"""
MEMO_SESSIONS = """SELECT s.no FROM json_each(?) AS j CROSS JOIN json_each(?) AS i
    CROSS JOIN session AS s ON s.scope_no = j.value AND s.id = i.value ORDER BY s.no"""
TRUE_NOTES = """SELECT n.no, n.session_no, n.version,
        coalesce(n.valid_until <= :at, 0)
    FROM json_each(:sessions) AS j CROSS JOIN episode AS e ON e.session_no = j.value
    CROSS JOIN note AS n ON n.episode_no = e.no AND n.kind IN ('turn', 'passage')
    WHERE :as_of IS NULL OR coalesce(n.valid_from, n.said_at) IS NULL
        OR coalesce(n.valid_from, n.said_at) <= :as_of
    ORDER BY j.key, e.said_at, e.position, e.id, n.id"""
CHANGED_ENDS = """SELECT c.note_no, c.after FROM json_each(?) AS j
    CROSS JOIN change AS c ON c.scope_no = j.value AND c.field = 'valid_until' ORDER BY c.seq"""
ARCHIVED = """SELECT c.note_no, c.after FROM json_each(?) AS j
    CROSS JOIN change AS c ON c.scope_no = j.value AND c.field = 'archived' ORDER BY c.seq"""
PROBED = """SELECT DISTINCT n.id FROM scope AS s JOIN change AS c ON c.scope_no = s.no
    AND c.field = 'probes' JOIN note AS n ON n.no = c.note_no WHERE s.key = ? ORDER BY n.id"""
NOTE_ROWS = """SELECT j.key, n.session_no, n.id, e.id, coalesce(n.text, e.text), n.title, n.speaker,
    n.kind = 'turn', n.said_at, n.sentences FROM json_each(?) AS j
    CROSS JOIN note AS n ON n.no = j.value CROSS JOIN episode AS e ON e.no = n.episode_no"""
MENTION_ROWS = """SELECT j.key, m.name_no, m.start, m.end, m.kind, m.initial
    FROM json_each(?) AS j CROSS JOIN mention AS m ON m.note_no = j.value
    ORDER BY j.key, m.start, m.place"""
CLAIM_ROWS = """SELECT j.key, c.subject_no, c.object_no, c.relation FROM json_each(?) AS j
    CROSS JOIN claim AS c ON c.note_no = j.value ORDER BY j.key, c.place"""
VECTOR_ROWS = """SELECT j.key, v.note_row, v.sentence_rows FROM json_each(?) AS j
    CROSS JOIN vector AS v ON v.note_no = j.value"""
TOKEN_ROWS = """SELECT j.key, t.signs FROM json_each(?) AS j
    CROSS JOIN token AS t ON t.note_no = j.value ORDER BY j.key"""
NAME_ROWS = """SELECT a.no, a.entity_id, a.surface FROM json_each(?) AS j
    CROSS JOIN name AS a ON a.no = j.value"""

# What was written since a version
SCOPE_STATE = "SELECT no, version FROM scope WHERE key = ?"
WRITTEN_SESSIONS = """SELECT id FROM session INDEXED BY session_version
    WHERE scope_no = :scope AND version > :since"""
SESSION_IDS = "SELECT id FROM session WHERE scope_no = ?"
WRITTEN_NOTES = """SELECT n.id, s.id, n.version > :since, (SELECT c.after FROM change AS c
        WHERE c.note_no = n.no AND c.field = 'evolved_by' ORDER BY c.seq DESC LIMIT 1), e.metadata
    FROM session AS s INDEXED BY session_version CROSS JOIN episode AS e ON e.session_no = s.no
    CROSS JOIN note AS n ON n.episode_no = e.no AND n.kind IN ('turn', 'passage')
    WHERE s.scope_no = :scope AND s.version > :since"""
