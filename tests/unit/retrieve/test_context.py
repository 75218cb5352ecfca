"""The text given to a reader: within its budget, in order of time, and nothing in it is forged."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphmem import Memory
from graphmem.answers import Hit, Hits
from graphmem.retrieve import context_of
from graphmem.tokens import estimated_tokens
from graphmem.types import Episode, EpisodeId, Note, NoteId, ScopeKey, SessionId

MAY = datetime(2024, 5, 8, 18, 30, tzinfo=UTC)
TALK = (
    ("Ana", "The kayak is in the shed."),
    ("Ben", "Which colour?"),
    ("Ana", "Green, I bought it last Friday."),
    ("Ben", "Let us paddle on Sunday."),
)


@pytest.fixture
def memory():
    with Memory.open("ram:", scope="ana", clock=lambda: MAY) as memory:
        for at, (speaker, text) in enumerate(TALK):
            said_at = MAY + timedelta(minutes=at)
            memory.add(text, speaker=speaker, said_at=said_at, session="boats")
        yield memory


def test_lines_are_in_order_of_time_with_number_date_speaker_and_the_dates_told(memory):
    context = memory.context("Which colour is the kayak?", k=2)
    lines = context.text.splitlines()
    assert lines[0] == "[1] Wed 8 May 2024 18:30, Ana: The kayak is in the shed."
    assert lines[1] == "[2] Wed 8 May 2024 18:31, Ben: Which colour?"
    assert lines[2].endswith("Ana: Green, I bought it last Friday (Fri 3 May 2024).") or (
        lines[2].endswith("Ana: Green, I bought it last Friday.")
    )


def test_the_number_of_a_line_is_the_place_of_its_origin(memory):
    context = memory.context("Which colour is the kayak?", k=4)
    said = [memory.get(origin)[0].text for origin in context.origins]
    for number, text in enumerate(said, 1):
        (line,) = [line for line in context.text.splitlines() if line.startswith(f"[{number}] ")]
        assert text.rstrip(".") in line


def test_neighbours_are_there_where_they_fit_and_make_way_for_hits(memory):
    hits = memory.search("kayak shed", k=1)
    wide = context_of(hits, budget=200, count=estimated_tokens)
    assert [line.split(": ", 1)[1] for line in wide.text.splitlines()] == [TALK[0][1], TALK[1][1]]
    narrow = context_of(hits, budget=24, count=estimated_tokens)
    assert narrow.origins == (hits[0].episodes[0].id,)


def test_of_the_best_hit_as_much_is_given_as_fits():
    hit = hit_of(1, "filler " * 50 + "spare key " + "filler " * 50, words=("spare", "key"))
    context = context_of([hit], budget=40, count=estimated_tokens)
    assert "spare key" in context.text
    assert 0 < context.n_tokens <= 40


def test_a_budget_of_nothing_gives_nothing(memory):
    for budget in (0, 3, -5):
        context = memory.context("kayak", budget=budget)
        assert (context.text, context.n_tokens, context.origins) == ("", 0, ())
    assert context_of([], budget=100, count=estimated_tokens).text == ""


def test_what_has_no_date_stands_behind_in_the_order_of_the_hits():
    hits = [hit_of(1, "second", said_at=None), hit_of(2, "third", said_at=None), hit_of(3, "first")]
    lines = context_of(hits, budget=100, count=estimated_tokens).text.splitlines()
    assert [line.rsplit(" ", 1)[1] for line in lines] == ["first", "second", "third"]


def test_a_model_s_own_counter_holds_the_budget_even_if_it_does_not_add_up():
    hits = [hit_of(rank, f"word {rank}") for rank in range(1, 9)]
    context = context_of(hits, budget=100, count=lambda text: len(text) + text.count("\n") ** 2)
    assert context.origins
    assert len(context.text) + context.text.count("\n") ** 2 <= 100


def hit_of(rank, text, *, said_at=MAY, words=(), speaker="Ana", beside=()):
    scope, session = ScopeKey("ana"), SessionId("s1")

    def episode(name, said):
        return Episode(
            id=EpisodeId(name), scope=scope, session_id=session, source_id="", position=rank,
            text=said, speaker=speaker, said_at=said_at,
        )  # fmt: skip

    own = episode(f"e{rank}", text)
    note = Note(
        id=NoteId(f"n{rank}"), scope=scope, session_id=session, kind="turn", text=text,
        origins=(own.id,), speaker=speaker, said_at=said_at,
    )  # fmt: skip
    around = [episode(f"b{rank}-{at}", said) for at, said in enumerate(beside)]
    before, after = (*around, None, None)[:2]
    return Hit(
        rank=rank, score=1 / rank, note=note, episodes=(own,), sessions=(), why=(), words=words,
        before=before, after=after,
    )  # fmt: skip


texts = st.text(alphabet="ab 1\n[]:é東\x1b\u202e", max_size=200)


@given(
    st.lists(st.tuples(texts, texts, st.lists(texts, max_size=2)), max_size=6),
    st.integers(0, 120),
    st.sampled_from([estimated_tokens, len]),
)
def test_a_context_never_goes_over_its_budget_and_no_text_can_begin_a_line(parts, budget, count):
    hits = [
        hit_of(rank, text, speaker=speaker, beside=beside)
        for rank, (text, speaker, beside) in enumerate(parts, 1)
    ]
    context = context_of(hits, budget=budget, count=count)
    assert context.n_tokens == count(context.text) <= budget
    lines = context.text.split("\n") if context.text else []
    numbers = [int(found[1]) for line in lines if (found := re.match(r"\[(\d+)\] ", line))]
    assert numbers == list(range(1, len(context.origins) + 1))
    assert all(line.startswith(("[", "  ")) for line in lines)
    assert not {"\x1b", "\u202e"} & set(context.text)


def test_hits_that_memory_gives_are_what_context_takes(memory):
    hits = memory.search("kayak", k=3)
    assert isinstance(hits, Hits)
    assert (
        memory.context("kayak", k=3).text
        == context_of(hits, budget=2_000, count=estimated_tokens).text
    )
