// hubs: The entities that most notes name, and their share of all notes.
// :param scope => '…'
// :param top => 20
MATCH (n:Note {scope: $scope}) WITH count(n) AS total
MATCH (e:Entity {scope: $scope})<-[:MENTIONS]-(n:Note)
WITH e, total, count(DISTINCT n) AS notes
RETURN e.name AS name, notes, round(toFloat(notes) / total, 3) AS share, e.id AS entity
ORDER BY notes DESC, entity LIMIT $top
