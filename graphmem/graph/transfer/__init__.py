"""Moving a memory: files, streams, other programs' graphs."""
