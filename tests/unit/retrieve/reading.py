"""Questions read as the engine reads them, for tests of what comes after."""

from collections.abc import Sequence
from dataclasses import replace

from graphmem.retrieve.asked import Asked
from graphmem.retrieve.names.links import Links
from graphmem.retrieve.passages.index import Passages
from graphmem.retrieve.question.meaning import Meaning, Vector
from graphmem.retrieve.question.period import Lifetime
from graphmem.retrieve.question.question import Question, QuestionReader
from graphmem.retrieve.question.speakers import speaker_names
from graphmem.retrieve.words.index import QuestionTerms, WordIndex
from graphmem.rules.embed import RuleEncoder


def question_of(
    text: str,
    words: WordIndex,
    *,
    links: Links | None = None,
    speakers: Sequence[str] = (),
    asker: str | None = None,
) -> Question:
    """Return a question as read against these words, names and speakers, without vectors."""
    return QuestionReader(
        words=words,
        links=links,
        speakers=speaker_names(speakers),
        heard=None,
        said=Lifetime(range(2020, 2026), 0.0),
        encoder=RuleEncoder(),
        plain=False,
        voiced=False,
    ).read(Asked(text=text, asker=asker))


def passage_question(text: str, passages: Passages, vector: Vector | None = None) -> Question:
    """Return a question to passages, with its vector if there is one."""
    question = question_of(text, passages.words, links=passages.links)
    return replace(question, meaning=Meaning(plain=vector))


def terms_of(text: str, words: WordIndex) -> QuestionTerms:
    """Return the terms of a question, weighed."""
    question = question_of(text, words)
    return words.terms(question.stems, question.term_numbers)
