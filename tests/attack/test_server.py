"""Calls of the server at random over tokens, scopes and verbs: no answer that a token may not have.

GRAPHMEM_ATTACKS=10000 python -m pytest tests/attack/test_server.py
"""

import json
import logging
import random
import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("starlette", reason="needs the extra `server`")

import httpx2

from graphmem.server import (
    Access,
    Audit,
    Grant,
    Limits,
    Memories,
    Right,
    TokenFile,
    log_request,
    new_token,
    whole_app,
)
from graphmem.server.api import OPERATIONS
from graphmem.server.mcp import PATH
from graphmem.types import Scope, ScopeKey
from tests.attack.amount import attacks
from tests.server import AT, CALLS, client_of, grant, running

SCOPES = ("ana", "ana/helper", "ben", "çağla", "dee")
"""In each memory every turn says its scope's own word, which stands nowhere else."""
WORD = {scope: f"{letter}rium" * 3 for scope, letter in zip(SCOPES, "abcdf", strict=True)}
TOOLS = {
    "search_memories": {"query": "What is kept?", "k": 50},
    "memory_context": {"query": "What is kept?"},
    "list_memories": {},
    "get_memory": {"id": "NOTE"},
    "memory_history": {"id": "NOTE"},
    "graph_query": {"ask": "entities"},
    "add_memory": {"text": "A new one of NOTE."},
    "add_messages": {"messages": [{"role": "Bo", "content": "One more."}]},
    "mark_useful": {"question": "What is kept?", "ids": ["NOTE"]},
    "update_memory": {"id": "NOTE", "text": "Another one."},
    "delete_memory": {"id": "NOTE", "dry_run": True},
    "undo_change": {"id": "RUN"},
}
WRITING = {
    *("add_memory", "add_messages", "mark_useful", "update_memory", "delete_memory"),
    "undo_change",
}
HEAD = {"Accept": "application/json, text/event-stream"}


@pytest.fixture
def memories(tmp_path: Path) -> Any:
    with Memories.open(tmp_path / "memory.db", scope="ana") as opened:
        for scope in SCOPES:
            memory = opened.of(key(scope))
            for n in range(3):
                text = f"On day {n} the {WORD[scope]} is kept by {WORD[scope].title()}."
                memory.add(text, speaker=scope, said_at=AT, session=f"{WORD[scope]} {n}")
        yield opened


def key(scope: str) -> ScopeKey:
    return Scope.parse(scope).key


def made(file: TokenFile, dice: random.Random) -> dict[str, Grant | None]:
    """Return what each token may: of the file, revoked ones and unknown ones too."""
    found: dict[str, Grant | None] = {"": None, "gm_unknown": None, "gm_" + "é" * 20: None}
    for n in range(12):
        may: Right = dice.choice(("read", "read", "write", "write", "metrics"))
        scopes = [] if may == "metrics" else dice.sample(SCOPES, dice.choice((1, 1, 2)))
        token, name = new_token(), f"token-{n}"
        file.add(token, name=name, scopes=scopes, may=may, at=datetime(2026, 5, 1, tzinfo=UTC))
        found[token] = grant(*(key(scope) for scope in scopes), may=may, name=name)
        if n % 4 == 0:
            file.revoke(name)
            found[token] = None
    return found


