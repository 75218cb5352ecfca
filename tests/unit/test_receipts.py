"""What a call did."""

from dataclasses import FrozenInstanceError, fields

import pytest

from graphmem.receipts import FileReport, ProblemGroup, Receipt, counted


def test_a_receipt_counts_nothing_until_something_was_done() -> None:
    counts = [
        getattr(Receipt(), field.name) for field in fields(Receipt) if type(field.default) is int
    ]
    assert counts == [0] * len(counts)
    assert counts


@pytest.mark.parametrize("kind", [Receipt, FileReport, ProblemGroup])
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
