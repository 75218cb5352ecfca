BEGIN TRANSACTION;
CREATE TABLE "change" (
            seq INTEGER PRIMARY KEY, scope_no INTEGER NOT NULL, id TEXT NOT NULL,
            owner TEXT NOT NULL, kind TEXT NOT NULL, note_no INTEGER, field TEXT,
            target TEXT NOT NULL, before TEXT NOT NULL, after TEXT NOT NULL, reason TEXT NOT NULL,
            author TEXT NOT NULL, run_id TEXT NOT NULL, at TEXT, evidence TEXT NOT NULL,
            depends_on TEXT NOT NULL, UNIQUE (scope_no, id));
INSERT INTO "change" VALUES(1,1,'cc9a60893f7515dbc3dcc5e0e','n1daae17591cc71df7e0b0e21','note',27,'evolved_by','{"field":"evolved_by","note":"n1daae17591cc71df7e0b0e21"}','""','"rule:evolve@1"','looked at','rule:evolve@1','410d7eb47feb4ce39f3b9d8f19627a91','2025-03-01T08:00:00.041041+00:00','[]','[]');
INSERT INTO "change" VALUES(2,1,'c3e1b53f5d3653768fef377b2','nc2fa236255d8d0704c711c36','note',17,'evolved_by','{"field":"evolved_by","note":"nc2fa236255d8d0704c711c36"}','""','"rule:evolve@1"','looked at','rule:evolve@1','410d7eb47feb4ce39f3b9d8f19627a91','2025-03-01T08:00:00.041041+00:00','[]','[]');
INSERT INTO "change" VALUES(3,1,'c09905cde003cd451b014928e','n902b114c360e14de7e6d3d0b','note',1,'evolved_by','{"field":"evolved_by","note":"n902b114c360e14de7e6d3d0b"}','""','"rule:evolve@1"','looked at','rule:evolve@1','410d7eb47feb4ce39f3b9d8f19627a91','2025-03-01T08:00:00.041041+00:00','[]','[]');
INSERT INTO "change" VALUES(4,1,'ca3a920cfd1ecf8b84ef17d97','nf8880dc8bd7150963f8763ce','note',3,'evolved_by','{"field":"evolved_by","note":"nf8880dc8bd7150963f8763ce"}','""','"rule:evolve@1"','looked at','rule:evolve@1','410d7eb47feb4ce39f3b9d8f19627a91','2025-03-01T08:00:00.041041+00:00','[]','[]');
INSERT INTO "change" VALUES(5,1,'c7fcde13005779fd0bbdd0aa5','n070f6760c4df19df37505f0a','note',6,'evolved_by','{"field":"evolved_by","note":"n070f6760c4df19df37505f0a"}','""','"rule:evolve@1"','looked at','rule:evolve@1','410d7eb47feb4ce39f3b9d8f19627a91','2025-03-01T08:00:00.041041+00:00','[]','[]');
INSERT INTO "change" VALUES(6,1,'c6e1d34d0f001eabd155c6ad0','n59327f60053567732ee1bb0f','note',9,'evolved_by','{"field":"evolved_by","note":"n59327f60053567732ee1bb0f"}','""','"rule:evolve@1"','looked at','rule:evolve@1','410d7eb47feb4ce39f3b9d8f19627a91','2025-03-01T08:00:00.041041+00:00','[]','[]');
INSERT INTO "change" VALUES(7,1,'c0fd2f80066ce1e5e4aca288c','n6baec2da78128d6b2f15c15e','note',12,'evolved_by','{"field":"evolved_by","note":"n6baec2da78128d6b2f15c15e"}','""','"rule:evolve@1"','looked at','rule:evolve@1','410d7eb47feb4ce39f3b9d8f19627a91','2025-03-01T08:00:00.041041+00:00','[]','[]');
INSERT INTO "change" VALUES(8,1,'cf1831ac74e47c4b58f6a5e7e','n5bf609e67b6df297355031db','note',14,'evolved_by','{"field":"evolved_by","note":"n5bf609e67b6df297355031db"}','""','"rule:evolve@1"','looked at','rule:evolve@1','410d7eb47feb4ce39f3b9d8f19627a91','2025-03-01T08:00:00.041041+00:00','[]','[]');
INSERT INTO "change" VALUES(9,1,'cfc52e5ebd4cf6ce788c12544','naf2c92ef08f1872621fa641f','note',23,'evolved_by','{"field":"evolved_by","note":"naf2c92ef08f1872621fa641f"}','""','"rule:evolve@1"','looked at','rule:evolve@1','410d7eb47feb4ce39f3b9d8f19627a91','2025-03-01T08:00:00.041041+00:00','[]','[]');
INSERT INTO "change" VALUES(10,1,'c8019e20beeecab25670fc258','nced9a39576f89f32c0756c10','note',20,'evolved_by','{"field":"evolved_by","note":"nced9a39576f89f32c0756c10"}','""','"rule:evolve@1"','looked at','rule:evolve@1','410d7eb47feb4ce39f3b9d8f19627a91','2025-03-01T08:00:00.041041+00:00','[]','[]');
INSERT INTO "change" VALUES(11,1,'cacb3237fae91419d057144ab','ncb01bf7f802fe0c1ef998452','note',24,'evolved_by','{"field":"evolved_by","note":"ncb01bf7f802fe0c1ef998452"}','""','"rule:evolve@1"','looked at','rule:evolve@1','410d7eb47feb4ce39f3b9d8f19627a91','2025-03-01T08:00:00.041041+00:00','[]','[]');
CREATE TABLE claim (
            note_no INTEGER NOT NULL, place INTEGER NOT NULL, scope_no INTEGER NOT NULL,
            fact_id TEXT NOT NULL, subject_no INTEGER NOT NULL, relation TEXT NOT NULL,
            object_no INTEGER NOT NULL, start INTEGER NOT NULL, end INTEGER NOT NULL,
            negated INTEGER NOT NULL, valid_from TEXT, valid_until TEXT,
            PRIMARY KEY (note_no, place)) WITHOUT ROWID;
