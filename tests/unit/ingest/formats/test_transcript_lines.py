"""One line of a transcript at a time."""

import pytest

from graphmem.ingest.formats.transcript_lines import (
    Opening,
    header_title,
    is_rule,
    looks_like_transcript,
    opening,
)


@pytest.mark.parametrize(
    ("line", "title"),
    [
        ("# Session 2 - 2024-05-01", "Session 2 - 2024-05-01"),
        ("== Session 3 (8 May 2023) ==", "Session 3 (8 May 2023)"),
        ("--- 2024-05-01 ---", "2024-05-01"),
        ("--- at the pier ---", "at the pier"),
        ("Session 4", "Session 4"),
        ("[Day 3 - 8 May 2023]", "Day 3 - 8 May 2023"),
        ("Session 4 was long", None),
        ("# What I like", None),
        ("Ana: Session 4", None),
        ("Session 4 " + " " * 300, None),
    ],
)
def test_a_sessions_header_has_a_number_a_date_or_a_closing_mark(
    line: str, title: str | None
) -> None:
    assert header_title(line) == title


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Ana: Hello there", Opening("Ana", "Hello there", None)),
        ("**Ana**: Hello", Opening("Ana", "Hello", None)),
        ("Jan van der Berg: Moin", Opening("Jan van der Berg", "Moin", None)),
        ("[10:03] Ana: Hello", Opening("Ana", "Hello", "10:03")),
        ("(2024-05-01 10:03) Ana: Hello", Opening("Ana", "Hello", "2024-05-01 10:03")),
        ("2024-05-01 10:03 - Ana: Hello", Opening("Ana", "Hello", "2024-05-01 10:03")),
        ("Ana (10:03): Hello", Opening("Ana", "Hello", "10:03")),
        ("[10:03] somebody left", Opening(None, "somebody left", "10:03")),
        ("and so it goes", None),
        ("Note: buy bread", None),
        ("the thing is: it rains", None),
        ("He said, well: no", None),
        ("https://example.org", None),
        ("[aside] Ana: Hello", None),
        ("3 eggs: fried", None),
    ],
)
def test_a_turn_begins_with_a_name_or_a_stamp(line: str, expected: Opening | None) -> None:
    assert opening(line, (), stamped=False) == expected


def test_in_a_stamped_transcript_only_a_known_speaker_begins_a_turn_without_stamp() -> None:
    assert opening("Ana: Hello", (), stamped=True) is None
    assert opening("Ana: Hello", ("Ana",), stamped=True) == Opening("Ana", "Hello", None)
    assert opening("the cook: Hello", ("the cook",), stamped=False) == Opening(
        "the cook", "Hello", None
    )


def test_what_goes_on_behind_the_first_characters_is_kept() -> None:
    found = opening("Ana: " + "x" * 500, (), stamped=False)
    assert found is not None
    assert found.text == "x" * 500


def test_a_rule_only_separates() -> None:
    assert all(map(is_rule, ("---", "  ====", "~~~ ")))
    assert not any(map(is_rule, ("--", "--- x", "")))


def test_speakers_that_return_make_a_transcript() -> None:
    assert looks_like_transcript("Ana: Hi\nBen: Hi\nAna: Bye\nBen: Bye")


def test_stamps_or_a_header_make_a_transcript_of_speakers_who_speak_once() -> None:
    turns = [f"{name}: Hi" for name in ("Ana", "Ben", "Cid", "Dan", "Eva")]
    assert not looks_like_transcript("\n".join(turns))
    assert looks_like_transcript("\n".join(f"[10:03] {turn}" for turn in turns))
    assert looks_like_transcript("\n".join(["Session 1", *turns]))


def test_text_with_a_few_colons_is_a_document() -> None:
    prose = "It was late.\nWe left.\nIt rained.\nWe sang.\nNobody heard.\nThe end."
    assert not looks_like_transcript(prose)
    assert not looks_like_transcript(f"{prose}\nSummary: nothing")
    assert not looks_like_transcript("Age: 3\nTown: Faro\nJob: none\nPet: cat\nCar: red")


def test_front_matter_is_a_document_though_its_keys_look_like_speakers() -> None:
    assert not looks_like_transcript("---\nauthor: B\n---\nAna: Hi\nAna: Bye")
