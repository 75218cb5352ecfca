"""The page of settings has every field of `Settings`, its variable, and its default."""

import re
import tomllib
from dataclasses import fields

from graphmem.config import PREFIX, TABLES, Settings
from tests.conftest import ROOT

PAGE = (ROOT / "docs" / "settings.md").read_text("utf-8")
ROWS = re.findall(r"^\| `(\w+)` \| `?([^|`]+)`? \| `?([^|`]+)`? \| (.+) \|$", PAGE, re.M)


def test_every_setting_has_a_row_with_its_variable_and_default() -> None:
    written = {None: "not set", (): "none", True: "true"}
    wanted = [
        (
            field.name,
            "in the file alone" if field.name in TABLES else PREFIX + field.name.upper(),
            written.get(field.default, str(field.default)),
        )
        for field in fields(Settings)
    ]
    assert [(name, variable, default) for name, variable, default, _ in ROWS] == wanted


def test_the_file_on_the_page_is_read_as_it_stands(tmp_path) -> None:
    (shown,) = re.findall(r"^```toml\n(.*?)^```", PAGE, re.M | re.S)
    (tmp_path / "graphmem.toml").write_text(shown)
    settings = Settings.load(tmp_path, {"GRAPHMEM_SCOPE": "ben", "GRAPHMEM_ENCODER": ""})
    assert (settings.scope, settings.encoder) == ("ben", tomllib.loads(shown)["encoder"])
