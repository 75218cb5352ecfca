"""The samples keep what their README promises: counts, gold that exists, answers that are in it."""

import json
import re
from collections.abc import Iterator
from datetime import datetime
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from graphmem.ingest import Turn, read_source
from graphmem.ingest.formats.documents import SEPARATOR
from graphmem.text import STOPWORDS, fold, stem, words

SAMPLES = Path(__file__).parents[2] / "data" / "samples"
YES_NO = {"yes", "no"}

Row = dict[str, Any]


def _json_lines(name: str) -> list[Row]:
    return [json.loads(line) for line in (SAMPLES / name).read_text("utf-8").splitlines()]


def _transcript_turns() -> Iterator[tuple[tuple[str, int], str]]:
    """Yield ((session, turn from 1), text) in the file's order."""
    session, turn = "", 0
    path = SAMPLES / "dialogues" / "mia_omar.txt"
    for line in filter(None, path.read_text("utf-8").splitlines()):
        if header := re.fullmatch(r"# (Session \d+) - \d{4}-\d\d-\d\d", line):
            session, turn = header[1], 0
        else:
            turn += 1
            said = re.fullmatch(r"(?:\[[\d: -]+\] )?(?:Mia|Omar): (.+)", line)
            assert said, f"neither a header nor a turn: {line}"
            yield (session, turn), said[1]


def _document_sections() -> Iterator[tuple[tuple[str, str | None], str]]:
    """Yield ((file, heading), title and text); a text file is one section without a heading."""
    for path in sorted((SAMPLES / "documents").iterdir()):
        text = path.read_text("utf-8")
        if path.suffix == ".txt":
            yield (path.name, None), text
            continue
        parts = [part.partition("\n") for part in re.split(r"(?m)^#+ ", text)[1:]]
        for heading, _, body in parts:
            yield (path.name, heading), f"{parts[0][0]}\n{heading}\n{body}"


DIALOGUE = _json_lines("dialogues/ana_ben.jsonl")
TEXTS: dict[str, dict[Any, str]] = {
    "ana_ben": {
        row["id"]: f"{row['speaker']} {row['text']} {row.get('caption', '')}" for row in DIALOGUE
    },
    "mia_omar": dict(_transcript_turns()),
    "documents": dict(_document_sections()),
}
QUESTIONS = _json_lines("questions.jsonl")
WEEK = _json_lines("family/week.jsonl")
ASKED_IN_PASSING = _json_lines("family/questions.jsonl")
IN_OTHER_WORDS = _json_lines("family/other_words.jsonl")
ANSWERABLE = [question for question in QUESTIONS if question["category"] != "unanswerable"]


def _key(gold: str | Row) -> Any:
    if isinstance(gold, str):
        return gold
    if "session" in gold:
        return gold["session"], gold["turn"]
    return gold["document"], gold.get("heading")


def _content(text: str) -> set[str]:
    return {stem(word) for word in words(text) if word not in STOPWORDS | YES_NO}


def test_dialogues_have_the_promised_sessions_and_turns() -> None:
    sessions = [{row["session"] for row in DIALOGUE}, {name for name, _ in TEXTS["mia_omar"]}]
    assert all(len(names) >= 6 for names in sessions)
    assert len(DIALOGUE) >= 95
    assert len(TEXTS["mia_omar"]) >= 75


def test_turns_of_the_jsonl_dialogue_have_unique_ids_and_ascending_times() -> None:
    times = [datetime.fromisoformat(row["said_at"]) for row in DIALOGUE]
    assert len(TEXTS["ana_ben"]) == len(DIALOGUE)
    assert all(earlier < later for earlier, later in pairwise(times))


def test_friends_shared_by_both_dialogues_have_one_name() -> None:
    texts = [" ".join(TEXTS[source].values()) for source in ("ana_ben", "mia_omar")]
    assert all(name in text for name in ("Nadia", "Tomás", "Greta") for text in texts)


def test_questions_have_unique_ids_and_the_known_categories() -> None:
    assert len(QUESTIONS) >= 40
    assert len({question["id"] for question in QUESTIONS}) == len(QUESTIONS)
    assert {question["category"] for question in QUESTIONS} == {
        "single", "multi", "temporal", "list", "update", "unanswerable"
    }  # fmt: skip


def test_a_question_has_no_gold_exactly_when_it_is_unanswerable() -> None:
    for question in QUESTIONS:
        unanswerable = question["category"] == "unanswerable"
        assert (not question["gold"]) == (not question["answer"]) == unanswerable, question["id"]


@pytest.mark.parametrize("question", ANSWERABLE, ids=lambda question: question["id"])
def test_the_gold_holds_the_answer_or_the_words_it_is_worked_out_from(question: Row) -> None:
    texts = TEXTS[question["source"]]
    gold = " ".join(texts[_key(gold)] for gold in question["gold"])
    if "says" in question:
        assert fold(question["says"]) in fold(gold)
    else:
        assert _content(question["answer"]) <= _content(gold)


def test_gold_of_a_question_about_the_past_was_said_by_then() -> None:
    said = {row["id"]: row["said_at"] for row in DIALOGUE}
    for question in ANSWERABLE:
        if "as_of" in question and question["source"] == "ana_ben":
            assert all(said[gold] < question["as_of"] for gold in question["gold"])


def test_the_jsonl_reader_names_turns_as_the_gold_does() -> None:
    assert [turn.source_id for turn in _read("dialogues/ana_ben.jsonl")] == list(TEXTS["ana_ben"])


def test_the_transcript_reader_counts_turns_as_the_gold_does() -> None:
    read = _read("dialogues/mia_omar.txt")
    assert [(turn.session, turn.text) for turn in read] == [
        (session, text) for (session, _), text in TEXTS["mia_omar"].items()
    ]


def test_the_document_reader_knows_the_headings_that_the_gold_names() -> None:
    read = {(turn.session, (turn.title or "").split(SEPARATOR)[-1]) for turn in _read("documents")}
    assert {key for key in TEXTS["documents"] if key[1] is not None} <= read
    assert {file for file, _ in TEXTS["documents"]} == {file for file, _ in read}


def test_the_family_has_a_week_of_sixty_turns_or_more_and_twenty_questions_of_each_kind() -> None:
    assert len(WEEK) >= 60
    assert len({row["said_at"][:10] for row in WEEK}) == 7
    assert len({row["id"] for row in WEEK}) == len(WEEK)
    assert [turn.source_id for turn in _read("family/week.jsonl")] == [row["id"] for row in WEEK]
    for asked in (ASKED_IN_PASSING, IN_OTHER_WORDS):
        assert len({row["id"] for row in asked}) == 20
        assert {row["category"] for row in asked} == {
            "update", "date", "follow-up", "cause", "list", "assistant", "person", "single"
        }  # fmt: skip


@pytest.mark.parametrize(
    "question", ASKED_IN_PASSING + IN_OTHER_WORDS, ids=lambda question: question["id"]
)
def test_the_gold_of_the_family_was_said_by_the_moment_that_is_asked_about(question: Row) -> None:
    said = {row["id"]: row["said_at"] for row in WEEK}
    asked = f"{question['as_of']}T24" if "as_of" in question else question["now"]
    for item in question["gold"]:
        for id_ in item if isinstance(item, list) else [item]:
            assert said[id_] < asked
    assert question["asker"] in {row["speaker"] for row in WEEK}


def _read(name: str) -> list[Turn]:
    items = list(read_source(SAMPLES / name))
    turns = [item for item in items if isinstance(item, Turn)]
    assert turns == items, "the samples are read without a problem"
    return turns
