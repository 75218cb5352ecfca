// known-of: What is known of a person or thing, and from where.
// :param scope => '…'
// :param entity => '…'
MATCH (e:Entity {scope: $scope})<-[:SUBJECT|OBJECT]-(f:Fact)
WHERE (toLower(e.name) = toLower($entity)
    OR any(alias IN e.aliases WHERE toLower(alias) = toLower($entity)))
MATCH (f)-[:DERIVED_FROM]->(n:Note)-[:DERIVED_FROM]->(o:Episode)-[:PART_OF]->(s:Session)
WHERE n.kind IN ['turn', 'passage']
RETURN DISTINCT f.subject AS subject,
    CASE WHEN f.negated THEN 'not ' + f.relation ELSE f.relation END AS relation,
    f.object AS object, n.valid_until IS NULL AS is_true, o.speaker AS said_by,
    o.said_at AS said_at, trim(s.name + ' ' + o.source_id) AS source, f.id AS fact, o.id AS episode
ORDER BY said_at, episode, fact
