"""A client's index of a server lies in its user's cache folder, one folder a login and database."""

import os
from pathlib import Path

from graphmem.graph.neo4j.cached import cached_index

HERE = ("neo4j://graph:7687", None, "nadia")


def test_it_lies_where_the_user_keeps_caches(tmp_path: Path) -> None:
    found = cached_index(HERE, {"XDG_CACHE_HOME": str(tmp_path)})
    assert found.folder.parent == tmp_path / "graphmem" / "index"
    with found.writing("nadia") as part:
        assert part is not None
        part.write_bytes(b"base")
    assert found.path("nadia").read_bytes() == b"base"
    assert found.folder.stat().st_mode & 0o777 == 0o700


def test_another_database_or_login_has_another_folder(tmp_path: Path) -> None:
    environment = {"XDG_CACHE_HOME": str(tmp_path)}
    others = [
        HERE, ("neo4j://graph:7688", None, "nadia"), ("neo4j://graph:7687", "talks", "nadia"),
        ("neo4j://graph:7687", None, "omar"), ("neo4j://graph:7687", None, None),
    ]  # fmt: skip
    assert len({cached_index(whose, environment).folder for whose in others}) == len(others)


def test_who_has_no_home_keeps_none(monkeypatch) -> None:
    monkeypatch.setattr(os.path, "expanduser", lambda path: path)
    with cached_index(HERE, {}).writing("nadia") as part:
        assert part is None
