"""Prefect flows: graphmem on a schedule. Thin: what they do is in graphmem (docs/prefect.md)."""
