"""The command `graphmem`: one file a command; an error is one line that names its cure, exit 1."""

import os
import sys
from contextlib import suppress
from io import TextIOWrapper

from graphmem import __version__
from graphmem.cli.commands import usage
from graphmem.errors import ConfigError, GraphmemError

COMPLETING = "_GRAPHMEM_COMPLETE"
"""The variable by which a shell asks for completions instead of a run."""


def main() -> None:
    """Run the command line, and end the process with its exit status.

    What the outside world gets wrong is one line: an error of graphmem's, an argument or a name
    that is no UTF-8, an output that cannot be written. With `--json` it is an object as well, on
    the standard output. All else is a fault, and has a traceback.
    """
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")  # a terminal may know few characters
    try:
        _check_arguments(sys.argv[1:])
        status = _run(sys.argv[1:])
        sys.stdout.flush()
    except GraphmemError as error:
        sys.exit(_failed(str(error), type(error)))
    except BrokenPipeError:  # the reader of a pipe had enough: `graphmem store dump | head`
        _let_go_of_output()
        sys.exit(0)
    except UnicodeError as error:
        sys.exit(_failed(f"a name or an argument is no UTF-8: {error}", UnicodeError))
    except OSError as error:
        _let_go_of_output()
        where = f"{error.filename}: " if error.filename else ""
        sys.exit(_failed(f"{where}{error.strerror or error}", OSError))
    sys.exit(status)


def _run(arguments: list[str]) -> int:
    """Print what needs no command, or run one; return the exit status."""
    if COMPLETING not in os.environ:
        if not arguments or arguments[0] == "--help":
            sys.stdout.write(usage())
            return 0
        if arguments[0] == "--version":
            sys.stdout.write(f"{__version__}\n")
            return 0
    from graphmem.cli import app  # Typer takes longer than all of the above

    return app.run(arguments)


def _check_arguments(arguments: list[str]) -> None:
    """Raise ConfigError for bytes that are no UTF-8, but where they name a file that is there."""
    if sys.stdout is None:
        raise ConfigError("the standard output is closed; send it to a file or to /dev/null")
    for place, argument in enumerate(arguments, 1):
        is_text = not any("\ud800" <= character <= "\udfff" for character in argument)
        if not is_text and not os.path.lexists(argument):
            raise ConfigError(f"argument {place} is no UTF-8: {argument!a}")


def _failed(message: str, kind: type[Exception]) -> int:
    """Print an error on one line, for a program as JSON too; return the exit status."""
    from graphmem.cli.options import console, print_error, shown

    line = " ".join(message.splitlines())
    with suppress(OSError, ValueError):
        if "--json" in sys.argv[1:]:
            print_error(line, kind)
            sys.stdout.flush()
    if sys.stderr is not None:
        with suppress(OSError):
            console(stderr=True).print(f"[red]error:[/red] {shown(line)}", soft_wrap=True)
    return 1


def _let_go_of_output() -> None:
    """Have what is still unwritten go nowhere: Python tries once more when it ends."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
