"""The tables of a SQLite store, as migrations; the statements are in `statements` and `queries`.

Rows refer to each other by number, which means nothing outside the file; a record's `id` is what
the world sees. `name` holds each surface once; like everything derived, its rows go with the last
mention or claim that uses them. `version` is the store's write counter at a row's last write.
`need` lists the ids of what each change hangs on: it goes with any of them.

A note's text that its origins say already is NULL (`texts`); a moment is a number of microseconds
(`values`), a fact's id the number that it begins with (`keys`). `maker` says once what made the
notes of a run; it names no note, and stays when they go.
"""

APPLICATION_ID = 0x67724D65
"""Marks a SQLite file as a memory: "grMe"."""

PAGE_BYTES = 8192
"""Holds five vectors of 384 float32, where the usual 4096 would hold two and waste a quarter."""

SAID_ONCE = (
    """CREATE TABLE maker (
        no INTEGER PRIMARY KEY, created_by TEXT NOT NULL, run_id TEXT NOT NULL)""",
    """INSERT INTO maker (created_by, run_id)
        SELECT created_by, run_id FROM note GROUP BY created_by, run_id ORDER BY min(no)""",
    "ALTER TABLE episode RENAME TO was_episode",
    """CREATE TABLE episode (
        no INTEGER PRIMARY KEY, scope_no INTEGER NOT NULL, session_no INTEGER NOT NULL,
        id TEXT NOT NULL, source_id TEXT NOT NULL, position INTEGER NOT NULL,
        text TEXT NOT NULL, speaker TEXT, said_at INTEGER NOT NULL, title TEXT,
        metadata TEXT NOT NULL, utc_offset INTEGER, is_placed INTEGER NOT NULL,
        UNIQUE (scope_no, id))""",
    """INSERT INTO episode SELECT no, scope_no, session_no, id, source_id, position, text, speaker,
        order_number(said_at), title, metadata, utc_offset, is_placed FROM was_episode""",
    "DROP TABLE was_episode",
    "CREATE INDEX episode_order ON episode (session_no, said_at, position)",
    "ALTER TABLE note RENAME TO was_note",
    """CREATE TABLE note (
        no INTEGER PRIMARY KEY, scope_no INTEGER NOT NULL, session_no INTEGER NOT NULL,
        episode_no INTEGER NOT NULL, maker_no INTEGER NOT NULL, id TEXT NOT NULL,
        kind TEXT NOT NULL, text TEXT, title TEXT, context TEXT NOT NULL, keywords TEXT NOT NULL,
        tags TEXT NOT NULL, sentences BLOB NOT NULL, speaker TEXT, addressee TEXT,
        said_at INTEGER, valid_from INTEGER, valid_until INTEGER, superseded_by TEXT,
        strength REAL NOT NULL, half_life_days REAL, written_at INTEGER, version INTEGER NOT NULL,
        UNIQUE (scope_no, id))""",
    """INSERT INTO note SELECT n.no, n.scope_no, n.session_no, n.episode_no, m.no, n.id, n.kind,
        nullif(n.text, CASE WHEN n.kind IN ('turn', 'passage')
            THEN (SELECT text FROM episode WHERE no = n.episode_no)
            ELSE (SELECT group_concat(line, char(10)) FROM (
                SELECT coalesce(nullif(e.speaker, '') || ': ', '') || e.text AS line
                FROM origin AS o CROSS JOIN episode AS e ON e.no = o.episode_no
                WHERE o.note_no = n.no ORDER BY o.place)) END),
        n.title, n.context, n.keywords, n.tags, n.sentences, n.speaker, n.addressee,
        time_number(n.said_at), time_number(n.valid_from), time_number(n.valid_until),
        n.superseded_by, n.strength, n.half_life_days, time_number(n.written_at), n.version
        FROM was_note AS n
        CROSS JOIN maker AS m ON m.created_by = n.created_by AND m.run_id = n.run_id
        ORDER BY n.no""",
    "DROP TABLE was_note",
    "CREATE INDEX note_episode ON note (episode_no)",
    "ALTER TABLE mention RENAME TO was_mention",
    """CREATE TABLE mention (
        note_no INTEGER NOT NULL, place INTEGER NOT NULL, scope_no INTEGER NOT NULL,
        name_no INTEGER NOT NULL, start INTEGER NOT NULL, end INTEGER NOT NULL,
        kind INTEGER NOT NULL, initial INTEGER NOT NULL, valid_from INTEGER, valid_until INTEGER,
        PRIMARY KEY (note_no, place)) WITHOUT ROWID""",
    """INSERT INTO mention SELECT note_no, place, scope_no, name_no, start, end, kind, initial,
        time_number(valid_from), time_number(valid_until) FROM was_mention""",
    "DROP TABLE was_mention",
    "CREATE INDEX mention_name ON mention (name_no)",
    "ALTER TABLE claim RENAME TO was_claim",
    """CREATE TABLE claim (
        note_no INTEGER NOT NULL, place INTEGER NOT NULL, scope_no INTEGER NOT NULL,
        fact_key INTEGER NOT NULL, subject_no INTEGER NOT NULL, relation TEXT NOT NULL,
        object_no INTEGER NOT NULL, start INTEGER NOT NULL, end INTEGER NOT NULL,
        negated INTEGER NOT NULL, valid_from INTEGER, valid_until INTEGER,
        PRIMARY KEY (note_no, place)) WITHOUT ROWID""",
    """INSERT INTO claim SELECT note_no, place, scope_no, fact_key(fact_id), subject_no, relation,
        object_no, start, end, negated, time_number(valid_from), time_number(valid_until)
        FROM was_claim""",
    "DROP TABLE was_claim",
    "CREATE INDEX claim_fact ON claim (scope_no, fact_key)",
    "CREATE INDEX claim_subject ON claim (subject_no)",
    "CREATE INDEX claim_object ON claim (object_no)",
)
"""Writes once what stood in several rows, and as numbers what stood as texts.

`migrate` gives the functions that it calls.
"""

