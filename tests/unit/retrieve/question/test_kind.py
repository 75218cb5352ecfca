"""What sort of answer a question wants."""

import pytest

from graphmem.retrieve.question.kind import question_kind
from graphmem.text import fold


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("When did it start?", "when"),
        ("How many dogs are there?", "count"),
        ("What did that cost us?", "count"),
        ("What is the rent?", "count"),
        ("What price was the kayak?", "count"),
        ("Where is it?", "where"),
        ("Who came?", "who"),
        ("Why did it stop?", "why"),
    ],
)
def test_the_kind_of_a_question_is_what_it_asks_for(question, kind):
    found = question_kind(fold(question))
    kinds = ("when", "count", "where", "who", "why")
    assert [name for name in kinds if getattr(found, name)] == [kind]
