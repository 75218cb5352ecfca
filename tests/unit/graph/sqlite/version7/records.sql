BEGIN TRANSACTION;
CREATE TABLE "change" (
            seq INTEGER PRIMARY KEY, scope_no INTEGER NOT NULL, id TEXT NOT NULL,
            owner TEXT NOT NULL, kind TEXT NOT NULL, note_no INTEGER, field TEXT,
            target TEXT NOT NULL, before TEXT NOT NULL, after TEXT NOT NULL, reason TEXT NOT NULL,
            author TEXT NOT NULL, run_id TEXT NOT NULL, at TEXT, evidence TEXT NOT NULL,
            depends_on TEXT NOT NULL, UNIQUE (scope_no, id));
INSERT INTO "change" VALUES(1,1,'cd4fd73500db59c188ca7120c','n025cc4aa2f4adf647caff16f','note',1,'tags','{"field":"tags","note":"n025cc4aa2f4adf647caff16f"}','["map"]','["old"]','because','user','','2024-05-01T10:00:00+00:00','[]','[]');
INSERT INTO "change" VALUES(2,1,'c7e0d41d80200ba6e13b21563','n9b7fc51f97a222a4e6af81f4','note',2,'valid_until','{"field":"valid_until","note":"n9b7fc51f97a222a4e6af81f4"}','null','"2024-05-01T10:00:00+00:00"','because','user','','2024-05-01T10:00:00+00:00','[]','[]');
INSERT INTO "change" VALUES(3,1,'cbfab2e0bdb6502e5270774f7','n9b7fc51f97a222a4e6af81f4','note',2,'superseded_by','{"field":"superseded_by","note":"n9b7fc51f97a222a4e6af81f4"}','null','"n2ea5cd25c931ef6bec60fc50"','because','user','','2024-05-01T10:00:00+00:00','[]','[]');
INSERT INTO "change" VALUES(4,1,'cef58584e9dadfd97d4295d78','n025cc4aa2f4adf647caff16f','note',1,'tags','{"field":"tags","note":"n025cc4aa2f4adf647caff16f"}','["old"]','["new","newer"]','because','user','','2024-05-02T10:00:00+00:00','[]','[]');
INSERT INTO "change" VALUES(5,1,'c2c8638e45cd47a660750bd02','n025cc4aa2f4adf647caff16f','note',1,'strength','{"field":"strength","note":"n025cc4aa2f4adf647caff16f"}','1.0','0.5','because','user','','2024-05-02T10:00:00+00:00','[]','[]');
INSERT INTO "change" VALUES(6,1,'cc4c0554823f8364c80106e6d','n2ea5cd25c931ef6bec60fc50','link',NULL,NULL,'{"kind":"about","source":"n2ea5cd25c931ef6bec60fc50","target":"n9b7fc51f97a222a4e6af81f4"}','null','0.5','because','user','','2024-05-01T10:00:00+00:00','["e06ae8d7d3c81841d63e5805d","n025cc4aa2f4adf647caff16f"]','[]');
INSERT INTO "change" VALUES(7,1,'c6c5467d60786a3952e7e5c27','t918c288a32a6632e6d933021','entity',NULL,NULL,'{"entity":"t918c288a32a6632e6d933021","name":null}','null','"ta7a140a558a439b57d079032"','because','user','','2024-05-01T10:00:00+00:00','[]','["cc4c0554823f8364c80106e6d"]');
CREATE TABLE claim (
            note_no INTEGER NOT NULL, place INTEGER NOT NULL, scope_no INTEGER NOT NULL,
            fact_id TEXT NOT NULL, subject_no INTEGER NOT NULL, relation TEXT NOT NULL,
            object_no INTEGER NOT NULL, start INTEGER NOT NULL, end INTEGER NOT NULL,
            negated INTEGER NOT NULL, valid_from TEXT, valid_until TEXT,
            PRIMARY KEY (note_no, place)) WITHOUT ROWID;
