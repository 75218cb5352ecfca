"""When, in a question: what is asked about, what is a condition, first and last."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graphmem.retrieve.question.calendar import Calendar
from graphmem.retrieve.question.when import read_when

TUESDAY = datetime(2024, 8, 13, 10, tzinfo=UTC)
CALENDAR = Calendar(TUESDAY, UTC, range(2023, 2025))
FOREVER = float("inf")


def day(number):
    if abs(number) == FOREVER:
        return "…"
    return datetime.fromtimestamp(number * 86400, UTC).strftime("%Y-%m-%d")


def within(question, calendar=CALENDAR):
    when = read_when(question, calendar)
    return [(day(p.first), day(p.until)) for p in when.within] if when.is_condition else []


@pytest.mark.parametrize(
    ("question", "first", "until"),
    [
        ("What did I eat yesterday?", "2024-08-12", "2024-08-13"),
        ("Who called this morning?", "2024-08-13", "2024-08-14"),
        ("What broke the day before yesterday?", "2024-08-11", "2024-08-12"),
        ("What did I buy last week?", "2024-08-05", "2024-08-12"),
        ("Where was I last weekend?", "2024-08-10", "2024-08-12"),
        ("What did we plant last month?", "2024-07-01", "2024-08-01"),
        ("Where did we go last year?", "2023-01-01", "2024-01-01"),
        ("What did I read this week?", "2024-08-12", "2024-08-19"),
        ("What did I sell three weeks ago?", "2024-07-22", "2024-07-29"),
        ("Whom did I meet on Friday?", "2024-08-09", "2024-08-10"),
        ("What did I do on Tuesday?", "2024-08-13", "2024-08-14"),
        ("Whom did I meet last Tuesday?", "2024-08-06", "2024-08-07"),
        ("What have I spent in the last ten days?", "2024-08-03", "2024-08-14"),
        ("What did I pay on 02/07/2024?", "2024-07-02", "2024-07-03"),
        ("What did I pay on 25.7.2024?", "2024-07-25", "2024-07-26"),
        ("What did I pay on 2024-07-25?", "2024-07-25", "2024-07-26"),
        ("What happened on May 8th, 2023?", "2023-05-08", "2023-05-09"),
        ("What happened in Sept. 2023?", "2023-09-01", "2023-10-01"),
        ("What grew in the spring of 2023?", "2023-03-01", "2023-06-01"),
        ("What grew in 2023?", "2023-01-01", "2024-01-01"),
        ("What was there the day after 25 July 2024?", "2024-07-26", "2024-07-27"),
        ("Where was Ida the week before 16 July 2024?", "2024-07-09", "2024-07-16"),
        ("What came two days after last Monday?", "2024-08-14", "2024-08-15"),
        ("What did I do the Sunday before 25 July 2024?", "2024-07-21", "2024-07-22"),
        ("What did I do between 3 and 9 July 2024?", "2024-07-03", "2024-07-10"),
        ("What did I do 3-9 July 2024?", "2024-07-03", "2024-07-10"),
        ("What did I do between 3 May and 5 June 2024?", "2024-05-03", "2024-06-06"),
        ("Where was I from 3 May 2024 to 5 May 2024?", "2024-05-03", "2024-05-06"),
        ("What have I done since 3 May 2024?", "2024-05-03", "…"),
        ("What did I do after 3 May 2024?", "2024-05-04", "…"),
        ("What did I do before 3 May 2024?", "…", "2024-05-03"),
        ("What had I done by 3 May 2024?", "…", "2024-05-04"),
        ("What did I do until last week?", "…", "2024-08-12"),
        ("What had we booked as of 3 May 2024?", "…", "2024-05-04"),
        ("What was the plan as things stood on Friday?", "…", "2024-08-10"),
        ("Where will I be in a year?", "2025-01-01", "2026-01-01"),
        ("What is due in two weeks?", "2024-08-26", "2024-09-02"),
        ("What did I pay prior to 3 May 2024?", "…", "2024-05-03"),
        ("What had I paid by the end of June 2024?", "…", "2024-07-01"),
        ("What have I paid since New Year?", "2024-01-01", "…"),
        ("What did I pay between the first of May 2024 and 5/6/24?", "2024-05-01", "2024-06-06"),
    ],
)
def test_a_time_that_is_named_is_a_condition(question, first, until):
    assert within(question) == [(first, until)]


@pytest.mark.parametrize(
    ("question", "firsts"),
    [
        ("What happened on the 8th of May?", ["2023-05-08", "2024-05-08"]),
        ("What happened in August?", ["2023-08-01", "2024-08-01"]),
        ("What grew in the summer?", ["2022-06-01", "2023-06-01", "2024-06-01"]),
    ],
)
def test_what_leaves_the_year_open_is_asked_of_every_year(question, firsts):
    assert [first for first, _ in within(question)] == firsts


@pytest.mark.parametrize(
    ("question", "firsts"),
    [
        ("What is on Friday?", ["2024-08-16"]),
        ("Who comes to us on Friday?", ["2024-08-09", "2024-08-16"]),
        ("What happened on Friday?", ["2024-08-09"]),
        ("What is there on Tuesday?", ["2024-08-13"]),
    ],
)
def test_a_weekday_is_the_last_of_the_past_the_next_of_the_present_both_of_neither(
    question, firsts
):
    assert [first for first, _ in within(question)] == firsts


@pytest.mark.parametrize(
    "question",
    [
        "May I come?",
        "Who will march?",
        "On 31 February 2023?",
        "Room 2023a?",
        "What is in the Friday soup?",
        "Who plays in the 2019 film?",
        "What did the letter from June say?",
        "How long did the paint last?",
        "How much did I save in a year?",
        "How often do I swim in a week?",
        "What can I earn in a month?",
        "What fell due on 31/2/2024?",
        "",
    ],
)
def test_what_is_no_time_is_no_condition(question):
    assert within(question) == []


def test_what_counts_from_now_is_read_only_where_now_is_known():
    assert within("What did I eat yesterday?", Calendar(None, UTC, range(2023, 2025))) == []
    assert within("What did I eat on 3 May 2024?", Calendar(None, UTC, range(2023, 2025))) != []


def test_beside_a_date_what_counts_from_now_counts_from_that_date():
    when = read_when("What did Tom lose last week, as told on 6 May 2024?", CALENDAR)
    assert [day(p.first) for p in when.asked] == ["2024-05-06"]


def test_days_are_those_of_the_askers_zone():
    late = datetime(2024, 8, 13, 2, tzinfo=UTC)  # still the 12th in New York
    zone = ZoneInfo("America/New_York")
    calendar = Calendar(late.astimezone(zone), zone, range(2024, 2025))
    (period,) = read_when("What did I eat today?", calendar).within
    assert datetime.fromtimestamp(period.start, UTC) == datetime(2024, 8, 12, 4, tzinfo=UTC)


@pytest.mark.parametrize(
    ("question", "order"),
    [
        ("What is the last thing I told you?", "last"),
        ("What did I say last?", "last"),
        ("When did I last see Ida?", "last"),
        ("What is the latest on the boiler?", "last"),
        ("What was the last book I read?", "last"),
        ("What is the first thing I told you?", "first"),
        ("When did Ida first swim?", "first"),
        ("What did I buy last week?", None),
        ("How long did the trip last?", None),
        ("What is Ida's last name?", None),
        ("What is her first name?", None),
    ],
)
def test_first_and_last_are_an_order_unless_they_belong_to_a_time_or_a_name(question, order):
    assert read_when(question, CALENDAR).order == order


def test_a_hostile_length_of_dates_takes_no_longer_than_a_page_of_them():
    text = "yesterday last week on 3 May 2024 " * 40_000
    assert len(read_when(text, CALENDAR).within) == 1


def test_words_that_count_from_now_are_known_by_their_places():
    question = "What did I buy last week?"
    ((start, end),) = read_when(question, CALENDAR).spans
    assert question[start:end] == "last week"


DATES = st.sampled_from(
    """the day after|9999-12-31|1000-01-01|yesterday|999 years before|1 January|29 February|between|
    and|in 999 years|last|31/12/9999|winter|in the winter|since|10 weeks after|month|on the 31st|
    early|half a year ago|dec '99|this time last year|last christmas|before easter|on 31/2/2024|
    june 1-31|the last friday of next month|at the weekend|a few years ago|the weekend before|
    february|last year""".split("|")
)


@settings(max_examples=200, deadline=None)
@given(st.lists(DATES, max_size=6), st.sampled_from([1, 1970, 2024, 9999]))
def test_no_question_is_beyond_the_calendar(words, year):
    now = datetime(year, 12, 31, tzinfo=UTC)
    for years in (range(0), range(year, year + 1)):
        read_when(" ".join(words), Calendar(now, UTC, years))
