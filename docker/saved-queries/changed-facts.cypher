// changed-facts: Subject and relation pairs that had most objects, in the order they were said.
// :param scope => '…'
// :param top => 20
MATCH (e:Entity {scope: $scope})<-[:SUBJECT]-(f:Fact {negated: false})
MATCH (f)-[:OBJECT]->(o:Entity)
MATCH (f)-[:DERIVED_FROM]->(n:Note)
WITH e, f.relation AS relation, o, min(n.said_at) AS said_at
ORDER BY said_at, o.id
WITH e, relation, collect(o.name) AS objects, min(said_at) AS since, max(said_at) AS last
WHERE size(objects) > 1
RETURN e.name AS subject, relation, size(objects) AS n_objects, objects, since, last,
    e.id AS entity
ORDER BY n_objects DESC, entity, relation LIMIT $top
