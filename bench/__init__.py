"""Measurements: `python -m bench.NAME`, JSON lines out; `--help` says what each one measures."""
