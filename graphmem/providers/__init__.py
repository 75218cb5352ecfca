"""Models from outside: encoders and extractors that need a library, opened when chosen."""
