"""Names to factories."""

import subprocess
import sys
from importlib.metadata import EntryPoint
from importlib.util import find_spec

import pytest

from graphmem import registry
from graphmem.errors import ConfigError, UnknownBackendError
from graphmem.registry import BUILT_IN, names, open_encoder, resolve
from graphmem.rules.embed import RuleEncoder


def test_a_name_and_the_identity_that_a_store_recorded_open_the_same():
    assert resolve("encoder", "rules") is RuleEncoder
    assert open_encoder(RuleEncoder.name).name == RuleEncoder.name


def test_an_unknown_name_lists_the_known_ones_and_the_nearest():
    with pytest.raises(UnknownBackendError, match=r"minilm, onnx:FILE_OR_FOLDER.*mean 'rules'"):
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
    monkeypatch.setattr(registry, "entry_points", lambda **_: points)
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
