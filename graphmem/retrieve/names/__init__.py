"""The names of a snapshot, looked up in every text."""
