"""How a verb of `Memory` is called by name, and its answer made one of JSON: lists in pages."""

from collections.abc import Callable
from typing import Any, Generic, TypedDict, TypeVar

from graphmem.memory import Memory
from graphmem.server.api.pages import page_of

T = TypeVar("T")


class Listed(TypedDict, Generic[T]):
    """A part of a list, and what to give as `after` for the next; null: this was the last."""

    items: list[T]
    after: str | None


class Found(TypedDict):
    """The hits of a search, best first, as `Hit.to_dict` gives them."""

    hits: list[dict[str, Any]]


class Count(TypedDict):
    """How many there are."""

    count: int


def of_id(verb: Callable[..., Any]) -> Callable[..., Any]:
    """Return a verb whose first argument, an id, is given by the name `id`."""

    def called(memory: Memory, *, id: str, **given: Any) -> Any:
        return verb(memory, id, **given)

    return called


def useful(memory: Memory, *, id: str, question: str, **given: Any) -> Any:
    """Say that a note answered a question."""
    return memory.useful(question, id, **given)


def search(memory: Memory, **asked: Any) -> Found:
    """Return what answers a question."""
    return {"hits": [hit.to_dict() for hit in memory.search(**asked)]}


def notes(memory: Memory, **asked: Any) -> dict[str, Any]:
    """Return a page of notes."""
    page = memory.list(**asked)
    return {"items": list(page.notes), "after": page.after}


def count(memory: Memory, **asked: Any) -> Count:
    """Return how many notes pass the filters."""
    return {"count": memory.count(**asked)}


def record(memory: Memory, *, id: str) -> Any:
    """Return one record."""
    (found,) = memory.get(id)
    return found


def sessions(memory: Memory, *, limit: int = 100, after: str | None = None) -> dict[str, Any]:
    """Return a page of sessions."""
    return page_of(memory.sessions(), lambda one: one.session.id, limit=limit, after=after)


def speakers(memory: Memory, *, limit: int = 100, after: str | None = None) -> dict[str, Any]:
    """Return a page of speakers."""
    return page_of(memory.speakers(), lambda one: one.name, limit=limit, after=after)


def entities(
    memory: Memory, *, name: str | None = None, limit: int = 100, after: str | None = None
) -> dict[str, Any]:
    """Return a page of entities."""
    return page_of(memory.entities(name), lambda one: one.id, limit=limit, after=after)


def facts(
    memory: Memory,
    *,
    subject: str | None = None,
    relation: str | None = None,
    object: str | None = None,
    limit: int = 100,
    after: str | None = None,
) -> dict[str, Any]:
    """Return a page of facts."""
    found = memory.facts(subject=subject, relation=relation, object=object)
    return page_of(found, lambda one: one.id, limit=limit, after=after)


def timeline(
    memory: Memory, *, entity: str, limit: int = 100, after: str | None = None
) -> dict[str, Any]:
    """Return a page of an entity's timeline."""
    found = memory.timeline(entity)
    return page_of(found, lambda one: one.note.id, limit=limit, after=after)


def doubts(memory: Memory, *, limit: int = 100, after: str | None = None) -> dict[str, Any]:
    """Return a page of what waits for a person's word."""
    return page_of(memory.doubts(), lambda one: one.id, limit=limit, after=after)
