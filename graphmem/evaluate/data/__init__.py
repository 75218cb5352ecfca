"""Data sets: questions with gold, the passages or turns they are asked of."""
