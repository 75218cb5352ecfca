"""What is said again is one hit: the same words by the same speaker, and nothing else."""

import pytest

from graphmem.retrieve.repeats import Repeats, ranked_lazily
from graphmem.retrieve.words.index import updated
from tests.unit.retrieve.snapshots import Turn, snapshot_of

SAID = "The spare key hangs behind the mirror."


def groups(turns, k=5):
    snapshot = snapshot_of(turns)
    return Repeats(snapshot, updated(None, snapshot)).groups(range(len(turns)), k)


@pytest.mark.parametrize(
    "again",
    [
        SAID,
        "the spare key hangs behind the mirror",
        "Oh, and the spare key hangs behind that mirror!!",
        "Remember: the SPARE KEY hangs behind the mirror…",
        "Ok, reminder: the spare key really hangs behind the mirror 🙂",
    ],
)
def test_the_same_words_are_one_whatever_their_marks_case_and_fillers(again):
    assert groups([Turn(SAID, "a", "Ana"), Turn(again, "b", "Ana")]) == [(0, 1)]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("The oven runs at 240 degrees.", "The oven runs at 250 degrees."),
        ("I like the new flat.", "I do not like the new flat."),
        ("Ana told Ben about the wedding.", "Ben told Ana about the wedding."),
        ("She sold the boat.", "I sold the boat."),
        ("The bus leaves at nine.", "The bus leaves at nine on Sundays."),
    ],
)
def test_a_number_a_name_a_not_or_an_order_makes_another_statement(one, other):
    assert groups([Turn(one, "a", "Ana"), Turn(other, "b", "Ana")]) == [(0,), (1,)]


def test_the_same_words_of_another_speaker_or_of_a_page_are_another_statement():
    turns = [Turn(SAID, "a", "Ana"), Turn(SAID, "b", "Ben"), Turn(SAID, "c", title="Keys")]
    assert groups(turns) == [(0,), (1,), (2,)]


def test_repeats_are_counted_wherever_they_rank_and_leave_their_places_to_others():
    turns = [Turn(SAID, f"s{i}", "Ana") for i in range(12)]
    turns += [Turn(f"The key number {i} is lost.", f"t{i}", "Ana") for i in range(3)]
    found = groups(turns, k=3)
    assert [len(group) for group in found] == [12, 1, 1]
    assert found[0] == tuple(range(12))


def test_among_many_that_share_a_word_the_same_ones_are_told_from_those_of_as_many_words():
    turns = [Turn(f"The kiln reached {i} degrees.", f"s{i}", "Ana") for i in range(20)]
    turns += [Turn("Well, the kiln really reached 7 degrees", "t", "Ana")]
    turns += [Turn("The kiln reached 7 degrees at dawn.", "u", "Ana")]
    found = groups(turns, k=30)
    assert [group for group in found if len(group) > 1] == [(7, 20)]
    assert len(found) == 21


def test_texts_of_fillers_alone_are_compared_by_them():
    turns = [Turn(text, f"s{i}", "Ana") for i, text in enumerate(["Yes!", "Ok.", "yes", "Oh, yes"])]
    assert groups(turns) == [(0, 2), (1,), (3,)]


def test_what_is_filtered_out_is_no_repeat():
    snapshot = snapshot_of([Turn(SAID, "a", "Ana"), Turn(SAID, "b", "Ana")])
    repeats = Repeats(snapshot, updated(None, snapshot))
    kept = snapshot.session == 0
    assert repeats.groups([0], 5, kept) == [(0,)]


def test_a_ranking_is_asked_for_as_far_as_it_is_read():
    asked = []

    def best(n):
        asked.append(n)
        return list(range(n))

    ranking = ranked_lazily(best, 4, 100)
    assert [one for one, _ in zip(ranking, range(6), strict=False)] == list(range(6))
    assert asked == [4, 8]
    assert list(ranked_lazily(best, 4, 9)) == list(range(9))


@pytest.mark.parametrize(
    ("one", "other", "lamp", "rest"),
    [
        ("Our US lamp", "our us lamp", "lamp", "a US kite"),
        ("A parseFile lamp", "a parsefile lamp", "parsefile lamp", "a file to parse"),
    ],
)
def test_a_word_written_otherwise_is_the_same_though_a_search_reads_more_in_it(
    one, other, lamp, rest, monkeypatch
):
    monkeypatch.setattr("graphmem.retrieve.repeats.MANY", 16)
    monkeypatch.setattr("graphmem.retrieve.repeats.SOME", 16)
    lamps = [Turn(f"Our {lamp} number {i}", f"s{i}", "Ana") for i in range(20)]
    others = [Turn(f"Ida lost {rest} on day {i}", f"t{i}", "Ana") for i in range(40)]
    talk = [*lamps, *others, Turn(one, "u", "Ana"), Turn(other, "v", "Ana")]
    assert groups(talk, k=100)[-1] == (60, 61)
