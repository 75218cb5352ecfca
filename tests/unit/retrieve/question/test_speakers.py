"""Which speakers a question names, and which words only look like a name."""

import pytest

from graphmem.retrieve.question.heard import Heard
from graphmem.retrieve.question.speakers import named_speakers, speaker_names
from graphmem.retrieve.question.written import Written
from graphmem.retrieve.words.index import updated
from tests.unit.retrieve.snapshots import Turn, snapshot_of


def named(question, speakers, talk=()):
    snapshot = snapshot_of(talk)
    names = speaker_names(speakers)
    heard = Heard(snapshot, updated(None, snapshot)) if talk else None
    return [speakers[i] for *_, i in named_speakers(Written.of(question), names, heard)]


def test_a_name_that_is_a_common_word_needs_its_capital_inside_the_question():
    assert named("Will it rain?", ("Will",)) == []
    assert named("What will happen?", ("Will",)) == []
    assert named("What did Will say?", ("Will",)) == ["Will"]
    assert named("Will's car?", ("Will",)) == ["Will"]


def test_a_first_name_that_two_speakers_share_names_neither():
    speakers = ("Ana Costa", "Ana Lima")
    assert named("Where does Ana live?", speakers) == []
    assert named("Where does Ana Lima live?", speakers) == ["Ana Lima"]
    assert named("Where does Costa live?", speakers) == ["Ana Costa"]


def test_a_short_form_of_two_speakers_names_neither():
    assert named("Where does Mel live?", ("Melanie", "Melissa")) == []


def test_names_without_capitals_in_their_script_are_found():
    assert named("王芳住在哪里?", ("王芳", "李明")) == ["王芳"]


@pytest.mark.parametrize(
    ("question", "speaker"),
    [
        ("How was Tomatina?", "Tom"),
        ("Where is the Danube?", "Dan"),
        ("How cold is Benelux?", "Ben"),
        ("Who plays Roberta?", "Rob"),
        ("Kim's letter: who sent it to Kimberley?", "Kimble"),
        ("Van hire: what does it cost?", "Vanessa"),
        ("Cat food: which one?", "Catalina"),
        ("What is due in April?", "April"),
        ("What happened on 4 June?", "June"),
        ("Was it sunny last August?", "August"),
        ("Rose bushes: when are they cut?", "Roseanne"),
        ("Where is the Victor hotel?", "Victor"),
    ],
)
def test_a_word_that_only_begins_like_a_name_or_is_a_month_or_thing_names_nobody(question, speaker):
    assert named(question, (speaker, "Zora")) == []


@pytest.mark.parametrize(
    ("question", "speaker"),
    [
        ("Where does Liz work?", "Elizabeth"),
        ("Where does Bill work?", "William Hart"),
        ("What did Xander cook?", "Alexander"),
        ("What is April's plan?", "April"),
        ("Does June like tea?", "June"),
    ],
)
def test_a_usual_short_form_and_the_name_itself_count(question, speaker):
    assert named(question, (speaker, "Zora")) == [speaker]


@pytest.mark.parametrize(
    ("question", "role"),
    [
        ("Where is the user handbook?", []),
        ("Who is my assistant?", []),
        ("Is there an assistant director?", []),
        ("What did the user say?", ["user"]),
        ("Did the assistant mention soup?", ["assistant"]),
        ("What is the user's name?", ["user"]),
    ],
)
def test_a_role_is_a_speaker_only_where_it_does_or_owns_something(question, role):
    assert named(question, ("assistant", "user")) == role


def test_a_name_in_small_letters_needs_texts_that_do_not_use_it_as_a_word():
    talk = [Turn("The sun was out.", speaker="sun"), Turn("I paid with a penny.", speaker="lou")]
    assert named("How hot was the sun?", ("lou", "sun"), talk) == []
    assert named("What did sun pack?", ("lou", "sun"), talk) == ["sun"]
    assert named("where did penny go?", ("Penny", "lou"), talk) == []
    assert named("where did lotte go?", ("Lotte", "lou"), talk) == ["Lotte"]


def test_what_people_call_a_speaker_in_the_texts_names_that_speaker():
    talk = [
        Turn("Hey Bear, are you up?", "s1", "Ida"),
        Turn("Nearly.", "s1", "Jonathan"),
        Turn("Thanks, Bear!", "s1", "Ida"),
        Turn("My friends call me Twig.", "s1", "Ida"),
        Turn("We saw Badger at the gate.", "s1", "Ida"),
    ]
    speakers = ("Ida", "Jonathan")
    assert named("What did Bear eat?", speakers, talk) == ["Jonathan"]
    assert named("Where does Twig live?", speakers, talk) == ["Ida"]
    assert named("Where was Badger?", speakers, talk) == []


def test_a_name_at_the_beginning_may_be_part_of_a_thing_that_the_texts_write():
    talk = [Turn("Van hire costs 80 a day.", "s1", "Otto")]
    assert named("Van hire: what does it cost?", ("Otto", "Van"), talk) == []
    assert named("Van: what does he drive?", ("Otto", "Van"), talk) == ["Van"]


def test_a_short_form_that_the_speaker_uses_of_somebody_else_is_not_the_speaker():
    talk = [Turn("My nephew Sam broke his arm.", "s1", "Samantha"), Turn("Oh no.", "s1", "Otto")]
    assert named("What did Sam break?", ("Otto", "Samantha"), talk) == []


def test_a_longer_name_that_the_texts_write_is_another_persons():
    talk = [Turn("We heard Martin Quay in concert.", "s1", "Otto"), Turn("Nice.", "s1", "Martin")]
    assert named("Where did Martin Quay sing?", ("Martin", "Otto"), talk) == []
    assert named("What does Martin sing?", ("Martin", "Otto"), talk) == ["Martin"]
