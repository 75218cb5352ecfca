"""One's own questions of one's own memory: a line of JSON each, asked as a person would ask."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from graphmem.errors import InputError
from graphmem.evaluate.data.reading import Oddities, read_rows
from graphmem.ingest import parse_as_of

GoldItem = str | Mapping[str, Any]
"""What names evidence; `gold.GoldIndex.resolve` says how."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedQuestion:
    """A question with its evidence, and all that search may be told with it."""

    id: str
    text: str
    gold: tuple[tuple[GoldItem, ...], ...] | None
    """All the evidence that the answer needs, each with what would do in its place. Empty: nobody
    says it, and nothing should come back; None: asked and timed, not scored."""
    answer: str = ""
    category: str = ""
    asker: str | None = None
    """Who says "I"."""
    history: tuple[str, ...] = ()
    """What was asked before, oldest first."""
    as_of: datetime | None = None
    now: datetime | None = None
    """The moment of asking; None: that of the run."""
    timezone: str = "UTC"


def read_asked(path: Path, odd: Oddities) -> list[AskedQuestion]:
    """Read `question`, `gold` and the rest of each line; a line that cannot be is counted.

    Raises InputError if there is no such file, or no question in it.
    """
    if not path.is_file():
        raise InputError(f"{path} is not there; it should hold a line a question: {_EXAMPLE}")
    found: dict[str, AskedQuestion] = {}
    for where, row in read_rows(path, odd):
        question = _question(where, row, odd)
        if question is not None and question.id in found:
            odd.note("repeated_ids", where, f"question {question.id} again; skipped", skipped=True)
        elif question is not None:
            found[question.id] = question
    if not found:
        raise InputError(f"{path} holds no question; a line a question: {_EXAMPLE}")
    return list(found.values())


_EXAMPLE = '{"question": "Where does Ana live?", "gold": ["I moved to Lisbon last Friday."]}'


def _question(where: str, row: Mapping[str, Any], odd: Oddities) -> AskedQuestion | None:
    text = row.get("question")
    if not isinstance(text, str) or not text.strip():
        odd.note("bad_lines", where, "a question needs a text in `question`", skipped=True)
        return None
    history = row.get("history") or ()
    try:
        return AskedQuestion(
            id=str(row.get("id", where)),
            text=text,
            gold=_gold(row, where, odd),
            answer=str(row.get("answer", "")),
            category=str(row.get("category") or ""),
            asker=row.get("asker"),
            history=(history,) if isinstance(history, str) else tuple(map(str, history)),
            as_of=parse_as_of(row["as_of"]) if row.get("as_of") else None,
            now=parse_as_of(row["now"]) if row.get("now") else None,
            timezone=str(row.get("timezone", "UTC")),
        )
    except (InputError, TypeError) as error:
        odd.note("bad_lines", where, str(error), skipped=True)
        return None


def _gold(
    row: Mapping[str, Any], where: str, odd: Oddities
) -> tuple[tuple[GoldItem, ...], ...] | None:
    given = next((row[key] for key in ("gold", "gold_ids", "evidence") if key in row), None)
    if given is None:
        odd.note("without_gold", where, "no `gold`: asked, not scored")
        return None
    items = given if isinstance(given, list) else [given]
    return tuple(
        tuple(map(_item, item)) if isinstance(item, list) else (_item(item),) for item in items
    )


def _item(given: object) -> GoldItem:
    return given if isinstance(given, Mapping) else str(given)
