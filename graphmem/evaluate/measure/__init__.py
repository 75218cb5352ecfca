"""How well a ranking does: metrics, intervals, channels."""
