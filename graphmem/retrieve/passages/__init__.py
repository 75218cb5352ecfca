"""Search over passages: scored roots, the best-first walk."""
