"""cuGraph: the extra that is missing, and the signatures that it is called by."""

import inspect
import sys

import pytest

from graphmem.errors import MissingExtraError
from graphmem.rankers import cugraph


def test_without_the_libraries_the_extra_is_named_and_no_gpu_answers(monkeypatch):
    monkeypatch.setitem(sys.modules, "pylibcugraph", None)
    assert cugraph.gpus() == 0
    with pytest.raises(MissingExtraError, match=r"graphmem\[gpu\]"):
        cugraph.CugraphRanker()


def test_the_call_fits_the_signature_of_the_installed_wheel():
    try:
        import pylibcugraph
    except Exception as error:  # noqa: BLE001 - a CUDA library that is missing raises an error of its own
        pytest.skip(f"pylibcugraph cannot be imported here: {error}")
    call = inspect.signature(pylibcugraph.personalized_pagerank)
    call.bind(*range(12), fail_on_nonconvergence=False)
    names = list(call.parameters)
    assert names[6:12] == [
        "personalization_vertices", "personalization_values", "alpha", "epsilon",
        "max_iterations", "do_expensive_check",
    ]  # fmt: skip
    for option in ("store_transposed", "renumber", "do_expensive_check"):
        assert option in (pylibcugraph.SGGraph.__init__.__doc__ or pylibcugraph.SGGraph.__doc__)
