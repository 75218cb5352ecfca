"""`graphmem explore`: a process that prints one link."""

import subprocess
import sys
from pathlib import Path

import httpx
import pytest

pytest.importorskip("uvicorn", reason="needs the extra `server`")
pytest.importorskip("jinja2", reason="needs the extra `server`")

from graphmem import Memory


def test_the_link_that_is_printed_opens_the_memory_once(tmp_path: Path) -> None:
    place = tmp_path / "memory.db"
    with Memory.open(place, scope="ana") as memory:
        memory.add("Ana keeps bees.", speaker="Ana", said_at="2024-05-02")
    command = [sys.executable, "-m", "graphmem", "explore", "--store", str(place), "--scope", "ana"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        try:
            assert process.stdout is not None
            link = process.stdout.readline().decode().strip()
            assert link.startswith("http://127.0.0.1:")
            with httpx.Client(base_url=link.partition("/enter")[0], timeout=120) as client:
                assert client.get(link).status_code == 200
                page = client.get("/search", params={"q": "Who keeps bees?"}).text
                assert "<mark>bees</mark>" in page
                assert "These pages only read." in page
                assert httpx.get(link, timeout=120).status_code == 401
        finally:
            process.terminate()
            process.communicate(timeout=120)


def test_a_store_that_is_not_there_is_said_and_none_is_made(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "graphmem", "explore", "--store", "none.db", "--scope", "ana"]
    ran = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert ran.returncode == 1
    assert list(tmp_path.iterdir()) == []
