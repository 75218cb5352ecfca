// timeline: What was said of an entity, oldest first, and until when it was true.
// :param scope => '…'
// :param entity => '…'
MATCH (e:Entity {scope: $scope})<-[:MENTIONS]-(n:Note)
WHERE (toLower(e.name) = toLower($entity)
    OR any(alias IN e.aliases WHERE toLower(alias) = toLower($entity))) AND n.kind IN ['turn', 'passage']
RETURN DISTINCT n.said_at AS said_at, n.speaker AS speaker, n.text AS text,
    n.valid_until AS valid_until, n.id AS note
ORDER BY said_at, note