INSERT INTO "claim" VALUES(1,0,1,'f761a9af13a092809295b4f7f',1,'sold',3,0,45,0,'2024-10-21T00:00:00+00:00',NULL);
INSERT INTO "claim" VALUES(9,0,1,'fa62abb45c774f61b515687c5',5,'sister',12,8,23,0,'2024-06-01T00:00:00+00:00',NULL);
INSERT INTO "claim" VALUES(12,0,1,'f3a9f92554dd22eb5c4e8c7a8',14,'took',15,0,26,0,NULL,NULL);
INSERT INTO "claim" VALUES(14,0,1,'fa4b6f043e28f8b53fc16b421',2,'planted',16,0,16,0,NULL,NULL);
INSERT INTO "claim" VALUES(14,1,1,'f3608e6c9ceb9dbb6b768d302',2,'planted tulips behind',17,0,32,0,NULL,NULL);
INSERT INTO "claim" VALUES(17,0,1,'f5a84ec3f7b807e2d27ca3fc2',19,'was',20,22,41,0,NULL,NULL);
INSERT INTO "claim" VALUES(27,0,1,'fae799b748a3ac6dbd34f4988',7,'is',24,0,18,0,NULL,NULL);
INSERT INTO "claim" VALUES(27,1,1,'fe34056f299f700d9870ff089',26,'leaves from',8,20,52,0,NULL,NULL);
CREATE TABLE episode (
            no INTEGER PRIMARY KEY, scope_no INTEGER NOT NULL, session_no INTEGER NOT NULL,
            id TEXT NOT NULL, source_id TEXT NOT NULL, position INTEGER NOT NULL,
            text TEXT NOT NULL, speaker TEXT, said_at TEXT NOT NULL, title TEXT,
            metadata TEXT NOT NULL, utc_offset INTEGER, is_placed INTEGER NOT NULL DEFAULT 0, UNIQUE (scope_no, id));
INSERT INTO "episode" VALUES(1,1,1,'eca954ebccf770ea9918d8360','',0,'The lighthouse keeper sold me a brass sextant last week. It still works!','Noor','2024-11-03T18:00:00.250000+00:00',NULL,'{}',NULL,0);
INSERT INTO "episode" VALUES(2,1,1,'e53c674f2555d67b0cdec24f6','',0,'I would rather have the old barometer from Texel.','Piet','2024-11-03T18:01:00+00:00',NULL,'{}',NULL,0);
INSERT INTO "episode" VALUES(3,1,1,'e755b051a4cd85a085bd88e96','',0,'Then come to Den Helder on Friday, I will show you both.','Noor','2024-11-03T18:02:00+00:00',NULL,'{}',NULL,0);
INSERT INTO "episode" VALUES(4,1,1,'e558a1294ca84df3f20c3e5cd','',0,'  Gladly. My sister Wilma moved there in June.  ','Piet','2024-11-03T18:03:00+00:00',NULL,'{}',NULL,0);
INSERT INTO "episode" VALUES(5,1,1,'e600ac947ee22783ea3d5cde0','',0,'A seagull took the herring.',NULL,'2024-11-03T19:30:00+00:00',NULL,'{}',NULL,0);
INSERT INTO "episode" VALUES(6,1,1,'e1c31b01faf3ff44c09f1d795','',0,'I planted tulips behind the shed.','Noor','2024-11-04T09:00:00+00:00',NULL,'{}',NULL,0);
INSERT INTO "episode" VALUES(7,1,2,'ef321ef00eca76bd1331d30b5','',0,'Old news, from before the clocks were set.','Piet','1893-05-06T07:08:09.000010+00:00',NULL,'{}',NULL,0);
INSERT INTO "episode" VALUES(8,1,2,'e0d5460a8c641073abca165d2','',0,'No time is known of this remark.','Noor','2025-03-01T08:00:00.029029+00:00',NULL,'{}',NULL,0);
INSERT INTO "episode" VALUES(9,1,3,'e78c337d4ea6d9752f8878606','1',1,'Look at this.','Wilma','2025-03-01T08:00:00+00:00',NULL,'{"caption":"a boat on ice"}',NULL,0);
INSERT INTO "episode" VALUES(10,1,3,'e23890647c3fd24edbcc9943b','2',2,'Cold!','Noor','2025-03-01T08:01:00+00:00',NULL,'{}',NULL,0);
INSERT INTO "episode" VALUES(11,1,4,'e0d4e825fcfc2947417e05289','p1',1,'Texel is an island. Its ferry leaves from Den Helder.',NULL,'','Texel','{}',NULL,0);
CREATE TABLE link (
            source_no INTEGER NOT NULL, target_no INTEGER NOT NULL, kind TEXT NOT NULL,
            origin TEXT NOT NULL, scope_no INTEGER NOT NULL, weight REAL NOT NULL,
            PRIMARY KEY (source_no, target_no, kind, origin)) WITHOUT ROWID;
