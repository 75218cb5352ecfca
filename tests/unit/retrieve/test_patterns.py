"""Every regular expression of retrieve/ takes time in proportion to the text, however hostile."""

import importlib
import pkgutil
import re
from time import process_time

import pytest

import graphmem.retrieve

SHORT, LONG = 1_500, 12_000
"""Letters. What is linear takes 8 times as long over the long text, what is quadratic 64 times."""
MOST = 24
UNMEASURABLE = 0.003
"""Seconds of processor: less is no growth, whatever the short text took."""
UNITS = (
    "a", "A", "1", " ", "\n", '"', "“", "„“", "(", ")", "()", "( ", "'", "-", ",", ".", "_", "é",
    "Aa", "a A", "a, A", "my ", "my a", "her old ", "in ", "in the ", "visit", "explor", "explora ",
    "grand", "passion", "wanted to", "so that ", "this ", "few ", "19", "20", "2023-", "May ",
    "1 of", "1st of May, ", "spring of ", "during the ", "in the spring ", "how ", "wh", "what ",
    "reason", "a day before ", "in the last a ", "3 and ", "did a ", "the last a ",
)  # fmt: skip


def patterns():
    """Return every compiled expression that a module of retrieve/ holds, by where it stands."""
    found = {}
    for module in pkgutil.walk_packages(graphmem.retrieve.__path__, "graphmem.retrieve."):
        for name, value in vars(importlib.import_module(module.name)).items():
            for i, one in enumerate(value if isinstance(value, tuple) else (value,)):
                for part in ("", "phrases", "asked", "changed"):
                    pattern = getattr(one, part, None) if part else one
                    if isinstance(pattern, re.Pattern):
                        place = f"{module.name.removeprefix('graphmem.retrieve.')}.{name}[{i}]"
                        found[f"{place}{part}"] = pattern
    return found


def seconds(pattern, text):
    """Return the processor's time for all matches in a text, the least of three."""
    times = []
    for _ in range(3):
        start = process_time()
        for _match in pattern.finditer(text):
            pass
        times.append(process_time() - start)
    return min(times)


@pytest.mark.parametrize("pattern", patterns().values(), ids=patterns())
def test_no_expression_takes_more_than_linear_time(pattern):
    for unit in UNITS:
        short, long = ((unit * size)[:size] for size in (SHORT, LONG))
        taken = seconds(pattern, long)
        assert taken < UNMEASURABLE or taken < MOST * seconds(pattern, short), unit


def test_the_expressions_are_found():
    some = {
        "turns.traits._PLACE[0]",
        "question.counted_times._SHIFT[0]",
        "turns.slots_of_life.SLOTS[0]asked",
    }
    assert some <= set(patterns())


def test_an_expression_that_is_quadratic_would_be_caught():
    quotation = re.compile(r'["“][^"”]+["”]')  # without a bound: what turns were read by once
    long, short = "„“" * (LONG // 2), "„“" * (SHORT // 2)
    assert seconds(quotation, long) > max(UNMEASURABLE, MOST * seconds(quotation, short))
