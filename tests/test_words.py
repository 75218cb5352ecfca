"""Words of any language, slips and spellings, memos and ties: what a person sees of them."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import pytest

from bench.multilingual import TURNS, WORDS, first
from graphmem import Memory

START = datetime(2024, 4, 1, 8, tzinfo=UTC)


def remembering(texts: Sequence[str], **given: object) -> Memory:
    """Return a memory of turns a day apart, each in a session of its own."""
    memory = Memory.open("ram:", scope="ana", encoder="rules")
    for i, text in enumerate(texts):
        said_at = START + timedelta(days=i)
        memory.add(text, speaker="Ana", said_at=said_at, **{"session": f"s{i}"} | given)
    return memory


@pytest.mark.parametrize(("language", "asked", "wanted"), WORDS, ids=lambda value: str(value))
def test_a_word_that_a_turn_holds_finds_it_in_any_language(
    language: str, asked: str, wanted: int
) -> None:
    texts = TURNS[language]
    assert first(remembering(texts), asked) == texts[wanted]


WRITTEN = [
    "The neighbour practises the cello.", "My website is down.", "Two wolves crossed the road.",
    "He wrote loadUserProfile yesterday.", "I ran 12 km.", "The invoice says 2,400 euros.",
    "Ring me on +44 7700 900 321.", "The tool is written in F#.", "We met Łukasz at the lake.",
    "Søren bakes on Sundays.", "The pass\u00adport is in the drawer.", "That was great 👏🏽",
    "The follow-up is on Monday.", "She has a peanut allergy.", "The restaurant was full.",
]  # fmt: skip


@pytest.mark.parametrize(
    ("asked", "wanted"),
    [
        ("neighbor", 0), ("practices", 0), ("web site", 1), ("wolf", 2), ("user profile", 3),
        ("profile loader", 3), ("12km", 4), ("2400", 5), ("2 400", 5), ("447700900321", 6),
        ("7700900321", 6), ("F#", 7), ("Lukasz", 8), ("Soren", 9), ("passport", 10), ("👏", 11),
        ("followup", 12), ("allergic", 13), ("restarant", 14), ("resturant", 14),
    ],
)  # fmt: skip
def test_slips_spellings_compounds_and_signs_find_what_was_written(asked: str, wanted: int) -> None:
    assert first(remembering(WRITTEN), asked) == WRITTEN[wanted]


@pytest.mark.parametrize(("asked", "wanted"), [("passport", 10), ("Which wolf crossed?", 2)])
def test_the_reason_quotes_the_word_that_stands_for_the_one_asked(asked: str, wanted: int) -> None:
    (hit,) = remembering(WRITTEN).search(asked, k=1)
    said = WRITTEN[wanted].split()
    quoted = [reason for reason in hit.why if reason.startswith("says ")]
    assert quoted
    assert any(f"“{word.strip('.')}”" in quoted[0] for word in said)


MEMOS = [
    "My cousin Pia repairs clocks.", "The drill is in the shed.", "I paid the rent.",
    "The alarm code is 8830.", "Candles are in the hall.", "Pia from work likes chess.",
    "The shed key hangs by the door.", "It snowed.",
]  # fmt: skip


@pytest.mark.parametrize("apart", [timedelta(seconds=1), timedelta(days=30)])
def test_memos_without_a_session_lend_each_other_nothing(apart: timedelta) -> None:
    together, alone = (Memory.open("ram:", scope="ana", encoder="rules") for _ in range(2))
    for i, text in enumerate(MEMOS):
        together.add(text, said_at=START + i * apart)
        alone.add(text, said_at=START + i * apart, session=f"s{i}")
    for question in ("What does Pia repair?", "Where is the shed key?", "What is the alarm code?"):
        found, expected = (
            [hit.note.text for hit in m.search(question, k=3)] for m in (together, alone)
        )
        assert found == expected
        hit = together.search(question, k=1)[0]
        assert (hit.before, hit.after) == (None, None)


@pytest.mark.parametrize("place", [0, 5, 11])
def test_who_opens_or_closes_a_session_is_found_like_any_other(place: int) -> None:
    memory = Memory.open("ram:", scope="ana", encoder="rules")
    for s in range(4):
        for i in range(12):
            memory.add(
                f"My lamp number {s * 12 + i} is broken.",
                speaker="Edda" if i == place else ("Noor", "Ivo", "Lea")[i % 3],
                session=f"s{s}",
                said_at=START + timedelta(days=s, minutes=i),
            )
    hits = memory.search("Which lamp of Edda is broken?", k=4)
    assert [hit.note.speaker for hit in hits] == ["Edda"] * 4


def test_equal_turns_have_equal_scores_and_the_newest_is_first() -> None:
    memory = remembering(["I fed the cat."] * 9)
    hits = memory.search("Who fed the cat?", k=9)
    assert len({hit.score for hit in hits}) == 1
    times = [hit.note.said_at for hit in hits]
    assert times == sorted(times, reverse=True)


CITIES = {
    "Arabic": (["زرنا فاس في الربيع.", "أصلحت الدراجة أمس.", "جدتي تخبز الخبز."], "الدراجات", 1),
    "Chinese": (["我们春天去了苏州。", "昨天修好了自行车。", "奶奶会做面包。"], "面包", 2),
    "Korean": (
        ["봄에 경주에 갔어요.", "어제 자전거를 고쳤어요.", "할머니가 빵을 구워요."],
        "자전거",
        1,
    ),
    "Georgian": (["გაზაფხულზე ბათუმში ვიყავით.", "გუშინ ველოსიპედი შევაკეთე."], "ველოსიპედი", 1),
}


@pytest.mark.models
@pytest.mark.parametrize("language", CITIES)
def test_a_model_of_english_leaves_other_scripts_to_their_words(language: str) -> None:
    texts, asked, wanted = CITIES[language]
    with Memory.open("ram:", scope="ana", encoder="minilm") as memory:
        for i, text in enumerate(texts):
            memory.add(text, speaker="Ana", session=f"s{i}", said_at=START + timedelta(days=i))
        assert first(memory, asked) == texts[wanted]
