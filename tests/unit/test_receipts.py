"""What a call did."""

from dataclasses import FrozenInstanceError, fields, replace
from datetime import UTC, datetime

import pytest

from graphmem.receipts import (
    GROUPS_KEPT,
    IMPORTS_KEPT,
    TEXT_KEPT,
    FileReport,
    ImportReport,
    ProblemGroup,
    Receipt,
    counted,
    with_import,
)


def test_a_receipt_counts_nothing_until_something_was_done() -> None:
    counts = [
        getattr(Receipt(), field.name) for field in fields(Receipt) if type(field.default) is int
    ]
    assert counts == [0] * len(counts)
    assert counts


@pytest.mark.parametrize("kind", [Receipt, FileReport, ProblemGroup, ImportReport])
def test_a_record_is_frozen_and_has_slots(kind: type) -> None:
    assert "__dict__" not in dir(object.__new__(kind))
    with pytest.raises((FrozenInstanceError, AttributeError)):
        setattr(object.__new__(kind), fields(kind)[0].name, "other")


def test_a_receipt_counts_what_happened_and_always_what_was_read() -> None:
    assert counted(Receipt()) == (("episodes read", 0), ("  added", 0))
    told = dict(counted(Receipt(episodes_read=3, episodes_known=3, skipped=1)))
    assert told == {
        "episodes read": 3,
        "  added": 0,
        "  already there": 3,
        "lines or files skipped": 1,
    }


def met(message: str, n: int = 1) -> ProblemGroup:
    places = tuple(f"tea.txt:{line}" for line in range(min(n, 3)))
    return ProblemGroup(message=message, skipped=True, count=n, places=places)


def imported(run: str, hour: int, *, added: int = 0, groups: tuple[ProblemGroup, ...] = ()):
    receipt = Receipt(run_id=run, files=1, episodes_added=added, problem_groups=groups)
    return ImportReport.of(receipt, datetime(2026, 5, 1, hour, tzinfo=UTC))


def test_what_is_kept_of_an_import_is_bounded_and_counts_every_problem() -> None:
    groups = tuple(met(f"kind {n} " + "x" * 1_000, n=9) for n in range(GROUPS_KEPT + 5))
    kept = imported("a", 1, groups=groups)
    assert kept.problems == 9 * (GROUPS_KEPT + 5)
    assert len(kept.problem_groups) == GROUPS_KEPT
    assert len(kept.problem_groups[0].message) == TEXT_KEPT
    assert kept.without_words() == replace(kept, problem_groups=())


def test_an_import_that_says_nothing_new_leaves_no_trace() -> None:
    first = imported("a", 1, added=3, groups=(met("no date"),))
    kept = with_import((), first)
    assert with_import(kept, imported("b", 2)) == kept
    assert with_import(kept, imported("c", 3, groups=(met("no date"),))) == kept
    news = imported("d", 4, groups=(met("no date", 2),))
    assert with_import(kept, news) == (news, first)


def test_an_import_is_kept_once_in_order_of_time() -> None:
    first, second = imported("a", 1, added=1), imported("b", 2, added=1)
    assert with_import(with_import((second,), first), first) == (second, first)
    many = tuple(imported(str(n), n, added=1) for n in range(IMPORTS_KEPT))
    assert len(with_import(many, imported("x", 23, added=1))) == IMPORTS_KEPT
