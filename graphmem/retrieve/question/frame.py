"""The words that a question is framed by: they ask, and are asked for by nothing in an answer.

Two sets, since two searches read them. BM25 drops what stop words leave of the frame. Late
interaction has tokens in place of terms and drops the grammar alone: `many` is like `three`, which
vectors see and counts do not. One set for both moved figures either way.
"""

SORT_WORDS = frozenset("many much kind kinds type types during before after according ago".split())
"""What sort of answer is wanted: no term of BM25, beside the stop words."""
GRAMMAR_WORDS = frozenset(
    """i my do does did is are was were be been has have had will would could should can may might
    what which who whom whose when where why how""".split()
)
"""Pronouns (the asked speaker's own `I`), auxiliaries, question words: no token of the answer."""