CREATE TABLE mention (
            note_no INTEGER NOT NULL, place INTEGER NOT NULL, scope_no INTEGER NOT NULL,
            name_no INTEGER NOT NULL, start INTEGER NOT NULL, end INTEGER NOT NULL,
            kind INTEGER NOT NULL, initial INTEGER NOT NULL, valid_from TEXT, valid_until TEXT,
            PRIMARY KEY (note_no, place)) WITHOUT ROWID;
INSERT INTO "mention" VALUES(1,0,1,1,4,21,4,0,NULL,NULL);
INSERT INTO "mention" VALUES(1,1,1,2,27,29,5,0,NULL,NULL);
INSERT INTO "mention" VALUES(1,2,1,3,32,45,4,0,NULL,NULL);
INSERT INTO "mention" VALUES(1,3,1,4,46,55,3,0,'2024-10-21T00:00:00+00:00','2024-10-28T00:00:00+00:00');
INSERT INTO "mention" VALUES(3,0,1,5,0,1,5,0,NULL,NULL);
INSERT INTO "mention" VALUES(3,1,1,6,28,37,4,0,NULL,NULL);
INSERT INTO "mention" VALUES(3,2,1,7,43,48,0,0,NULL,NULL);
INSERT INTO "mention" VALUES(6,0,1,8,13,23,0,0,NULL,NULL);
INSERT INTO "mention" VALUES(6,1,1,9,27,33,3,0,NULL,NULL);
INSERT INTO "mention" VALUES(6,2,1,2,35,36,5,0,NULL,NULL);
INSERT INTO "mention" VALUES(6,3,1,5,47,50,5,0,NULL,NULL);
INSERT INTO "mention" VALUES(9,0,1,10,0,6,0,1,NULL,NULL);
INSERT INTO "mention" VALUES(9,1,1,5,8,10,5,0,NULL,NULL);
INSERT INTO "mention" VALUES(9,2,1,11,11,17,4,0,NULL,NULL);
INSERT INTO "mention" VALUES(9,3,1,12,18,23,0,0,NULL,NULL);
INSERT INTO "mention" VALUES(9,4,1,13,39,43,3,0,'2024-06-01T00:00:00+00:00','2024-07-01T00:00:00+00:00');
INSERT INTO "mention" VALUES(12,0,1,14,2,9,4,0,NULL,NULL);
INSERT INTO "mention" VALUES(14,0,1,2,0,1,5,0,NULL,NULL);
INSERT INTO "mention" VALUES(14,1,1,16,10,16,4,0,NULL,NULL);
INSERT INTO "mention" VALUES(14,2,1,17,28,32,4,0,NULL,NULL);
INSERT INTO "mention" VALUES(17,0,1,18,4,8,4,0,NULL,NULL);
INSERT INTO "mention" VALUES(17,1,1,19,26,32,4,0,NULL,NULL);
INSERT INTO "mention" VALUES(20,0,1,21,25,31,4,0,NULL,NULL);
INSERT INTO "mention" VALUES(23,0,1,22,24,28,4,0,NULL,NULL);
INSERT INTO "mention" VALUES(23,1,1,23,32,35,4,0,NULL,NULL);
INSERT INTO "mention" VALUES(27,0,1,7,0,5,0,1,NULL,NULL);
INSERT INTO "mention" VALUES(27,1,1,24,12,18,4,0,NULL,NULL);
INSERT INTO "mention" VALUES(27,2,1,25,24,29,4,0,NULL,NULL);
INSERT INTO "mention" VALUES(27,3,1,8,42,52,0,0,NULL,NULL);
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
INSERT INTO "meta" VALUES('dim','4096');
INSERT INTO "meta" VALUES('encoder','rules@1');
INSERT INTO "meta" VALUES('token','7f976a3a4902023c1c29c3b1ffad143a');
INSERT INTO "meta" VALUES('version','13677698467');
INSERT INTO "meta" VALUES('writes','000000006d6342940000000094eeaec800000000d5226b2b0000000100ccde0c0000000172b8047800000001b82baf5400000001f6f78190000000026e906c530000000298570d5a00000002bfa2b9d4000000032f411da3');
CREATE TABLE name (
            no INTEGER PRIMARY KEY, scope_no INTEGER NOT NULL, surface TEXT NOT NULL,
            entity_id TEXT NOT NULL, UNIQUE (scope_no, surface));
