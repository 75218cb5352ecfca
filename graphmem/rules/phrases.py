"""Key noun phrases of lower-case speech: "pottery class", "support group", "road trip"."""

import re

from graphmem.batches import Mention
from graphmem.rules.tokens import Tokens

_PHRASE = re.compile(r"[UI]?[JGE]{0,2}[NG]{0,2}N(?!N)")
_NOMINAL = frozenset("dDMPotJzVEGHC,")
"""After these a single noun is surely one: a determiner, a possessive, a preposition, a verb."""
_MIN_LETTERS = 3
MAX_WORDS = 4


def phrases(tokens: Tokens) -> list[Mention]:
    """Return the key noun phrases of a note, at most four words each, in order.

    One word alone counts only where the word before it makes it nominal.
    """
    found: list[Mention] = []
    grammar = tokens.grammar
    for match in _PHRASE.finditer(grammar):
        first, last = match.span()
        while grammar[first] in "JE" or (grammar[first] in "GI" and _verbal(tokens, first)):
            first += 1
        first = max(first, last - MAX_WORDS)
        nominal = grammar[first - 1] in _NOMINAL and len(tokens.words[first]) >= _MIN_LETTERS
        if last - first == 1 and not nominal:
            continue
        found.append(
            Mention(
                name=tokens.surface(first, last),
                start=tokens.starts[first],
                end=tokens.ends[last - 1],
                kind="phrase",
            )
        )
    return found


def _verbal(tokens: Tokens, place: int) -> bool:
    """Tell whether an -ing word governs the noun ("raising awareness") and is no part of it."""
    if not tokens.words[place].endswith("ing"):
        return False
    return (
        tokens.grammar[place] == "I"
        or tokens.grammar[place + 1] != "N"
        or (tokens.grammar[place - 1] not in "dDMJzV")
    )
