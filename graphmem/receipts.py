"""What a call did: its counts, what came of each file, what was left out and why. Frozen."""

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from datetime import datetime

from graphmem.types import EpisodeId, Problem


@dataclass(frozen=True, slots=True, kw_only=True)
class ProblemGroup:
    """Problems of one kind: how many, and where the first of them are."""

    message: str
    """Of the first."""
    skipped: bool
    count: int
    places: tuple[str, ...]
    """The first three."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FileReport:
    """What came out of one file."""

    name: str
    """Below the folder that was given."""
    given: str
    """The path that was given, the file itself or a folder above it."""
    format: str
    """As what it was read."""
    sessions: int
    turns: int
    """Turns or passages, known ones included."""
    without_speaker: int
    without_date: int
    """Turns whose source gives no time that can be read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """What one call did: every count, and every problem it met."""

    ids: tuple[EpisodeId, ...] = ()
    """Of the episodes that `add` was given, in their order, whether new or there already; without
    those that were deleted before and stay so. `ingest` gives none: its files may hold millions.
    Of a dry run: of the episodes that would be deleted."""
    files: int = 0
    """Files that gave a turn."""
    read: tuple[FileReport, ...] = ()
    """One for each of the first 10,000 of them."""
    sessions: int = 0
    episodes_read: int = 0
    episodes_added: int = 0
    episodes_known: int = 0
    """Already there: re-ingesting is a no-op."""
    episodes_tombstoned: int = 0
    """Deleted before, and so not taken again."""
    episodes_deleted: int = 0
    notes_added: int = 0
    notes_deleted: int = 0
    mentions_added: int = 0
    facts_added: int = 0
    is_compaction_due: bool = False
    """What was deleted is erased, but may still stand in the file's bytes: a reader or a full
    disk was in the way. The next opening cleans them, as does `graphmem store compact`."""
    skipped: int = 0
    run_id: str = ""
    seconds: float = 0.0
    stages: tuple[tuple[str, float], ...] = ()
    """Seconds of it in `extract`, `encode` and `write`; the rest is reading and deriving."""
    problems: tuple[Problem, ...] = ()
    """The first 100 of them, and the first three of every kind."""
    problem_groups: tuple[ProblemGroup, ...] = ()
    """All of them by kind, what was skipped first; none is lost, however many there are."""

    def __repr__(self) -> str:
        said = ((field.name, getattr(self, field.name)) for field in fields(self))
        parts = ((name, len(v) if isinstance(v, tuple) else v) for name, v in said if v)
        return f"Receipt({', '.join(f'{name}={value!r}' for name, value in parts)})"


def counted(receipt: Receipt) -> tuple[tuple[str, int], ...]:
    """Return the counts of a receipt as a person reads them; "  added" is part of the line above.

    Those that are always said come with 0 too, the others only if something was counted.
    """
    lines = (
        ("episodes read", receipt.episodes_read),
        ("  added", receipt.episodes_added),
        ("  already there", receipt.episodes_known),
        ("  deleted before, left out: --restore takes them again", receipt.episodes_tombstoned),
        ("episodes deleted", receipt.episodes_deleted),
        ("sessions read", receipt.sessions),
        ("notes added", receipt.notes_added),
        ("notes deleted", receipt.notes_deleted),
        ("mentions added", receipt.mentions_added),
        ("facts added", receipt.facts_added),
        ("lines or files skipped", receipt.skipped),
    )
    return tuple((name, n) for name, n in lines if n or name in ("episodes read", "  added"))


IMPORTS_KEPT = 20
"""Of a scope: as many imports as a store tells of."""
GROUPS_KEPT = 20
TEXT_KEPT = 300
"""Kinds of problems, and characters of a message or a place, that a store keeps of an import."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportReport:
    """What one import of files did, as the store keeps it: its counts, and its problems by kind."""

    run_id: str
    at: datetime
    """When it ended, aware UTC."""
    files: int = 0
    sessions: int = 0
    episodes_read: int = 0
    episodes_added: int = 0
    episodes_known: int = 0
    episodes_tombstoned: int = 0
    skipped: int = 0
    problems: int = 0
    """All of them; more than the groups count where some were left out or erased."""
    seconds: float = 0.0
    problem_groups: tuple[ProblemGroup, ...] = ()
    """The first kinds of them; none once something of the scope was deleted."""

    @classmethod
    def of(cls, receipt: Receipt, at: datetime) -> "ImportReport":
        """Return what is kept of a receipt."""
        names = {field.name for field in fields(Receipt)} & {field.name for field in fields(cls)}
        counts = {name: getattr(receipt, name) for name in names}
        groups = tuple(map(_short, receipt.problem_groups[:GROUPS_KEPT]))
        n = sum(group.count for group in receipt.problem_groups)
        return cls(**{**counts, "at": at, "problems": n, "problem_groups": groups})

    def without_words(self) -> "ImportReport":
        """Return the counts alone: a place or a message may hold what was deleted."""
        return replace(self, problem_groups=())


def with_import(kept: Sequence[ImportReport], report: ImportReport) -> tuple[ImportReport, ...]:
    """Return what is kept of imports, the newest first, after one more.

    One that brought nothing and says nothing that the last did not leaves no trace: a folder that
    is watched is imported every minute.
    """
    is_news = report.episodes_added or report.problems
    if not is_news or (
        kept and not report.episodes_added and report.problem_groups == kept[0].problem_groups
    ):
        return tuple(kept)
    others = [one for one in kept if one.run_id != report.run_id]
    return tuple(sorted([report, *others], key=lambda one: one.at, reverse=True)[:IMPORTS_KEPT])


def _short(group: ProblemGroup) -> ProblemGroup:
    places = tuple(place[:TEXT_KEPT] for place in group.places)
    return replace(group, message=group.message[:TEXT_KEPT], places=places)


@dataclass(frozen=True, slots=True, kw_only=True)
class Erased:
    """One episode that was erased, without its words."""

    id: EpisodeId
    sha256: str
    """Of its text: whoever has the text can prove that it is this one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Erasure:
    """The certificate of a purge: what was erased, and that nothing of it is left."""

    subject: str
    scope: str
    at: datetime
    run_id: str
    erased: tuple[Erased, ...]
    notes_deleted: int
    left: tuple[str, ...]
    """Where something still stands: nowhere, if it is empty. The records of the scope, its search
    and the bytes of the store's files were read for it; copies made elsewhere were not."""
    is_compaction_due: bool = False
    """The file could not be rewritten now: the next opening does, as does `store compact`."""
    is_dry_run: bool = False

    @property
    def is_complete(self) -> bool:
        """Whether nothing of it is left."""
        return not (self.left or self.is_compaction_due or self.is_dry_run)
