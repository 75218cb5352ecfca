"""What a sweep chooses: the weakest, by content or by age; never what is safe."""

from collections.abc import Sequence
from datetime import UTC, datetime

import numpy as np
import pytest

from graphmem.arrays import GraphSnapshot
from graphmem.errors import ConfigError
from graphmem.evolve.forget import archived, put_away, retention, swept
from graphmem.memory import Memory
from graphmem.testing import standing_clock
from graphmem.types import Note, NoteId

NOW = datetime(2024, 3, 1, tzinfo=UTC)
SAID = (("2024-01-01", "Old chat."), ("2024-02-20", "New chat."), ("2024-02-28", "Newest chat."))


@pytest.fixture(scope="module")
def held() -> tuple[GraphSnapshot, dict[NoteId, Note]]:
    memory = Memory.open("ram:", scope="ida", clock=standing_clock)
    for place, (day, text) in enumerate(SAID):
        memory.add(text, speaker="Ida", said_at=day, session=str(place))
    snapshot = memory.store.snapshot((memory.scope.key,), None)
    notes = memory.store.read("note", memory.scope.key, snapshot.note_ids)
    return snapshot, {note.id: note for note in notes}


def texts(snapshot: GraphSnapshot, rows: Sequence[int]) -> list[str]:
    return [snapshot.texts[row] for row in rows]


@pytest.mark.parametrize("policy", ["exponential", "power_law"])
def test_by_age_the_oldest_goes_first_and_what_was_shown_lasts_longer(held, policy: str) -> None:
    snapshot, notes = held
    kept = retention(policy, snapshot, notes, shown=(), now=NOW)
    assert texts(snapshot, swept(policy, kept, snapshot, (), 0.0)) == [text for _, text in SAID]
    old = next(id_ for id_, note in notes.items() if note.text == "Old chat.")
    shown = retention(policy, snapshot, notes, shown=[old], now=NOW)
    row = snapshot.note_ids.index(old)
    assert shown[row] > kept[row]


def test_a_half_life_is_when_half_is_left(held) -> None:
    snapshot, notes = held
    kept = retention(
        "exponential", snapshot, notes, shown=(), now=datetime(2024, 1, 31, tzinfo=UTC)
    )
    assert kept[snapshot.texts.index("Old chat.")] == pytest.approx(0.5)


def test_only_so_many_go_that_the_share_stays_and_none_that_is_safe(held) -> None:
    snapshot, notes = held
    kept = np.array([{"Old chat.": 0.0, "New chat.": 1.0}.get(t, 2.0) for t in snapshot.texts])
    assert texts(snapshot, swept("content", kept, snapshot, (), 0.66)) == ["Old chat."]
    safe = [id_ for id_, note in notes.items() if note.text == "Old chat."]
    assert texts(snapshot, swept("content", kept, snapshot, safe, 0.66)) == ["New chat."]
    assert swept("content", kept, snapshot, (), None) == []
    assert len(swept("content", kept - 9, snapshot, (), None)) == 3


def test_a_proposal_says_what_the_note_was_weighed_at(held) -> None:
    snapshot, _ = held
    (made,) = archived("content", np.array([-3.0, 0.0, 0.0]), snapshot, [0])
    assert (made.after, made.reason, made.author) == (True, "importance -3.00", "rule:importance@1")
    (by_word,) = put_away([NoteId("n1")], reason="private")
    assert (by_word.author, by_word.reason) == ("user", "private")


def test_an_unknown_policy_names_those_that_there_are(held) -> None:
    with pytest.raises(ConfigError, match="power_law"):
        retention("powerlaw", held[0], held[1], shown=(), now=NOW)
