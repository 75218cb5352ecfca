"""The samples that graphmem brings are found, and all that a set names is there."""

from graphmem.evaluate.data.samples import sample_sets


def test_every_file_of_every_set_is_there() -> None:
    sets = sample_sets()
    assert [each.name for each in sets] == ["samples", "family"]
    for each in sets:
        assert all(path.exists() for path in (*each.sources, *each.questions.values()))
