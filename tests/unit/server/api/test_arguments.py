"""What an operation takes is read by kind and bounds, and refused by name."""

import pytest

from graphmem.server.api.arguments import (
    FLAG,
    INTEGER,
    LIST,
    NUMBER,
    SAID,
    TEXT,
    TEXTS,
    WHERE,
    Argument,
    of_query,
    read_arguments,
)
from graphmem.server.refused import RefusedError

TAKES = (
    Argument(name="question", kind=TEXT, doc="Words.", needed=True, least=1, most=10),
    Argument(name="k", kind=INTEGER, doc="How many.", least=1, most=50),
    Argument(name="order", kind=TEXT, doc="Which.", among=("oldest", "newest")),
    Argument(name="speaker", kind=TEXTS, doc="Who."),
    Argument(name="where", kind=WHERE, doc="What."),
    Argument(name="archived", kind=FLAG, doc="Whether."),
    Argument(name="score", kind=NUMBER, doc="At least."),
    Argument(name="history", kind=LIST, doc="Before."),
)


def read(**given):
    return read_arguments(TAKES, {"question": "x", **given}, where="body")


def test_what_fits_comes_back_and_null_is_as_if_left_out() -> None:
    fits = {"k": 50, "order": "newest", "speaker": ["Ana"], "where": {"a": 1}, "archived": False,
            "score": 1, "history": []}  # fmt: skip
    assert read(**fits) == {"question": "x", **fits}
    assert read(k=None) == {"question": "x"}


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"k": 0}, "k must be from 1 to 50"),
        ({"k": 51}, "k must be from 1 to 50"),
        ({"k": True}, "k must be an integer"),
        ({"k": "3"}, "k must be an integer"),
        ({"k": 3.0}, "k must be an integer"),
        ({"question": ""}, "from 1 to 10 characters"),
        ({"question": "x" * 11}, "from 1 to 10 characters"),
        ({"question": ["x"]}, "question must be a text"),
        ({"question": None}, "question is needed in the body"),
        ({"order": "best"}, "one of oldest, newest"),
        ({"speaker": [1]}, "a text or a list of texts"),
        ({"where": "a=1"}, "an object, or a list of conditions"),
        ({"archived": "true"}, "true or false"),
        ({"archived": 1}, "true or false"),
        ({"score": "1"}, "a number"),
        ({"history": "x"}, "a list of texts"),
        ({"scopes": ["ben"]}, "no argument 'scopes'"),
        ({"clock": "x"}, "known: archived, history, k"),
    ],
)
def test_what_does_not_fit_is_refused_by_its_name(given, told) -> None:
    with pytest.raises(RefusedError, match=told) as caught:
        read(**given)
    assert (caught.value.status, caught.value.kind) == (400, "InputError")


def test_a_query_is_read_by_kind_and_says_lists_by_repeating() -> None:
    said = [("k", "3"), ("archived", "true"), ("speaker", "Ana"), ("speaker", "Ben"),
            ("where", "a=1")]  # fmt: skip
    assert of_query(TAKES, said) == {
        "k": 3, "archived": True, "speaker": ["Ana", "Ben"], "where": ["a=1"],
    }  # fmt: skip
    assert of_query(TAKES, [("speaker", "Ana"), ("where", "a"), ("where", "b")]) == {
        "speaker": "Ana",
        "where": ["a", "b"],
    }


@pytest.mark.parametrize("text", ["", "x", "1e3", "٣", "--1", "9" * 30, "1.5"])
def test_what_is_no_number_in_a_query_stays_a_text_and_is_refused(text: str) -> None:
    with pytest.raises(RefusedError, match="k must be an integer"):
        read_arguments(TAKES, {"question": "x", **of_query(TAKES, [("k", text)])}, where="query")


def test_what_may_stand_once_is_refused_twice() -> None:
    with pytest.raises(RefusedError, match="'k' stands twice"):
        of_query(TAKES, [("k", "3"), ("k", "4")])


def test_messages_are_objects() -> None:
    argument = Argument(name="text", kind=SAID, doc="Said.", least=1, most=5)
    assert argument.checked([{"role": "user"}]) == [{"role": "user"}]
    for wrong in ([1], {"role": "user"}, "", "too long"):
        with pytest.raises(RefusedError):
            argument.checked(wrong)
