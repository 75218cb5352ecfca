// why: Why a note is found: its origins, and its entities with how many notes name each.
// :param scope => '…'
// :param note => '…'
CALL () {
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
RETURN what, name, text, said_at, notes, id ORDER BY what DESC, notes, name, id
