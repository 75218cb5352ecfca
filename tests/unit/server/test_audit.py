"""The audit log: for its owner alone, one line a request, and it may be moved away."""

import json
from datetime import UTC, datetime

import pytest

from graphmem.errors import ConfigError
from graphmem.server import Audit, Done

DONE = Done(who="phone", verb="search", right="read", scope="ana", status=200, seconds=0.5)


def clock():
    return datetime(2026, 5, 1, 12, tzinfo=UTC)


def test_each_request_is_a_line_that_only_its_owner_can_read(tmp_path) -> None:
    path = tmp_path / "audit.jsonl"
    audit = Audit(path, clock)
    audit(DONE)
    path.rename(tmp_path / "older.jsonl")
    audit(DONE)
    audit(Done(who=None, verb="", right=None, scope=None, status=200, seconds=0.1))
    audit(Done(who=None, verb="", right=None, scope=None, status=401, seconds=0.1))
    lines = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    assert lines[0] == {
        "at": "2026-05-01T12:00:00.000+00:00",
        "who": "phone",
        "verb": "search",
        "right": "read",
        "scope": "ana",
        "status": 200,
    }
    assert [line["status"] for line in lines] == [200, 401]
    assert {p.stat().st_mode & 0o777 for p in tmp_path.iterdir()} == {0o600}


def test_a_log_that_others_can_read_or_that_cannot_be_is_refused_at_once(tmp_path) -> None:
    path = tmp_path / "audit.jsonl"
    path.touch(0o644)
    path.chmod(0o644)
    with pytest.raises(ConfigError, match="chmod 600"):
        Audit(path, clock)
    with pytest.raises(ConfigError, match="--audit"):
        Audit(tmp_path / "nowhere" / "audit.jsonl", clock)
    (tmp_path / "link").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(ConfigError, match="--audit"):
        Audit(tmp_path / "link", clock)
