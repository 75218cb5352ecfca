"""What sort of answer a question wants: when, how many, where, who, why."""

import re
from dataclasses import dataclass

_WHEN = re.compile(
    r"^(?:when|how long ago|since when)\b|\bwh(?:at|ich) (?:date|day|month|year|time|week)\b"
)
_COUNT = re.compile(
    r"\bhow (?:many|often|much|long|old|far)\b|\bwhat (?:number|price)\b"
    r"|^what (?:do|does|did|will|would|is|was)\b.*\b(?:costs?|price|fee|rent|bill)\b"
)
_WHERE = re.compile(r"^where\b|\bwh(?:at|ich) (?:city|country|place|state|town)\b")
_WHO = re.compile(r"^(?:who|whom|whose)\b")
_WHY = re.compile(r"^why\b|\bwhat (?:inspired|motivated|made)\b|\breasons?\b")


@dataclass(frozen=True, slots=True)
class QuestionKind:
    """What sort of answer is wanted; several may hold."""

    when: bool
    count: bool
    where: bool
    who: bool
    why: bool


def question_kind(folded: str) -> QuestionKind:
    """Return what an English question asks for, folded; of other languages nothing is known."""
    text = folded.strip()
    return QuestionKind(
        when=_WHEN.search(text) is not None,
        count=_COUNT.search(text) is not None,
        where=_WHERE.search(text) is not None,
        who=_WHO.search(text) is not None,
        why=_WHY.search(text) is not None,
    )
