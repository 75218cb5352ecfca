"""Search by personalised PageRank over the whole graph."""