INSERT INTO "claim" VALUES(1,0,1,'f592d402572c9c099c615dbb4',1,'near',2,0,34,0,NULL,NULL);
INSERT INTO "claim" VALUES(2,0,1,'f0b01c38c44747c15d8e116b8',3,'near',3,0,22,0,NULL,NULL);
INSERT INTO "claim" VALUES(3,0,1,'f592d402572c9c099c615dbb4',1,'near',2,0,21,0,NULL,NULL);
INSERT INTO "claim" VALUES(4,0,1,'f5ba32b71bfc1bc0323862117',4,'near',5,0,26,0,NULL,NULL);
INSERT INTO "claim" VALUES(5,0,1,'fbf7ee789f529bb903ab887de',6,'near',6,0,31,0,NULL,NULL);
INSERT INTO "claim" VALUES(6,0,1,'f5ba32b71bfc1bc0323862117',4,'near',5,0,26,0,NULL,NULL);
INSERT INTO "claim" VALUES(7,0,1,'f592d402572c9c099c615dbb4',1,'near',2,0,21,0,NULL,NULL);
INSERT INTO "claim" VALUES(8,0,1,'f0b01c38c44747c15d8e116b8',3,'near',3,0,22,0,NULL,NULL);
INSERT INTO "claim" VALUES(11,0,2,'f4b9401b92b3a806742d5f738',7,'near',7,0,22,0,NULL,NULL);
CREATE TABLE episode (
            no INTEGER PRIMARY KEY, scope_no INTEGER NOT NULL, session_no INTEGER NOT NULL,
            id TEXT NOT NULL, source_id TEXT NOT NULL, position INTEGER NOT NULL,
            text TEXT NOT NULL, speaker TEXT, said_at TEXT NOT NULL, title TEXT,
            metadata TEXT NOT NULL, utc_offset INTEGER, is_placed INTEGER NOT NULL DEFAULT 0, UNIQUE (scope_no, id));
INSERT INTO "episode" VALUES(1,1,1,'e8ae205c3ff5d1319561f7b99','D1:0',0,'Lisbon is near Porto. So it is, 0.','Ana','2024-05-01T10:00:00+00:00',NULL,'{}',NULL,0);
INSERT INTO "episode" VALUES(2,1,1,'e6f9ac89b87de72cad64d9177','D1:1',0,'lisbon is near lisbon.','Ben','2024-05-01T10:01:00+00:00',NULL,'{"n":1,"nested":{"list":[1,null,"x"]}}',NULL,0);
INSERT INTO "episode" VALUES(3,1,1,'e384fce202d26c49732ed2258','D1:2',2,'Porto is near Lisbon.',NULL,'',NULL,'{}',NULL,0);
INSERT INTO "episode" VALUES(4,1,1,'e06ae8d7d3c81841d63e5805d','D1:3',0,'PORTO is near Иван Петров.','Ana','2024-05-01T10:03:00+00:00',NULL,'{"n":3,"nested":{"list":[1,null,"x"]}}',NULL,0);
INSERT INTO "episode" VALUES(5,1,1,'e41fa6a2da0ade7e5de782cd4','D1:4',0,'北京大学 is near 北京大学. So it is, 4.','Ben','2024-05-01T10:04:00+00:00',NULL,'{}',NULL,0);
INSERT INTO "episode" VALUES(6,1,1,'e2d40172063c6569902e9118c','D1:5',5,'Иван Петров is near PORTO.',NULL,'',NULL,'{"n":5,"nested":{"list":[1,null,"x"]}}',NULL,0);
INSERT INTO "episode" VALUES(7,1,1,'e8128257560a7005ee0298300','D1:6',0,'Lisbon is near Porto.','Ana','2024-05-01T10:06:00+00:00','A map','{}',NULL,0);
INSERT INTO "episode" VALUES(8,1,1,'eae2a5149e7882d9f9777a10e','D1:7',0,'lisbon is near lisbon.','Ben','2024-05-01T10:07:00+00:00',NULL,'{"n":7,"nested":{"list":[1,null,"x"]}}',NULL,0);
INSERT INTO "episode" VALUES(10,2,2,'eeac55b029347bcd88ead59ce','D1:1',0,'lisbon is near lisbon.','Ben','2024-05-01T10:01:00+00:00',NULL,'{"n":1,"nested":{"list":[1,null,"x"]}}',NULL,0);
CREATE TABLE link (
            source_no INTEGER NOT NULL, target_no INTEGER NOT NULL, kind TEXT NOT NULL,
            origin TEXT NOT NULL, scope_no INTEGER NOT NULL, weight REAL NOT NULL,
            PRIMARY KEY (source_no, target_no, kind, origin)) WITHOUT ROWID;
