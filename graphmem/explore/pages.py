"""The pages by path: the template of each, the verb of `Memory` that it is for, what it shows."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from graphmem.errors import InputError
from graphmem.explore.journal import journal_of, run_of
from graphmem.explore.names import entity_meant, named, names_of
from graphmem.explore.note import note_page
from graphmem.explore.overview import overview_of
from graphmem.explore.review import review_of
from graphmem.explore.searching import found_for
from graphmem.explore.sessions import dialogue_of, sessions_of
from graphmem.memory import Memory

Asked = Mapping[str, str]
"""What the path and the query say."""
Shown = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class PageKind:
    """One kind of page."""

    path: str
    template: str
    verb: str
    """As the audit log names it."""
    shows: Callable[[Memory, Asked], Shown]


def _overview(memory: Memory, asked: Asked) -> Shown:
    return {"page": overview_of(memory)}


def _search(memory: Memory, asked: Asked) -> Shown:
    """Show what is found now, or then; the page asks for `side=then` itself when it is there.

    What was true at another moment takes as long as reading the store anew: nobody waits for it to
    see what is true now.
    """
    question, as_of, side = (asked.get(name, "").strip() for name in ("q", "as_of", "side"))
    shown = {"question": question, "as_of": as_of, "side": side, "now": None, "then": None}
    if question and side == "then":
        return shown | {"then": found_for(memory, question, as_of=as_of)}
    return shown | {"now": found_for(memory, question)} if question else shown


def _sessions(memory: Memory, asked: Asked) -> Shown:
    return {"page": sessions_of(memory, after=_given(asked, "after"))}


def _session(memory: Memory, asked: Asked) -> Shown:
    at, after = _given(asked, "at"), _given(asked, "after")
    return {"page": dialogue_of(memory, asked["id"], at=at, after=after)}


def _names(memory: Memory, asked: Asked) -> Shown:
    part = asked.get("part", "").strip()
    return {"page": names_of(memory, part=part, after=_given(asked, "after")), "part": part}


def _name(memory: Memory, asked: Asked) -> Shown:
    id_ = _given(asked, "id") or entity_meant(memory, asked.get("called", ""))
    return {"page": named(memory, id_, after=_given(asked, "after"))}


def _note(memory: Memory, asked: Asked) -> Shown:
    start = asked.get("start", "0")
    if not start.isdecimal() or len(start) > 12:
        raise InputError(f"start is a place in the text, from 0, not {start[:40]!r}")
    return {"page": note_page(memory, asked["id"], start=int(start))}


def _changes(memory: Memory, asked: Asked) -> Shown:
    after = _given(asked, "after")
    return {"page": journal_of(memory, after=after), "after": after}


def _run(memory: Memory, asked: Asked) -> Shown:
    return {"page": run_of(memory, asked["id"], after=_given(asked, "after"))}


def _review(memory: Memory, asked: Asked) -> Shown:
    return {"page": review_of(memory), "done": asked.get("done", "")}


def _given(asked: Asked, name: str) -> str | None:
    return asked.get(name) or None


PAGES = (
    PageKind("/", "overview.html", "stats", _overview),
    PageKind("/search", "search.html", "search", _search),
    PageKind("/sessions", "sessions.html", "sessions", _sessions),
    PageKind("/session/{id}", "session.html", "get", _session),
    PageKind("/names", "names.html", "entities", _names),
    PageKind("/name", "name.html", "timeline", _name),
    PageKind("/note/{id}", "note.html", "history", _note),
    PageKind("/changes", "changes.html", "history", _changes),
    PageKind("/run/{id}", "run.html", "history", _run),
    PageKind("/review", "review.html", "doubts", _review),
)
