"""`graphmem consolidate`: topic and insight notes over sessions, one run that can be taken back."""

from typing import Annotated

import typer

from graphmem.cli.edited import DryRunOption
from graphmem.cli.options import JsonOption, ScopeOption, StoreOption, console, print_json, shown
from graphmem.memory import Memory
from graphmem.text import clip, how_many

LISTED = 20
"""Notes that are printed; `--json` has all."""


ThemesOption = Annotated[
    bool,
    typer.Option("--themes", help="Write themes too: things spoken of together (extra igraph)."),
]


def consolidate(
    dry_run: DryRunOption = False,
    themes: ThemesOption = False,
    store: StoreOption = None,
    scope: ScopeOption = None,
    as_json: JsonOption = False,
) -> None:
    """Write topic and insight notes over sessions, each with its turns."""
    with Memory.open(store, scope=scope, must_exist=True) as memory:
        made = memory.consolidate(themes=themes, dry_run=dry_run)
    if as_json:
        print_json(made)
        return
    out = console()
    for note in made.added[:LISTED]:
        out.print(f"[bold]{shown(note.context)}[/bold] [dim]{note.id}[/dim]", soft_wrap=True)
        for line in note.text.splitlines():
            out.print(f"  {shown(clip(line, 200))}")
    if len(made.added) > LISTED:
        out.print(f"and {len(made.added) - LISTED:,} more: type --json")
    out.print(f"{how_many(len(made.added), 'notes')}, {len(made.changes):,} earlier ones give way")
    if made.is_dry_run:
        out.print("a dry run: nothing was written")
    elif made.added or made.changes:
        out.print(f"take it back: graphmem undo {made.run_id}", soft_wrap=True)
