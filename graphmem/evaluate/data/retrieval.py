"""A folder of passages and questions as a data set: one pool, gold by passage id."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from graphmem.errors import InputError
from graphmem.evaluate.data.datasets import Dataset, Passage, Pool, Question, content_hash
from graphmem.evaluate.data.reading import Oddities, read_rows


def load_retrieval(folder: Path) -> Dataset:
    """Read `questions.jsonl` (id, question, gold_ids, ...) and `corpus.jsonl` (id, title, text).

    Gold ids that the corpus lacks stay gold, so they count as lost. A question without gold is
    asked and timed but not scored. Raises InputError when a file is not there.
    """
    corpus, asked = folder / "corpus.jsonl", folder / "questions.jsonl"
    for path in (corpus, asked):
        if not path.is_file():
            raise InputError(
                f"{folder} has no {path.name}; a retrieval set is a folder with corpus.jsonl "
                "(id, title, text) and questions.jsonl (id, question, gold_ids)"
            )
    odd = Oddities()
    passages = _read_passages(corpus, odd)
    known = {passage.id for passage in passages}
    questions = [_check(q, known, odd) for q in _read_questions(asked, odd)]
    pool = Pool(name=folder.name, passages=passages, questions=tuple(questions))
    return Dataset(
        name=folder.resolve().name,
        pools=(pool,),
        hash=content_hash(corpus.read_bytes(), asked.read_bytes()),
        counts=dict(odd.counts),
        problems=tuple(odd.problems),
    )


def _read_passages(path: Path, odd: Oddities) -> tuple[Passage, ...]:
    found: dict[str, Passage] = {}
    texts: dict[str, str] = {}
    for where, row in read_rows(path, odd):
        text, title = row.get("text"), row.get("title") or ""
        if row.get("id") is None or not isinstance(text, str):
            odd.note("bad_lines", where, "a passage needs an id and a text", skipped=True)
            continue
        passage = Passage(id=str(row["id"]), title=str(title), text=text)
        if passage.id in found:
            odd.note(
                "repeated_ids", where, f"id {passage.id} again; the first is kept", skipped=True
            )
            continue
        if passage.content in texts:
            twin = texts[passage.content]
            odd.note("duplicate_passages", where, f"{passage.id} has the text of {twin}; both stay")
        texts.setdefault(passage.content, passage.id)
        found[passage.id] = passage
    if len(found) == 0:
        odd.note("empty_corpus", path.name, "no passages: nothing can be found")
    return tuple(found[id_] for id_ in sorted(found))


def _read_questions(path: Path, odd: Oddities) -> Iterator[tuple[str, Question]]:
    seen: set[str] = set()
    for where, row in read_rows(path, odd):
        text = row.get("question")
        if not isinstance(text, str) or not text.strip():
            odd.note("bad_lines", where, "a question needs a text in `question`", skipped=True)
            continue
        id_ = str(row.get("id", where))
        if id_ in seen:
            odd.note("repeated_ids", where, f"question {id_} again; it is skipped", skipped=True)
            continue
        seen.add(id_)
        steps = row.get("decomposition") or ()
        yield (
            where,
            Question(
                id=id_,
                text=text,
                gold=_ids(row.get("gold_ids")),
                answer=str(row.get("answer", "")),
                category=str(row.get("type") or row.get("category") or ""),
                steps=_ids([s.get("gold_id") for s in steps if isinstance(s, dict)]),
            ),
        )


def _ids(given: object) -> tuple[str, ...]:
    """Return ids as strings, repeats and blanks away, order kept."""
    items: Sequence[object] = (
        given if isinstance(given, list) else () if given is None else (given,)
    )
    return tuple(dict.fromkeys(str(item) for item in items if item is not None and item != ""))


def _check(asked: tuple[str, Question], known: set[str], odd: Oddities) -> Question:
    where, question = asked
    if not question.gold:
        odd.note("without_gold", where, f"question {question.id} has no gold: asked, not scored")
    missing = [id_ for id_ in question.gold if id_ not in known]
    if missing:
        shown = ", ".join(missing[:5])
        odd.note("gold_missing", where, f"gold {shown} is not in the corpus: counted as lost")
    return question
