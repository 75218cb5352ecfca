"""PageRank engines, one a file: each a `Ranker` (`graphmem.contracts`) of the same steps."""
