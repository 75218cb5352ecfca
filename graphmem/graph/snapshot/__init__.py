"""Records at one moment -> arrays, the same from every store."""
