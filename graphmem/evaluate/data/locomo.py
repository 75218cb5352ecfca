"""LoCoMo dialogues as a data set: one pool a conversation, turns as passages, evidence as gold."""

import json
import re
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, Literal

from graphmem.errors import InputError
from graphmem.evaluate.data.datasets import Dataset, Passage, Pool, Question, content_hash
from graphmem.evaluate.data.reading import Oddities

UNANSWERABLE = "5"
"""The adversarial category: it names a wrong answer, so nothing should be returned."""

Audit = Literal["mask", "correct"]

_SESSION = re.compile(r"session_(\d+)")
_EVIDENCE = re.compile(r"D:?\s*(\d+)\s*:\s*(\d+)")


def load_locomo(path: Path, *, gold_errors: Path | None = None, audit: Audit = "mask") -> Dataset:
    """Read a LoCoMo file (Maharana et al. 2024): a list of conversations with questions.

    Evidence is read leniently (`D8:6; D9:17` is two turns, `D:11:26` is D11:26); what names no
    turn is counted. `gold_errors` is an audit of wrong gold: `mask` leaves the audited questions
    unscored, `correct` puts the audited evidence in their place. Raises InputError.
    """
    raw = path.read_bytes() if path.is_file() else b""
    odd = Oddities()
    audited = _read_audit(gold_errors) if gold_errors else {}
    pools = []
    for number, conversation in enumerate(_conversations(path, raw)):
        turns = _turns(conversation, odd, f"{path.name}[{number}]")
        questions = _questions(conversation, number, {turn.id for turn in turns}, odd)
        fixed = tuple(_audited(question, audited, audit, odd) for question in questions)
        name = str(conversation.get("sample_id") or f"conversation {number}")
        pools.append(Pool(name=f"{number}:{name}", passages=turns, questions=fixed))
    for row in audited.values():
        odd.note("audit_unmatched", str(row.get("question_id")), "audits no question of this file")
    options = f"{audit}:{gold_errors.read_text()}" if gold_errors else ""
    return Dataset(
        name=path.stem,
        pools=tuple(pools),
        hash=content_hash(raw, options.encode()),
        counts=dict(odd.counts),
        problems=tuple(odd.problems),
    )


def _conversations(path: Path, raw: bytes) -> list[dict[str, Any]]:
    try:
        data = json.loads(raw) if raw else None
    except ValueError as error:
        raise InputError(f"{path} is not JSON: {error}") from error
    rows = [data] if isinstance(data, dict) else data
    if not isinstance(rows, list) or not all(
        isinstance(row, dict) and isinstance(row.get("conversation"), dict) for row in rows
    ):
        raise InputError(
            f"{path} is no LoCoMo file; it should be a list of objects with `conversation` and `qa`"
        )
    return rows


def _turns(conversation: Mapping[str, Any], odd: Oddities, where: str) -> tuple[Passage, ...]:
    """Return the turns of all sessions, sorted by id."""
    talk = conversation["conversation"]
    turns: dict[str, Passage] = {}
    for key in talk:
        match = _SESSION.fullmatch(key)
        if match is None or not isinstance(talk[key], list):
            continue
        for row in talk[key]:
            if not isinstance(row, dict) or not row.get("dia_id"):
                odd.note("bad_lines", f"{where}.{key}", "a turn needs a dia_id", skipped=True)
                continue
            turn = Passage(
                id=str(row["dia_id"]),
                text=str(row.get("text") or ""),
                speaker=str(row.get("speaker") or ""),
                session=key,
                said_at=str(talk.get(f"{key}_date_time") or ""),
                caption=str(row.get("blip_caption") or ""),
            )
            if turn.id in turns:
                odd.note(
                    "repeated_ids", where, f"turn {turn.id} again; the first is kept", skipped=True
                )
            turns.setdefault(turn.id, turn)
    if not turns:
        odd.note("empty_corpus", where, "no turns: nothing can be found")
    return tuple(turns[id_] for id_ in sorted(turns))


def _questions(
    conversation: Mapping[str, Any], number: int, known: set[str], odd: Oddities
) -> list[Question]:
    questions = []
    for place, row in enumerate(conversation.get("qa") or ()):
        name = f"locomo_{number}_qa{place}"
        gold = _evidence(row.get("evidence"), name, known, odd)
        category = str(row.get("category", ""))
        questions.append(
            Question(
                id=name,
                text=str(row.get("question", "")),
                gold=gold,
                answer=str(row.get("answer", "")),
                category=category,
                unanswerable=category == UNANSWERABLE,
            )
        )
        if not gold and category != UNANSWERABLE:
            odd.note("without_gold", name, "no readable evidence: asked, not scored")
    return questions


def _evidence(given: object, name: str, known: set[str], odd: Oddities) -> tuple[str, ...]:
    items = given if isinstance(given, list) else [given] if given else []
    found: dict[str, None] = {}
    for item in items:
        ids = [f"D{session}:{turn}" for session, turn in _EVIDENCE.findall(str(item))]
        if ids != [str(item)]:
            odd.note("malformed_evidence", name, f"read {item!r} as {', '.join(ids) or 'nothing'}")
        found.update(dict.fromkeys(ids))
    missing = [id_ for id_ in found if id_ not in known]
    if missing:
        odd.note("gold_missing", name, f"no turn {', '.join(missing)}: counted as lost")
    return tuple(found)


def _read_audit(path: Path) -> dict[str, dict[str, Any]]:
    try:
        rows = json.loads(path.read_bytes())
        return {str(row["question_id"]): row for row in rows}
    except (OSError, ValueError, TypeError, KeyError) as error:
        raise InputError(
            f"{path} is no audit of gold; it should be a list of objects with question_id, "
            f"question and correct_evidence ({error})"
        ) from error


def _audited(
    question: Question, audited: dict[str, dict[str, Any]], audit: Audit, odd: Oddities
) -> Question:
    """Apply the audit to a question, and take the audit's row away so that the rest is known."""
    row = audited.get(question.id)
    if row is None or row.get("question") != question.text:
        return question
    del audited[question.id]
    if audit == "mask":
        odd.note("gold_masked", question.id, "audited: asked, not scored")
        return replace(question, gold=())
    right = [f"D{s}:{t}" for item in row["correct_evidence"] for s, t in _EVIDENCE.findall(item)]
    if not right or set(right) == set(question.gold):
        return question
    odd.note("gold_corrected", question.id, f"audited: gold is {', '.join(right)}")
    return replace(question, gold=tuple(dict.fromkeys(right)))
