"""What models share: where one lies, what identifies it, texts made fit and grouped for it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphmem.providers.encoders.model_files import equal_lengths, identity, place, readable


def test_a_name_and_a_recorded_identity_stand_for_the_same_place(tmp_path):
    model = tmp_path / "a model"
    model.mkdir()
    assert place(str(model)) == place(f"{model}@0123abcd") == model.resolve()
    assert place(str(tmp_path / "absent")) is None


def test_a_folder_that_ends_like_a_hash_is_itself(tmp_path):
    model = tmp_path / "model@0123abcd"
    model.mkdir()
    assert place(str(model)) == model.resolve()


@pytest.mark.parametrize("name", ["model.onnx", "model.safetensors", "part/pytorch_model.bin"])
def test_a_models_identity_names_its_folder_and_changes_with_its_weights(tmp_path, name):
    weights = tmp_path / name
    weights.parent.mkdir(exist_ok=True)
    weights.write_bytes(b"one")
    first = identity("onnx", tmp_path)
    assert first.startswith(f"onnx:{tmp_path}@")
    (tmp_path / "README.txt").write_text("said of it")
    assert identity("onnx", tmp_path) == first
    weights.write_bytes(b"two")
    assert identity("onnx", tmp_path) != first


def test_a_model_that_is_one_file_is_known_by_that_file(tmp_path):
    file = tmp_path / "model.onnx"
    file.write_bytes(b"one")
    first = identity("onnx", file)
    (tmp_path / "another.onnx").write_bytes(b"two")
    assert identity("onnx", file) == first


def test_half_characters_become_replacement_characters_and_lengths_stay():
    texts = ["plain", "\ud800 half", "two \udfff\ud83d", "🙂"]
    assert readable(texts) == ["plain", "\ufffd half", "two \ufffd\ufffd", "🙂"]


@given(st.lists(st.integers(1, 6)), st.integers(1, 4))
def test_batches_hold_each_place_once_and_one_length_each(lengths, size):
    batches = list(equal_lengths(lengths, size=size))
    assert sorted(place for batch in batches for place in batch) == list(range(len(lengths)))
    for batch in batches:
        assert 1 <= len(batch) <= size
        assert len({lengths[place] for place in batch}) == 1


def test_texts_of_one_length_fill_their_batches():
    assert list(equal_lengths([2, 1, 2, 2], size=2)) == [[1], [0, 2], [3]]
