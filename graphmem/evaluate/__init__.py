"""Measures search on questions with gold: graphmem beside its baselines, and its own weights.

Reading order: data/ (sets of passages, turns and questions); systems/ (what is compared: baselines,
recipes, graphmem); measure/ (metrics, intervals, the log of a run); fit/ (the weights that ship);
report/ (JSON, Markdown, HTML); run (all of it together).
"""
