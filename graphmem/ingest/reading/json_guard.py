"""Bytes of JSON on their way to the parser, stopped before they can hurt it.

The parser keeps a path for every open list and object, so that its memory grows with the square of
the depth. Its C code does not survive a number that Python refuses to convert, and looks at a
string from its beginning with every piece that it is given of it.
"""

import re
from itertools import accumulate
from typing import Protocol

import ijson

DEEPEST_JSON = 500
"""Lists and objects in each other that are read."""

LONGEST_NUMBER = 4_000
"""Digits of a number; Python converts 4,300."""

LONGEST_STRING = 32 * 1024 * 1024
"""Bytes of a string."""

_MOST_AT_ONCE = 128
"""How many times as much is read at once as was asked for, inside a string."""
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
        self._open = 0
        """Bytes of that string so far, at most."""
        self._times = 1

    def read(self, size: int = -1) -> bytes:
        """Return about `size` bytes, inside a long string more and more; empty at the end."""
        piece = self._stream.read(size * self._times)
        if piece:
            was_open = bool(self._string)
            bare = self._look_at(piece)
            self._measure(piece, is_all_inside=was_open and not bare)
        return piece

    def _measure(self, piece: bytes, *, is_all_inside: bool) -> None:
        """Note how long the open string is, and read twice as much of it the next time."""
        if not self._string:
            self._open, self._times = 0, 1
        elif is_all_inside:
            self._open, self._times = self._open + len(piece), min(2 * self._times, _MOST_AT_ONCE)
        else:
            self._open, self._times = len(piece), 1
        if self._open > LONGEST_STRING:
            raise ijson.JSONError(f"a string of over {LONGEST_STRING:,} bytes")

    def _look_at(self, piece: bytes) -> bytes:
        """Check what of a piece stands outside of strings, and return it."""
        given = self._string + piece
        bare = _STRING.sub(b"", given + _END)  # an open string takes the end with it
        if bare.endswith(_END):
            self._string, bare = b"", bare[:-1]
        else:
            escapes = len(given) - len(given.rstrip(b"\\"))
            self._string = b'"\\' if escapes % 2 else b'"'
        self._check_depth(bare)
        outside, bare = bare, self._digits + bare
        if _LONG_NUMBER.search(bare):
            raise ijson.JSONError(f"a number of over {LONGEST_NUMBER:,} digits")
        self._digits = bare[len(bare.rstrip(b"0123456789")) :]
        return outside

    def _check_depth(self, bare: bytes) -> None:
        opened = bare.count(b"[") + bare.count(b"{")
        if self._depth + opened > DEEPEST_JSON:
            steps = (_DEPTH[bracket] for bracket in _BRACKET.findall(bare))
            if max(accumulate(steps, initial=self._depth)) > DEEPEST_JSON:
                raise ijson.JSONError(f"nested too deeply, over {DEEPEST_JSON} levels")
        self._depth += opened - bare.count(b"]") - bare.count(b"}")
