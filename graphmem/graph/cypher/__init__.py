"""Asking a memory in Cypher, whatever store it is in; nothing here writes."""
