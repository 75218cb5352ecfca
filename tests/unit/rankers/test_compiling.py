"""The kernel is compiled where a compiler is, and done without where none is."""

import shutil

import pytest

from graphmem.rankers.compiling import SOURCES, compiled
from graphmem.rankers.kernel import kernel


@pytest.mark.skipif(shutil.which("cc") is None, reason="no C compiler")
def test_the_source_compiles_and_declares_what_is_called(tmp_path):
    library = tmp_path / "_kernel.so"
    assert compiled(SOURCES, library)
    assert kernel(library) is not None


def test_without_a_compiler_nothing_is_compiled(tmp_path, monkeypatch):
    monkeypatch.setenv("CC", str(tmp_path / "no-such-compiler"))
    assert not compiled(SOURCES, tmp_path / "_kernel.so")
    assert not (tmp_path / "_kernel.so").exists()


@pytest.mark.skipif(shutil.which("cc") is None, reason="no C compiler")
def test_a_source_that_does_not_compile_leaves_nothing(tmp_path):
    (tmp_path / "bad.c").write_text("this is no C")
    assert not compiled([tmp_path / "bad.c"], tmp_path / "_kernel.so")
    assert not (tmp_path / "_kernel.so").exists()
