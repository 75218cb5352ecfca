"""What was prepared elsewhere is used where it is right, and changes nothing that is stored."""

import json
from collections.abc import Sequence
from copy import deepcopy
from pathlib import Path

import pytest

from graphmem.batches import Extraction
from graphmem.contracts import Encoder, Extractor
from graphmem.graph import dump
from graphmem.memory import Memory
from graphmem.registry import open_extractor
from graphmem.rules.embed import RuleEncoder
from graphmem.testing import standing_clock
from graphmem.types import Note
from tests.conftest import SAMPLES


class Counting:
    """The rules, and how many notes they were asked about."""

    def __init__(self) -> None:
        self._rules = open_extractor("rules")
        self.name = self._rules.name
        self.notes = 0

    def extract(self, notes: Sequence[Note]) -> list[Extraction]:
        self.notes += len(notes)
        return self._rules.extract(notes)


def memory(path: Path, extractor: Extractor | str = "rules") -> Memory:
    return Memory.open(path, scope="ana", clock=standing_clock, extractor=extractor)


def stored(path: Path) -> list[str]:
    with memory(path) as opened:
        return list(dump(opened.store))


@pytest.fixture
def long_talk(tmp_path: Path) -> Path:
    """A folder with one session of more turns than one transaction takes."""
    folder = tmp_path / "talks"
    folder.mkdir()
    lines = [
        {
            "session": "long",
            "id": f"L{i}",
            "speaker": ("Kari", "Ola")[i % 2],
            "text": f"Was it Bergen or Voss, Ola? I took train {i}.",
            "said_at": f"2024-05-{1 + i // 60:02d}T10:{i % 60:02d}:00Z",
        }
        for i in range(700)
    ]
    (folder / "a.jsonl").write_text("".join(json.dumps(line) + "\n" for line in lines))
    return folder


def test_what_was_prepared_is_not_extracted_again_and_the_store_is_the_same(
    tmp_path: Path, long_talk: Path
) -> None:
    for folder in (SAMPLES / "dialogues", SAMPLES / "documents", long_talk):
        plain, helped = (tmp_path / f"{folder.name}-{kind}.db" for kind in ("plain", "helped"))
        counting = Counting()
        with memory(plain, counting) as opened:
            opened.ingest(folder)
        whole = counting.notes
        with memory(helped) as opened:
            prepared = opened.prepare(folder)
            assert opened.store.scopes() == []
        counting.notes = 0
        with memory(helped, counting) as opened:
            opened.ingest(folder, prepared=deepcopy(prepared))
        assert counting.notes <= whole * 0.02
        assert stored(plain) == stored(helped)


def test_only_what_the_store_lacks_is_prepared(tmp_path: Path) -> None:
    with memory(tmp_path / "memory.db") as opened:
        opened.ingest(SAMPLES / "dialogues")
        assert opened.prepare(SAMPLES / "dialogues").records == {}


def test_what_is_out_of_date_is_read_again(tmp_path: Path, long_talk: Path) -> None:
    file = long_talk / "a.jsonl"
    with memory(tmp_path / "helped.db") as opened:
        prepared = opened.prepare(long_talk)
        file.write_text(file.read_text().replace("Voss, Ola?", "Voss, Liv?"))
        opened.ingest(long_talk, prepared=prepared)
    with memory(tmp_path / "plain.db") as opened:
        opened.ingest(long_talk)
    assert stored(tmp_path / "helped.db") == stored(tmp_path / "plain.db")


def test_what_another_extractor_prepared_is_not_used(tmp_path: Path) -> None:
    other, counting = Counting(), Counting()
    other.name = "rule:other@1"
    with memory(tmp_path / "a.db", other) as opened:
        prepared = opened.prepare(SAMPLES / "dialogues")
    with memory(tmp_path / "b.db", counting) as opened:
        opened.ingest(SAMPLES / "dialogues", prepared=prepared)
    assert counting.notes > 0


def test_what_another_encoder_prepared_is_not_used(tmp_path: Path) -> None:
    class Renamed(RuleEncoder):
        name = "rules@0"

    encoder: Encoder = Renamed()
    with Memory.open("ram:", scope="ana", encoder=encoder) as opened:
        prepared = opened.prepare(SAMPLES / "dialogues")
    counting = Counting()
    with memory(tmp_path / "b.db", counting) as opened:
        opened.ingest(SAMPLES / "dialogues", prepared=prepared)
    assert counting.notes > 0


def test_files_without_a_turn_prepare_nothing(tmp_path: Path) -> None:
    (tmp_path / "empty.txt").write_text("")
    with Memory.open("ram:", scope="ana") as opened:
        assert opened.prepare(tmp_path).records == {}
