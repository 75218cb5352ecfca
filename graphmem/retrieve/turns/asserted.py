"""Whether a sentence says that something is so now: no question, wish, joke, guess or memory.

A newer turn replaces nothing by what it only wishes, or by how it once was. English words; of
another language every sentence that is no question says what is so.
"""

import re
from functools import lru_cache

from graphmem.modality import WISHES
from graphmem.text import lower

_UNREAL = re.compile(
    rf"""\b(?:{"|".join(sorted(WISHES - {"suppose", "supposed"}))}|maybe|perhaps|hopefully|almost|
    nearly|practically|basically|wouldn[’']t|would|could|might|should|ought|
    (?:i|we|he|she|they|you)[’']d|
    feel(?:s|ing)?\ like|felt\ like|as\ (?:if|though)|pretend(?:s|ed|ing)?|jok(?:e|es|ing)|kidding|
    ha(?:ha)+|lol|
    (?:thought|thinking|think|considered|considering|talked|talking|toyed|toying)\ (?:about|of)
    (?!\ (?:it|this|that)\ (?:again|over|more|some\ more|through)\b)|
    think(?:s)?\ (?:that\ )?(?:s?he|it|they)\ (?:is|are|'s)|wanted\ to|wants\ to|want\ to|
    planned\ to|meant\ to|tried\ to|offered\ to|promised\ to|asked\ (?:me|us)\ (?:if|to|whether)|
    (?:they|people|some)\ say|apparently|i\ (?:read|heard)\ (?:that|about|somewhere)?|
    supposedly|according\ to)\b""",
    re.VERBOSE,
)
"""What is wished, guessed, nearly done, thought of, said in jest, or hearsay."""
_SUPPOSED = re.compile(r"(?:^|[,;]\s)(?:if|unless|suppose|imagine|when i (?:retire|win)|one day)\b")
_ONCE = re.compile(
    r"""\b(?:used\ to|back\ (?:then|when|in)|in\ those\ days|when\ i\ was|when\ we\ were|
    (?:i|we|he|she|they)\ (?:once|formerly|previously|originally)|as\ a\ (?:child|kid|boy|girl|
    student|teenager|baby)|at\ (?:school|university|college)\ i\b|(?:years|decades|ages)\ ago|
    last\ (?:spring|summer|autumn|winter|year)|
    (?:my|our|his|her|the)\ (?:old|former|previous|late|ex)\b.{1,60}\b(?:was|were|had)|
    in\ my\ (?:youth|childhood|twenties)|
    (?:remember|reminds|reminded|reminiscing|memories|nostalgic|photos?\ of|old\ days))\b""",
    re.VERBOSE,
)
"""What was, long ago."""
_FORMERLY = re.compile(r"\bat (?:school|university|college)[.!]?$")
_NOT_DONE = re.compile(
    r"""\bbut\b[^.!?]{0,40}\b(?:left|leave|stay|stays|stayed|staying|kept|keep|keeps|remain|remains|
    same|didn[’']t|decided\ against|not|no)\b[^.!?]{0,30}$|\bstay(?:s|ed|ing)?\ (?:as|with|at|
    where)\b|
    \b(?:chickened\ out|came\ to\ nothing|never\ happened)\b|
    \b(?:but|then)\ (?:(?:i|we|he|she|they)\ )?changed\ (?:my|our|his|her|their)\ minds?\b""",
    re.VERBOSE,
)
"""What was to change and did not."""
_HEARSAY = re.compile(r",\s(?:says?|writes?|claims?) (?:an?|the|some|my|our) [\w ]{1,30}$")
_ASKS = re.compile(r"[?？؟][\s\"'”’)\]}*_]*$")
READ = 300
"""Characters of a sentence that are read."""


_CLAUSES = re.compile(r"[,;:]\s|\s[-–—]\s|\s(?=but\b)")
_BEGINS_ASKING = re.compile(
    r"^(?:and |but |so |also )?(?:(?:can|could|would|will|do|does|did|is|are|am|have|has|should|"
    r"may|"
    r"shall|won[’']t|don[’']t|isn[’']t|aren[’']t)\s+(?:you|i|we|it|he|she|they|that|this|there|"
    r"anyone|anybody|someone|somebody|the|my|our|your)|what|how|where|when|who|why|which|whose)\b"
)
_REMINDS = re.compile(r"^.{0,80}?\b(?:that|since|because|now that|given that|as) (.+)")
"""What a request takes for known: "can you remind me that it is on Friday"."""
_LINKED = re.compile(r"^(?:when|where|who|which|how)\b[^?]*$")

_GOES_ON = re.compile(r"^(?:then|that|it|which|who|he|she|they|there|and then|the)\b")
"""What is told of what went before."""
_WAS = re.compile(
    r"\b(?:was|were)\b(?! (?:\w+ly )?(?:\w{3,20}ed|put|brought|taken|given|made|sold|cut|stolen|"
    r"broken|"
    r"born|wrong|mistaken|just)\b)|^(?:i|we|he|she|they) (?:just |also )?(?:saw|heard|watched|"
    r"noticed|"
    r"counted|visited|spoke|talked to|met|dreamt|passed)\b"
)
"""What happened and is over, or was seen: no state. What was moved or sold is in a new one."""
_PAST = re.compile(r"\b(?:did|was|were|had|last|latest)\b")
_NOT_SO = (_UNREAL, _SUPPOSED, _ONCE, _FORMERLY)


@lru_cache(maxsize=4_096)
def asserted(sentence: str, question: str) -> str:
    """Return the clauses of a sentence that say that something is so now, joined by commas.

    A question, in lower case, that asks for what is wished or was is answered by such.
    """
    patterns = [one for one in _NOT_SO if not one.search(question)]
    patterns += [] if _PAST.search(question) else [_WAS]
    whole = sentence[:READ].strip()
    stated = lower(whole).rstrip(" .!…")
    if _NOT_DONE.search(stated) or _HEARSAY.search(stated):
        return ""
    kept: list[str] = []
    was_dropped = is_supposed = False
    clauses = _CLAUSES.split(whole)
    for clause in clauses:
        text = lower(clause).strip()
        if _BEGINS_ASKING.search(text) and (_ASKS.search(whole) or not _LINKED.search(text)):
            kept += _REMINDS.findall(clause)
            if clause is clauses[0] and not _ASKS.search(whole):
                continue  # "what it is called, that is Pluto"
            break
        goes_on = was_dropped and (is_supposed or _GOES_ON.search(text) is not None)
        is_supposed = bool(_SUPPOSED.search(text)) or (is_supposed and goes_on)
        was_dropped = goes_on or any(one.search(text) for one in patterns)
        if not was_dropped:
            kept.append(clause)
    else:
        if _ASKS.search(whole) and kept and kept[-1] is clauses[-1]:
            kept.pop()
    return ", ".join(kept)
