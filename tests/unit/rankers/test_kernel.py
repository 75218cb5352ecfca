"""The compiled loops: found where they were built, done without where they were not."""

import shutil

import numpy as np
import pytest

from graphmem.rankers.compiling import SOURCES, compiled
from graphmem.rankers.kernel import PowerStep, fits, kernel
from tests.unit.rankers.graphs import skewed


def test_a_library_that_is_not_there_or_is_none_is_done_without(tmp_path):
    broken = tmp_path / "_kernel.so"
    assert kernel(broken) is None
    kernel.cache_clear()
    broken.write_bytes(b"no library")
    assert kernel(broken) is None


@pytest.mark.skipif(shutil.which("cc") is None, reason="no C compiler")
@pytest.mark.parametrize("said", ["", "int x;", "long long kernel_abi(void) { return 1; }"])
def test_a_library_of_other_sources_is_done_without(tmp_path, said):
    source, library = tmp_path / "old.c", tmp_path / "_kernel.so"
    source.write_text(f"{said}\ndouble push_end(void) {{ return 0; }}")
    assert compiled([source], library)
    assert kernel(library) is None


@pytest.mark.skipif(shutil.which("cc") is None, reason="no C compiler")
@pytest.mark.parametrize("real", [np.float64, np.float32])
@pytest.mark.parametrize("walks", [1, 3, 16])
def test_a_step_gives_the_bytes_of_scipy(tmp_path, real, walks):
    library = tmp_path / "_kernel.so"
    assert compiled(SOURCES, library)
    steps = skewed()
    scores = np.random.default_rng(1).random((300, walks)).astype(real)
    back = np.full(walks, 0.5, real)
    found = [
        PowerStep(loaded, steps, real).moved(scores, scores, real(0.5), back)
        for loaded in (kernel(library), None)
    ]
    assert found[0][0].tobytes() == found[1][0].tobytes()
    assert found[0][1].tobytes() == found[1][1].tobytes()


def test_the_kernel_takes_nodes_of_32_bits_alone():
    steps = skewed()
    assert fits(steps)
    steps.moves.indices = steps.moves.indices.astype(np.int64)
    assert not fits(steps)
