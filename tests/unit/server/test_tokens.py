"""The file of tokens: hashes in it, for its owner alone, read again when it changed."""

import json
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from graphmem.errors import ConfigError
from graphmem.server import TokenFile
from graphmem.server.grants import digest_of

AT = datetime(2026, 5, 1, tzinfo=UTC)


def test_a_token_is_kept_as_its_hash_in_a_file_for_its_owner_alone(tokens: TokenFile) -> None:
    tokens.add("gm_secret", name="phone", scopes=["ana"], may="write", at=AT)
    text = tokens.path.read_text("utf-8")
    assert "gm_secret" not in text
    assert digest_of("gm_secret") in text
    assert tokens.path.stat().st_mode & 0o777 == 0o600
    assert tokens.grants()[digest_of("gm_secret")].scopes == {"ana"}


def test_a_running_server_sees_what_another_process_added_and_revoked(tokens: TokenFile) -> None:
    assert tokens.grants() == {}
    other = TokenFile(tokens.path)
    other.add("one", name="one", scopes=["ana"], may="read", at=AT)
    other.add("two", name="two", scopes=["ana/helper"], may="read", at=AT)
    assert set(tokens.grants()) == {digest_of("one"), digest_of("two")}
    other.revoke("one")
    assert set(tokens.grants()) == {digest_of("two")}
    tokens.path.unlink()
    assert tokens.grants() == {}


def test_the_tokens_come_back_by_name_as_they_were_added(tokens: TokenFile) -> None:
    tokens.add("t", name="zoe", scopes=["zoe", "ana/helper"], may="read", at=AT)
    tokens.add("u", name="prometheus", scopes=[], may="metrics", at=AT)
    assert [(k.grant.name, k.grant.may, k.made_at) for k in tokens.kept()] == [
        ("prometheus", "metrics", "2026-05-01T00:00:00+00:00"),
        ("zoe", "read", "2026-05-01T00:00:00+00:00"),
    ]
    assert tokens.kept()[1].grant.scopes == {"ana/helper", "zoe"}


@pytest.mark.parametrize(
    ("name", "scopes", "may", "told"),
    [
        ("a b", ["ana"], "read", "name of a token"),
        ("", ["ana"], "read", "name of a token"),
        ("a\n", ["ana"], "read", "name of a token"),
        ("a", ["ana"], "wrte", "did you mean 'write'"),
        ("a", [], "read", "--scope"),
        ("a", ["ana"], "metrics", "has no scope"),
        ("a", [""], "read", "scope"),
        ("taken", ["ana"], "read", "graphmem token revoke taken"),
    ],
)
def test_what_cannot_be_a_token_is_refused_and_nothing_is_written(
    tokens: TokenFile, name: str, scopes: list[str], may: str, told: str
) -> None:
    tokens.add("t", name="taken", scopes=["ana"], may="read", at=AT)
    before = tokens.path.read_bytes()
    with pytest.raises(ConfigError, match=told):
        tokens.add("u", name=name, scopes=scopes, may=may, at=AT)
    assert tokens.path.read_bytes() == before


def test_a_name_that_none_has_is_not_revoked(tokens: TokenFile) -> None:
    tokens.add("t", name="phone", scopes=["ana"], may="read", at=AT)
    with pytest.raises(ConfigError, match="did you mean 'phone'"):
        tokens.revoke("phon")


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o660])
def test_a_file_that_others_can_read_is_refused(tokens: TokenFile, mode: int) -> None:
    tokens.add("t", name="phone", scopes=["ana"], may="read", at=AT)
    assert tokens.grants()
    tokens.path.chmod(mode)
    with pytest.raises(ConfigError, match="chmod 600"):
        tokens.grants()


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "{}",
        "null",
        '{"graphmem_tokens": 1}',
        '{"graphmem_tokens": 1, "tokens": [{"name": "x"}]}',
        '{"graphmem_tokens": 1, "tokens": [{"name": "x", "may": "all", "scopes": ["a"], '
        '"sha256": "", "made_at": ""}]}',
        '{"graphmem_tokens": 2, "tokens": []}',
    ],
)
def test_a_damaged_file_lets_nobody_in(tokens: TokenFile, text: str) -> None:
    tokens.path.write_text(text, "utf-8")
    tokens.path.chmod(0o600)
    with pytest.raises(ConfigError, match=str(tokens.path.name)):
        tokens.grants()


def test_another_file_is_never_replaced(tmp_path: Path) -> None:
    path = tmp_path / "notes.json"
    path.write_text(json.dumps({"notes": []}), "utf-8")
    path.chmod(0o600)
    with pytest.raises(ConfigError):
        TokenFile(path).add("t", name="phone", scopes=["ana"], may="read", at=AT)
    assert json.loads(path.read_text("utf-8")) == {"notes": []}


ADDING = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from graphmem.server import TokenFile
file, who = TokenFile(Path(sys.argv[1])), sys.argv[2]
sys.stdin.readline()
for n in range(int(sys.argv[3])):
    file.add(f"{who}{n}", name=f"{who}{n}", scopes=["ana"], may="read", at=datetime.now(UTC))
    if n % 2:
        file.revoke(f"{who}{n}")
"""


def test_processes_that_add_and_revoke_at_once_lose_none(tokens: TokenFile) -> None:
    crew = [
        subprocess.Popen(
            [sys.executable, "-c", ADDING, str(tokens.path), who, "20"],
            stdin=subprocess.PIPE,
            text=True,
        )
        for who in ("a", "b", "c")
    ]
    for one in crew:
        assert one.stdin is not None
        one.stdin.write("\n")
        one.stdin.flush()
    for one in crew:
        one.communicate()
        assert one.returncode == 0
    assert {kept.grant.name for kept in tokens.kept()} == {
        f"{who}{n}" for who in "abc" for n in range(0, 20, 2)
    }
    assert tokens.path.stat().st_mode & 0o777 == 0o600
