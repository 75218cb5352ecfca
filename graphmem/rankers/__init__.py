"""PageRank engines, one a file."""
