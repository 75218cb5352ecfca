"""Encoders that need a library."""
