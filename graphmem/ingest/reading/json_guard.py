"""Bytes of JSON on their way to the parser, stopped before they can hurt it.

The parser keeps a path for every open list and object, so that its memory grows with the square of
the depth, and its C code does not survive a number that Python refuses to convert.
"""

import re
from itertools import accumulate
from typing import Protocol

import ijson

DEEPEST_JSON = 500
"""Lists and objects in each other that are read."""

LONGEST_NUMBER = 4_000
"""Digits of a number; Python converts 4,300."""

_STRING = re.compile(rb'"(?:[^"\\]+|\\.)*+(?:"|\\?\Z)', re.DOTALL)
_BRACKET = re.compile(rb"[\[\]{}]")
_DEPTH = {b"[": 1, b"{": 1, b"]": -1, b"}": -1}
_LONG_NUMBER = re.compile(rb"[0-9]{%d}" % (LONGEST_NUMBER + 1))
_END = b"\0"


class Bytes(Protocol):
    """What can be read in pieces."""

    def read(self, size: int = -1) -> bytes:
        """Return about `size` bytes; empty at the end."""
        ...


class GuardedJson:
    """A stream of JSON; `read` raises ijson.JSONError for what is nested or counted too high."""

    def __init__(self, stream: Bytes) -> None:
        self._stream = stream
        self._depth = 0
        self._string = b""
        """How the string begins again in which the last piece ended; empty outside of strings."""
        self._digits = b""
        """Those that the last piece ended with."""

    def read(self, size: int = -1) -> bytes:
        """Return about `size` bytes; empty at the end."""
        piece = self._stream.read(size)
        if piece:
            self._look_at(piece)
        return piece

    def _look_at(self, piece: bytes) -> None:
        given = self._string + piece
        bare = _STRING.sub(b"", given + _END)  # an open string takes the end with it
        if bare.endswith(_END):
            self._string, bare = b"", bare[:-1]
        else:
            escapes = len(given) - len(given.rstrip(b"\\"))
            self._string = b'"\\' if escapes % 2 else b'"'
        self._check_depth(bare)
        bare = self._digits + bare
        if _LONG_NUMBER.search(bare):
            raise ijson.JSONError(f"a number of over {LONGEST_NUMBER:,} digits")
        self._digits = bare[len(bare.rstrip(b"0123456789")) :]

    def _check_depth(self, bare: bytes) -> None:
        opened = bare.count(b"[") + bare.count(b"{")
        if self._depth + opened > DEEPEST_JSON:
            steps = (_DEPTH[bracket] for bracket in _BRACKET.findall(bare))
            if max(accumulate(steps, initial=self._depth)) > DEEPEST_JSON:
                raise ijson.JSONError(f"nested too deeply, over {DEEPEST_JSON} levels")
        self._depth += opened - bare.count(b"]") - bare.count(b"}")