INSERT INTO "link" VALUES(1,3,'about','user',1,0.25);
INSERT INTO "link" VALUES(3,2,'about','cc4c0554823f8364c80106e6d',1,0.5);
CREATE TABLE mention (
            note_no INTEGER NOT NULL, place INTEGER NOT NULL, scope_no INTEGER NOT NULL,
            name_no INTEGER NOT NULL, start INTEGER NOT NULL, end INTEGER NOT NULL,
            kind INTEGER NOT NULL, initial INTEGER NOT NULL, valid_from TEXT, valid_until TEXT,
            PRIMARY KEY (note_no, place)) WITHOUT ROWID;
INSERT INTO "mention" VALUES(1,0,1,1,0,4,0,1,NULL,NULL);
INSERT INTO "mention" VALUES(1,1,1,2,0,4,0,0,NULL,NULL);
INSERT INTO "mention" VALUES(2,0,1,3,0,4,0,1,NULL,NULL);
INSERT INTO "mention" VALUES(3,0,1,1,0,4,0,1,NULL,NULL);
INSERT INTO "mention" VALUES(3,1,1,2,0,4,0,0,NULL,NULL);
INSERT INTO "mention" VALUES(4,0,1,4,0,4,0,1,NULL,NULL);
INSERT INTO "mention" VALUES(4,1,1,5,0,4,0,0,NULL,NULL);
INSERT INTO "mention" VALUES(5,0,1,6,0,4,0,1,NULL,NULL);
INSERT INTO "mention" VALUES(6,0,1,4,0,4,0,1,NULL,NULL);
INSERT INTO "mention" VALUES(6,1,1,5,0,4,0,0,NULL,NULL);
INSERT INTO "mention" VALUES(7,0,1,1,0,4,0,1,NULL,NULL);
INSERT INTO "mention" VALUES(7,1,1,2,0,4,0,0,NULL,NULL);
INSERT INTO "mention" VALUES(8,0,1,3,0,4,0,1,NULL,NULL);
INSERT INTO "mention" VALUES(11,0,2,7,0,4,0,1,NULL,NULL);
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
INSERT INTO "meta" VALUES('dim','8');
INSERT INTO "meta" VALUES('encoder','test@1');
INSERT INTO "meta" VALUES('token','765823b4e657992a46f58c197a3f206e');
INSERT INTO "meta" VALUES('version','8235614782');
INSERT INTO "meta" VALUES('writes','0000000049c8e9f300000000869fb42900000000cdbff46b00000001217071370000000175fcf4df00000001b3fc9da500000001eae1823e');
CREATE TABLE name (
            no INTEGER PRIMARY KEY, scope_no INTEGER NOT NULL, surface TEXT NOT NULL,
            entity_id TEXT NOT NULL, UNIQUE (scope_no, surface));
INSERT INTO "name" VALUES(1,1,'Lisbon','ta7a140a558a439b57d079032');
INSERT INTO "name" VALUES(2,1,'Porto','t918c288a32a6632e6d933021');
INSERT INTO "name" VALUES(3,1,'lisbon','ta7a140a558a439b57d079032');
INSERT INTO "name" VALUES(4,1,'PORTO','t918c288a32a6632e6d933021');
INSERT INTO "name" VALUES(5,1,'Иван Петров','t8845727c87b09a258df1ac6f');
INSERT INTO "name" VALUES(6,1,'北京大学','t3157d279220f48cb55cd736b');
INSERT INTO "name" VALUES(7,2,'lisbon','t95682fd3f6025e408e28780b');
CREATE TABLE need (
            scope_no INTEGER NOT NULL, id TEXT NOT NULL, seq INTEGER NOT NULL,
            PRIMARY KEY (scope_no, id, seq)) WITHOUT ROWID;
