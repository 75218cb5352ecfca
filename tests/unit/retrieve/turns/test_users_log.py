"""A log of user and assistant: what the user said is found beside all that he was told."""

import pytest

from graphmem.retrieve import Engine
from graphmem.retrieve.asked import Asked
from graphmem.rules.embed import RuleEncoder
from tests.unit.retrieve.snapshots import Turn, snapshot_of

ADVICE = (
    "Here is how a greenhouse heater works. A greenhouse heater warms the air in the greenhouse. "
    "Choose the temperature of the heater for the plants in your greenhouse. " * 6
)


def log(user, assistant):
    turns = []
    for n, said in enumerate(
        [
            "How do I heat a greenhouse?",
            "The thermostat in the greenhouse is now set to 14 degrees, and it holds.",
            "Thanks, what about watering?",
            "Which plants like it cool?",
        ]
    ):
        turns += [Turn(said, f"s{n}", user), Turn(ADVICE, f"s{n}", assistant)]
    return snapshot_of(turns)


def first(snapshot, question):
    (best, *_) = Engine.of(snapshot, encoder=RuleEncoder()).search(Asked(text=question, k=5))
    place = snapshot.note_ids.index(best.note)
    return snapshot.texts[place], snapshot.speakers[int(snapshot.speaker[place])], best


@pytest.mark.parametrize("roles", [("user", "assistant"), ("human", "ai")])
@pytest.mark.parametrize(
    "question",
    [
        "What temperature is the heater thermostat in the greenhouse set to?",
        "What is my greenhouse thermostat set to?",
    ],
)
def test_what_the_user_said_comes_before_the_assistants_pages_about_it(roles, question):
    text, speaker, _ = first(log(*roles), question)
    assert speaker == roles[0]
    assert "14 degrees" in text


def test_a_question_that_names_nobody_says_whose_memory_it_is_and_names_no_one():
    _, _, hit = first(log("user", "assistant"), "What is the greenhouse thermostat set to?")
    assert not any("whom the question names" in reason for reason in hit.why)


def test_what_the_assistant_told_is_found_where_it_is_asked_for():
    snapshot = log("user", "assistant")
    _, speaker, _ = first(snapshot, "What did you tell me about how a greenhouse heater works?")
    assert speaker == "assistant"
