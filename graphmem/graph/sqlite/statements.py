"""The statements that write a SQLite store and look up its numbers, by name.

Those that read records and snapshots stand in `queries`. Values go in as parameters.

Lists of ids or numbers are one parameter: a JSON array that `json_each` takes apart. CROSS JOIN
keeps SQLite from starting at the wrong end.
"""

_IN = "IN (SELECT value FROM json_each(?))"

# The store as a whole
META = "SELECT value FROM meta WHERE key = ?"
ENCODER = """SELECT (SELECT value FROM meta WHERE key = 'encoder'),
    (SELECT value FROM meta WHERE key = 'dim')"""
SET_META = "INSERT INTO meta VALUES (?, ?) ON CONFLICT DO NOTHING"
MARK_COMPACTION = """INSERT OR REPLACE INTO meta
    VALUES ('compact', 'pages:' || lower(hex(randomblob(8))))"""
PAGES_REWRITTEN = "UPDATE meta SET value = ? WHERE key = 'compact' AND value = ?"
COMPACTED = "DELETE FROM meta WHERE key = 'compact' AND value = ?"
NEXT_VERSION = """UPDATE meta SET value = value + 1 + (random() & 0x7fffffff)
    WHERE key = 'version'"""
NOTE_VERSION = """INSERT INTO meta VALUES ('writes', printf('%016x', ?1)) ON CONFLICT (key)
    DO UPDATE SET value = substr(value || excluded.value, -16 * ?2)"""
ADD_SCOPE = "INSERT INTO scope (key, version) VALUES (?, 0) ON CONFLICT DO NOTHING"
TOUCH_SCOPE = "UPDATE scope SET version = ? WHERE no = ?"
SCOPE_NUMBER = "SELECT no FROM scope WHERE key = ?"
SCOPE_VERSION = "SELECT version FROM scope WHERE key = ?"
IMPORTS = "SELECT imports FROM scope WHERE key = ?"
SET_IMPORTS = "UPDATE scope SET imports = ? WHERE key = ?"
SCOPES = """SELECT key FROM scope AS s WHERE
    EXISTS (SELECT 1 FROM session WHERE scope_no = s.no)
    OR EXISTS (SELECT 1 FROM tombstone WHERE scope_no = s.no) ORDER BY key"""
COUNTS = {
    **{
        kind: f"SELECT count(*) FROM {kind} WHERE scope_no = ?"
        for kind in (
            "session", "episode", "note", "mention", "claim", "link", "vector", "token",
            "change", "tombstone",
        )
    },
    "entity": "SELECT count(DISTINCT entity_id) FROM name WHERE scope_no = ?",
    "fact": "SELECT count(DISTINCT fact_key) FROM claim WHERE scope_no = ?",
}  # fmt: skip

# Ids to numbers
SESSION_NUMBERS = """SELECT s.id, s.no FROM json_each(?) AS j
    CROSS JOIN session AS s ON s.scope_no = ? AND s.id = j.value"""
EPISODE_PLACES = """SELECT e.id, e.no, e.session_no, s.id FROM json_each(?) AS j
    CROSS JOIN episode AS e ON e.scope_no = ? AND e.id = j.value
    CROSS JOIN session AS s ON s.no = e.session_no"""
NOTE_NUMBERS = """SELECT n.id, n.no FROM json_each(?) AS j
    CROSS JOIN note AS n ON n.scope_no = ? AND n.id = j.value"""
NOTE_IDS = f"SELECT id FROM note WHERE no {_IN}"
NOTE_TEXT = "SELECT no, text FROM note WHERE scope_no = ? AND id = ?"
ORIGINS_OF_NEW = """SELECT e.id, e.no, e.session_no, e.speaker, e.text FROM json_each(?) AS j
    CROSS JOIN episode AS e ON e.scope_no = ? AND e.id = j.value"""
MAKER = """SELECT max(no) FROM maker WHERE created_by = ? AND run_id = ?
    AND no > (SELECT max(no) FROM maker) - ?"""
ADD_MAKER = "INSERT INTO maker (created_by, run_id) VALUES (?, ?) RETURNING no"
NAME_NUMBER = "SELECT no FROM name WHERE scope_no = ? AND surface = ?"
LAST_NUMBER = {
    table: f"SELECT coalesce(max(no), 0) FROM {table}"
    for table in ("session", "episode", "note", "name")
}
BURIED = f"SELECT episode_id FROM tombstone WHERE scope_no = ? AND episode_id {_IN}"

# Writing
ADD_SESSION = "INSERT INTO session VALUES (?, ?, ?, ?, ?, ?)"
TOUCH_SESSIONS = f"UPDATE session SET version = ? WHERE no {_IN}"
ADD_EPISODE = "INSERT INTO episode VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
REFRESH_EPISODE = """UPDATE episode SET position = ?, source_id = ?, title = ?, metadata = ?
    WHERE no = ?"""