MIGRATIONS: tuple[tuple[str, ...], ...] = (
    (
        "CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID",
        """CREATE TABLE scope (
            no INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, version INTEGER NOT NULL)""",
        """CREATE TABLE session (
            no INTEGER PRIMARY KEY, scope_no INTEGER NOT NULL, id TEXT NOT NULL,
            collection TEXT NOT NULL, name TEXT NOT NULL, version INTEGER NOT NULL,
            UNIQUE (scope_no, id))""",
        """CREATE TABLE episode (
            no INTEGER PRIMARY KEY, scope_no INTEGER NOT NULL, session_no INTEGER NOT NULL,
            id TEXT NOT NULL, source_id TEXT NOT NULL, position INTEGER NOT NULL,
            text TEXT NOT NULL, speaker TEXT, said_at TEXT NOT NULL, title TEXT,
            metadata TEXT NOT NULL, UNIQUE (scope_no, id))""",
        "CREATE INDEX episode_order ON episode (session_no, said_at, position, id)",
        """CREATE TABLE note (
            no INTEGER PRIMARY KEY, scope_no INTEGER NOT NULL, session_no INTEGER NOT NULL,
            episode_no INTEGER NOT NULL, id TEXT NOT NULL, kind TEXT NOT NULL,
            text TEXT NOT NULL, title TEXT, context TEXT NOT NULL, keywords TEXT NOT NULL,
            tags TEXT NOT NULL, sentences BLOB NOT NULL, speaker TEXT, addressee TEXT,
            said_at TEXT, valid_from TEXT, valid_until TEXT, superseded_by TEXT,
            strength REAL NOT NULL, half_life_days REAL, created_by TEXT NOT NULL,
            run_id TEXT NOT NULL, written_at TEXT, version INTEGER NOT NULL,
            UNIQUE (scope_no, id))""",
        "CREATE INDEX note_episode ON note (episode_no)",
        """CREATE TABLE origin (
            note_no INTEGER NOT NULL, place INTEGER NOT NULL, scope_no INTEGER NOT NULL,
            episode_no INTEGER NOT NULL, PRIMARY KEY (note_no, place)) WITHOUT ROWID""",
        "CREATE INDEX origin_episode ON origin (episode_no)",
        """CREATE TABLE name (
            no INTEGER PRIMARY KEY, scope_no INTEGER NOT NULL, surface TEXT NOT NULL,
            entity_id TEXT NOT NULL, UNIQUE (scope_no, surface))""",
        "CREATE INDEX name_entity ON name (scope_no, entity_id)",
        """CREATE TABLE mention (
            note_no INTEGER NOT NULL, place INTEGER NOT NULL, scope_no INTEGER NOT NULL,
            name_no INTEGER NOT NULL, start INTEGER NOT NULL, end INTEGER NOT NULL,
            kind INTEGER NOT NULL, initial INTEGER NOT NULL, valid_from TEXT, valid_until TEXT,
            PRIMARY KEY (note_no, place)) WITHOUT ROWID""",
        "CREATE INDEX mention_name ON mention (name_no)",
        """CREATE TABLE claim (
            note_no INTEGER NOT NULL, place INTEGER NOT NULL, scope_no INTEGER NOT NULL,
            fact_id TEXT NOT NULL, subject_no INTEGER NOT NULL, relation TEXT NOT NULL,
            object_no INTEGER NOT NULL, start INTEGER NOT NULL, end INTEGER NOT NULL,
            negated INTEGER NOT NULL, valid_from TEXT, valid_until TEXT,
            PRIMARY KEY (note_no, place)) WITHOUT ROWID""",
        "CREATE INDEX claim_fact ON claim (scope_no, fact_id)",
        "CREATE INDEX claim_subject ON claim (subject_no)",
        "CREATE INDEX claim_object ON claim (object_no)",
        """CREATE TABLE vector (
            note_no INTEGER PRIMARY KEY, scope_no INTEGER NOT NULL, note_row BLOB NOT NULL,
            sentence_rows BLOB)""",
        """CREATE TABLE link (
            source_no INTEGER NOT NULL, target_no INTEGER NOT NULL, kind TEXT NOT NULL,
            origin TEXT NOT NULL, scope_no INTEGER NOT NULL, weight REAL NOT NULL,
            PRIMARY KEY (source_no, target_no, kind, origin)) WITHOUT ROWID""",
        "CREATE INDEX link_target ON link (target_no)",
        "CREATE INDEX link_origin ON link (scope_no, origin)",
        """CREATE TABLE change (
            seq INTEGER PRIMARY KEY, scope_no INTEGER NOT NULL, id TEXT NOT NULL,
            note_no INTEGER NOT NULL, field TEXT NOT NULL, before TEXT NOT NULL,
            after TEXT NOT NULL, reason TEXT NOT NULL, author TEXT NOT NULL,
            run_id TEXT NOT NULL, at TEXT, UNIQUE (scope_no, id))""",
        "CREATE INDEX change_note ON change (note_no)",
        "CREATE INDEX change_after ON change (scope_no, field, after)",
        """CREATE TABLE tombstone (
            scope_no INTEGER NOT NULL, episode_id TEXT NOT NULL, deleted_at TEXT NOT NULL,
            PRIMARY KEY (scope_no, episode_id)) WITHOUT ROWID""",
        "CREATE INDEX session_version ON session (scope_no, id, version)",
        "INSERT INTO meta VALUES ('version', '0'), ('token', lower(hex(randomblob(16))))",
    ),
    (
        """CREATE TABLE token (
            note_no INTEGER PRIMARY KEY, scope_no INTEGER NOT NULL, signs BLOB NOT NULL)""",
    ),
    (
        """CREATE TABLE entry (
            seq INTEGER PRIMARY KEY, scope_no INTEGER NOT NULL, id TEXT NOT NULL,
            owner TEXT NOT NULL, kind TEXT NOT NULL, note_no INTEGER, field TEXT,
            target TEXT NOT NULL, before TEXT NOT NULL, after TEXT NOT NULL, reason TEXT NOT NULL,
            author TEXT NOT NULL, run_id TEXT NOT NULL, at TEXT, evidence TEXT NOT NULL,
            depends_on TEXT NOT NULL, UNIQUE (scope_no, id))""",
        """INSERT INTO entry SELECT c.seq, c.scope_no, c.id, n.id, 'note', c.note_no, c.field,
            json_object('field', c.field, 'note', n.id), c.before, c.after, c.reason, c.author,
            c.run_id, c.at, '[]', '[]' FROM change AS c JOIN note AS n ON n.no = c.note_no""",
        "DROP TABLE change",
        "ALTER TABLE entry RENAME TO change",
        "CREATE INDEX change_note ON change (note_no) WHERE note_no IS NOT NULL",
        "CREATE INDEX change_owner ON change (scope_no, owner)",
        "CREATE INDEX change_end ON change (scope_no, seq) WHERE field = 'valid_until'",
        "CREATE INDEX change_entity ON change (scope_no, seq) WHERE kind = 'entity'",
        """CREATE TABLE need (
            scope_no INTEGER NOT NULL, id TEXT NOT NULL, seq INTEGER NOT NULL,
            PRIMARY KEY (scope_no, id, seq)) WITHOUT ROWID""",
        "CREATE INDEX need_change ON need (seq)",
        "INSERT INTO need SELECT scope_no, owner, seq FROM change",
        """INSERT OR IGNORE INTO need SELECT scope_no, json_extract(after, '$'), seq FROM change
            WHERE field = 'superseded_by' AND json_type(after, '$') = 'text'""",
    ),
    (
        "ALTER TABLE episode ADD COLUMN utc_offset INTEGER",
        "ALTER TABLE episode ADD COLUMN is_placed INTEGER NOT NULL DEFAULT 0",
    ),
    ("CREATE INDEX change_archived ON change (scope_no, seq) WHERE field = 'archived'",),
    ("ALTER TABLE scope ADD COLUMN imports TEXT NOT NULL DEFAULT '[]'",),
    ("CREATE INDEX change_probes ON change (scope_no, seq) WHERE field = 'probes'",),
    SAID_ONCE,
)
"""Migration n turns a file of version n into one of version n + 1. Never edit one: append."""

VERSION = len(MIGRATIONS)
"""What `PRAGMA user_version` of an up-to-date file says."""

TABLES = (
    "meta", "scope", "session", "episode", "maker", "note", "origin", "name", "mention", "claim",
    "vector", "token", "link", "change", "need", "tombstone",
)  # fmt: skip
"""All of them, those that the others refer to first."""
