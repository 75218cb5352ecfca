"""Names to factories: what `--encoder`, `--extractor` and a store's URL may say, opened on demand.

Modules are named as strings and imported when chosen, so choosing one loads no other. Packages
add names of their own through the entry points `graphmem.stores`, `graphmem.encoders`,
`graphmem.extractors` and `graphmem.rankers`; a built-in name cannot be taken over. Whatever was
opened is checked: an object that lacks a member of its Protocol is refused with the member's name.

A factory of a store is called with the URL and, by name, `must_exist` and `clock`; one of an
encoder or extractor with what follows the name's colon, or with nothing.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from graphmem.contracts import Clock, Encoder, Extractor, GraphStore, Ranker, utc_now
from graphmem.errors import ConfigError, PluginError, UnknownBackendError

if TYPE_CHECKING:
    from importlib.metadata import EntryPoint

Kind = Literal["store", "encoder", "extractor", "ranker"]
Factory = Callable[..., Any]

NEO4J_SCHEMES = ("neo4j", "neo4j+s", "neo4j+ssc", "bolt", "bolt+s", "bolt+ssc")
"""The schemes of a Neo4j server's URLs."""
_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]+):")
"""At least two letters: one is a drive."""


@dataclass(frozen=True, slots=True)
class BuiltIn:
    """Where a name's factory is, and what must follow the name after a colon."""

    target: str
    """`module:attribute`."""
    argument: str = ""
    """What to write after `name:`; empty: nothing may follow."""


BUILT_IN: dict[Kind, dict[str, BuiltIn]] = {
    "store": {
        "ram": BuiltIn("graphmem.graph.ram.store:open_ram"),
        "sqlite": BuiltIn("graphmem.graph.sqlite.store:open_sqlite"),
        **{scheme: BuiltIn("graphmem.graph.neo4j.store:Neo4jStore") for scheme in NEO4J_SCHEMES},
    },
    "encoder": {
        "rules": BuiltIn("graphmem.rules.embed:RuleEncoder"),
        "minilm": BuiltIn("graphmem.providers.encoders.minilm:open_minilm"),
        "sentence-transformers": BuiltIn(
            "graphmem.providers.encoders.sentence_transformers:SentenceTransformerEncoder",
            "NAME_OR_FOLDER",
        ),
        "onnx": BuiltIn("graphmem.providers.encoders.onnx:OnnxEncoder", "FILE_OR_FOLDER"),
    },
    "extractor": {
        "rules": BuiltIn("graphmem.rules.extractor:RuleExtractor"),
        "spacy": BuiltIn("graphmem.providers.extractors.spacy:SpacyExtractor", "NAME_OR_FOLDER"),
    },
    "ranker": {
        "auto": BuiltIn("graphmem.rankers.auto:AutoRanker"),
        "power": BuiltIn("graphmem.rankers.power:PowerRanker"),
        "push": BuiltIn("graphmem.rankers.push:PushRanker"),
        "igraph": BuiltIn("graphmem.rankers.igraph:IgraphRanker"),
        "torch": BuiltIn("graphmem.rankers.torch:TorchRanker"),
        "cugraph": BuiltIn("graphmem.rankers.cugraph:CugraphRanker"),
        "cugraph-dask": BuiltIn("graphmem.rankers.cugraph_dask:CugraphDaskRanker"),
        "gds": BuiltIn("graphmem.graph.neo4j.gds:GdsRanker", "neo4j://HOST:PORT"),
    },
}


def names(kind: Kind) -> list[str]:
    """Return every name that answers, sorted, each as it is typed: `onnx:FILE_OR_FOLDER`."""
    built_in = [
        f"{name}:{entry.argument}" if entry.argument else name
        for name, entry in BUILT_IN[kind].items()
    ]
    return sorted({*built_in, *(name for name in _plugins(kind) if name not in BUILT_IN[kind])})


def resolve(kind: Kind, name: str) -> Factory:
    """Return the factory that a name stands for, bound to what follows the name's colon.

    An identity that a store recorded, `rules@1`, is read as its name. Raises UnknownBackendError
    for a name that nobody registered, ConfigError if what must follow the colon is missing or
    nothing may follow.
    """
    base, _, argument = name.partition(":")
    base = base.partition("@")[0]
    if base in BUILT_IN[kind]:
        return _built_in(kind, base, argument)
    plugin = _plugins(kind).get(base)
    if plugin is None:
        raise UnknownBackendError(kind, name, names(kind))
    return _bound(plugin.load(), argument)


