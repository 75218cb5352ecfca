"""What is stored does not depend on the process: its locale, time zone, hash seed or threads."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import SAMPLES

PROGRAM = """
import locale, sys
from datetime import UTC, datetime
locale.setlocale(locale.LC_ALL, "")
from graphmem.graph import dump
from graphmem.memory import Memory
with Memory.open("ram:", scope="ana", clock=lambda: datetime(2025, 3, 1, tzinfo=UTC)) as memory:
    memory.ingest(*sys.argv[1:])
    memory.add("We saw Ilgın yesterday. IŞIK opened last month.", speaker="Ilgın")
    memory.add("Met HALİL on 3 May, at İzmir.", speaker="Ana", said_at="2024-05-02 23:30")
    print(*dump(memory.store), sep="\\n")
"""
ENVIRONMENTS = {
    "another time zone": {"TZ": "Pacific/Kiritimati"},
    "a time zone far west": {"TZ": "America/Los_Angeles"},
    "another hash seed": {"PYTHONHASHSEED": "7"},
    "four threads": {"OMP_NUM_THREADS": "4", "OPENBLAS_NUM_THREADS": "4"},
}


def dumped(**environment: str) -> list[str]:
    """Ingest the samples in a process of its own; return the lines of the store's dump."""
    asked = {name: value for name, value in os.environ.items() if not name.startswith("LC_")}
    asked |= {"LANG": "C", "PYTHONHASHSEED": "0", "TZ": "UTC", "PYTHONUTF8": "1", **environment}
    command = [
        sys.executable,
        "-c",
        PROGRAM,
        str(SAMPLES / "dialogues"),
        str(SAMPLES / "documents"),
    ]
    done = subprocess.run(command, check=True, env=asked, capture_output=True, encoding="utf-8")
    return done.stdout.splitlines()


@pytest.fixture(scope="module")
def plain() -> list[str]:
    return dumped()


@pytest.mark.parametrize("name", ENVIRONMENTS)
def test_a_store_holds_the_same_bytes_under(name: str, plain: list[str]) -> None:
    assert dumped(**ENVIRONMENTS[name]) == plain


@pytest.mark.parametrize("language", ["de_DE", "tr_TR"])
def test_a_store_holds_the_same_bytes_in_a_program_of_another_language(
    language: str, plain: list[str], tmp_path: Path
) -> None:
    maker = shutil.which("localedef")
    if maker is None or not Path("/usr/share/i18n/locales", language).is_file():
        pytest.skip(f"no localedef, or no {language}, to make a locale of")
    place = tmp_path / f"{language}.UTF-8"
    subprocess.run([maker, "-i", language, "-f", "UTF-8", str(place)], check=False)
    assert dumped(LOCPATH=str(tmp_path), LC_ALL=place.name) == plain
