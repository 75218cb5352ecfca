"""The samples that graphmem brings: what is remembered, and the questions that are asked of it."""

from dataclasses import dataclass
from pathlib import Path

from graphmem.errors import InputError

_PACKAGE = Path(__file__).resolve().parents[2]


@dataclass(frozen=True, slots=True, kw_only=True)
class SampleSet:
    """Files to remember together, and files of questions to ask of them."""

    name: str
    sources: tuple[Path, ...]
    questions: dict[str, Path]
    """By the name that a report calls them."""


def sample_sets() -> list[SampleSet]:
    """Return the sets. Raises InputError where graphmem was installed without its samples."""
    folder = samples_folder()
    family = folder / "family"
    return [
        SampleSet(
            name="samples",
            sources=(folder / "dialogues", folder / "documents"),
            questions={"samples": folder / "questions.jsonl"},
        ),
        SampleSet(
            name="family",
            sources=(family / "week.jsonl",),
            questions={
                "family-week": family / "questions.jsonl",
                "family-week-other-words": family / "other_words.jsonl",
            },
        ),
    ]


def samples_folder() -> Path:
    """Return where the samples lie: in the package as it is installed, or in the repository."""
    for folder in (_PACKAGE / "samples", _PACKAGE.parent / "data" / "samples"):
        if (folder / "questions.jsonl").is_file():
            return folder
    raise InputError(f"graphmem was installed without its samples; {_PACKAGE / 'samples'} is empty")
