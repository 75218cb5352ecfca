"""Which claims of a person say something worth reading on a page: words that say nothing are left.

Precision before recall: a line that is left out is still found by search, one that is wrong is not
believed again. English word lists; a claim in another language passes or not by its shape alone.
"""

from graphmem.batches import Claim
from graphmem.modality import CONDITIONS, GUESSES, MODALS
from graphmem.text import words


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_YOU = _words("you your you're you've you'll yours yourself")
_SELF = _words("i i'm i've i'd my me we we're we've our us")
_NOT_YET = MODALS | _words(
    """will won't i'll we'll he'll she'll they'll gonna going wanna let's let lets need needs plan
    plans deciding"""
)
_IDLE_VERBS = _words(
    """appreciate appreciated know knew knows understand understood hear heard mean means guess feel
    felt think thought believe agree see saw say said tell told talk talked chat chatted ask asked
    wait remember recall forget forgot get keep kept stay staying seem look looks looking thank
    care sound notice noticed wonder miss missed find finding found bet love's bounce bouncing
    relate picture handle handling lean"""
)
_IDLE_OBJECTS = _words(
    """great good well fine okay ok better best glad happy sad sorry excited thrilled proud hopeful
    positive grateful thankful lucky blessed nervous scared stressed tired busy sure ready stoked
    pumped incredible amazing awesome wonderful inspiration inspiring inspired fan blast fun lot
    lots way ways hand hands time times moment moments thing things stuff something anything it
    setback talk pushing chasing comfort strength motivation motivated determined relief impact
    hard happiness joy peace reminder point part kind bit day days one ones them that this lazy
    curious interested impressed surprised amazed touched honored up down back out hunt track
    belief support friendship commitment courage passion progress journey dreams dream goals goal
    energy challenge challenges feeling feelings sense difference memories memory experience
    experiences everything nothing someone people lives life world heart mind advice tips idea
    ideas words message breath break rest nature power beauty heads-up step steps
    adventure team gratitude all trial error case attitude page spots"""
)
_HELPING = _words("is was have has had been do does did")
_OPINIONS = _words("love loves loved like likes liked enjoy enjoys enjoyed")
_POINTS = _words("the that this his her their its these those")
"""Before what somebody likes these point at something said elsewhere: "I love the colours"."""
_FEWEST_WORDS = 4
_MOST_WORDS = 60


def says_something(sentence: str, claim: Claim, *, is_own: bool) -> bool:
    """Tell whether a sentence, by the claim read in it, is a line of the person's page.

    A person's own says I or we and nothing to "you"; another's names the person and does not speak
    to them. What is wished, supposed, planned or asked, and what only feels, is none.
    """
    said = words(sentence)
    held = set(said)
    if not _FEWEST_WORDS <= len(said) <= _MOST_WORDS or sentence.rstrip().endswith(("?", "…")):
        return False
    if not held.isdisjoint(_NOT_YET | CONDITIONS | (GUESSES - {"like"}) | _YOU):
        return False
    if is_own == held.isdisjoint(_SELF):
        return False
    at = sentence.find(claim.object)
    before = words(sentence[: max(at, 0)])[-1:]
    if not set(words(claim.relation)).isdisjoint(_OPINIONS) and not _POINTS.isdisjoint(before):
        return False
    return _is_told(claim)


def _is_told(claim: Claim) -> bool:
    relation, thing = words(claim.relation), words(claim.object)
    told = [word for word in relation if word not in _HELPING]
    if not relation or (told and not set(told[:1]).isdisjoint(_IDLE_VERBS)):
        return False
    content = [word for word in thing if word not in _IDLE_OBJECTS]
    if claim.relation in ("is", "was"):
        return len(content) > 1
    return bool(content) and content[-1] == thing[-1]
