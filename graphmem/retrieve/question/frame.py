"""The words that a question is framed by: they ask, and are asked for by nothing in an answer.

Two sets, since two channels of turns read them, and the weights were fitted with both as they are:
BM25 drops what the stop words leave of the frame; late interaction, which has tokens in place of
terms, drops the grammar alone. What one set for both would do has not been measured.
"""

SORT_WORDS = frozenset("many much kind kinds type types during before after according ago".split())
"""What sort of answer is wanted: no term of BM25, beside the stop words."""
ORDER_WORDS = frozenset(
    """first last latest newest earliest oldest recent recently thing things time message messages
    note memory entry word words tell told say said mention mentioned talk talked speak spoke
    write wrote ask asked""".split()
)
"""What asks for the first or the last of what was said, and of nothing in it."""
LATEST_WORDS = frozenset("latest newest earliest oldest".split())
"""What asks for the first or the last of anything, and is said of nothing: `my latest run`."""
AUXILIARIES = frozenset(
    """do does did have has had will would could should can may might must don't doesn't didn't
    haven't hasn't hadn't""".split()
)
"""Verbs that a question turns round: what stands behind one is the subject of another verb."""
GRAMMAR_WORDS = frozenset(
    """i my do does did is are was were be been have has had will would could should can may might
    what which who whom whose when where why how""".split()
)
"""Pronouns (the asked speaker's own `I`), auxiliaries, question words: no token of the answer."""