class Caller:
    """Makes one call after another, and knows what each token may."""

    def __init__(self, dice: random.Random, grants: dict[str, Grant | None], ids: list[str]):
        self.dice, self.grants, self.ids = dice, grants, ids

    def request(self) -> tuple[str, str, dict[str, Any], Right]:
        """Return a method, a path, what is sent, and the right that it takes."""
        if self.dice.random() < 0.3:
            name = self.dice.choice(sorted(TOOLS))
            params = {"name": name, "arguments": self.filled(TOOLS[name])}
            call = {"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": params}
            return "POST", PATH, {"json": call}, "write" if name in WRITING else "read"
        one = self.dice.choice(OPERATIONS)
        given = self.filled(CALLS[one.name])
        path = re.sub(r"\{(\w+)\}", lambda found: given.pop(found.group(1)), one.path)
        sent: dict[str, Any] = {"json": given} if one.in_body else {}
        return one.method, f"/api/v1{path}", sent, one.right

    def filled(self, given: Any) -> dict[str, Any]:
        """Return arguments with ids of any scope in their places."""
        swap = ("NOTE", "OTHER", "RUN", "DOUBT", ["NOTE"])
        chosen = {k: self.dice.choice(self.ids) for k, v in given.items() if v in swap}
        chosen = {k: [id_] if given[k] == ["NOTE"] else id_ for k, id_ in chosen.items()}
        return {**given, **chosen}

    async def once(self, client: httpx2.AsyncClient) -> tuple[Grant | None, str, Right, Any]:
        """Make a call; return what its token may, the scope asked for, the right, the answer."""
        token = self.dice.choice(list(self.grants))  # as they were made: they sort by chance
        known = self.grants[token]
        mine = [scope for scope in SCOPES if known is not None and key(scope) in known.scopes]
        any_scope = (*SCOPES, "", "", "*", "%", "ana%2Fhelper", "nobody")
        asked = self.dice.choice(mine if mine and self.dice.random() < 0.5 else any_scope)
        method, path, sent, right = self.request()
        if self.dice.random() < 0.03:
            path, sent, method = "/metrics", {}, "GET"
        scope = httpx2.QueryParams({"scope": asked}) if asked else None
        shown = {"Authorization": f"Bearer {token}".encode()} if token else {}
        answer = await client.request(
            method, f"{path}?{scope}" if scope else path, headers={**HEAD, **shown}, **sent
        )
        return known, asked, "metrics" if path == "/metrics" else right, answer


def allowed(known: Grant | None, asked: str, right: Right) -> ScopeKey | None:
    """Return the scope that an answer may be of, by the rules and not by the server's code."""
    if known is None or right == "metrics":
        return None
    mine = sorted(known.scopes)
    scope = key(asked) if asked else mine[0] if len(mine) == 1 else None
    if scope not in mine or known.may == "metrics":
        return None
    return scope if right == "read" or known.may == "write" else None


async def test_no_call_is_answered_with_what_its_token_may_not_have(
    memories: Memories, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    dice = random.Random(13)
    file, path = TokenFile(tmp_path / "tokens.json"), tmp_path / "audit.jsonl"
    grants = made(file, dice)
    watchers = [Audit(path, lambda: datetime(2026, 5, 1, tzinfo=UTC)), log_request]
    app = whole_app(memories, Access(file), watchers=watchers, limits=Limits(per_minute=10**9))
    ids = [note.id for scope in SCOPES for note in memories.of(key(scope)).list().notes]
    caller, answered, n = Caller(dice, grants, ids), 0, attacks(400)
    async with running(app), client_of(app) as client:
        for _ in range(n):
            known, asked, right, answer = await caller.once(client)
            scope = allowed(known, asked, right)
            told = answer.text
            words = {of for of, word in WORD.items() if word in told.casefold()}
            assert words <= {name for name in SCOPES if key(name) == scope}
            if scope is None and not (right == "metrics" and known and known.may == "metrics"):
                assert answer.status_code in (400, 401, 403), (known, asked, right, told)
            answered += answer.status_code < 300
    assert answered > n / 10
    for scope in SCOPES:  # nothing was written where it may not, or there would be other words
        texts = [note.text.casefold() for note in memories.of(key(scope)).list(limit=9_999).notes]
        others = {word for of, word in WORD.items() if of != scope}
        assert not any(word in text for word in others for text in texts)
    logged = path.read_text("utf-8") + "\n".join(r.getMessage() for r in caplog.records)
    assert logged.count("\n") > n / 2
    assert not [word for word in WORD.values() if word in logged.casefold()]
    assert not [token for token in grants if token and token in logged]
    assert {json.loads(line)["who"] for line in path.read_text("utf-8").splitlines()} >= {None}
