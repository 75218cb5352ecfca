"""The command `graphmem`: one file a command; an error is one line that names its cure, exit 1."""

import os
import sys

import typer
from rich.console import Console
from rich.markup import escape

from graphmem import __version__
from graphmem.cli import cypher, delete, doctor, evaluate, get, history, ingest, search, store
from graphmem.errors import GraphmemError

app = typer.Typer(
    name="graphmem",
    help="Long-term memory for applications that talk.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
app.command("ingest")(ingest.ingest)
app.command("search")(search.search)
app.command("get")(get.get)
app.command("history")(history.history)
app.command("delete")(delete.delete)
app.command("cypher")(cypher.cypher)
app.command("doctor")(doctor.doctor)
app.add_typer(store.app, name="store")
app.add_typer(evaluate.app, name="evaluate")


@app.callback(invoke_without_command=True)
def graphmem(
    version: bool = typer.Option(False, "--version", help="Print the version."),
) -> None:
    """Long-term memory for applications that talk."""
    if version:
        typer.echo(__version__)
        raise typer.Exit


def main() -> None:
    """Run the command line."""
    try:
        app()
    except GraphmemError as error:
        Console(stderr=True).print(f"[red]error:[/red] {escape(str(error))}", soft_wrap=True)
        sys.exit(1)
    except BrokenPipeError:  # the reader of a pipe had enough: `graphmem store dump | head`
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
