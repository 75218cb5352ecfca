"""The words of a snapshot, indexed: counts, sentences, trigrams."""