INSERT INTO "need" VALUES(1,'n025cc4aa2f4adf647caff16f',1);
INSERT INTO "need" VALUES(1,'n9b7fc51f97a222a4e6af81f4',2);
INSERT INTO "need" VALUES(1,'n2ea5cd25c931ef6bec60fc50',3);
INSERT INTO "need" VALUES(1,'n9b7fc51f97a222a4e6af81f4',3);
INSERT INTO "need" VALUES(1,'n025cc4aa2f4adf647caff16f',4);
INSERT INTO "need" VALUES(1,'n025cc4aa2f4adf647caff16f',5);
INSERT INTO "need" VALUES(1,'e06ae8d7d3c81841d63e5805d',6);
INSERT INTO "need" VALUES(1,'n025cc4aa2f4adf647caff16f',6);
INSERT INTO "need" VALUES(1,'n2ea5cd25c931ef6bec60fc50',6);
INSERT INTO "need" VALUES(1,'n9b7fc51f97a222a4e6af81f4',6);
INSERT INTO "need" VALUES(1,'cc4c0554823f8364c80106e6d',7);
INSERT INTO "need" VALUES(1,'t918c288a32a6632e6d933021',7);
INSERT INTO "need" VALUES(1,'ta7a140a558a439b57d079032',7);
CREATE TABLE note (
            no INTEGER PRIMARY KEY, scope_no INTEGER NOT NULL, session_no INTEGER NOT NULL,
            episode_no INTEGER NOT NULL, id TEXT NOT NULL, kind TEXT NOT NULL,
            text TEXT NOT NULL, title TEXT, context TEXT NOT NULL, keywords TEXT NOT NULL,
            tags TEXT NOT NULL, sentences BLOB NOT NULL, speaker TEXT, addressee TEXT,
            said_at TEXT, valid_from TEXT, valid_until TEXT, superseded_by TEXT,
            strength REAL NOT NULL, half_life_days REAL, created_by TEXT NOT NULL,
            run_id TEXT NOT NULL, written_at TEXT, version INTEGER NOT NULL,
            UNIQUE (scope_no, id));
