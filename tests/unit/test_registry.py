"""Names to factories: which store, encoder or extractor a name, a path or a URL opens."""

import subprocess
import sys
from contextlib import closing
from importlib import metadata
from importlib.metadata import EntryPoint
from importlib.util import find_spec
from pathlib import Path

import pytest

from graphmem.contracts import Encoder, Extractor, GraphStore
from graphmem.errors import ConfigError, PluginError, StoreUnavailableError, UnknownBackendError
from graphmem.graph.ram.store import RamStore
from graphmem.graph.sqlite.store import SqliteStore
from graphmem.registry import (
    BUILT_IN,
    names,
    open_encoder,
    open_extractor,
    open_ranker,
    open_store,
    resolve,
)
from graphmem.rules.embed import RuleEncoder
from graphmem.rules.extractor import RuleExtractor
from graphmem.testing import standing_clock


def test_a_name_and_the_identity_that_a_store_recorded_open_the_same():
    assert resolve("encoder", "rules") is RuleEncoder
    assert open_encoder(RuleEncoder.name).name == RuleEncoder.name


def test_an_unknown_name_lists_the_known_ones_and_the_nearest():
    with pytest.raises(UnknownBackendError, match=r"mean 'rules'.*minilm, onnx:FILE_OR_FOLDER"):
        resolve("encoder", "rulse")


@pytest.mark.parametrize(
    ("name", "message"),
    [("rules:x", "takes nothing after it; type: rules"), ("onnx", "type: onnx:FILE_OR_FOLDER")],
)
def test_a_colon_too_many_or_too_few_says_what_to_type(name, message):
    with pytest.raises(ConfigError, match=message):
        resolve("encoder", name)


def test_every_built_in_module_exists():
    modules = {
        entry.target.partition(":")[0] for kind in BUILT_IN.values() for entry in kind.values()
    }
    assert [module for module in sorted(modules) if find_spec(module) is None] == []


def test_a_package_adds_names_but_cannot_take_one_over(monkeypatch):
    points = [
        EntryPoint("other", "graphmem.rules.embed:RuleEncoder", "graphmem.encoders"),
        EntryPoint("rules", "builtins:dict", "graphmem.encoders"),
        EntryPoint("parsed", "builtins:str", "graphmem.encoders"),
    ]
    monkeypatch.setattr(metadata, "entry_points", lambda **_: points)
    assert names("encoder").count("rules") == 1
    assert {"other", "parsed"} <= set(names("encoder"))
    assert resolve("encoder", "rules") is RuleEncoder
    assert open_encoder("other").name == RuleEncoder.name
    assert resolve("encoder", "parsed:a:b")() == "a:b"


def test_importing_the_registry_loads_no_part():
    program = (
        "import sys, graphmem.registry\n"
        "parts = ('graph', 'rules', 'providers', 'retrieve', 'ingest')\n"
        "sys.exit(any(f'graphmem.{part}' in sys.modules for part in parts))"
    )
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0


@pytest.mark.parametrize("url", ["{}/m.db", "sqlite:///{}/m.db"])
def test_a_path_and_a_url_name_the_same_file(url: str, tmp_path: Path) -> None:
    with closing(open_store(url.format(tmp_path))):
        assert (tmp_path / "m.db").exists()


def test_a_url_with_three_slashes_may_be_relative(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with closing(open_store("sqlite:///m.db")), closing(open_store("other.db")):
        assert sorted(path.name for path in tmp_path.glob("*.db")) == ["m.db", "other.db"]


def test_ram_is_a_store_of_its_own() -> None:
    assert isinstance(open_store("ram:"), RamStore)


def test_a_scheme_that_nobody_registered_is_refused() -> None:
    with pytest.raises(UnknownBackendError, match="sqlite"):
        open_store("sqlit://m.db")


def test_a_store_that_must_exist_is_not_made(tmp_path: Path) -> None:
    with pytest.raises(StoreUnavailableError, match="no store"):
        open_store(tmp_path / "m.db", must_exist=True)
    assert list(tmp_path.iterdir()) == []


def test_a_store_in_memory_has_no_name() -> None:
    with pytest.raises(ConfigError, match="type: ram:"):
        open_store("ram:///somewhere")


def test_a_path_object_is_a_file_whatever_its_name_looks_like(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with closing(open_store(Path("neo4j:x"))) as store:
        assert isinstance(store, SqliteStore)
    assert Path("neo4j:x").is_file()


def registered(monkeypatch: pytest.MonkeyPatch, kind: str, factory: object) -> None:
    """Have one package register `factory` under the name `shelf`."""
    point = EntryPoint("shelf", "builtins:dict", f"graphmem.{kind}s")
    monkeypatch.setattr(metadata, "entry_points", lambda **_: [point])
    monkeypatch.setattr(EntryPoint, "load", lambda _: factory)


def test_a_registered_store_is_given_the_clock_and_whether_it_must_exist(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    calls: list[object] = []
    made = RamStore()
    registered(monkeypatch, "store", lambda url, **given: calls.append((url, given)) or made)
    assert open_store("shelf://here", must_exist=True, clock=standing_clock) is made
    assert calls == [("shelf://here", {"must_exist": True, "clock": standing_clock})]


class Lacking:
    """Stands for another object, but for one of its members."""

    def __init__(self, whole: object, member: str) -> None:
        self._whole, self._member = whole, member

    def __getattr__(self, name: str) -> object:
        if name == self._member:
            raise AttributeError(name)
        return getattr(self._whole, name)


def public_members(protocol: type) -> list[str]:
    members = {*dir(protocol), *protocol.__annotations__}
    return sorted(name for name in members if not name.startswith("_"))


PARTS = [
    (check, whole, member)
    for check, whole, protocol in (
        (open_store, RamStore, GraphStore),
        (open_encoder, RuleEncoder, Encoder),
        (open_extractor, RuleExtractor, Extractor),
    )
    for member in public_members(protocol)
]


@pytest.mark.parametrize(("check", "whole", "member"), PARTS)
def test_a_part_that_lacks_any_one_member_is_refused_by_its_name(check, whole, member) -> None:
    part = whole()
    assert check(part) is part
    with pytest.raises(PluginError, match=f"`{member}`"):
        check(Lacking(part, member))


def test_a_value_where_a_method_belongs_is_refused() -> None:
    class Wrong(RuleEncoder):
        encode = None

    with pytest.raises(PluginError, match="method `encode`"):
        open_encoder(Wrong())


@pytest.mark.parametrize(("field", "value"), [("name", ""), ("name", 7), ("dim", 0), ("dim", "x")])
def test_an_encoder_whose_name_or_dimension_cannot_be_is_refused(field, value) -> None:
    class Wrong(RuleEncoder):
        pass

    wrong = Wrong()
    setattr(wrong, field, value)
    with pytest.raises(PluginError, match=field):
        open_encoder(wrong)


def test_a_registered_encoder_that_lacks_a_member_is_refused_when_opened(monkeypatch) -> None:
    registered(monkeypatch, "encoder", lambda: object())
    with pytest.raises(PluginError, match="lacks the value"):
        open_encoder("shelf")


def test_a_ranker_opens_by_name_and_one_that_lacks_a_method_is_refused():
    assert open_ranker("push").name.startswith("push ")
    with pytest.raises(UnknownBackendError, match="did you mean 'power'"):
        open_ranker("powr")
    with pytest.raises(PluginError, match=r"is no ranker: it lacks the .* `\w+`"):
        open_ranker(object())
