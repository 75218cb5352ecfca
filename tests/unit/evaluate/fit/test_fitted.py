"""The shipped tables say which data they were fitted on."""

import json
from importlib.resources import files

from graphmem.evaluate.fit.fitted import fitted_data


def test_every_shipped_table_names_its_data():
    tables = [
        json.loads(path.read_text("utf-8"))
        for room in ("turns", "passages")
        for path in files(f"graphmem.retrieve.{room}").joinpath("tables").iterdir()
        if path.name.endswith(".json")
    ]
    named = {hash_ for table in tables for hash_ in table["data"]}
    assert all(table["data"] for table in tables)
    assert fitted_data() == named
