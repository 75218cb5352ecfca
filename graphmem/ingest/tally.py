"""Counts what one call does, and becomes its Receipt."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, fields, replace

from graphmem.batches import WriteCounts
from graphmem.contracts import Progress
from graphmem.ingest.reading.meter import Meter
from graphmem.ingest.reading.turns import SourceFile, Turn
from graphmem.receipts import FileReport, ProblemGroup, Receipt
from graphmem.types import EpisodeId, Problem, Session, SessionId

PROBLEMS_SHOWN = 100
PLACES_SHOWN = 3
"""Of every kind of problem."""
FILES_SHOWN = 10_000
_KINDS = 1_000
"""Kinds of problems told apart; a file that is made to have more shares the last."""
_PARTICULAR = re.compile(r"'[^']*'|\"[^\"]*\"|\{.*\}|[\d,.]*\d|\([^()]*\)")
"""What one problem says and another of its kind does not: quotations, numbers, reasons."""
REPORT_EVERY = 200
"""Items between two reports of progress."""


@dataclass(slots=True)
class _FileCounts:
    file: SourceFile | None = None
    sessions: int = 0
    turns: int = 0
    without_speaker: int = 0
    without_date: int = 0

    def report(self) -> FileReport:
        return FileReport(
            name=self.file.label if self.file else "",
            given=self.file.given if self.file else "",
            format=self.file.format if self.file else "",
            sessions=self.sessions,
            turns=self.turns,
            without_speaker=self.without_speaker,
            without_date=self.without_date,
        )


@dataclass(slots=True)
class Tally:
    """Running counts of one call; the only thing in ingest that changes in place."""

    ids: list[EpisodeId] | None = None
    """Of the episodes read, in their order; None: they are not kept."""
    files: int = 0
    episodes_read: int = 0
    episodes_known: int = 0
    episodes_tombstoned: int = 0
    episodes_deleted: int = 0
    skipped: int = 0
    counts: WriteCounts = field(default_factory=WriteCounts)
    problems: list[Problem] = field(default_factory=list)
    groups: dict[tuple[bool, str], ProblemGroup] = field(default_factory=dict)
    is_compaction_due: bool = False
    _sessions: int = 0
    _last_session: SessionId | None = None
    _files: list[_FileCounts] = field(default_factory=list)
    _counts: _FileCounts = field(default_factory=_FileCounts)
    """Of the file that is being read."""

    def read(self, turn: Turn, session: Session, id_: EpisodeId | None = None) -> None:
        """Count a turn that was read, and its session when it begins; keep the id it is under."""
        self.episodes_read += 1
        if turn.file is not None:
            self._count(turn, turn.file, is_new_session=session.id != self._last_session)
        if self.ids is not None and id_ is not None:
            self.ids.append(id_)
        if session.id != self._last_session:
            self._sessions += 1
            self._last_session = session.id

    def problem(self, problem: Problem) -> None:
        """Count a problem by its kind, and keep it to be shown while there is room."""
        self.skipped += problem.skipped
        key = problem.skipped, _PARTICULAR.sub("", problem.message)
        if key not in self.groups and len(self.groups) >= _KINDS:
            key = next(reversed(self.groups))
        group = self.groups.get(key) or ProblemGroup(
            message=problem.message, skipped=problem.skipped, count=0, places=()
        )
        places = (*group.places, problem.source)[:PLACES_SHOWN]
        self.groups[key] = replace(group, count=group.count + 1, places=places)
        if len(self.problems) < PROBLEMS_SHOWN or group.count < PLACES_SHOWN:
            self.problems.append(problem)

    def _count(self, turn: Turn, file: SourceFile, *, is_new_session: bool) -> None:
        """Count a turn for the file that it is from."""
        if self._counts.file is not file:
            self.files += 1
            self._counts = _FileCounts(file)
            if self.files <= FILES_SHOWN:
                self._files.append(self._counts)
            is_new_session = True
        counts = self._counts
        counts.turns += 1
        counts.sessions += is_new_session
        counts.without_speaker += not turn.speaker and not turn.is_passage
        counts.without_date += turn.said_at is None

    def known(self, n: int) -> None:
        """Count episodes that were there before."""
        self.episodes_known += n

    def tombstoned(self, n: int) -> None:
        """Count episodes that had been deleted and are left out."""
        self.episodes_tombstoned += n

    def name_restore(self) -> None:
        """Say what stayed deleted, and how to take it again."""
        if self.episodes_tombstoned:
            message = (
                f"{self.episodes_tombstoned} were deleted before and stay so; to take them again, "
                "pass restore=True, or type: graphmem ingest --restore"
            )
            self.problem(Problem(source="ingest", message=message, skipped=False))

    def written(self, counts: WriteCounts) -> None:
        """Add what one transaction wrote."""
        self.counts = _sum(self.counts, counts)

    def deleted(self, counts: WriteCounts, episodes: int) -> None:
        """Add what one deletion took and rewrote."""
        self.counts = _sum(self.counts, counts)
        self.episodes_deleted += episodes

    def compaction_due(self, why: str) -> None:
        """Note that erased text may still stand in the file's bytes."""
        self.is_compaction_due = True
        message = (
            f"erased, but its bytes may still stand in the file: {why}; the next opening cleans "
            "them, or type: graphmem store compact"
        )
        self.problem(Problem(source="delete", message=message, skipped=False))

    def receipt(self, *, run_id: str, seconds: float) -> Receipt:
        """Return everything counted so far."""
        return Receipt(
            ids=tuple(self.ids or ()),
            files=self.files,
            sessions=self._sessions,
            episodes_read=self.episodes_read,
            episodes_added=self.counts.episodes_added,
            episodes_known=self.episodes_known,
            episodes_tombstoned=self.episodes_tombstoned,
            episodes_deleted=self.episodes_deleted,
            notes_added=self.counts.notes_added,
            notes_deleted=self.counts.notes_deleted,
            mentions_added=self.counts.mentions_added,
            facts_added=self.counts.facts_added,
            skipped=self.skipped,
            is_compaction_due=self.is_compaction_due,
            run_id=run_id,
            seconds=seconds,
            problems=tuple(self.problems),
            problem_groups=tuple(sorted(self.groups.values(), key=lambda one: not one.skipped)),
            read=tuple(counts.report() for counts in self._files),
        )


