"""Names to factories: what `--encoder`, `--extractor` and a store's URL may say, opened on demand.

Modules are named as strings and imported when chosen, so choosing one loads no other. Packages
add names of their own through the entry points `graphmem.stores`, `graphmem.encoders` and
`graphmem.extractors`; a built-in name cannot be taken over.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from importlib import import_module
from importlib.metadata import EntryPoint, entry_points
from typing import Any, Literal

from graphmem.contracts import Encoder, Extractor
from graphmem.errors import ConfigError, UnknownBackendError

Kind = Literal["store", "encoder", "extractor"]
Factory = Callable[..., Any]


@dataclass(frozen=True, slots=True)
class BuiltIn:
    """Where a name's factory is, and what must follow the name after a colon."""

    target: str
    """`module:attribute`."""
    argument: str = ""
    """What to write after `name:`; empty: nothing may follow."""


BUILT_IN: dict[Kind, dict[str, BuiltIn]] = {
    "store": {
        "ram": BuiltIn("graphmem.graph.ram.store:RamStore"),
        "sqlite": BuiltIn("graphmem.graph.sqlite.store:SqliteStore"),
        **{
            scheme: BuiltIn("graphmem.graph.neo4j.store:Neo4jStore")
            for scheme in ("neo4j", "neo4j+s", "neo4j+ssc", "bolt", "bolt+s", "bolt+ssc")
        },
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


def open_encoder(name: str) -> Encoder:
    """Open the encoder of a name or of the identity that a store recorded."""
    encoder: Encoder = resolve("encoder", name)()
    return encoder


def open_extractor(name: str) -> Extractor:
    """Open the extractor of a name."""
    extractor: Extractor = resolve("extractor", name)()
    return extractor


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


def _plugins(kind: Kind) -> dict[str, EntryPoint]:
    return {point.name: point for point in entry_points(group=f"graphmem.{kind}s")}
