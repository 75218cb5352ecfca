"""`graphmem forget`: archive what matters least, or a subject; `--purge` erases it."""

from typing import Annotated

import typer

from graphmem.cli.edited import DryRunOption, print_edit
from graphmem.cli.options import (
    JsonOption,
    ScopeOption,
    StoreOption,
    console,
    day,
    print_json,
    shown,
)
from graphmem.errors import ConfigError, GraphmemError
from graphmem.memory import Memory
from graphmem.receipts import Erasure
from graphmem.text import how_many, visible

SHOWN = (
    "What searches have shown counts where it was written down: graphmem search --keep-shown, or "
    "memory.keep_shown() of an application."
)
LISTED = 20
"""Hashes that are printed; `--json` has all."""


def forget(
    keep: Annotated[
        float | None,
        typer.Option("--keep", help="Share of turns that stays. Default: an absolute cut."),
    ] = None,
    policy: Annotated[
        str, typer.Option(help="content; exponential, power_law: by age, which loses much more.")
    ] = "content",
    subject: Annotated[
        str | None, typer.Option("--subject", help="What this person said, or what names it.")
    ] = None,
    purge: Annotated[
        bool, typer.Option("--purge", help="Erase the subject for good, with a certificate.")
    ] = False,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Do not ask before a purge.")] = False,
    dry_run: DryRunOption = False,
    store: StoreOption = None,
    scope: ScopeOption = None,
    as_json: JsonOption = False,
) -> None:
    """Archive what matters least, out of search alone; or purge a subject."""
    if purge and subject is None:
        raise ConfigError("say whom or what to purge: --subject NAME --purge")
    if subject is not None and keep is not None:
        raise ConfigError("--subject and --keep are two ways to say what goes: give one")
    with Memory.open(store, scope=scope, must_exist=True) as memory:
        if purge and subject is not None:
            if not (yes or dry_run):
                count = len(memory.purge(subject, dry_run=True).erased)
                asked = (
                    f"Erase {how_many(count, 'episodes')} that tell of {visible(subject)} for good?"
                )
                typer.confirm(f"{asked} (--yes does not ask)", abort=True, err=True)
            _print_certificate(memory.purge(subject, dry_run=dry_run), as_json=as_json)
        else:
            edit = memory.forget(keep=keep, policy=policy, subject=subject, dry_run=dry_run)
            print_edit(memory, edit, as_json=as_json)
            if subject is None and not as_json:
                console(stderr=True).print(SHOWN, soft_wrap=True)


def _print_certificate(made: Erasure, *, as_json: bool) -> None:
    """Print what was erased. Raises GraphmemError if something of it is left."""
    if as_json:
        print_json(made)
    else:
        out = console()
        would = "would be erased" if made.is_dry_run else "erased"
        out.print(
            f"{how_many(len(made.erased), 'episodes')} {would} of {shown(made.subject)}",
            soft_wrap=True,
        )
        for one in made.erased[:LISTED]:
            out.print(f"  {one.id} sha256 {one.sha256[:16]}…", soft_wrap=True)
        if len(made.erased) > LISTED:
            out.print(f"  and {len(made.erased) - LISTED:,} more: type --json")
        if made.is_complete:
            out.print(f"nothing of it is left in store, search and files, {day(made.at)}")
    if made.left:
        raise GraphmemError(f"something of it is left: {'; '.join(made.left[:5])}")
    if made.is_compaction_due:
        raise GraphmemError("the file still holds its bytes; type: graphmem store compact")