INSERT INTO "note" VALUES(1,1,1,1,'n025cc4aa2f4adf647caff16f','turn','Lisbon is near Porto. So it is, 0.',NULL,'Ana said','["near","place"]','["map"]',X'00000000150000001600000022000000','Ana',NULL,'2024-05-01T10:00:00+00:00','2024-05-01T10:00:00+00:00',NULL,NULL,1.0,NULL,'rule:test@1','run','2024-05-01T10:00:00+00:00',1237903859);
INSERT INTO "note" VALUES(2,1,1,2,'n9b7fc51f97a222a4e6af81f4','turn','lisbon is near lisbon.',NULL,'Ben said','["near","place"]','["map"]',X'0000000016000000','Ben',NULL,'2024-05-01T10:01:00+00:00','2024-05-01T10:01:00+00:00',NULL,NULL,1.0,NULL,'rule:test@1','run','2024-05-01T10:00:00+00:00',1237903859);
INSERT INTO "note" VALUES(3,1,1,3,'n2ea5cd25c931ef6bec60fc50','turn','Porto is near Lisbon.',NULL,'None said','["near","place"]','["map"]',X'0000000015000000',NULL,NULL,NULL,NULL,NULL,NULL,1.0,NULL,'rule:test@1','run','2024-05-01T10:00:00+00:00',1237903859);
INSERT INTO "note" VALUES(4,1,1,4,'n0fec5082563e23634a9f8780','turn','PORTO is near Иван Петров.',NULL,'Ana said','["near","place"]','["map"]',X'000000001A000000','Ana',NULL,'2024-05-01T10:03:00+00:00','2024-05-01T10:03:00+00:00',NULL,NULL,1.0,NULL,'rule:test@1','run','2024-05-01T10:00:00+00:00',1237903859);
INSERT INTO "note" VALUES(5,1,1,5,'n5accfe1917c65adec1c97c3e','turn','北京大学 is near 北京大学. So it is, 4.',NULL,'Ben said','["near","place"]','["map"]',X'0000000012000000130000001F000000','Ben',NULL,'2024-05-01T10:04:00+00:00','2024-05-01T10:04:00+00:00',NULL,NULL,1.0,NULL,'rule:test@1','run','2024-05-01T10:00:00+00:00',1237903859);
INSERT INTO "note" VALUES(6,1,1,6,'n10c125ce9ed8ced735db02f1','turn','Иван Петров is near PORTO.',NULL,'None said','["near","place"]','["map"]',X'000000001A000000',NULL,NULL,NULL,NULL,NULL,NULL,1.0,NULL,'rule:test@1','run','2024-05-01T10:00:00+00:00',1237903859);
INSERT INTO "note" VALUES(7,1,1,7,'n03718bb94bd597ff184f04f4','passage','Lisbon is near Porto.','A map','Ana said','["near","place"]','["map"]',X'0000000015000000','Ana',NULL,'2024-05-01T10:06:00+00:00','2024-05-01T10:06:00+00:00',NULL,NULL,1.0,NULL,'rule:test@1','run','2024-05-01T10:00:00+00:00',1237903859);
INSERT INTO "note" VALUES(8,1,1,8,'n0b6f3fe3939d020f95e72a3e','turn','lisbon is near lisbon.',NULL,'Ben said','["near","place"]','["map"]',X'0000000016000000','Ben',NULL,'2024-05-01T10:07:00+00:00','2024-05-01T10:07:00+00:00',NULL,NULL,1.0,NULL,'rule:test@1','run','2024-05-01T10:00:00+00:00',1237903859);
INSERT INTO "note" VALUES(10,1,1,1,'ne807fb28af3f5c943d56e31d','segment','Lisbon is near Porto. So it is, 0.
lisbon is near lisbon.',NULL,'','[]','[]',X'',NULL,NULL,NULL,NULL,NULL,NULL,1.0,NULL,'','',NULL,1237903859);
INSERT INTO "note" VALUES(11,2,2,10,'nfce927869f0a660987a604ba','turn','lisbon is near lisbon.',NULL,'Ben said','["near","place"]','["map"]',X'0000000016000000','Ben',NULL,'2024-05-01T10:01:00+00:00','2024-05-01T10:01:00+00:00',NULL,NULL,1.0,NULL,'rule:test@1','run','2024-05-01T10:00:00+00:00',2258613289);
CREATE TABLE origin (
            note_no INTEGER NOT NULL, place INTEGER NOT NULL, scope_no INTEGER NOT NULL,
            episode_no INTEGER NOT NULL, PRIMARY KEY (note_no, place)) WITHOUT ROWID;
INSERT INTO "origin" VALUES(1,0,1,1);
INSERT INTO "origin" VALUES(2,0,1,2);
INSERT INTO "origin" VALUES(3,0,1,3);
INSERT INTO "origin" VALUES(4,0,1,4);
INSERT INTO "origin" VALUES(5,0,1,5);
INSERT INTO "origin" VALUES(6,0,1,6);
INSERT INTO "origin" VALUES(7,0,1,7);
INSERT INTO "origin" VALUES(8,0,1,8);
INSERT INTO "origin" VALUES(10,0,1,1);
INSERT INTO "origin" VALUES(10,1,1,2);
INSERT INTO "origin" VALUES(11,0,2,10);
CREATE TABLE scope (
            no INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, version INTEGER NOT NULL, imports TEXT NOT NULL DEFAULT '[]');
INSERT INTO "scope" VALUES(1,'ana',8235614782,'[]');
INSERT INTO "scope" VALUES(2,'ben/helper',2258613289,'[]');
CREATE TABLE session (
            no INTEGER PRIMARY KEY, scope_no INTEGER NOT NULL, id TEXT NOT NULL,
            collection TEXT NOT NULL, name TEXT NOT NULL, version INTEGER NOT NULL,
            UNIQUE (scope_no, id));
INSERT INTO "session" VALUES(1,1,'s47062086bd326bb00ee8c095','book','s1',8235614782);
INSERT INTO "session" VALUES(2,2,'sd996f8220a73cc4891076256','book','s1',2258613289);
CREATE TABLE token (
            note_no INTEGER PRIMARY KEY, scope_no INTEGER NOT NULL, signs BLOB NOT NULL);
INSERT INTO "token" VALUES(1,1,X'1E');
INSERT INTO "token" VALUES(2,1,X'F2');
INSERT INTO "token" VALUES(3,1,X'');
INSERT INTO "token" VALUES(4,1,X'FD1A');
INSERT INTO "token" VALUES(5,1,X'40');
INSERT INTO "token" VALUES(6,1,X'6B65');
INSERT INTO "token" VALUES(8,1,X'F2');
INSERT INTO "token" VALUES(11,2,X'F2');
CREATE TABLE tombstone (
            scope_no INTEGER NOT NULL, episode_id TEXT NOT NULL, deleted_at TEXT NOT NULL,
            PRIMARY KEY (scope_no, episode_id)) WITHOUT ROWID;
INSERT INTO "tombstone" VALUES(1,'ee44ddd475212133e8bb08497','2026-11-30T03:07:56.757258+00:00');
CREATE TABLE vector (
            note_no INTEGER PRIMARY KEY, scope_no INTEGER NOT NULL, note_row BLOB NOT NULL,
            sentence_rows BLOB);
INSERT INTO "vector" VALUES(1,1,X'D13360BEC06416BF9F6318BF034A153ED721893EFB5BAA3EC69F293E74F615BE',X'BC34BD2B77B6C4A186B593B1183A0630AA2D3D34ECAF25B821B859B847B4C4AC');
INSERT INTO "vector" VALUES(2,1,X'59F9863DBC2A133F8F57F33EDA76C33CCEA4FABEC47DC7BD6CD9DE3E678642BC',NULL);
INSERT INTO "vector" VALUES(3,1,X'FD6E03BE1310283F6E18953E9DCAFCBDF011093EC521AD3E92B38DBD96C80F3F',NULL);
INSERT INTO "vector" VALUES(4,1,X'E937E23EBD15DA3C1367503D5DDEF33EBB1BCB3DC08A0C3FF64C9ABDC0F5013F',NULL);
INSERT INTO "vector" VALUES(5,1,X'953C5CBCA820633EEF8341BE16522CBF8FF784BDD85C73BEA4261ABF5AFC48BE',X'8EA936B060B8A33908ABD8AF85B653A81930363450383833B72E6AB9F9B084B4');
INSERT INTO "vector" VALUES(6,1,X'976887BEC0D1FE3E0199383EE5ADA6BC39444B3E20581CBE05792F3FB40EAF3E',NULL);
INSERT INTO "vector" VALUES(7,1,X'362084BE615FAD3E969F523D12C9E83E281D5E3E9C8AF8BE703712BF835EB1BC',NULL);
INSERT INTO "vector" VALUES(8,1,X'59F9863DBC2A133F8F57F33EDA76C33CCEA4FABEC47DC7BD6CD9DE3E678642BC',NULL);
INSERT INTO "vector" VALUES(11,2,X'59F9863DBC2A133F8F57F33EDA76C33CCEA4FABEC47DC7BD6CD9DE3E678642BC',NULL);
CREATE INDEX episode_order ON episode (session_no, said_at, position, id);
CREATE INDEX note_episode ON note (episode_no);
CREATE INDEX origin_episode ON origin (episode_no);
CREATE INDEX name_entity ON name (scope_no, entity_id);
CREATE INDEX mention_name ON mention (name_no);
CREATE INDEX claim_fact ON claim (scope_no, fact_id);
CREATE INDEX claim_subject ON claim (subject_no);
CREATE INDEX claim_object ON claim (object_no);
CREATE INDEX link_target ON link (target_no);
CREATE INDEX link_origin ON link (scope_no, origin);
CREATE INDEX session_version ON session (scope_no, id, version);
CREATE INDEX change_note ON change (note_no) WHERE note_no IS NOT NULL;
CREATE INDEX change_owner ON change (scope_no, owner);
CREATE INDEX change_end ON change (scope_no, seq) WHERE field = 'valid_until';
CREATE INDEX change_entity ON change (scope_no, seq) WHERE kind = 'entity';
CREATE INDEX need_change ON need (seq);
CREATE INDEX change_archived ON change (scope_no, seq) WHERE field = 'archived';
CREATE INDEX change_probes ON change (scope_no, seq) WHERE field = 'probes';
COMMIT;
