"""An outcome survives the log: JSON's lists are tuples again."""

import json
from dataclasses import asdict

from graphmem.evaluate.measure.outcomes import Outcome, read_outcome


def test_an_outcome_read_from_json_equals_the_one_that_was_written() -> None:
    outcome = Outcome(
        pool="p",
        question="q",
        ranked=(("a", 1.5), ("b", 0.25)),
        search_ms=1.0,
        encode_ms=0.5,
        channels={"words": ("a", "b"), "hits": ()},
        gold_ranks={"words": {"b": 2}},
        failed="",
    )
    assert read_outcome(json.loads(json.dumps(asdict(outcome)))) == outcome
