// changes-of-run: The changes that a run made, with reason and author.
// :param scope => '…'
// :param run => '…'
MATCH (c:Change {scope: $scope, run_id: $run})-[:CHANGES]->(n:Note)
WITH c, n ORDER BY c.at, n.id, c.seq
RETURN c.at AS at, c.field AS field, c.before AS before, c.after AS after, c.reason AS reason,
    c.author AS author, n.text AS text, n.id AS note, c.id AS change
