"""Long lists a page at a time, the largest value first, by a cursor that outlives deletions."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from graphmem.errors import ConfigError


def page_of(
    values: NDArray[np.float64], ids: Sequence[str], after: str | None, limit: int
) -> tuple[list[int], str | None]:
    """Return the places of the next items, largest value first, and where it goes on.

    Parameters
    ----------
    values : (n,) what orders them; NaN comes last, of equals the first in place.
    ids : (n,) what names each.
    after : the cursor of the page before; None: from the beginning.

    If the cursor's item is gone, the page begins with those of its value: one may come twice, none
    is left out. Raises ConfigError for a text that is no cursor.
    """
    values = np.where(np.isnan(values), -np.inf, values)
    order = np.argsort(-values, kind="stable")
    if after is not None:
        order = order[_behind(values, ids, order, after)]
    shown = order[:limit].tolist()
    is_last = len(shown) == len(order)
    return shown, None if is_last else f"{float(values[shown[-1]])!r}@{ids[shown[-1]]}"


def _behind(
    values: NDArray[np.float64], ids: Sequence[str], order: NDArray[np.intp], cursor: str
) -> NDArray[np.bool_]:
    number, at, id_ = cursor.partition("@")
    try:
        value = float(number)
    except ValueError:
        at = ""
    if not at:
        raise ConfigError(f"no page begins after {cursor!r}; begin with the first")
    place = next((i for i in np.flatnonzero(values == value).tolist() if ids[i] == id_), -1)
    ordered = values[order]
    behind: NDArray[np.bool_] = (ordered < value) | ((ordered == value) & (order > place))
    return behind