INSERT INTO "name" VALUES(1,1,'lighthouse keeper','tc04eb5c1f94afc2d4a808222');
INSERT INTO "name" VALUES(2,1,'Noor','t09456628c1de3fa80073b795');
INSERT INTO "name" VALUES(3,1,'brass sextant','t9f7a3728ed596d94d273eda8');
INSERT INTO "name" VALUES(4,1,'week of 21 October 2024','tae500a9423d0711e01d41466');
INSERT INTO "name" VALUES(5,1,'Piet','tc664b77e94c9b742014c1562');
INSERT INTO "name" VALUES(6,1,'barometer','t033bae899befc5a9e6e5812f');
INSERT INTO "name" VALUES(7,1,'Texel','tf3508aabcc88c2b5e0c64b86');
INSERT INTO "name" VALUES(8,1,'Den Helder','t96c6a4903fedd291ff14d314');
INSERT INTO "name" VALUES(9,1,'Friday','t34981b35e91eb8b86d3ca7e5');
INSERT INTO "name" VALUES(10,1,'Gladly','t313fa28d7a36fb8e5ec2635f');
INSERT INTO "name" VALUES(11,1,'sister','t1fd3984fb015d8c631211474');
INSERT INTO "name" VALUES(12,1,'Wilma','t15e277a9d11ee4bdd58ec37a');
INSERT INTO "name" VALUES(13,1,'June 2024','t1cc77fc37ecd7e8110cb34df');
INSERT INTO "name" VALUES(14,1,'seagull','t40bae00d97af611a6675695c');
INSERT INTO "name" VALUES(15,1,'herring','ta8f0eabb9f94d5c503a26869');
INSERT INTO "name" VALUES(16,1,'tulips','t3c68c112ca1db308bd6075a1');
INSERT INTO "name" VALUES(17,1,'shed','tabf6e24addbd98a80d782058');
INSERT INTO "name" VALUES(18,1,'news','tdd4278d7e2aa309b898e8229');
INSERT INTO "name" VALUES(19,1,'clocks','t9ddf76ab4d9a075fa4bcefd3');
INSERT INTO "name" VALUES(20,1,'set','te1383ba2af8ae7fd8a1979a8');
INSERT INTO "name" VALUES(21,1,'remark','tc1816e2bf4181ce699f77406');
INSERT INTO "name" VALUES(22,1,'boat','t4c86ec8dbe2ac28558ac1e7d');
INSERT INTO "name" VALUES(23,1,'ice','t107b5bf28b0949b12ca71d85');
INSERT INTO "name" VALUES(24,1,'island','t04fd4e44f958ff5ed33554ab');
INSERT INTO "name" VALUES(25,1,'ferry','tab4963cd1e5f5e137f2d16bd');
INSERT INTO "name" VALUES(26,1,'Texel''s ferry','te08d1b840de8122ca230fab3');
CREATE TABLE need (
            scope_no INTEGER NOT NULL, id TEXT NOT NULL, seq INTEGER NOT NULL,
            PRIMARY KEY (scope_no, id, seq)) WITHOUT ROWID;
