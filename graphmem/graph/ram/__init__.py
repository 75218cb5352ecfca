"""The reference store: dicts in memory."""
