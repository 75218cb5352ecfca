"""Settings: which store, whose memory, which parts; graphmem.toml, then the environment."""

import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from reprlib import repr as short_repr
from types import UnionType
from typing import Any, Self

from graphmem.errors import ConfigError, ScopeError, did_you_mean
from graphmem.types import Scope

FILE_NAME = "graphmem.toml"
PREFIX = "GRAPHMEM_"
SWITCHES = ("token_signs",)
"""The settings that are true or false; the others are texts."""
TABLES = ("json_chats",)
"""The settings that are lists of tables; they stand in the file alone."""
CHOICES = {"index": ("disk", "memory")}
"""The texts that a setting may be, where not any will do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What a command uses unless its options say otherwise."""

    store: str = "graphmem.db"
    """A path, relative to the working folder, or a URL."""
    scope: str | None = None
    """`ana` or `ana/helper`; None: not set, which is an error where a scope is needed."""
    encoder: str = "rules"
    """Of a store that is made now; a store that exists knows its own."""
    extractor: str = "rules"
    ranker: str = "auto"
    """Of the retriever `pagerank`: auto, power, push, igraph, torch, cugraph, cugraph-dask or
    gds:neo4j://HOST:PORT."""
    token_signs: bool = True
    """Whether the signs of the tokens of turns are kept where the encoder gives token vectors: some
    1,400 bytes a turn; docs/retrieval.md says what they add."""

    index: str = "disk"
    """`disk`: what a search derives of a large store is kept for the next process, of a file beside
    it, in FILE-index, of Neo4j in the user's cache folder; `memory`: each process derives it anew,
    and keeps nothing."""

    timezone: str = "UTC"
    """Of times that `graphmem ingest` reads without one, and of the days that a question, `--as-of`
    and `--since` speak of; an IANA name: Europe/Lisbon."""

    tokens: str = "graphmem-tokens.json"
    """The file of those who may ask `graphmem serve`; a path, relative to the working folder."""

    json_chats: tuple[Mapping[str, object], ...] = ()
    """Rows of the table of JSON chats, `[[json_chats]]`; in the file alone (docs/formats.md)."""

    @classmethod
    def here(cls) -> Self:
        """Read the settings of the working folder and of this process's environment."""
        return cls.load(Path.cwd(), os.environ)

    @classmethod
    def load(cls, folder: Path, environment: Mapping[str, str]) -> Self:
        """Read `graphmem.toml` of the folder if it is there, then GRAPHMEM_STORE, GRAPHMEM_SCOPE,
        GRAPHMEM_ENCODER, GRAPHMEM_EXTRACTOR, GRAPHMEM_RANKER, GRAPHMEM_TOKEN_SIGNS,
        GRAPHMEM_INDEX, GRAPHMEM_TIMEZONE and GRAPHMEM_TOKENS; an empty variable counts as not set.

        Raises ConfigError, naming file or variable, for a table that cannot be read, an unknown
        setting or a value of another type.
        """
        path = folder / FILE_NAME
        table = _read(path) if path.is_file() else {}
        variables = {name: environment.get(PREFIX + name.upper(), "") for name in _names()}
        given = {name: _of_variable(name, value) for name, value in variables.items() if value}
        return cls(**{**table, **given})


def scope_of(given: Scope | str | None, settings: Settings) -> Scope:
    """Return whose memory it is: what was given, else what the settings say.

    Raises ScopeError if neither says it, or for one that cannot be.
    """
    whose = settings.scope if given is None else given
    if whose is None:
        raise ScopeError(
            "whose memory is it? No scope was given; type --scope NAME, set GRAPHMEM_SCOPE, "
            "or pass scope=Scope(user=NAME)"
        )
    require_type("scope", whose, Scope | str)
    return whose if isinstance(whose, Scope) else Scope.parse(whose)


def require_type(argument: str, value: object, kind: type | UnionType) -> None:
    """Raise ConfigError unless the argument is of the type that it must be."""
    if not isinstance(value, kind) or isinstance(value, bool):
        wanted = getattr(kind, "__name__", str(kind))
        raise ConfigError(f"{argument} must be {wanted}, not {short_repr(value):.60}")


def require_positive(argument: str, value: int) -> None:
    """Raise ConfigError unless the argument is a whole number of 1 or more."""
    require_type(argument, value, int)
    if value < 1:
        raise ConfigError(f"{argument} must be 1 or more, not {value}")


def require_text(argument: str, value: object) -> None:
    """Raise ConfigError unless the argument is a text that can be written down in UTF-8."""
    require_type(argument, value, str)
    try:
        str(value).encode()
    except UnicodeEncodeError:
        raise ConfigError(
            f"{argument} holds half a surrogate pair; write U+FFFD in its place"
        ) from None


def require_name(argument: str, value: object) -> None:
    """Raise ConfigError unless the argument is a text that can name something."""
    require_text(argument, value)
    if not str(value).strip() or "\0" in str(value):
        raise ConfigError(f"{argument} must be a name, not {short_repr(value):.60}")


def _names() -> list[str]:
    return [field.name for field in fields(Settings) if field.name not in TABLES]


def _of_variable(name: str, value: str) -> Any:
    if name not in SWITCHES:
        return chosen(name, value, PREFIX + name.upper())
    if value.lower() not in ("true", "false"):
        raise ConfigError(f"{PREFIX}{name.upper()} must be true or false, not {value!r}")
    return value.lower() == "true"


def _read(path: Path) -> dict[str, Any]:
    try:
        table = tomllib.loads(path.read_text("utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ConfigError(f"{path} cannot be read as TOML: {error}") from error
    return {key: _checked(path, key, value) for key, value in table.items()}


def _checked(path: Path, key: str, value: object) -> Any:
    known = [*_names(), *TABLES]
    if key in TABLES:
        if not isinstance(value, list) or not all(isinstance(one, dict) for one in value):
            raise ConfigError(f"{path}: {key} must be tables, not {value!r}; write: [[{key}]]")
        return tuple(value)
    if key not in known:
        raise ConfigError(f"{path}: unknown setting {key!r}; {did_you_mean(key, known)}")
    if key in SWITCHES:
        if not isinstance(value, bool):
            raise ConfigError(f"{path}: {key} must be true or false, not {value!r}")
        return value
    if not isinstance(value, str) or not value:
        raise ConfigError(f'{path}: {key} must be a text, not {value!r}; write: {key} = "..."')
    return chosen(key, value, f"{path}: {key}")


def chosen(key: str, value: str, where: str | None = None) -> str:
    """Return the value of a setting. Raises ConfigError, saying where it stands, if it may not."""
    if key in CHOICES and value not in CHOICES[key]:
        raise ConfigError(f"{where or key} must be {' or '.join(CHOICES[key])}, not {value!r}")
    return value