def joined(receipts: Sequence[Receipt]) -> Receipt:
    """Return the receipt of several calls as if they had been one; runs are named with commas.

    A session that is in two of them counts in both.
    """
    groups: dict[tuple[bool, str], ProblemGroup] = {}
    for group in (group for receipt in receipts for group in receipt.problem_groups):
        key = group.skipped, _PARTICULAR.sub("", group.message)
        same = groups.get(key)
        groups[key] = group if same is None else _grown(same, group)
    counts = {
        name: sum(getattr(receipt, name) for receipt in receipts)
        for name, kind in Receipt.__annotations__.items()
        if kind in (int, float)
    }
    stages: dict[str, float] = {}
    for name, spent in (stage for receipt in receipts for stage in receipt.stages):
        stages[name] = stages.get(name, 0.0) + spent
    return Receipt(
        **counts,
        stages=tuple(sorted(stages.items())),
        ids=tuple(id_ for receipt in receipts for id_ in receipt.ids),
        read=tuple(report for receipt in receipts for report in receipt.read)[:FILES_SHOWN],
        is_compaction_due=any(receipt.is_compaction_due for receipt in receipts),
        run_id=",".join(receipt.run_id for receipt in receipts if receipt.run_id),
        problems=tuple(one for receipt in receipts for one in receipt.problems)[:PROBLEMS_SHOWN],
        problem_groups=tuple(sorted(groups.values(), key=lambda one: not one.skipped)),
    )


def _grown(one: ProblemGroup, other: ProblemGroup) -> ProblemGroup:
    places = (*one.places, *other.places)[:PLACES_SHOWN]
    return replace(one, count=one.count + other.count, places=places)


def reporting(
    items: Iterable[Turn | Problem], progress: Progress, meter: Meter
) -> Iterator[Turn | Problem]:
    """Pass items on, and tell `progress` from time to time where they come from.

    It hears how many bytes of how many were read.
    """
    for n, item in enumerate(items):
        if n % REPORT_EVERY == 0:
            where = item.where if isinstance(item, Turn) else item.source
            progress(where, meter.done, meter.total or None)
        yield item
    progress("", meter.done, meter.total or None)


def _sum(one: WriteCounts, other: WriteCounts) -> WriteCounts:
    names = [field.name for field in fields(WriteCounts)]
    return WriteCounts(**{name: getattr(one, name) + getattr(other, name) for name in names})
