"""Why a turn was found: the channels that raised it, heaviest first, in words that hold."""

from datetime import UTC, datetime

import numpy as np
import pytest

from graphmem import Memory
from graphmem.retrieve import Asked, Engine
from graphmem.retrieve.found import AskedWords
from graphmem.retrieve.shown import Showing
from graphmem.retrieve.turns.channels import Channels
from graphmem.retrieve.turns.explain import FAMILY, LABELS, REASONS, TurnExplainer
from graphmem.retrieve.turns.indexing import turn_index
from graphmem.retrieve.turns.score import TurnScores
from graphmem.retrieve.turns.told import ToldDates
from graphmem.retrieve.turns.when_said import WhenSaid
from graphmem.retrieve.words.index import updated
from tests.spelled import SpelledEncoder
from tests.unit.retrieve.reading import question_of
from tests.unit.retrieve.snapshots import Turn, snapshot_of

TALK = [
    Turn("I, Tilda, bought a kayak.", "s1", "Tilda", datetime(2023, 5, 8, tzinfo=UTC)),
    Turn("Which colour?", "s1", "Brom", datetime(2023, 5, 8, tzinfo=UTC)),
    Turn("It rained.", "s2", "Brom", datetime(2023, 6, 1, tzinfo=UTC)),
]


def explained(question, channels, weights):
    snapshot = snapshot_of(TALK)
    words = updated(None, snapshot)
    asked = question_of(question, words, speakers=snapshot.speakers)
    return TurnExplainer(
        showing=Showing(snapshot, AskedWords.of(words, asked.term_numbers, asked.shares)),
        index=turn_index(snapshot, words.notes),
        question=asked,
        scores=TurnScores(
            None,
            Channels.of({name: np.array(c, np.float64) for name, c in channels.items()}, len(TALK)),
            weights,
        ),
        times=WhenSaid(snapshot, asked, ToldDates(snapshot)),
        shown=tuple(range(len(TALK))),
    )


def test_reasons_are_the_channels_that_raised_a_turn_the_heaviest_first():
    channels = {"words_wide": [1, 0, 0], "speaker": [1, 0, 0], "day": [1, 0, 0], "asks": [-1, 0, 0]}
    weights = {"words_wide": 1.0, "speaker": 3.0, "day": 2.0, "asks": 9.0}
    why = explained("Had Tilda a kayak on 8 May?", channels, weights).why(0)
    assert why == (
        "said by Tilda, whom the question names",
        "said on 8 May 2023, the date asked",
        "says “kayak”",
    )


def test_a_turn_without_the_words_is_explained_by_the_turns_around_it_in_its_session():
    channels, weights = {"words_wide": [1, 1, 1]}, {"words_wide": 1.0}
    explainer = explained("Who has a kayak?", channels, weights)
    assert explainer.why(1) == ("the turn before it says “kayak”",)
    assert explainer.why(2) == ("no other memory fits the question better",)


@pytest.mark.parametrize("channel", ["vector_own", "late_near"])
def test_vectors_are_one_reason_whatever_their_channel(channel):
    explainer = explained("?", {channel: [1, 1, 1], "vector_wide": [1, 1, 1]}, {channel: 1.0})
    assert explainer.why(0) == ("close to the question in meaning",)


def test_the_name_of_an_asked_speaker_is_no_word_that_a_turn_says():
    explainer = explained("Had Tilda a kayak?", {"words_wide": [1, 0, 0]}, {"words_wide": 1.0})
    assert explainer.why(0) == ("says “kayak”",)


def test_the_path_names_the_three_things_that_carried_most_in_a_reader_s_words():
    names = ("words_wide", "words_rank", "speaker", "month")
    channels = {name: [1, 0, 0] for name in names}
    weights = {name: 4.0 - i for i, name in enumerate(names)}
    path = explained("kayak", channels, weights).path(0, 0.5)
    assert path.text == "question → this turn, by its words, its speaker, when it was said"
    assert (path.steps, path.score) == (("n000000",), 0.5)
    assert len(explained("kayak", channels, weights).why(0)) <= REASONS


@pytest.mark.parametrize("encoder", [None, SpelledEncoder()])
def test_every_channel_has_a_label_that_a_reader_knows(encoder):
    with Memory.open("ram:", scope="ana", encoder=encoder) as memory:
        for turn in TALK:
            memory.add(turn.text, speaker=turn.speaker, session=turn.session)
        snapshot = memory.store.snapshot((memory.scope.key,), None)
        engine = Engine.of(snapshot, encoder=memory.encoder)
        question = engine.reader.read(Asked(text="When had Tilda a kayak on 8 May?"))
        channels = engine.turns.scores(question).channels
    assert set(channels) <= set(FAMILY)
    assert ("late_near" in channels) == (encoder is not None)
    assert set(FAMILY.values()) == set(LABELS)
    assert not any("_" in label for label in LABELS.values())


def test_a_channel_that_no_table_knows_is_printed_nowhere():
    explainer = explained("kayak", {"brand_new": [9, 0, 0]}, {"brand_new": 1.0})
    assert explainer.why(0) == ("says “kayak”",)
    assert explainer.path(0, 1.0).text == "question → this turn, by nothing in particular"
