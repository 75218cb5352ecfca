"""What extraction promises for every text: spans inside it, one meaning a date, the note alone."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from graphmem.dates.read import dates
from graphmem.rules import RuleExtractor
from tests.said import said

MOMENTS = st.datetimes(
    min_value=datetime(1950, 1, 1), max_value=datetime(2150, 1, 1), timezones=st.just(UTC)
)
UNITS = ("day", "week", "weekend", "month", "year", "decade")
DAYS = ("Monday", "Friday", "Sunday")
MONTHS = ("January", "February", "May", "December")
PHRASES = st.one_of(
    st.sampled_from(("yesterday", "today", "tomorrow", "the day before yesterday", "last night")),
    st.builds(
        "{} {}".format,
        st.sampled_from(("last", "this", "next")),
        st.sampled_from((*UNITS, *DAYS, *MONTHS, "summer", "winter")),
    ),
    st.builds("{} {}s ago".format, st.integers(1, 90), st.sampled_from(UNITS)),
    st.builds("in {} {}s".format, st.integers(1, 90), st.sampled_from(UNITS)),
    st.builds("since {}".format, st.sampled_from(MONTHS)),
    st.builds("until {}".format, st.sampled_from(MONTHS)),
    st.builds("on {} {}".format, st.integers(1, 28), st.sampled_from(MONTHS)),
    st.builds("on {} February".format, st.integers(28, 29)),
    st.builds("in {}".format, st.integers(1000, 2099)),
)
SURROUNDINGS = st.sampled_from(
    (
        "{}",
        "We met {}.",
        "{}, I think",
        "Ana said: {}!",
        "(It was {})",
        "北京 {} 😀",
        "No.\n{}\nYes.",
    )
)


@given(PHRASES, MOMENTS, SURROUNDINGS)
def test_a_date_is_an_interval_and_means_the_same_in_every_text(phrase, said_at, around):
    (alone,) = dates(phrase, said_at)
    assert alone.interval is not None
    assert alone.interval[0] < alone.interval[1]
    (inside,) = dates(around.format(phrase), said_at)
    assert inside.interval == alone.interval
    assert inside.surface == alone.surface


@given(MOMENTS, st.sampled_from(DAYS))
def test_last_and_next_weekday_lie_one_to_seven_days_away(said_at, weekday):
    (last,), (next_,) = dates(f"last {weekday}", said_at), dates(f"next {weekday}", said_at)
    midnight = said_at.replace(hour=0, minute=0, second=0, microsecond=0)
    for span, sign in ((last, -1), (next_, 1)):
        start = span.interval[0]
        assert f"{start:%A}" == weekday
        assert timedelta(days=1) <= sign * (start - midnight) <= timedelta(days=7)


@given(MOMENTS)
def test_last_this_and_next_month_follow_each_other_without_a_gap(said_at):
    last, this, next_ = (dates(f"{w} month", said_at)[0].interval for w in ("last", "this", "next"))
    assert last[1] == this[0] <= said_at < this[1] == next_[0]


@given(st.text(), st.one_of(st.none(), MOMENTS))
def test_every_span_lies_inside_any_text_and_names_something(text, said_at):
    (extraction,) = RuleExtractor().extract([said(text, said_at=said_at)])
    for found in (*extraction.mentions, *extraction.claims):
        assert 0 <= found.start < found.end <= len(text)
    for mention in extraction.mentions:
        assert mention.name.strip()


WORDS = """Ana I you the a of and Porto moved to is sister 's , . ? ( ) " last May 2019 in who don't
    pottery class Müller 北京大学 doctor painting - & never 5 km yesterday her"""


@given(st.lists(st.sampled_from(WORDS.split()), max_size=30).map(" ".join))
def test_a_note_is_read_alone_and_its_mentions_of_things_do_not_overlap(text):
    note, other = said(text), said("Rui moved to Porto. May is fine.")
    extractor = RuleExtractor()
    (alone,) = extractor.extract([note])
    assert extractor.extract([other, note, other])[1] == alone
    things = [m for m in alone.mentions if m.kind not in ("date", "speaker")]
    assert all(a.end <= b.start for a, b in pairwise(things))
    assert all(mention.start < mention.end for mention in alone.mentions)
