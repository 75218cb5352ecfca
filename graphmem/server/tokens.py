"""The tokens of a server in a file that only its owner can read: names, hashes, scopes, rights."""

import json
import os
import re
import stat
import sys
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from graphmem.errors import ConfigError, did_you_mean
from graphmem.files import alone_with, new_file
from graphmem.server.grants import RIGHTS, Grant, Right, digest_of
from graphmem.types import Scope

VERSION = 1
MARK = b'{"graphmem_tokens":'
"""How the file begins, by which it is known before it is replaced."""
_NAME = re.compile(r"[\w.@+-]{1,64}")


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptToken:
    """One token as it is kept: all but itself."""

    grant: Grant
    sha256: str
    made_at: str


class TokenFile:
    """A file of tokens, read again whenever it changed: what is revoked ends at once."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._seen: tuple[int, int, int] | None = None
        self._grants: Mapping[str, Grant] = {}

    def grants(self) -> Mapping[str, Grant]:
        """Return what each token may, by its hash; nothing if there is no file.

        Raises ConfigError for a file that others can read, or that cannot be read as tokens.
        """
        try:
            state = self.path.stat()
        except FileNotFoundError:
            self._seen, self._grants = None, {}
            return self._grants
        seen = (state.st_ino, state.st_ctime_ns, state.st_size)  # ctime: its mode counts too
        if seen != self._seen:
            self._grants = {kept.sha256: kept.grant for kept in self.kept()}
            self._seen = seen
        return self._grants

    def kept(self) -> list[KeptToken]:
        """Return the tokens by name, without themselves."""
        try:
            raw = self._read()
        except FileNotFoundError:
            return []
        try:
            table = json.loads(raw)
            if table["graphmem_tokens"] != VERSION:
                raise ConfigError(f"{self.path} was written by a newer graphmem; update this one")
            return [_kept(row) for row in table["tokens"]]
        except (ValueError, KeyError, TypeError) as error:
            raise ConfigError(f"{self.path} cannot be read as tokens: {error!r:.100}") from None

    def add(
        self, token: str, *, name: str, scopes: Sequence[str], may: str, at: datetime
    ) -> KeptToken:
        """Keep the hash of a token. Raises ConfigError for a name that is taken, or a wrong right.

        Only a token for `metrics` has no scope.
        """
        if not _NAME.fullmatch(name):
            raise ConfigError(f"the name of a token is letters, digits and . @ + - _, not {name!r}")
        if may not in RIGHTS:
            raise ConfigError(f"no right {may!r}; {did_you_mean(may, RIGHTS)}")
        if (may == "metrics") == bool(scopes):
            raise ConfigError("a token for metrics has no scope, any other needs one: --scope ana")
        keys = frozenset(Scope.parse(scope).key for scope in scopes)
        made = KeptToken(
            grant=Grant(name=name, scopes=keys, may=_right(may)),
            sha256=digest_of(token),
            made_at=at.isoformat(timespec="seconds"),
        )
        with alone_with(self.path):
            kept = self.kept()
            if any(one.grant.name == name for one in kept):
                raise ConfigError(f"there is a token {name}; type: graphmem token revoke {name}")
            self._write([*kept, made])
        return made

    def revoke(self, name: str) -> None:
        """Forget a token. Raises ConfigError for a name that none has."""
        with alone_with(self.path):
            kept = self.kept()
            left = [one for one in kept if one.grant.name != name]
            if len(left) == len(kept):
                known = [one.grant.name for one in kept]
                raise ConfigError(f"no token {name!r}; {did_you_mean(name, known)}")
            self._write(left)

    def _read(self) -> bytes:
        with self.path.open("rb") as file:
            mode = stat.S_IMODE(os.fstat(file.fileno()).st_mode)
            if sys.platform != "win32" and mode & 0o077:
                cure = f"type: chmod 600 {self.path}"
                raise ConfigError(f"{self.path} can be read by others (mode {mode:o}); {cure}")
            return file.read()

    def _write(self, kept: Collection[KeptToken]) -> None:
        ordered = sorted(kept, key=lambda one: one.grant.name)
        rows = ",\n".join(json.dumps(_row(one), ensure_ascii=False) for one in ordered)
        text = f'{{"graphmem_tokens": {VERSION}, "tokens": [\n{rows}\n]}}\n'
        with new_file(self.path, is_ours=lambda begins: begins.startswith(MARK)) as out:
            out.write(text.encode())


def _row(kept: KeptToken) -> dict[str, Any]:
    return {
        "name": kept.grant.name,
        "may": kept.grant.may,
        "scopes": sorted(kept.grant.scopes),
        "made_at": kept.made_at,
        "sha256": kept.sha256,
    }


def _kept(row: Mapping[str, Any]) -> KeptToken:
    keys = frozenset(Scope.parse(scope).key for scope in row["scopes"])
    grant = Grant(name=str(row["name"]), scopes=keys, may=_right(row["may"]))
    return KeptToken(grant=grant, sha256=str(row["sha256"]), made_at=str(row["made_at"]))


def _right(may: str) -> Right:
    return RIGHTS[RIGHTS.index(may)]  # ValueError for any other
