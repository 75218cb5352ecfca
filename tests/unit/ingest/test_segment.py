"""Segments: cuts depend on near neighbours alone."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from graphmem.ingest.segment import LOOK_AHEAD, LOOK_BACK, segment, segment_starts
from graphmem.types import Episode, EpisodeId, ScopeKey, SessionId

NOON = datetime(2024, 5, 1, 12, tzinfo=UTC)
TEXTS = (
    "We adopted a grey kitten yesterday evening",
    "What is the kitten called?",
    "Pixel, she sleeps on the radiator",
    "My train to Coimbra leaves tomorrow morning early",
    "Which platform does the train leave from?",
    "ok",
)


def episode(i: int, text: str, minutes: int = 0) -> Episode:
    return Episode(
        id=EpisodeId(f"e{i * 24 + 1:024x}"),
        scope=ScopeKey("ana"),
        session_id=SessionId("s1"),
        source_id=str(i),
        position=i,
        text=text,
        speaker="Ana",
        said_at=NOON + timedelta(minutes=minutes),
    )


def test_a_long_silence_starts_a_segment() -> None:
    run = [episode(0, "the kitten sleeps"), episode(1, "the kitten eats", minutes=61)]
    assert [len(piece.episodes) for piece in segment(run)] == [1, 1]


def test_an_answer_stays_with_its_question() -> None:
    run = [episode(0, "Where do you live?"), episode(1, "Small flat near Porto harbour bridge")]
    assert [len(piece.episodes) for piece in segment(run)] == [2]


def test_a_new_topic_starts_a_segment() -> None:
    run = [
        episode(0, "The kitten sleeps on the radiator all day."),
        episode(1, "Our train to Coimbra leaves tomorrow morning."),
        episode(2, "The train needs two hours to Coimbra."),
    ]
    assert [len(piece.episodes) for piece in segment(run)] == [1, 2]


@given(st.lists(st.tuples(st.sampled_from(TEXTS), st.integers(0, 90)), min_size=1, max_size=40))
def test_a_cut_sees_no_further_than_it_says(said: list[tuple[str, int]]) -> None:
    minutes, run = 0, []
    for i, (text, pause) in enumerate(said):
        minutes += pause
        run.append(episode(i, text, minutes))
    whole = segment_starts(run)
    for i in range(1, len(run)):
        near = run[max(0, i - LOOK_BACK) : i + 1 + LOOK_AHEAD]
        assert segment_starts(near)[i - max(0, i - LOOK_BACK)] == whole[i]


@given(st.lists(st.sampled_from(TEXTS), min_size=1, max_size=40))
def test_segments_hold_every_episode_once_and_in_order(texts: list[str]) -> None:
    run = [episode(i, text, i) for i, text in enumerate(texts)]
    assert [e for piece in segment(run) for e in piece.episodes] == run
