"""The command `graphmem`: one file a command; an error is one line that names its cure, exit 1."""

import os
import sys
from contextlib import suppress
from importlib import import_module
from io import StringIO, TextIOWrapper
from typing import Any, cast

import typer
from typer.core import TyperGroup

from graphmem import __version__
from graphmem.cli.options import console, shown
from graphmem.errors import ConfigError, GraphmemError
from graphmem.text import visible

USAGE_ERROR = cast("type[Exception]", typer.BadParameter.__mro__[2])
"""Click's `ClickException`: of the copy of Click that Typer carries, where it does."""

COMMANDS = {
    "ingest": "Remember files and folders; what is there already is left alone.",
    "search": "Print the notes that best answer QUESTION, best first, each with its reasons.",
    "get": "Print the records of these ids.",
    "history": "Print a note's origins and every change made to it, oldest first.",
    "delete": "Erase episodes, a session, or the whole scope, and all that came from them alone.",
    "cypher": "Ask a memory in Cypher. It only reads; `$scope` is the scope.",
    "doctor": "Check the installation and every record of the store; exit 1 if something is wrong.",
    "store": "Look at a store as a whole, move it.",
    "evaluate": "Measure search against its baselines.",
}
"""Each command's module in this folder, and the first line of its help."""

_STYLE: dict[str, Any] = {
    "add_completion": False,
    "pretty_exceptions_enable": False,
    "rich_markup_mode": None,
}


class _Commands(TyperGroup):
    """Loads the module of a command when it is run; `--help` needs none of them."""

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """Return the name of the command that the arguments begin with, itself, and the rest."""
        name, _, rest = super().resolve_command(ctx, args)
        return name, command_named(str(name)), rest


def command_named(name: str) -> Any:
    """Import one of COMMANDS, and return it with its options, or with its subcommands."""
    module = import_module(f"graphmem.cli.{name}")
    alone = typer.Typer(**_STYLE)
    if hasattr(module, "app"):
        alone.add_typer(module.app, name=name)
        group: Any = typer.main.get_command(alone)
        return group.commands[name]
    alone.command(name)(getattr(module, name))
    return typer.main.get_command(alone)


app = typer.Typer(
    name="graphmem",
    help="Long-term memory for applications that talk.",
    cls=_Commands,
    no_args_is_help=True,
    **_STYLE,
)
for _name, _help in COMMANDS.items():
    app.command(_name, help=_help)(lambda: None)


@app.callback(invoke_without_command=True)
def graphmem(
    version: bool = typer.Option(False, "--version", help="Print the version."),
) -> None:
    """Long-term memory for applications that talk."""
    if version:
        typer.echo(__version__)
        raise typer.Exit


def main() -> None:
    """Run the command line, and end the process with its exit status.

    What the outside world gets wrong is one line: an error of graphmem's, an argument or a name
    that is no UTF-8, an output that cannot be written. All else is a fault, and has a traceback.
    """
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")  # a terminal may know few characters
    try:
        _check_arguments(sys.argv[1:])
        status = app(standalone_mode=False)
        sys.stdout.flush()
    except USAGE_ERROR as error:
        sys.exit(_usage(error))
    except typer.Abort:
        sys.exit(_failed("stopped"))
    except GraphmemError as error:
        sys.exit(_failed(str(error)))
    except BrokenPipeError:  # the reader of a pipe had enough: `graphmem store dump | head`
        _let_go_of_output()
        sys.exit(0)
    except UnicodeError as error:
        sys.exit(_failed(f"a name or an argument is no UTF-8: {error}"))
    except OSError as error:
        _let_go_of_output()
        where = f"{error.filename}: " if error.filename else ""
        sys.exit(_failed(f"{where}{error.strerror or error}"))
    sys.exit(status if isinstance(status, int) else 0)


def _check_arguments(arguments: list[str]) -> None:
    """Raise ConfigError for bytes that are no UTF-8, but where they name a file that is there."""
    if sys.stdout is None:
        raise ConfigError("the standard output is closed; send it to a file or to /dev/null")
    for place, argument in enumerate(arguments, 1):
        is_text = not any("\ud800" <= character <= "\udfff" for character in argument)
        if not is_text and not os.path.lexists(argument):
            raise ConfigError(f"argument {place} is no UTF-8: {argument!a}")


def _usage(error: Any) -> int:
    """Print what is wrong with the options, and how they are used; return the exit status."""
    said = StringIO()
    error.show(file=said)
    if sys.stderr is not None:
        sys.stderr.write(visible(said.getvalue()))
    return int(error.exit_code)


def _failed(message: str) -> int:
    """Print an error on one line, and return the exit status."""
    if sys.stderr is not None:
        with suppress(OSError):
            line = " ".join(message.splitlines())
            console(stderr=True).print(f"[red]error:[/red] {shown(line)}", soft_wrap=True)
    return 1


def _let_go_of_output() -> None:
    """Have what is still unwritten go nowhere: Python tries once more when it ends."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
