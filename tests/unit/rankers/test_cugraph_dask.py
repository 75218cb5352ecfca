"""cuGraph on a cluster: the extra that is missing, and the signatures that it is called by."""

import ast
import sys
from importlib.metadata import PackageNotFoundError, files

import pytest

from graphmem.errors import MissingExtraError
from graphmem.rankers.cugraph_dask import CugraphDaskRanker


def source_of(path: str) -> ast.Module:
    """Parse a file of the installed wheel, which cannot be imported without a GPU."""
    try:
        (found,) = (f for f in files("cugraph-cu13") or [] if str(f) == f"cugraph/{path}")
    except PackageNotFoundError:
        pytest.skip("cugraph-cu13 is not installed")
    return ast.parse(found.read_text("utf-8"))


def parameters(path: str, function: str) -> list[str]:
    """Return the names of a function's parameters, of the first where there are several."""
    found = (node for node in ast.walk(source_of(path)) if isinstance(node, ast.FunctionDef))
    return [a.arg for a in next(node for node in found if node.name == function).args.args]


def test_without_the_libraries_the_extra_is_named(monkeypatch):
    monkeypatch.setitem(sys.modules, "cudf", None)
    with pytest.raises(MissingExtraError, match=r"graphmem\[gpus\]"):
        CugraphDaskRanker()


def test_the_calls_fit_the_source_of_the_installed_wheel():
    ranked = parameters("dask/link_analysis/pagerank.py", "pagerank")
    wanted = {"alpha", "personalization", "max_iter", "tol", "fail_on_nonconvergence"}
    assert ranked[0] == "input_graph"
    assert wanted <= set(ranked)
    made = parameters("structure/graph_classes.py", "from_dask_cudf_edgelist")
    assert {"input_ddf", "source", "destination", "weight", "store_transposed"} <= set(made)
    for function in ("initialize", "is_initialized", "get_workers"):
        assert isinstance(parameters("dask/comms/comms.py", function), list)
