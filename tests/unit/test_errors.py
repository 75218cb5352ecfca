"""The exception tree as it is drawn, and as it is."""

import ast
import builtins
import inspect
import re
from pathlib import Path

import pytest

from graphmem import errors
from graphmem.errors import GraphmemError
from tests.conftest import ROOT

CLASSES = {
    name: value
    for name, value in vars(errors).items()
    if isinstance(value, type) and issubclass(value, Exception)
}
HERE = (
    ROOT / "graphmem" / "errors.py",
    ROOT / "graphmem" / "__init__.py",
    ROOT / "graphmem" / "server" / "refused.py",  # a status of HTTP, and no caller's in Python
)
EXCEPTIONS = {
    name
    for name, value in vars(builtins).items()
    if isinstance(value, type) and issubclass(value, BaseException)
}


def drawn() -> dict[str, tuple[str | None, bool]]:
    """Return each name of the drawing with the name that it stands under and whether transient."""
    tree: dict[str, tuple[str | None, bool]] = {}
    above: list[tuple[int, str]] = []
    for indent, name, rest in re.findall(r"^( *)(?:- )?(\w+Error)\b(.*)$", errors.__doc__, re.M):
        while above and above[-1][0] >= len(indent):
            above.pop()
        tree[name] = (above[-1][1] if above else None, "(transient)" in rest)
        above.append((len(indent), name))
    return tree


def bases_of(path: Path) -> dict[str, set[str]]:
    """Return the classes that a file defines, each with the last names of its bases."""
    return {
        node.name: {base for base in map(last_name, node.bases) if base}
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.ClassDef)
    }


def last_name(base: ast.expr) -> str:
    return getattr(base, "attr", getattr(base, "id", ""))


def test_the_drawn_tree_is_the_tree_of_the_classes() -> None:
    actual = {
        name: (kind.__base__.__name__ if kind is not GraphmemError else None, kind.transient)
        for name, kind in CLASSES.items()
    }
    assert drawn() == actual


def test_no_other_module_defines_an_exception_that_a_caller_could_meet() -> None:
    known = EXCEPTIONS | set(CLASSES)
    elsewhere = [
        f"{path.relative_to(ROOT)}: {name}"
        for path in sorted((ROOT / "graphmem").rglob("*.py"))
        if path not in HERE
        for name, bases in bases_of(path).items()
        if bases & known and not name.startswith("_")  # a private one stays in its module
    ]
    assert elsewhere == []


@pytest.mark.parametrize("name", sorted(set(CLASSES) - {"GraphmemError"}))
def test_every_error_says_when_it_arises_and_arises_somewhere(name: str) -> None:
    assert (inspect.getdoc(CLASSES[name]) or "").startswith("Raised when")
    users = [
        path
        for path in (ROOT / "graphmem").rglob("*.py")
        if path not in HERE and re.search(rf"\b{name}\(|raise {name}\b", path.read_text("utf-8"))
    ]
    assert users, f"nothing raises {name}"
