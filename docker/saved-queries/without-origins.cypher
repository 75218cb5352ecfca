// without-origins: Notes that come from no episode: there must be none.
// :param scope => '…'
MATCH (n:Note {scope: $scope})
WHERE NOT EXISTS { (n)-[:DERIVED_FROM]->(:Episode) }
RETURN n.kind AS kind, n.text AS text, n.created_by AS created_by, n.id AS note
ORDER BY note
