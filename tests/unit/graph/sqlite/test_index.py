"""What is derived of a store goes with what is deleted, or the error names what is left."""

import pytest

from graphmem.errors import StoreUnavailableError
from graphmem.graph.sqlite.index import remove_index
from graphmem.index_files import IndexFiles


class Stuck(IndexFiles):
    """A folder that nothing can be removed from."""

    def remove(self):
        raise PermissionError("not yours")


def test_files_that_are_there_go_and_none_is_fine(tmp_path):
    files = IndexFiles(tmp_path / "memory.db-index")
    remove_index(files)
    files.folder.mkdir()
    files.path("ana").write_bytes(b"secret")
    remove_index(files)
    assert not files.path("ana").exists()


def test_what_cannot_be_removed_is_named_with_the_cure(tmp_path):
    with pytest.raises(StoreUnavailableError, match=r"memory\.db-index may .* store compact"):
        remove_index(Stuck(tmp_path / "memory.db-index"))
