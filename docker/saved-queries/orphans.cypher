// orphans: Turns and passages that no entity and no link ties to another note.
// :param scope => '…'
MATCH (n:Note {scope: $scope})
WHERE n.kind IN ['turn', 'passage'] AND NOT EXISTS { (n)-[:LINK]-(:Note) }
    AND NOT EXISTS { MATCH (n)-[:MENTIONS]->(:Entity)<-[:MENTIONS]-(m:Note) WHERE m.id <> n.id }
RETURN n.said_at AS said_at, n.speaker AS speaker, n.text AS text, n.id AS note
ORDER BY said_at, note