INSERT INTO "need" VALUES(1,'n1daae17591cc71df7e0b0e21',1);
INSERT INTO "need" VALUES(1,'nc2fa236255d8d0704c711c36',2);
INSERT INTO "need" VALUES(1,'n902b114c360e14de7e6d3d0b',3);
INSERT INTO "need" VALUES(1,'nf8880dc8bd7150963f8763ce',4);
INSERT INTO "need" VALUES(1,'n070f6760c4df19df37505f0a',5);
INSERT INTO "need" VALUES(1,'n59327f60053567732ee1bb0f',6);
INSERT INTO "need" VALUES(1,'n6baec2da78128d6b2f15c15e',7);
INSERT INTO "need" VALUES(1,'n5bf609e67b6df297355031db',8);
INSERT INTO "need" VALUES(1,'naf2c92ef08f1872621fa641f',9);
INSERT INTO "need" VALUES(1,'nced9a39576f89f32c0756c10',10);
INSERT INTO "need" VALUES(1,'ncb01bf7f802fe0c1ef998452',11);
CREATE TABLE note (
            no INTEGER PRIMARY KEY, scope_no INTEGER NOT NULL, session_no INTEGER NOT NULL,
            episode_no INTEGER NOT NULL, id TEXT NOT NULL, kind TEXT NOT NULL,
            text TEXT NOT NULL, title TEXT, context TEXT NOT NULL, keywords TEXT NOT NULL,
            tags TEXT NOT NULL, sentences BLOB NOT NULL, speaker TEXT, addressee TEXT,
            said_at TEXT, valid_from TEXT, valid_until TEXT, superseded_by TEXT,
            strength REAL NOT NULL, half_life_days REAL, created_by TEXT NOT NULL,
            run_id TEXT NOT NULL, written_at TEXT, version INTEGER NOT NULL,
            UNIQUE (scope_no, id));
