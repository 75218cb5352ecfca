"""What of a text asks: small talk is cut off, and a page is read by its asking sentences.

"Hi, could you please tell me where Ana lives? Thanks!" asks "where Ana lives?". What else is told
beside a question ("I have guests on Friday. What did I cook for them?") is context: it counts, but
less than what is asked.
"""

import re
from dataclasses import dataclass

from graphmem.sentences import sentences
from graphmem.types import Span

LONGEST = 400
"""Characters of a question that is read whole; of a longer one those sentences that ask."""
_WH = r"(?:what|where|when|who|whom|whose|which|why|how|if|whether)"
_ASIDE = re.compile(
    r"^(?:(?:hi|hey|hello|hiya)(?: there| again| all)?|good (?:morning|afternoon|evening)|ok|okay|"
    r"so|well|um+|please|thanks|thank you|sorry|excuse me|by the way|btw|just curious|"
    r"quick question|one more thing|also|now|oh)(?:[,!.:;]+| [–—-])\s+"
    rf"|^(?:hi|hey|hello|hiya|ok|okay|so|please|also|and|but)\s+(?=(?:{_WH}|do|does|did|is|are|was|"
    r"were|has|have|had|can|could|would|will|tell|remind|any)\b)",
    re.IGNORECASE,
)
_REQUEST = re.compile(
    r"^(?:(?:can|could|would|will) you (?:(?:please|kindly|maybe|perhaps|just) )*"
    r"(?:tell|remind|show|help|let)(?: me| us)?(?: to)?"
    r"(?: (?:know|remember|recall|find|see|again))*"
    r"|do you (?:(?:happen to|still|perhaps) )?(?:know|remember|recall)"
    r"|(?:i|we)(?:'m|’m| am| was| were) (?:just )?(?:wondering|curious)"
    r"|i(?:'d|’d| would) (?:like|love) to know|i (?:want|wanted|need) to (?:know|ask)(?: you)?"
    r"|(?:please )?(?:tell|remind) me(?: again)?|any (?:idea|clue)"
    rf"|(?:i|we) (?:forgot|forget|can(?:'|’)?t remember|don(?:'|’)?t (?:remember|recall|know))"
    rf"(?= {_WH}\b))(?:,? please)?(?:,? (?:if|whether|about|that))?\b[ ,:]*",
    re.IGNORECASE,
)
_CLOSING = re.compile(
    r"(?<![ ,.!–—-])[ ,.!–—-]{1,4}(?:please|thanks(?: a lot| so much| in advance)?|cheers|"
    r"thank you(?: so much| very much| in advance)?|by any chance|"
    r"if you (?:don(?:'|’)?t mind|know|remember)|do you (?:know|remember|recall))[ ?.!]{0,8}$",
    re.IGNORECASE,
)
_CHAT = re.compile(
    r"^(?:(?:i )?hope (?:you|this|all|that)\b.*|how are you\b.*|thanks?\b.*|sorry (?:to|for)\b.*|"
    r"(?:i have )?(?:a|one) (?:quick )?question\b.{0,20}|nice to\b.*|"
    r"have a (?:nice|good|great)\b.*|(?:kind |best )?regards\b.*|cheers\b.*|"
    r"(?:hi|hello|hey|good (?:morning|afternoon|evening|night))\b.{0,20})$",
    re.IGNORECASE | re.DOTALL,
)
_ASKS = re.compile(
    rf"^(?:{_WH}|do|does|did|is|are|was|were|has|have|had|can|could|would|will|should|list|find|"
    r"show|summarise|summarize|compare|name|give|describe|explain)\b",
    re.IGNORECASE,
)
_CUTS = 4
"""Forms of small talk that may stand before one question."""


@dataclass(frozen=True, slots=True)
class Framed:
    """A question without the talk around it."""

    text: str
    asides: tuple[Span, ...] = ()
    """Where sentences stand in it that tell and do not ask."""
    context: str = ""
    """What else a long question tells."""

    @property
    def asking(self) -> str:
        """The text, blank where it tells and does not ask."""
        text = self.text
        for start, end in self.asides:
            text = text[:start] + " " * (end - start) + text[end:]
        return text


def framed(text: str) -> Framed:
    """Return what of a text asks; a text that is all small talk is asked as it is."""
    given = [text[start:end] for start, end in sentences(text)]
    kept = [(cut, _is_asking(one, cut)) for one in given if (cut := _cut(one))]
    kept = [(cut, asks) for cut, asks in kept if not _CHAT.match(cut) or len(kept) == 1]
    if not kept:
        return Framed(text)
    asking = [cut for cut, asks in kept if asks]
    if not asking or len(asking) == len(kept):
        whole = " ".join(cut for cut, _ in kept)
        return Framed(whole) if _is_short(whole) else _shortened(kept, [kept[-1][0]])
    whole = " ".join(cut for cut, _ in kept)
    if not _is_short(whole):
        return _shortened(kept, asking)
    asides: list[Span] = []
    at = 0
    for cut, asks in kept:
        if not asks:
            asides.append((at, at + len(cut)))
        at += len(cut) + 1
    return Framed(whole, tuple(asides))


def _is_short(text: str) -> bool:
    return len(text) <= LONGEST


def _shortened(kept: list[tuple[str, bool]], asking: list[str]) -> Framed:
    """Return the asking sentences alone, the last ones that are short enough together."""
    chosen: list[str] = []
    for cut in reversed(asking):
        if chosen and not _is_short(" ".join([cut, *chosen])):
            break
        chosen.insert(0, cut)
    return Framed(" ".join(chosen), (), " ".join(cut for cut, _ in kept if cut not in chosen))


def _cut(sentence: str) -> str:
    """Return a sentence without the small talk at its ends, all of it if nothing else is there."""
    rest = sentence.strip()
    for _ in range(_CUTS):
        shorter = _REQUEST.sub("", _ASIDE.sub("", rest, count=1), count=1)
        if shorter == rest or not _has_words(shorter):
            break
        rest = shorter
    ended = _CLOSING.sub("", rest)
    if ended != rest and _has_words(ended):
        return ended + "?" * sentence.rstrip().endswith("?")
    return rest


def _has_words(text: str) -> bool:
    return any(character.isalnum() for character in text)


def _is_asking(sentence: str, cut: str) -> bool:
    return sentence.rstrip(" \"'”’)").endswith("?") or _ASKS.match(cut) is not None
