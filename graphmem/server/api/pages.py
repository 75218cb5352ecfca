"""A list a page at a time, where the verb gives the whole: the cursor is the last item's key."""

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from graphmem.server.api.arguments import wrong

T = TypeVar("T")


def page_of(
    items: Sequence[T], key: Callable[[T], str], *, limit: int = 100, after: str | None = None
) -> dict[str, Any]:
    """Return so many items behind the one that `after` names, and the next `after` or None.

    Raises RefusedError, 400, if that item is there no more.
    """
    start = 0
    if after is not None:
        places = {key(item): place for place, item in enumerate(items)}
        if after not in places:
            raise wrong("after names nothing that is there now; begin again without it")
        start = places[after] + 1
    shown = items[start : start + limit]
    is_last = start + limit >= len(items)
    return {"items": list(shown), "after": None if is_last or not shown else key(shown[-1])}
