"""Whether a parsed sentence says that something is so: questions, conditions and wishes do not."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from graphmem.modality import (
    ABLE,
    CONDITIONS,
    EMBEDDED,
    HARDLY,
    HEDGES,
    MODALS,
    OBLIGED,
    OPINIONS,
    WISHES,
)

if TYPE_CHECKING:
    from spacy.tokens import Token

_INSIDE = frozenset({"ccomp", "xcomp", "acl", "advcl", "conj", "acl:relcl", "relcl"})
"""Labels of a clause inside another one, which shares what that one supposes."""
_MAX_DEPTH = 8


def is_stated(verb: "Token") -> bool:
    """Tell whether a verb's clause is said to be so, denied or not."""
    if verb.sent.text.rstrip().endswith("?") or _is_caused(verb):
        return False
    for clause in _clauses_around(verb):
        words = {child.lower_ for child in clause.children}
        if not words.isdisjoint(CONDITIONS | HEDGES) or _depends(clause):
            return False
        if clause is not verb and clause.lower_ in WISHES:
            return False
        if clause is not verb and clause.lower_ in OPINIONS and _has_denial(clause):
            return False
    if verb.lower_ in WISHES or (verb.lower_ in OBLIGED and _has(verb, "xcomp")):
        return False
    if any(child.dep_ == "advmod" and child.lower_ in EMBEDDED for child in verb.children):
        return False
    return not _is_modal(verb)


def is_denied(verb: "Token", subject: "Token", thing: "Token") -> bool:
    """Tell whether a clause denies: "does not", "never", "hardly", "has no car"."""
    none = [_has_no(token) for token in (subject, thing)]
    return _has_denial(verb) != (none.count(True) == 1)


def _clauses_around(verb: "Token") -> Iterator["Token"]:
    """Yield a verb and those whose clauses it stands in, the innermost first."""
    yield verb
    for _ in range(_MAX_DEPTH):
        if verb.dep_ not in _INSIDE:
            return
        verb = verb.head
        yield verb


def _is_modal(verb: "Token") -> bool:
    """Tell whether a verb says what may or should be; a later one shares an earlier one's modal."""
    first = verb
    auxiliaries = [child.lower_ for child in verb.children if child.dep_ in ("aux", "auxpass")]
    for _ in range(_MAX_DEPTH):
        if auxiliaries or first.dep_ not in ("conj", "xcomp"):
            break
        first = first.head
        auxiliaries = [child.lower_ for child in first.children if child.dep_ == "aux"]
    supposed = [word for word in auxiliaries if word in MODALS or word in ("'d", "’d", "ca")]
    if _has_denial(verb):
        supposed = [word for word in supposed if word not in ABLE and word != "ca"]
    return bool(supposed)


def _depends(verb: "Token") -> bool:
    """Tell whether a verb has a condition beside it: "*if Rui comes*, I go"."""
    clauses = (child for child in verb.children if child.dep_ == "advcl")
    return any(word.lower_ in CONDITIONS for clause in clauses for word in clause.children)


def _is_caused(verb: "Token") -> bool:
    """Tell whether a verb only completes another one: "helps *me express* it", "see *you play*"."""
    return verb.dep_ == "ccomp" and (
        verb.morph.get("VerbForm", []) == ["Inf"]
        or any(t.lower_ in ("me", "us", "him", "them") for t in verb.children if "subj" in t.dep_)
    )


def _has_denial(verb: "Token") -> bool:
    return any(
        child.dep_ == "neg" or child.lower_ in HARDLY or child.lower_ == "never"
        for child in verb.children
    )


def _has_no(noun: "Token") -> bool:
    return any(child.lower_ in ("no", "neither") for child in noun.children)


def _has(verb: "Token", label: str) -> bool:
    return any(child.dep_ == label for child in verb.children)
