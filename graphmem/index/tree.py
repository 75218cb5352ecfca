"""Records of arrays, texts and numbers <-> a JSON value and a list of arrays.

What stands in several places is written once and is one object again when it is read: arrays that
parts of an index share are shared again, and so are those that hold the same bytes. Only records
of the types that a reader names are made.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields, is_dataclass
from datetime import datetime
from typing import Any

import numpy as np
from numpy.typing import NDArray

from graphmem.index.container import Array
from graphmem.index.texts import is_packed, packed, picked_of
from graphmem.runs import Coded, Ids, Lazy, Packed, Picked
from graphmem.stacked import Rows, Stacked, whole
from graphmem.vectors import distinct

Tree = Any
"""A JSON value."""
LONG = 256
"""Texts from which they are decoded one by one, when they are asked for."""
_PLAIN = (bool, int, float, str, type(None))


class Packer:
    """Takes records apart."""

    def __init__(self) -> None:
        self.arrays: list[Rows[Any]] = []
        self._seen: dict[int, int] = {}
        self._alike: defaultdict[tuple[str, tuple[int, ...]], list[int]] = defaultdict(list)
        """The places of arrays of a type and a shape."""
        self._kept: list[object] = []
        """What was seen, held so that no other object gets its id."""

    def pack(self, value: object) -> Tree:
        """Return a value as JSON; its arrays are added to `arrays`. Raises TypeError."""
        if isinstance(value, _PLAIN):
            return value
        if isinstance(value, datetime):
            return {"time": value.isoformat()}
        if id(value) in self._seen:
            return {"same": self._seen[id(value)]}
        number = self._seen[id(value)] = len(self._kept)
        self._kept.append(value)
        return {"no": number, **self._packed(value)}

    def _packed(self, value: object) -> dict[str, Tree]:
        if isinstance(value, np.ndarray | Stacked):
            return {"array": self._add(value)}
        if is_dataclass(value):
            own = {field.name: self.pack(getattr(value, field.name)) for field in fields(value)}
            return {"record": _name(type(value)), "fields": own}
        if isinstance(value, Coded):
            return {"distinct": self.pack(value.distinct), "codes": self._add(value.codes)}
        if isinstance(value, Ids):
            return {"ids": self._add(value.array)}
        if isinstance(value, Lazy):
            return {"texts": self._lazy(value), "kind": "tuple"}
        if isinstance(value, Mapping):
            return {"keys": self.pack(tuple(value)), "values": self.pack(list(value.values()))}
        if isinstance(value, tuple | list):
            kind = type(value).__name__
            if value and all(isinstance(item, str | None) for item in value):
                return {"texts": self._texts(value), "kind": kind}
            return {"items": [self.pack(item) for item in value], "kind": kind}
        raise TypeError(f"{type(value).__name__} is nothing that an index holds")

    def _lazy(self, texts: Lazy[Any]) -> Tree:
        """Pack texts that are made as they are asked for, none of them made where that can be."""
        if is_packed(texts):
            return self._raw(texts)
        if (picked := picked_of(texts)) is None:
            return self._texts(tuple(texts))
        among, places = picked
        used = distinct(places)
        codes = np.searchsorted(used, places)
        return {
            "of": self._texts([among[at] for at in used.tolist()]),
            "codes": self._add(narrow(codes)),
        }

    def _texts(self, texts: Sequence[str | None]) -> Tree:
        """Pack texts end to end; where most are said before, the distinct ones and their places."""
        differ = list(dict.fromkeys(texts))
        if 2 * len(differ) < len(texts):
            place = {text: at for at, text in enumerate(differ)}
            codes = np.fromiter((place[text] for text in texts), np.int32, len(texts))
            return {"of": self._texts(differ), "codes": self._add(narrow(codes))}
        return self._raw(texts)

    def _raw(self, texts: Sequence[str | None]) -> Tree:
        """Pack texts end to end."""
        raw, lengths = packed(texts)
        return {"raw": self._add(raw), "lengths": self._add(narrow(lengths))}

    def _add(self, array: Rows[Any]) -> int:
        """Return the place of an array, which is that of another of the same bytes if one is.

        A stacked one is put together as it is written.
        """
        if isinstance(array, Stacked):
            self.arrays.append(array)
            return len(self.arrays) - 1
        alike = self._alike[array.dtype.str, array.shape]
        for at in alike:
            if np.array_equal(_bytes(whole(self.arrays[at])), _bytes(array)):
                return at
        alike.append(len(self.arrays))
        self.arrays.append(array)
        return alike[-1]


class Unpacker:
    """Puts records together again."""

    def __init__(self, arrays: Sequence[Array], types: Iterable[type]) -> None:
        self._arrays = arrays
        self._types = {_name(type_): type_ for type_ in types}
        self._made: dict[int, Any] = {}

    def unpack(self, tree: Tree) -> Any:
        """Return what was packed. Raises KeyError, TypeError or ValueError for what was not."""
        if isinstance(tree, _PLAIN):
            return tree
        if "time" in tree:
            return datetime.fromisoformat(tree["time"])
        if "same" in tree:
            return self._made[tree["same"]]
        made = self._made[tree["no"]] = self._unpacked(tree)
        return made

    def _unpacked(self, tree: Mapping[str, Tree]) -> Any:
        if "array" in tree:
            return self._arrays[tree["array"]]
        if "record" in tree:
            own = {name: self.unpack(value) for name, value in tree["fields"].items()}
            return self._types[tree["record"]](**own)
        if "keys" in tree:
            return dict(zip(self.unpack(tree["keys"]), self.unpack(tree["values"]), strict=True))
        if "distinct" in tree:
            return Coded(self.unpack(tree["distinct"]), self._arrays[tree["codes"]])
        if "ids" in tree:
            return Ids(self._arrays[tree["ids"]])
        texts = self._texts(tree["texts"]) if "texts" in tree else map(self.unpack, tree["items"])
        if isinstance(texts, Lazy) and len(texts) >= LONG:
            return texts
        return tuple(texts) if tree["kind"] == "tuple" else list(texts)

    def _texts(self, tree: Mapping[str, Tree]) -> Lazy[Any]:
        if "of" in tree:
            return Picked(tuple(self._texts(tree["of"])), self._arrays[tree["codes"]])
        return Packed(self._arrays[tree["raw"]], self._arrays[tree["lengths"]])


def _bytes(array: Array) -> NDArray[np.uint8]:
    flat = np.ascontiguousarray(array).reshape(-1)
    return flat.view(np.uint8) if flat.nbytes else np.empty(0, np.uint8)


def narrow(numbers: NDArray[np.integer[Any]]) -> NDArray[np.integer[Any]]:
    """Return numbers in the fewest bytes that hold them all."""
    low, high = int(numbers.min(initial=0)), int(numbers.max(initial=0))
    fits = (
        k
        for k in (np.int8, np.int16, np.int32)
        if np.iinfo(k).min <= low and high <= np.iinfo(k).max
    )
    return numbers.astype(next(fits, np.int64))


def _name(type_: type) -> str:
    return f"{type_.__module__.removeprefix('graphmem.')}.{type_.__qualname__}"