def open_store(
    store: str | Path | GraphStore, *, must_exist: bool = False, clock: Clock = utc_now
) -> GraphStore:
    """Open a store: `ram:`, `sqlite:///FILE`, a path, or the URL of a registered store.

    A memory is made if it is not there, unless `must_exist`: then StoreUnavailableError. Raises
    UnknownBackendError for a scheme that nobody registered, PluginError for a store that lacks a
    member of `GraphStore`. A store that is given as an object is only checked.
    """
    opened: GraphStore = (
        _store_factory(store)(must_exist=must_exist, clock=clock)
        if isinstance(store, str | Path)
        else store
    )
    _check("store", opened, GraphStore)
    return opened


def open_encoder(encoder: str | Encoder) -> Encoder:
    """Open the encoder of a name or of the identity that a store recorded; check one given.

    Raises PluginError if it lacks a member of `Encoder`, or its name or dimension is of no use.
    """
    opened: Encoder = resolve("encoder", encoder)() if isinstance(encoder, str) else encoder
    _check("encoder", opened, Encoder)
    _check_name("encoder", opened.name)
    if not isinstance(opened.dim, int) or opened.dim < 1:
        raise PluginError(f"the encoder {opened.name!r} has dim {opened.dim!r}, not 1 or more")
    return opened


def open_extractor(extractor: str | Extractor) -> Extractor:
    """Open the extractor of a name; check one that is given.

    Raises PluginError if it lacks a member of `Extractor`, or its name is of no use.
    """
    opened: Extractor = (
        resolve("extractor", extractor)() if isinstance(extractor, str) else extractor
    )
    _check("extractor", opened, Extractor)
    _check_name("extractor", opened.name)
    return opened


def open_ranker(ranker: str | Ranker) -> Ranker:
    """Open the ranker of a name; check one that is given.

    Raises PluginError if it lacks a member of `Ranker`, MissingExtraError if its library is not
    installed, ConfigError if its device is not there.
    """
    opened: Ranker = resolve("ranker", ranker)() if isinstance(ranker, str) else ranker
    _check("ranker", opened, Ranker)
    _check_name("ranker", opened.name)
    return opened


def _store_factory(url_or_path: str | Path) -> Factory:
    """Return the factory of a store, bound to its URL; a path is a SQLite file."""
    match = _SCHEME.match(url_or_path) if isinstance(url_or_path, str) else None
    if match is None:
        return partial(resolve("store", "sqlite"), f"sqlite:///{url_or_path}")
    return partial(resolve("store", match.group(1).lower()), url_or_path)


def _check(kind: Kind, part: object, protocol: type) -> None:
    """Refuse a part that lacks a member of its Protocol, or has no method where there is one."""
    members = dir(protocol)
    methods = {name for name in members if callable(getattr(protocol, name))}
    for name in sorted({*members, *protocol.__annotations__}):
        if name.startswith("_") or callable(getattr(part, name, None)):
            continue
        if name in methods or not hasattr(part, name):
            kind_of_member = "method" if name in methods else "value"
            raise PluginError(
                f"{type(part).__module__}.{type(part).__qualname__} is no {kind}: it lacks the "
                f"{kind_of_member} `{name}`; see graphmem.contracts.{protocol.__name__}"
            )


def _check_name(kind: Kind, name: object) -> None:
    if not isinstance(name, str) or not name:
        raise PluginError(f"the {kind}'s name must be a text that is not empty, not {name!r}")


def _built_in(kind: Kind, base: str, argument: str) -> Factory:
    entry = BUILT_IN[kind][base]
    if entry.argument and not argument:
        raise ConfigError(f"the {kind} {base!r} needs a name; type: {base}:{entry.argument}")
    if argument and not entry.argument:
        raise ConfigError(f"the {kind} {base!r} takes nothing after it; type: {base}")
    module, _, attribute = entry.target.partition(":")
    return _bound(getattr(import_module(module), attribute), argument)


def _bound(factory: Factory, argument: str) -> Factory:
    return partial(factory, argument) if argument else factory


def _plugins(kind: Kind) -> "dict[str, EntryPoint]":
    from importlib.metadata import entry_points  # with its parser of mail: no built-in needs it

    return {point.name: point for point in entry_points(group=f"graphmem.{kind}s")}
