"""What the texts of a memory say of a word."""

from graphmem.retrieve.question.heard import MOST_READ, Heard
from graphmem.retrieve.words.index import updated
from tests.unit.retrieve.snapshots import Turn, snapshot_of


def heard(*turns):
    snapshot = snapshot_of(turns)
    return Heard(snapshot, updated(None, snapshot))


def test_a_word_is_ordinary_if_a_text_writes_it_small():
    found = heard(Turn("Rose bought a red rose."), Turn("Iris came."))
    assert found.is_ordinary("rose")
    assert not found.is_ordinary("iris")
    assert found.is_written("iris")
    assert not found.is_written("ivy")


def test_a_call_counts_for_the_nearest_other_speaker_of_the_session():
    found = heard(
        Turn("Night, Pip!", "s1", "Ana"),
        Turn("Good night.", "s1", "Ben"),
        Turn("Hello Pip, are you there?", "s2", "Ana"),
        Turn("Yes.", "s2", "Ben"),
    )
    assert found.called("pip") == {1: 2}


def test_who_speaks_of_somebody_by_the_word_is_not_called_so():
    assert heard(Turn("I met Pip in Rome.", "s1", "Ana"), Turn("Ah.", "s1", "Ben")).called(
        "pip"
    ) == {0: -1}


def test_only_so_many_texts_are_read_for_one_word():
    turns = [Turn("Hi Pip!", "s1", "AB"[i % 2]) for i in range(MOST_READ + 50)]
    assert sum(heard(*turns).called("pip").values()) == MOST_READ


def test_two_words_are_held_where_a_text_writes_them_together():
    found = heard(Turn("The user manual is here."), Turn("A manual for each user."))
    assert found.holds("user manual")
    assert not found.holds("each manual")
