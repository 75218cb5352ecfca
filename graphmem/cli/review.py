"""`graphmem review`: what may have changed, both statements side by side, for a person to say."""

import sys
from collections.abc import Callable
from typing import Annotated

import typer

from graphmem.changes import Edit
from graphmem.cli.edited import DryRunOption, ReasonOption, because, print_edit
from graphmem.cli.options import JsonOption, ScopeOption, StoreOption, console, print_json, shown
from graphmem.cli.quoted import quoted
from graphmem.evolve import Doubt
from graphmem.memory import Memory

app = typer.Typer(help="Say of statements that may have changed whether they have: keys 1 to 4.")

DoubtArgument = Annotated[
    str, typer.Argument(metavar="ID", help="As `graphmem review list` prints it.")
]


@app.callback(invoke_without_command=True)
def review(context: typer.Context, store: StoreOption = None, scope: ScopeOption = None) -> None:
    """Say of statements that may have changed whether they have: keys 1 to 4."""
    if context.invoked_subcommand is not None:
        return
    if not sys.stdin.isatty():
        list_(store, scope)
        return
    with Memory.open(store, scope=scope, must_exist=True) as memory:
        for doubt in memory.doubts():
            _print(doubt)
            if not _answered(memory, doubt):
                break


@app.command("list")
def list_(
    store: StoreOption = None, scope: ScopeOption = None, as_json: JsonOption = False
) -> None:
    """Print the statements that a newer one may have replaced."""
    with Memory.open(store, scope=scope, must_exist=True) as memory:
        found = memory.doubts()
    if as_json:
        print_json(found)
        return
    for doubt in found:
        _print(doubt)
    console().print(
        "graphmem review accept|reject|both ID" if found else "nothing waits for your word"
    )


@app.command()
def accept(
    id_: DoubtArgument,
    reason: ReasonOption = None,
    dry_run: DryRunOption = False,
    store: StoreOption = None,
    scope: ScopeOption = None,
    as_json: JsonOption = False,
) -> None:
    """Let the newer statement take the older one's place, which is found as of before."""
    with Memory.open(store, scope=scope, must_exist=True) as memory:
        edit = memory.accept(id_, dry_run=dry_run, **because(reason))
        print_edit(memory, edit, as_json=as_json)


@app.command()
def reject(
    id_: DoubtArgument,
    reason: ReasonOption = None,
    dry_run: DryRunOption = False,
    store: StoreOption = None,
    scope: ScopeOption = None,
    as_json: JsonOption = False,
) -> None:
    """Say that the two are not about the same; no rule links them so again."""
    with Memory.open(store, scope=scope, must_exist=True) as memory:
        edit = memory.reject(id_, dry_run=dry_run, **because(reason))
        print_edit(memory, edit, as_json=as_json)


@app.command()
def both(
    id_: DoubtArgument,
    reason: ReasonOption = None,
    dry_run: DryRunOption = False,
    store: StoreOption = None,
    scope: ScopeOption = None,
    as_json: JsonOption = False,
) -> None:
    """Say that both statements are true."""
    with Memory.open(store, scope=scope, must_exist=True) as memory:
        edit = memory.keep_both(id_, dry_run=dry_run, **because(reason))
        print_edit(memory, edit, as_json=as_json)


def _print(doubt: Doubt) -> None:
    out = console()
    out.print(f"[bold]{shown(doubt.kind)}[/bold] {doubt.id}  [dim]{shown(doubt.reason)}[/dim]")
    out.print(f"  {shown(quoted(doubt.old))}", soft_wrap=True)
    out.print(f"  {shown(quoted(doubt.new))}", soft_wrap=True)


def _answered(memory: Memory, doubt: Doubt) -> bool:
    """Do what the pressed key says; False: stop asking."""
    verbs: dict[str, Callable[[str], Edit]] = {
        "1": memory.accept, "2": memory.keep_both, "3": memory.reject,
    }  # fmt: skip
    out = console()
    out.print("  1 the newer replaces it  2 both are true  3 not the same thing  4 later  q stop")
    while (key := typer.getchar()) not in (*verbs, "4", "q"):
        continue
    if key in verbs:
        edit = verbs[key](doubt.id)
        out.print(f"  done; take it back: graphmem undo {edit.run_id}")
    return key != "q"
