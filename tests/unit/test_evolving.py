"""The verbs of a memory that evolves, as a program calls them."""

from pathlib import Path

import pytest

from graphmem.errors import ConfigError, InputError
from graphmem.evolve import Limits
from graphmem.graph import dump
from graphmem.memory import Memory
from graphmem.testing import standing_clock


def test_a_scope_evolves_and_no_other_one_is_touched(tmp_path: Path) -> None:
    path = tmp_path / "memory.db"
    for scope in ("ida", "odd"):
        with Memory.open(path, scope=scope, clock=standing_clock) as memory:
            memory.add("My locker is number 14.", speaker="Ida", said_at="2024-05-01")
            memory.add("My locker is number 31 now.", speaker="Ida", said_at="2024-05-03")
    with Memory.open(path, scope="ida", clock=standing_clock) as memory:
        before = [line for line in dump(memory.store) if '"scope":"odd"' in line]
        memory.evolve()
        assert len(memory.doubts()) == 1
        assert [line for line in dump(memory.store) if '"scope":"odd"' in line] == before


def test_limits_are_the_caller_s() -> None:
    with Memory.open("ram:", scope="ida", clock=standing_clock) as memory:
        for number in range(4):
            at = f"2024-05-0{number + 1}"
            memory.add(f"My locker is number 1{number}.", speaker="Ida", said_at=at)
        edit = memory.evolve(limits=Limits(neighbours=1))
        whys = [rejection.why for rejection in edit.rejected]
        assert any(why.endswith("has touched 1 other notes already") for why in whys)


def test_the_same_notes_evolve_the_same_in_one_run_and_in_many() -> None:
    sayings = [
        ("My locker is number 14.", "Ida"), ("The heron nest by the jetty fell.", "Odd"),
        ("My locker is number 31 now.", "Ida"), ("A heron nest is on the jetty again.", "Odd"),
        ("I never row to the jetty.", "Ida"), ("I row to the jetty.", "Ida"),
    ]  # fmt: skip
    dumps: list[list[str]] = []
    for is_often in (True, False):
        with Memory.open("ram:", scope="ida", clock=standing_clock) as memory:
            for day, (text, who) in enumerate(sayings, 1):
                memory.add(text, speaker=who, said_at=f"2024-05-0{day}", session="quay")
                if is_often:
                    memory.evolve()
            memory.evolve()
            dumps.append(list(dump(memory.store)))
    assert dumps[0] == dumps[1]


def test_a_kind_that_is_none_and_an_id_that_is_no_text_are_refused() -> None:
    with Memory.open("ram:", scope="ida") as memory:
        with pytest.raises(InputError, match="'fact'"):
            memory.add("Soup.", kind="rumour")
        with pytest.raises(ConfigError):
            memory.accept(3)  # type: ignore[arg-type]
