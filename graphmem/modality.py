"""English words that make of a clause something asked, supposed, hoped or dreamt: word lists."""


def _words(words: str) -> frozenset[str]:
    return frozenset(words.split())


CONDITIONS = _words("if unless whether assuming supposing provided lest")
WHEN = _words("when whenever wherever once until till")
"""With a verb that is not past these are conditions: "when I face a problem"."""
EMBEDDED = _words("where how what why which whichever whatever however")
"""Before a subject these open an indirect question."""
WISHES = _words(
    """hope hopes hoped hoping wish wishes wished wishing want wants wanted wanting wanna dream
    dreams dreamed dreamt dreaming imagine imagines imagined imagining pretend pretends pretended
    pretending suppose supposed doubt doubts doubted wonder wonders wondered wondering tempted
    aspire aspires aspired aspiring yearn yearned yearning"""
)
GUESSES = WISHES | _words(
    "hopefully maybe perhaps possibly probably chance chances possibility like"
)
"""What comes after one of these is hoped, dreamt or guessed."""
MODALS = _words(
    """could would should might may must shall can gotta ought wouldn't shouldn't mightn't mustn't
    couldn't can't cannot cant"""
)
ABLE = _words("can could cannot can't couldn't cant")
"""Said to be so these are no fact yet; denied they are one: "I can't eat nuts"."""
OBLIGED = _words("need needs needed supposed ought")
"""Before "to": what is to be done is not done."""
HEDGES = _words("maybe perhaps possibly probably hopefully almost nearly")
OPINIONS = _words("think thinks thought believe believes believed say said mean guess feel")
"""Denied before a clause they deny it; to know or remember leaves it so."""
HARDLY = _words("hardly barely scarcely rarely seldom")
"""Adverbs that deny."""
DENIALS = HARDLY | _words(
    """not no never none nobody nothing neither nor cannot cant ain't isn't aren't wasn't weren't
    don't doesn't didn't haven't hasn't hadn't won't wouldn't can't couldn't shouldn't anymore"""
)
"""What makes of a sentence that it denies, where only its words are looked at."""
