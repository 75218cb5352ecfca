"""The index that lives on disk: what a search derives of a store, kept beside it."""
