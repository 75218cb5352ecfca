"""The commands as one Typer application, each imported when it is run; their usage errors."""

import sys
from importlib import import_module
from io import StringIO
from typing import Any, cast

import typer
from typer.core import TyperGroup

from graphmem.cli.coercion import take_as_given
from graphmem.cli.commands import COMMANDS, HOMES, usage
from graphmem.cli.options import print_error
from graphmem.errors import GraphmemError
from graphmem.text import visible

USAGE_ERROR = cast("type[Exception]", typer.BadParameter.__mro__[2])
"""Click's `ClickException`: of the copy of Click that Typer carries, where it does."""

_STYLE: dict[str, Any] = {"pretty_exceptions_enable": False, "rich_markup_mode": None}


class _Commands(TyperGroup):
    """Loads the module of a command when it is run; `--help` needs none of them."""

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """Return the name of the command that the arguments begin with, itself, and the rest."""
        name, _, rest = super().resolve_command(ctx, args)
        return name, command_named(str(name)), rest

    def get_help(self, ctx: Any) -> str:
        """Return the one help of `graphmem` that there is."""
        return usage()


def command_named(name: str) -> Any:
    """Import one of COMMANDS, and return it with its options, or with its subcommands."""
    command = _imported(name)
    take_as_given(command)
    return command


def _imported(name: str) -> Any:
    attribute = name.replace("-", "_")
    module = import_module(f"graphmem.cli.{HOMES.get(name, attribute)}")
    alone = typer.Typer(add_completion=False, **_STYLE)
    if hasattr(module, "app"):
        alone.add_typer(module.app, name=name)
        group: Any = typer.main.get_command(alone)
        return group.commands[name]
    function = getattr(module, attribute, None) or getattr(module, f"{attribute}_")
    alone.command(name)(function)
    return typer.main.get_command(alone)


app = typer.Typer(name="graphmem", cls=_Commands, no_args_is_help=True, **_STYLE)
for _name, _help in COMMANDS.items():
    app.command(_name, help=_help)(lambda: None)


@app.callback()
def graphmem() -> None:
    """Long-term memory for applications that talk."""


def run(arguments: list[str]) -> int:
    """Run the command that the arguments name; return the exit status.

    What is wrong with the options is printed with how they are used. Raises GraphmemError
    if a person stops it or says no, and whatever the command raises.
    """
    group: Any = typer.main.get_command(app)
    take_as_given(group)
    try:
        status = group.main(arguments, prog_name="graphmem", standalone_mode=False)
    except USAGE_ERROR as error:
        return _usage_error(error)
    except typer.Abort:
        raise GraphmemError("stopped") from None
    return status if isinstance(status, int) else 0


def _usage_error(error: Any) -> int:
    """Print what is wrong with the options, and how they are used; return the exit status."""
    said = StringIO()
    error.show(file=said)
    if "--json" in sys.argv[1:]:
        print_error(error.format_message(), USAGE_ERROR)
    if sys.stderr is not None:
        sys.stderr.write(visible(said.getvalue()))
    return int(error.exit_code)
