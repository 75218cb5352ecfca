"""What documents share: faults of libraries become a line, packages are weighed first."""

import zipfile
from pathlib import Path

import pytest

from graphmem.errors import InputError
from graphmem.ingest.formats.office import check_package, damage


def test_what_a_library_raises_becomes_a_line_that_says_what_to_do() -> None:
    with (
        pytest.raises(InputError, match="damaged thing"),
        damage("thing"),
    ):
        raise ValueError("no such\npart")


def test_other_faults_pass() -> None:
    with pytest.raises(MemoryError), damage("thing"):
        raise MemoryError


def test_a_package_of_many_pictures_is_weighed_by_its_markup(tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("word/media/a.png", b"\0" * (66 * 1024**2))
    check_package(path, ".docx")
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as package:
        package.writestr("word/a.XML", b"\0" * (66 * 1024**2))
    with pytest.raises(InputError, match="would unpack"):
        check_package(path, ".docx")
