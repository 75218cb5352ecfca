"""What a turn replies to: a sentence that asks what the question asks, said by somebody else."""

import pytest

from graphmem.retrieve.turns.bm25 import word_counts
from graphmem.retrieve.turns.indexing import turn_index
from graphmem.retrieve.turns.replies import asked_alike, replies
from graphmem.retrieve.turns.score import words_asked
from graphmem.retrieve.words.index import updated
from tests.unit.retrieve.reading import question_of
from tests.unit.retrieve.snapshots import Turn, snapshot_of

TALK = [
    Turn("Does anybody know who waters the cactus?", "s1", "Ana"),
    Turn("It looks thirsty.", "s1", "Ana"),
    Turn("Mrs Moor.", "s1", "Ben"),
    Turn("I watered the cactus once. Is that enough?", "s1", "Cleo"),
    Turn("Hardly.", "s1", "Ben"),
    Turn("Who is the lady with the cactus?", "s2", "Ana"),
    Turn("No idea.", "s3", "Ben"),
]


def read(talk, question, **asked):
    snapshot = snapshot_of(talk)
    words = updated(None, snapshot)
    index = turn_index(snapshot, words.notes)
    return snapshot, words, index, question_of(question, words, speakers=snapshot.speakers, **asked)


def test_the_first_turn_of_another_speaker_replies_to_a_sentence_that_asks_the_same():
    replied = replies(*read(TALK, "Who waters the cactus?"))
    assert replied.turns.tolist() == [2]
    assert replied.values == pytest.approx([1])


def test_what_is_told_beside_a_question_is_not_replied_to():
    told = [Turn("I sold the cactus. How are you?", "s1", "Ana"), Turn("Fine.", "s1", "Ben")]
    assert replies(*read(told, "Who sold the cactus?")) is None
    asked = [Turn("Who sold the cactus? I miss it.", "s1", "Ana"), Turn("Me.", "s1", "Ben")]
    replied = replies(*read(asked, "Who sold the cactus?"))
    assert (replied.turns.tolist(), replied.values.tolist()) == ([1], [1])


def test_nobody_replies_in_another_session_nor_long_after():
    late = [TALK[0], *[Turn("Hm.", "s1", "Ana")] * 3, Turn("Mrs Moor.", "s1", "Ben")]
    assert replies(*read(late, "Who waters the cactus?")) is None
    assert replies(*read(TALK[5:], "Who is the lady with the cactus?")) is None


def test_a_question_of_the_same_sort_counts_as_far_as_it_is_about_the_same():
    talk = [
        Turn("When does the plumber come?", "s1", "Ana"), Turn("At nine.", "s1", "Ben"),
        Turn("When is the play?", "s2", "Ana"), Turn("In December.", "s2", "Ben"),
    ]  # fmt: skip
    _, words, index, question = read(talk, "When will the plumber come?")
    asked = words_asked(index, question, words)
    alike = asked_alike(index, question.kind, asked, word_counts(index, asked))
    assert alike.turns.tolist() == [1, 3]
    assert alike.values == pytest.approx([1, 0])
    _, words, index, question = read(talk, "When shall we paint the fence?")
    asked = words_asked(index, question, words)
    assert asked_alike(index, question.kind, asked, word_counts(index, asked)) is None
    _, words, index, question = read(talk, "Does the plumber come?")
    asked = words_asked(index, question, words)
    assert asked_alike(index, question.kind, asked, word_counts(index, asked)) is None


def test_others_reply_to_a_question_about_the_asker_only_where_it_is_asked_again():
    asked = "Where do I keep the tent and the lamp?"
    talk = [Turn(asked, "s1", "Ana"), Turn("Attic.", "s1", "Ben")]
    again = replies(*read(talk, asked, asker="Ana"))
    assert (again.turns.tolist(), again.values.tolist()) == ([1], [1])
    alike = replies(*read(talk, "Where do I keep the tent and the oar?"))
    assert alike.turns.tolist() == [1]
    assert alike.values[0] > 0.3
    assert replies(*read(talk, "Where do I keep the tent and the oar?", asker="Ana")) is None
