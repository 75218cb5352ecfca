"""What the loops over vectors are said to take is what they take."""

import re
from pathlib import Path

import pytest

import graphmem
from graphmem.rankers.kernel import kernel

SOURCE = (Path(graphmem.__file__).parent / "retrieve/turns/cosines.c").read_text()
DEFINED = dict(re.findall(r"^(?:WIDE )?void (\w+)\(([^)]*)\) \{", SOURCE, re.MULTILINE))


@pytest.mark.skipif(kernel() is None, reason="nobody compiled the loops")
@pytest.mark.parametrize("name", DEFINED)
def test_each_function_is_declared_with_all_it_takes(name: str) -> None:
    kinds = {"double": "c_double", "int64_t": "c_long"}
    taken = [
        "c_void_p" if "*" in one else kinds[one.split()[0]] for one in DEFINED[name].split(",")
    ]
    function = getattr(kernel(), name)
    assert [kind.__name__ for kind in function.argtypes] == taken
    assert function.restype is None
