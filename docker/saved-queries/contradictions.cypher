// contradictions: Pairs of notes, both held true, that contradict each other: linked so, or a denial.
// :param scope => '…'
CALL () {
    MATCH (a:Note {scope: $scope})-[:LINK {kind: 'contradicts'}]->(b:Note)
    WHERE a.valid_until IS NULL AND b.valid_until IS NULL
    RETURN 'linked' AS what, a, b
    UNION
    MATCH (f:Fact {scope: $scope, negated: false})-[:SUBJECT]->(s:Entity)
        <-[:SUBJECT]-(g:Fact {negated: true})
    WHERE f.relation = g.relation
        AND EXISTS { MATCH (f)-[:OBJECT]->(:Entity)<-[:OBJECT]-(g) }
    MATCH (f)-[:DERIVED_FROM]->(a:Note)
    MATCH (g)-[:DERIVED_FROM]->(b:Note)
    WHERE a.valid_until IS NULL AND b.valid_until IS NULL
    RETURN 'denied' AS what, a, b
}
RETURN what, a.text AS first, a.said_at AS first_said_at, b.text AS second,
    b.said_at AS second_said_at, a.id AS first_note, b.id AS second_note
ORDER BY what, first_note, second_note
