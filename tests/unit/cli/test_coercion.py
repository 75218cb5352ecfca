"""Options are taken as given without pydantic, and converted by Typer where they must be."""

import subprocess
import sys
from pathlib import Path
from typing import Annotated

import pytest
import typer
from typer.testing import CliRunner

from graphmem.cli.coercion import take_as_given

SEEN = []


def command(
    words: list[str],
    text: Annotated[str | None, typer.Option()] = None,
    many: Annotated[list[str] | None, typer.Option()] = None,
    number: Annotated[int, typer.Option(min=1)] = 5,
    file: Annotated[Path | None, typer.Option()] = None,
    flag: bool = False,
) -> None:
    SEEN.append((words, text, many, number, file, flag))


def run(*arguments: str, plain: bool):
    """Run the command, with or without taking values as given; return what it saw and printed."""
    SEEN.clear()
    application = typer.Typer()
    application.command()(command)
    made = typer.main.get_command(application)
    if plain:
        take_as_given(made)
    result = CliRunner().invoke(application, list(arguments)) if not plain else None
    if result is None:
        try:
            made.main(list(arguments), standalone_mode=False)
        except Exception as error:  # noqa: BLE001 - Click's, of whichever copy
            return type(error).__name__, str(error)
    return SEEN[0] if SEEN else result.exit_code


@pytest.mark.parametrize(
    "arguments",
    [
        ("a",),
        ("a", "b", "--text", "", "--flag"),
        ("a", "--many", "x", "--many", "y"),
        ("a", "--number", "3"),
        ("a", "--file", "x/y"),
        ("1", "--text", "12"),
    ],
)
def test_a_command_sees_what_typer_would_give_it(arguments: tuple[str, ...]) -> None:
    assert run(*arguments, plain=True) == run(*arguments, plain=False)


@pytest.mark.parametrize("arguments", [("a", "--number", "0"), ("a", "--number", "x"), ()])
def test_what_cannot_be_is_refused(arguments: tuple[str, ...]) -> None:
    name, _ = run(*arguments, plain=True)
    assert name in ("BadParameter", "MissingParameter")


def test_a_search_loads_neither_pydantic_nor_scipy_nor_what_only_writing_needs() -> None:
    code = (
        "import sys; sys.argv = ['graphmem', 'search', 'x', '--store', 'no.db', '--scope', 'a',"
        " '--json']\n"
        "from graphmem.cli import main\n"
        "try: main()\n"
        "except SystemExit: pass\n"
        "print(*sys.modules, file=sys.stderr)"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    loaded = set(ran.stderr.split())
    assert "graphmem.cli.search" in loaded
    heavy = {"pydantic", "scipy", "graphmem.ingest.write", "graphmem.rules.triples"}
    assert loaded & heavy == set()
