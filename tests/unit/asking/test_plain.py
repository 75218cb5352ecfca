"""Which sentences are a line of a page, told from those that only feel, hope or speak to "you"."""

import pytest

from graphmem.asking.plain import says_something
from graphmem.batches import Claim


def claim(relation: str, thing: str) -> Claim:
    return Claim(subject="Ida", relation=relation, object=thing, start=0, end=1)


@pytest.mark.parametrize(
    ("sentence", "relation", "thing", "is_own", "is_line"),
    [
        ("I repaired the old accordion.", "repaired", "old accordion", True, True),
        ("Ida repaired the old accordion.", "repaired", "old accordion", False, True),
        ("Ida says I repaired the accordion.", "repaired", "accordion", False, False),
        ("We will repair the old accordion.", "will repair", "old accordion", True, False),
        ("I'll repair the old accordion.", "will repair", "old accordion", True, False),
        ("Maybe I repaired the old accordion.", "repaired", "old accordion", True, False),
        ("I repaired the old accordion?", "repaired", "old accordion", True, False),
        ("I repaired your old accordion.", "repaired", "old accordion", True, False),
        ("I am so happy today.", "is", "happy", True, False),
        ("I am a retired ferry pilot.", "is", "retired ferry pilot", True, True),
        ("I appreciate the loud accordion.", "appreciate", "loud accordion", True, False),
        ("I love the yellow tiles.", "love", "yellow tiles", True, False),
        ("I love yellow bathroom tiles.", "love", "yellow bathroom tiles", True, True),
        ("I had great fun.", "had", "great fun", True, False),
    ],
)
def test_a_line_states_something(
    sentence: str, relation: str, thing: str, is_own: bool, is_line: bool
) -> None:
    assert says_something(sentence, claim(relation, thing), is_own=is_own) == is_line