INSERT INTO "note" VALUES(1,1,1,1,'n902b114c360e14de7e6d3d0b','turn','The lighthouse keeper sold me a brass sextant last week. It still works!',NULL,'Noor to Piet, 3 November 2024, about lighthouse keeper, brass sextant','["lighthouse keeper","brass sextant"]','["date"]',X'00000000380000003900000048000000','Noor','Piet','2024-11-03T18:00:00.250000+00:00','2024-11-03T18:00:00.250000+00:00',NULL,NULL,1.0,NULL,'rule:extract@2','bc0dac37799b4fe4b107bcf3dc819778','2025-03-01T08:00:00.006006+00:00',2498670280);
INSERT INTO "note" VALUES(2,1,1,1,'n48fc55983ca88f7fe82e8567','segment','Noor: The lighthouse keeper sold me a brass sextant last week. It still works!',NULL,'Noor, 3 November 2024, about lighthouse, keeper, sold','["lighthouse","keeper","sold","brass","sextant","last","week","still"]','[]',X'000000003E0000003F0000004E000000','Noor',NULL,'2024-11-03T18:00:00.250000+00:00','2024-11-03T18:00:00.250000+00:00',NULL,NULL,1.0,NULL,'rule:note@1','9bfd3b30c09b455cbf7d6d25228490d8','2025-03-01T08:00:00.002002+00:00',1835221652);
INSERT INTO "note" VALUES(3,1,1,2,'nf8880dc8bd7150963f8763ce','turn','I would rather have the old barometer from Texel.',NULL,'Piet to Noor, 3 November 2024, about Texel, barometer','["Texel","barometer"]','["place"]',X'0000000031000000','Piet','Noor','2024-11-03T18:01:00+00:00','2024-11-03T18:01:00+00:00',NULL,NULL,1.0,NULL,'rule:extract@2','bc0dac37799b4fe4b107bcf3dc819778','2025-03-01T08:00:00.005005+00:00',2498670280);
INSERT INTO "note" VALUES(5,1,1,2,'nc7783afcdd1d6483830b2219','segment','Piet: I would rather have the old barometer from Texel.',NULL,'Piet, 3 November 2024, about rather, old, barometer','["rather","old","barometer","texel"]','[]',X'0000000037000000','Piet',NULL,'2024-11-03T18:01:00+00:00','2024-11-03T18:01:00+00:00',NULL,NULL,1.0,NULL,'rule:note@1','bc0dac37799b4fe4b107bcf3dc819778','2025-03-01T08:00:00.008008+00:00',2498670280);
INSERT INTO "note" VALUES(6,1,1,3,'n070f6760c4df19df37505f0a','turn','Then come to Den Helder on Friday, I will show you both.',NULL,'Noor to Piet, 3 November 2024, about Den Helder','["Den Helder"]','["date","place","plan"]',X'0000000038000000','Noor','Piet','2024-11-03T18:02:00+00:00','2024-11-03T18:02:00+00:00',NULL,NULL,1.0,NULL,'rule:extract@2','6b56dccd85524ce9a5f9585af933f52d','2025-03-01T08:00:00.010010+00:00',3575802667);
INSERT INTO "note" VALUES(8,1,1,3,'nb6b66e9939d9e44ac0a6845b','segment','Noor: Then come to Den Helder on Friday, I will show you both.',NULL,'Noor, 3 November 2024, about come, den, helder','["come","den","helder","friday","show"]','[]',X'000000003E000000','Noor',NULL,'2024-11-03T18:02:00+00:00','2024-11-03T18:02:00+00:00',NULL,NULL,1.0,NULL,'rule:note@1','6b56dccd85524ce9a5f9585af933f52d','2025-03-01T08:00:00.012012+00:00',3575802667);
INSERT INTO "note" VALUES(9,1,1,4,'n59327f60053567732ee1bb0f','turn','Gladly. My sister Wilma moved there in June.',NULL,'Piet to Noor, 3 November 2024, about Wilma, sister','["Wilma","sister"]','["date"]',X'0000000007000000080000002C000000','Piet','Noor','2024-11-03T18:03:00+00:00','2024-11-03T18:03:00+00:00',NULL,NULL,1.0,NULL,'rule:extract@2','09c8094cba1b486e823844e9f089310f','2025-03-01T08:00:00.014014+00:00',4308393484);
INSERT INTO "note" VALUES(11,1,1,4,'n37c5392c58bc0c534b534dd5','segment','Piet:   Gladly. My sister Wilma moved there in June.  ',NULL,'Piet, 3 November 2024, about gladly, sister, wilma','["gladly","sister","wilma","moved","june"]','[]',X'000000000F0000001000000034000000','Piet',NULL,'2024-11-03T18:03:00+00:00','2024-11-03T18:03:00+00:00',NULL,NULL,1.0,NULL,'rule:note@1','09c8094cba1b486e823844e9f089310f','2025-03-01T08:00:00.016016+00:00',4308393484);
INSERT INTO "note" VALUES(12,1,1,5,'n6baec2da78128d6b2f15c15e','turn','A seagull took the herring.',NULL,'3 November 2024, about seagull','["seagull"]','[]',X'000000001B000000',NULL,NULL,'2024-11-03T19:30:00+00:00','2024-11-03T19:30:00+00:00',NULL,NULL,1.0,NULL,'rule:extract@2','99e690b7b4554a8c8c96274fb7186017','2025-03-01T08:00:00.018018+00:00',6219629688);
INSERT INTO "note" VALUES(13,1,1,5,'n41d8b0ec44f24ddffde417b9','segment','A seagull took the herring.',NULL,'3 November 2024, about seagull, took, herring','["seagull","took","herring"]','[]',X'000000001B000000',NULL,NULL,'2024-11-03T19:30:00+00:00','2024-11-03T19:30:00+00:00',NULL,NULL,1.0,NULL,'rule:note@1','99e690b7b4554a8c8c96274fb7186017','2025-03-01T08:00:00.019019+00:00',6219629688);
INSERT INTO "note" VALUES(14,1,1,6,'n5bf609e67b6df297355031db','turn','I planted tulips behind the shed.',NULL,'Noor to Piet, 4 November 2024, about tulips, shed','["tulips","shed"]','[]',X'0000000021000000','Noor','Piet','2024-11-04T09:00:00+00:00','2024-11-04T09:00:00+00:00',NULL,NULL,1.0,NULL,'rule:extract@2','e339315c74254a80a5c45387efbd0f11','2025-03-01T08:00:00.022022+00:00',7384837972);
INSERT INTO "note" VALUES(15,1,1,6,'n298f55c84a0d8afbcec0e8f9','segment','Noor: I planted tulips behind the shed.',NULL,'Noor, 4 November 2024, about planted, tulips, behind','["planted","tulips","behind","shed"]','[]',X'0000000027000000','Noor',NULL,'2024-11-04T09:00:00+00:00','2024-11-04T09:00:00+00:00',NULL,NULL,1.0,NULL,'rule:note@1','e339315c74254a80a5c45387efbd0f11','2025-03-01T08:00:00.023023+00:00',7384837972);
INSERT INTO "note" VALUES(16,1,1,1,'n86ae9c762a3c6203c485e8c2','session','Noor: The lighthouse keeper sold me a brass sextant last week.
Piet: I would rather have the old barometer from Texel.
Noor: Then come to Den Helder on Friday, I will show you both.
Piet: My sister Wilma moved there in June.
A seagull took the herring.',NULL,'3 November 2024, about lighthouse, keeper, sold','["lighthouse","keeper","sold","brass","sextant","last","week","still"]','[]',X'000000003E0000003F0000007600000077000000B5000000B6000000E0000000E1000000FC000000',NULL,NULL,'2024-11-03T18:00:00.250000+00:00','2024-11-03T18:00:00.250000+00:00',NULL,NULL,1.0,NULL,'rule:note@1','e339315c74254a80a5c45387efbd0f11','2025-03-01T08:00:00.024024+00:00',7384837972);
INSERT INTO "note" VALUES(17,1,2,7,'nc2fa236255d8d0704c711c36','turn','Old news, from before the clocks were set.',NULL,'Piet to Noor, 6 May 1893, about news, clocks','["news","clocks"]','[]',X'000000002A000000','Piet','Noor','1893-05-06T07:08:09.000010+00:00','1893-05-06T07:08:09.000010+00:00',NULL,NULL,1.0,NULL,'rule:extract@2','d8ca7a3fd0b849bba1803d081d569957','2025-03-01T08:00:00.031031+00:00',10444893267);
INSERT INTO "note" VALUES(19,1,2,7,'nb1aa92ec09990de74607987e','segment','Piet: Old news, from before the clocks were set.',NULL,'Piet, 6 May 1893, about old, news, clocks','["old","news","clocks","set"]','[]',X'0000000030000000','Piet',NULL,'1893-05-06T07:08:09.000010+00:00','1893-05-06T07:08:09.000010+00:00',NULL,NULL,1.0,NULL,'rule:note@1','1a19ef6b5a564827823c1b6e26f588ac','2025-03-01T08:00:00.028028+00:00',8438382992);
INSERT INTO "note" VALUES(20,1,2,8,'nced9a39576f89f32c0756c10','turn','No time is known of this remark.',NULL,'Noor to Piet, 1 March 2025, about remark','["remark"]','[]',X'0000000020000000','Noor','Piet','2025-03-01T08:00:00.029029+00:00','2025-03-01T08:00:00.029029+00:00',NULL,NULL,1.0,NULL,'rule:extract@2','d8ca7a3fd0b849bba1803d081d569957','2025-03-01T08:00:00.030030+00:00',10444893267);
INSERT INTO "note" VALUES(21,1,2,7,'n0d1097b6d500727f7f065060','session','Piet: Old news, from before the clocks were set.
Noor: No time is known of this remark.',NULL,'6 May 1893, about old, news, clocks','["old","news","clocks","set","time","known","remark"]','[]',X'00000000300000003100000057000000',NULL,NULL,'1893-05-06T07:08:09.000010+00:00','1893-05-06T07:08:09.000010+00:00',NULL,NULL,1.0,NULL,'rule:note@1','d8ca7a3fd0b849bba1803d081d569957','2025-03-01T08:00:00.032032+00:00',10444893267);
INSERT INTO "note" VALUES(22,1,2,8,'n5af0a78fcc2d4d8bb82db7a1','segment','Noor: No time is known of this remark.',NULL,'Noor, 1 March 2025, about time, known, remark','["time","known","remark"]','[]',X'0000000026000000','Noor',NULL,'2025-03-01T08:00:00.029029+00:00','2025-03-01T08:00:00.029029+00:00',NULL,NULL,1.0,NULL,'rule:note@1','d8ca7a3fd0b849bba1803d081d569957','2025-03-01T08:00:00.033033+00:00',10444893267);
INSERT INTO "note" VALUES(23,1,3,9,'naf2c92ef08f1872621fa641f','turn','Look at this. [image: a boat on ice]',NULL,'Wilma to Noor, 1 March 2025, about boat, ice','["boat","ice"]','["image"]',X'000000000D0000000E00000024000000','Wilma','Noor','2025-03-01T08:00:00+00:00','2025-03-01T08:00:00+00:00',NULL,NULL,1.0,NULL,'rule:extract@2','8266c067cfe04b7d9b45ad70bb4ebb86','2025-03-01T08:00:00.034034+00:00',11145776474);
INSERT INTO "note" VALUES(24,1,3,10,'ncb01bf7f802fe0c1ef998452','turn','Cold!',NULL,'Noor to Wilma, 1 March 2025','[]','[]',X'0000000005000000','Noor','Wilma','2025-03-01T08:01:00+00:00','2025-03-01T08:01:00+00:00',NULL,NULL,1.0,NULL,'rule:extract@2','8266c067cfe04b7d9b45ad70bb4ebb86','2025-03-01T08:00:00.035035+00:00',11145776474);
INSERT INTO "note" VALUES(25,1,3,9,'n26b0b10708b8b06de619cf51','segment','Wilma: Look at this.
Noor: Cold!',NULL,'1 March 2025, about look, cold','["look","cold"]','[]',X'00000000140000001500000020000000',NULL,NULL,'2025-03-01T08:00:00+00:00','2025-03-01T08:00:00+00:00',NULL,NULL,1.0,NULL,'rule:note@1','8266c067cfe04b7d9b45ad70bb4ebb86','2025-03-01T08:00:00.036036+00:00',11145776474);
INSERT INTO "note" VALUES(26,1,3,9,'nf232eafc667ee3bdcbfeb8e5','session','Wilma: Look at this.
Noor: Cold!',NULL,'1 March 2025, about look, cold','["look","cold"]','[]',X'00000000140000001500000020000000',NULL,NULL,'2025-03-01T08:00:00+00:00','2025-03-01T08:00:00+00:00',NULL,NULL,1.0,NULL,'rule:note@1','8266c067cfe04b7d9b45ad70bb4ebb86','2025-03-01T08:00:00.037037+00:00',11145776474);
INSERT INTO "note" VALUES(27,1,4,11,'n1daae17591cc71df7e0b0e21','passage','Texel is an island. Its ferry leaves from Den Helder.','Texel','Texel, about Den Helder, island, ferry','["Den Helder","island","ferry"]','["place"]',X'00000000130000001400000035000000',NULL,NULL,NULL,NULL,NULL,NULL,1.0,NULL,'rule:extract@2','b3fd5f07325c41e2832821f2ccf356c0','2025-03-01T08:00:00.038038+00:00',11805047252);
CREATE TABLE origin (
            note_no INTEGER NOT NULL, place INTEGER NOT NULL, scope_no INTEGER NOT NULL,
            episode_no INTEGER NOT NULL, PRIMARY KEY (note_no, place)) WITHOUT ROWID;
INSERT INTO "origin" VALUES(1,0,1,1);
INSERT INTO "origin" VALUES(2,0,1,1);
INSERT INTO "origin" VALUES(3,0,1,2);
INSERT INTO "origin" VALUES(5,0,1,2);
INSERT INTO "origin" VALUES(6,0,1,3);
INSERT INTO "origin" VALUES(8,0,1,3);
INSERT INTO "origin" VALUES(9,0,1,4);
INSERT INTO "origin" VALUES(11,0,1,4);
INSERT INTO "origin" VALUES(12,0,1,5);
INSERT INTO "origin" VALUES(13,0,1,5);
INSERT INTO "origin" VALUES(14,0,1,6);
INSERT INTO "origin" VALUES(15,0,1,6);
INSERT INTO "origin" VALUES(16,0,1,1);
INSERT INTO "origin" VALUES(16,1,1,2);
INSERT INTO "origin" VALUES(16,2,1,3);
INSERT INTO "origin" VALUES(16,3,1,4);
INSERT INTO "origin" VALUES(16,4,1,5);
INSERT INTO "origin" VALUES(16,5,1,6);
INSERT INTO "origin" VALUES(17,0,1,7);
INSERT INTO "origin" VALUES(19,0,1,7);
INSERT INTO "origin" VALUES(20,0,1,8);
INSERT INTO "origin" VALUES(21,0,1,7);
INSERT INTO "origin" VALUES(21,1,1,8);
INSERT INTO "origin" VALUES(22,0,1,8);
INSERT INTO "origin" VALUES(23,0,1,9);
INSERT INTO "origin" VALUES(24,0,1,10);
INSERT INTO "origin" VALUES(25,0,1,9);
INSERT INTO "origin" VALUES(25,1,1,10);
INSERT INTO "origin" VALUES(26,0,1,9);
INSERT INTO "origin" VALUES(26,1,1,10);
INSERT INTO "origin" VALUES(27,0,1,11);
CREATE TABLE scope (
            no INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, version INTEGER NOT NULL, imports TEXT NOT NULL DEFAULT '[]');
INSERT INTO "scope" VALUES(1,'noor',13677698467,'[{"at":"2025-03-01T08:00:00.039039+00:00","episodes_added":1,"episodes_known":0,"episodes_read":1,"episodes_tombstoned":0,"files":1,"problem_groups":[],"problems":0,"run_id":"b3fd5f07325c41e2832821f2ccf356c0","seconds":0.009261692999984916,"sessions":1,"skipped":0}]');
CREATE TABLE session (
            no INTEGER PRIMARY KEY, scope_no INTEGER NOT NULL, id TEXT NOT NULL,
            collection TEXT NOT NULL, name TEXT NOT NULL, version INTEGER NOT NULL,
            UNIQUE (scope_no, id));
INSERT INTO "session" VALUES(1,1,'sbce341cdfcb5f32b197fa491','','shore',13677698467);
INSERT INTO "session" VALUES(2,1,'s1eb72df40e410d7391a53478','','attic',13677698467);
INSERT INTO "session" VALUES(3,1,'s36f8a47d125ae3ee611c61b1','album','photos',13677698467);
INSERT INTO "session" VALUES(4,1,'scb7971c6ae86714abe1170e7','disk/passages.jsonl','p1',13677698467);
CREATE TABLE token (
            note_no INTEGER PRIMARY KEY, scope_no INTEGER NOT NULL, signs BLOB NOT NULL);
CREATE TABLE tombstone (
            scope_no INTEGER NOT NULL, episode_id TEXT NOT NULL, deleted_at TEXT NOT NULL,
            PRIMARY KEY (scope_no, episode_id)) WITHOUT ROWID;
CREATE TABLE vector (
            note_no INTEGER PRIMARY KEY, scope_no INTEGER NOT NULL, note_row BLOB NOT NULL,
            sentence_rows BLOB);
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
