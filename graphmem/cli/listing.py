"""`graphmem list | count | sessions | speakers | stats | scopes`: a memory without a question."""

from contextlib import closing
from typing import Annotated

import typer

from graphmem.cli.filters import (
    ArchivedOption,
    AsOfOption,
    KindOption,
    SessionOption,
    SinceOption,
    SpeakerOption,
    UntilOption,
    WhereOption,
)
from graphmem.cli.options import (
    JsonOption,
    ScopeOption,
    StoreOption,
    console,
    day,
    print_json,
    shown,
)
from graphmem.cli.receipt import print_imports
from graphmem.cli.tables import print_table
from graphmem.config import Settings, scope_of
from graphmem.memory import Memory
from graphmem.registry import open_store
from graphmem.text import clip
from graphmem.types import Scope

TEXT = 300
"""Characters of a note that a list shows."""


def list_(
    since: SinceOption = None,
    until: UntilOption = None,
    speaker: SpeakerOption = None,
    session: SessionOption = None,
    kind: KindOption = None,
    where: WhereOption = None,
    archived: ArchivedOption = False,
    as_of: AsOfOption = None,
    order: Annotated[str, typer.Option(help="oldest or newest first.")] = "oldest",
    after: Annotated[
        str | None, typer.Option("--after", help="Go on behind: what the last page printed.")
    ] = None,
    limit: Annotated[int, typer.Option("--limit", "-n", help="How many notes.", min=1)] = 20,
    store: StoreOption = None,
    scope: ScopeOption = None,
    as_json: JsonOption = False,
) -> None:
    """Print the turns and passages, all or those that pass the filters."""
    with Memory.open(store, scope=scope, must_exist=True) as memory:
        page = memory.list(
            since=since,
            until=until,
            speaker=speaker,
            session=session,
            kind=kind,
            where=where,
            archived=archived,
            as_of=as_of,
            order=order,
            after=after,
            limit=limit,
        )
    if as_json:
        print_json({"notes": page.notes, "after": page.after})
        return
    out = console()
    for note in page:
        who = note.title or note.speaker or note.kind
        out.print(f"[bold]{shown(who)}[/bold], {day(note.said_at)}  [dim]{note.id}[/dim]")
        out.print(f"  {shown(clip(note.text, TEXT))}")
    if not page:
        out.print("nothing passes")
    if page.after:
        out.print(f"[dim]more: --after {page.after}[/dim]", soft_wrap=True)


def count(
    since: SinceOption = None,
    until: UntilOption = None,
    speaker: SpeakerOption = None,
    session: SessionOption = None,
    kind: KindOption = None,
    where: WhereOption = None,
    archived: ArchivedOption = False,
    as_of: AsOfOption = None,
    store: StoreOption = None,
    scope: ScopeOption = None,
    as_json: JsonOption = False,
) -> None:
    """Print how many turns and passages there are, or pass the filters."""
    with Memory.open(store, scope=scope, must_exist=True) as memory:
        number = memory.count(
            since=since,
            until=until,
            speaker=speaker,
            session=session,
            kind=kind,
            where=where,
            archived=archived,
            as_of=as_of,
        )
    if as_json:
        print_json({"count": number})
    else:
        console().print(f"{number:,}")


def sessions(
    store: StoreOption = None, scope: ScopeOption = None, as_json: JsonOption = False
) -> None:
    """Print the sessions, the earliest first: how much was said, by whom, when."""
    with Memory.open(store, scope=scope, must_exist=True) as memory:
        found = memory.sessions()
    if as_json:
        print_json(found)
        return
    print_table(
        ("session", "notes", "first", "last", "speakers"),
        (
            (
                "/".join(filter(None, (one.session.collection, one.session.name))),
                one.notes,
                day(one.first),
                day(one.last),
                ", ".join(one.speakers),
            )
            for one in found
        ),
    )


def speakers(
    store: StoreOption = None, scope: ScopeOption = None, as_json: JsonOption = False
) -> None:
    """Print who speaks, who says most first."""
    with Memory.open(store, scope=scope, must_exist=True) as memory:
        found = memory.speakers()
    if as_json:
        print_json(found)
        return
    print_table(
        ("speaker", "notes", "sessions", "first", "last"),
        ((one.name, one.notes, one.sessions, day(one.first), day(one.last)) for one in found),
    )


def stats(
    store: StoreOption = None, scope: ScopeOption = None, as_json: JsonOption = False
) -> None:
    """Print how much one scope holds; `graphmem store stats`: every scope."""
    with Memory.open(store, scope=scope, must_exist=True) as memory:
        found = memory.stats()
    if as_json:
        print_json(found)
        return
    print_table(
        ("what", "how much"),
        (
            ("scope", found.scope),
            ("said", f"{day(found.first)} to {day(found.last)}"),
            ("turns, passages", f"{found.turns:,}, {found.passages:,}"),
            ("sessions, speakers", f"{found.sessions:,}, {found.speakers:,}"),
            ("entities, facts", f"{found.entities:,}, {found.facts:,}"),
            ("notes of all kinds", found.notes),
            ("changes", found.changes),
            ("deleted", found.deleted),
            ("encoder", found.encoder),
            ("bytes of the store", found.bytes),
        ),
    )
    print_imports(found.imports)


def scopes(
    store: StoreOption = None, scope: ScopeOption = None, as_json: JsonOption = False
) -> None:
    """Print the scopes of a store; with --scope those of its user: `ana`, `ana/helper`."""
    settings = Settings.here()
    with closing(open_store(store or settings.store, must_exist=True)) as opened:
        found = [Scope.parse(key) for key in opened.scopes()]
    if scope is not None:
        user = scope_of(scope, settings).user
        found = [one for one in found if one.user == user]
    if as_json:
        print_json([one.key for one in found])
        return
    for one in found:
        console().print(shown(one.key))
