// true-on: The facts that held on a date, of one entity or of all, and who had said so.
// :param scope => '…'
// :param date => '…'
// :param entity => null
MATCH (f:Fact {scope: $scope})-[c:DERIVED_FROM]->(n:Note)
WHERE coalesce(coalesce(n.valid_from, n.said_at) <= datetime($date), true)
    AND coalesce(c.valid_from <= datetime($date), true)
    AND coalesce(c.valid_until > datetime($date), true)
    AND coalesce(n.valid_until > datetime($date), true) AND ($entity IS NULL
    OR EXISTS { MATCH (f)-[:SUBJECT|OBJECT]->(e:Entity) WHERE (toLower(e.name) = toLower($entity)
    OR any(alias IN e.aliases WHERE toLower(alias) = toLower($entity))) })
RETURN f.subject AS subject, CASE WHEN f.negated THEN 'not ' + f.relation ELSE f.relation END
    AS relation, f.object AS object, min(n.said_at) AS said_at, count(DISTINCT n) AS notes,
    f.id AS fact
ORDER BY subject, relation, object, fact