PUT_NOTE = f"INSERT OR REPLACE INTO note VALUES ({', '.join('?' * 23)})"
ADD_ORIGIN = "INSERT INTO origin VALUES (?, ?, ?, ?)"
ADD_NAME = "INSERT INTO name VALUES (?, ?, ?, ?)"
ADD_MENTION = "INSERT INTO mention VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
ADD_CLAIM = "INSERT INTO claim VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
PUT_VECTOR = "INSERT OR REPLACE INTO vector VALUES (?, ?, ?, ?)"
ADD_TOKENS = "INSERT INTO token VALUES (?, ?, ?)"
PUT_LINK = "INSERT OR REPLACE INTO link VALUES (?, ?, ?, ?, ?, ?)"
HAS_LINK = """SELECT 1 FROM link WHERE source_no = ? AND target_no = ? AND kind = ?
    AND origin = ?"""
ADD_CHANGE = """INSERT INTO change
    (scope_no, id, owner, kind, note_no, field, target, before, after, reason, author, run_id, at,
    evidence, depends_on) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING seq"""
ADD_NEED = "INSERT INTO need VALUES (?, ?, ?)"
KNOWN_CHANGES = f"SELECT id FROM change WHERE scope_no = ? AND id {_IN}"
NAMED_ENTITIES = f"SELECT DISTINCT entity_id FROM name WHERE scope_no = ? AND entity_id {_IN}"
ERASE_LINKS_OF_CHAIN = f"""DELETE FROM link WHERE source_no = ? AND target_no = ? AND kind = ?
    AND origin {_IN}"""
ADD_TOMBSTONE = "INSERT INTO tombstone VALUES (?, ?, ?) ON CONFLICT DO NOTHING"

# Erasing
NOTES_OF_EPISODES = f"""SELECT DISTINCT o.note_no, n.id FROM origin AS o
    JOIN note AS n ON n.no = o.note_no WHERE o.episode_no {_IN}"""
SESSIONS_OF_NOTES = f"SELECT DISTINCT session_no FROM note WHERE no {_IN}"
NAMES_OF_NOTES = f"""SELECT name_no FROM mention WHERE note_no {_IN}
    UNION SELECT subject_no FROM claim WHERE note_no {_IN}
    UNION SELECT object_no FROM claim WHERE note_no {_IN}"""
ERASE_MENTIONS = f"DELETE FROM mention WHERE note_no {_IN}"
ERASE_CLAIMS = f"DELETE FROM claim WHERE note_no {_IN}"
ERASE_VECTORS = f"DELETE FROM vector WHERE note_no {_IN}"
ERASE_TOKENS = f"DELETE FROM token WHERE note_no {_IN}"
ERASE_ORIGINS = f"DELETE FROM origin WHERE note_no {_IN}"
ERASE_NOTES = f"DELETE FROM note WHERE no {_IN}"
ERASE_LINKS = f"DELETE FROM link WHERE source_no {_IN} OR target_no {_IN}"
ERASE_LINKS_BY_ORIGIN = f"DELETE FROM link WHERE scope_no = ? AND origin {_IN}"
ERASE_UNUSED_NAMES = f"""DELETE FROM name WHERE no {_IN}
    AND NOT EXISTS (SELECT 1 FROM mention WHERE name_no = name.no)
    AND NOT EXISTS (SELECT 1 FROM claim WHERE subject_no = name.no)
    AND NOT EXISTS (SELECT 1 FROM claim WHERE object_no = name.no)"""
ERASE_EPISODES = f"DELETE FROM episode WHERE no {_IN}"
ERASE_EMPTY_SESSIONS = f"""DELETE FROM session WHERE no {_IN}
    AND NOT EXISTS (SELECT 1 FROM episode WHERE session_no = session.no)"""
OWNERS_IN_NEED = f"""SELECT DISTINCT c.owner FROM need AS d CROSS JOIN change AS c
    ON c.seq = d.seq WHERE d.scope_no = ? AND d.id {_IN}"""
ERASE_NEEDS = f"""DELETE FROM need WHERE seq IN
    (SELECT seq FROM change WHERE scope_no = ? AND id {_IN})"""
ERASE_CHANGES = f"DELETE FROM change WHERE scope_no = ? AND id {_IN}"
REWRITE_BEFORE = "UPDATE change SET before = ? WHERE scope_no = ? AND id = ?"
LIFT_TOMBSTONES = f"DELETE FROM tombstone WHERE scope_no = ? AND episode_id {_IN}"
