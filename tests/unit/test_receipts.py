"""What a call did."""

from dataclasses import FrozenInstanceError, fields

import pytest

from graphmem.receipts import FileReport, ProblemGroup, Receipt


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
