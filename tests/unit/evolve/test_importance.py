"""What a turn says decides how much it is worth; what denies or tells a value is protected."""

from datetime import datetime

import numpy as np
import pytest

from graphmem.arrays import GraphSnapshot
from graphmem.evolve.importance import FEATURES, WEIGHTS, features, importance, is_protected
from graphmem.memory import Memory
from graphmem.testing import standing_clock

SAID = (
    "Haha, right!",
    "I planted eleven plum trees behind the chapel.",
    "I never ate oysters.",
    "What did Sofie bring from Ravenna?",
    "She brought a mosaic of a peacock from her aunt.",
    "Good night then!",
)


@pytest.fixture(scope="module")
def snapshot() -> GraphSnapshot:
    memory = Memory.open("ram:", scope="ida", clock=standing_clock)
    memory.add([{"role": "Ida", "content": text} for text in SAID], session="s")
    return memory.store.snapshot((memory.scope.key,), None)


def odds_of(snapshot: GraphSnapshot) -> dict[str, float]:
    return dict(zip(snapshot.texts, importance(snapshot).tolist(), strict=True))


def test_what_tells_something_is_worth_more_than_small_talk(snapshot: GraphSnapshot) -> None:
    odds = odds_of(snapshot)
    for small in (SAID[0], SAID[5]):
        assert odds[small] < min(odds[SAID[1]], odds[SAID[4]])


def test_what_answers_a_question_is_worth_more(snapshot: GraphSnapshot) -> None:
    column = features(snapshot)[:, FEATURES.index("answers")]
    assert [text for text, is_one in zip(snapshot.texts, column, strict=True) if is_one] == [
        SAID[4]
    ]


def test_denials_and_values_are_protected(snapshot: GraphSnapshot) -> None:
    safe = {t for t, is_safe in zip(snapshot.texts, is_protected(snapshot), strict=True) if is_safe}
    assert SAID[2] in safe
    assert {SAID[0], SAID[4], SAID[5]}.isdisjoint(safe)


def test_it_knows_no_time_and_no_order_of_arrival() -> None:
    found = []
    for order, year in (((0, 1, 2), "2019"), ((2, 0, 1), "2024")):
        memory = Memory.open("ram:", scope="ida", clock=standing_clock)
        for place in order:
            at = datetime.fromisoformat(f"{year}-0{place + 1}-01T00:00:00+00:00")
            memory.add(SAID[place], speaker="Ida", said_at=at, session=str(place))
        found.append(odds_of(memory.store.snapshot((memory.scope.key,), None)))
    assert found[0] == found[1]


def test_every_feature_has_a_weight(snapshot: GraphSnapshot) -> None:
    assert set(WEIGHTS) == set(FEATURES)
    assert features(snapshot).shape == (len(SAID), len(FEATURES))
    assert np.isfinite(importance(snapshot)).all()
