"""The list of commands: each is there, the help is printed from it alone, nothing is loaded."""

import subprocess
import sys

import pytest
import typer

from graphmem.cli.app import app, command_named
from graphmem.cli.commands import COMMANDS, FIRST, usage

HEAVY = ("typer", "rich", "click", "numpy", "scipy", "sqlite3", "orjson", "Stemmer", "pydantic")


def modules_after(*arguments: str) -> set[str]:
    """Return the top names of what a run of the command has imported."""
    code = (
        "import sys; sys.argv[1:] = sys.argv[2:]\n"
        "from graphmem.cli import main\n"
        "try: main()\n"
        "except SystemExit: pass\n"
        "print(*{name.partition('.')[0] for name in sys.modules}, file=sys.stderr)"
    )
    ran = subprocess.run(
        [sys.executable, "-c", code, "graphmem", *arguments],
        capture_output=True,
        text=True,
        check=True,
    )
    return set(ran.stderr.split())


def test_every_command_is_listed_with_the_first_line_of_its_own_help() -> None:
    group = typer.main.get_command(app)
    context = typer.Context(group)
    for name, line in COMMANDS.items():
        _, command, _ = group.resolve_command(context, [name])
        assert command.help.splitlines()[0] == line
        assert f"  {name} " in usage()
        assert command_named(name).name == name


@pytest.mark.parametrize("arguments", [(), ("--help",), ("--version",)])
def test_the_help_imports_nothing_but_the_list(arguments: tuple[str, ...]) -> None:
    assert modules_after(*arguments).isdisjoint(HEAVY)


def test_without_arguments_it_is_said_what_to_type_first() -> None:
    ran = subprocess.run(
        [sys.executable, "-m", "graphmem"], capture_output=True, text=True, check=False
    )
    assert ran.returncode == 0
    assert FIRST in ran.stdout
