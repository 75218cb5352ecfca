"""Extractors that need a library."""
