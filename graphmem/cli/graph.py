"""`graphmem entities | facts | timeline | neighbourhood`: the graph without a question."""

from typing import Annotated

import typer

from graphmem.cli.options import (
    JsonOption,
    ScopeOption,
    StoreOption,
    console,
    day,
    print_json,
    shown,
)
from graphmem.cli.tables import print_table
from graphmem.memory import Memory
from graphmem.overview import Neighbourhood
from graphmem.text import clip
from graphmem.told import told_fact

TEXT = 200
"""Characters of a note that a line shows."""
LimitOption = Annotated[int, typer.Option("--limit", "-n", help="At most that many.", min=1)]


def entities(
    name: Annotated[
        list[str] | None, typer.Argument(metavar="[NAME...]", help="Part of a name.")
    ] = None,
    limit: LimitOption = 50,
    store: StoreOption = None,
    scope: ScopeOption = None,
    as_json: JsonOption = False,
) -> None:
    """Print what the notes name, what most name first; with NAME only what has it."""
    with Memory.open(store, scope=scope, must_exist=True) as memory:
        found = memory.entities(" ".join(name) if name else None)[:limit]
    if as_json:
        print_json(found)
        return
    print_table(
        ("name", "episodes", "also", "kinds", "id"),
        (
            (one.name, len(one.origins), ", ".join(one.aliases), ", ".join(one.kinds), one.id)
            for one in found
        ),
    )


def facts(
    subject: Annotated[str | None, typer.Option("--subject", help="Of this one.")] = None,
    relation: Annotated[str | None, typer.Option("--relation", help="`works at`.")] = None,
    object_: Annotated[str | None, typer.Option("--object", help="With this one.")] = None,
    limit: LimitOption = 50,
    store: StoreOption = None,
    scope: ScopeOption = None,
    as_json: JsonOption = False,
) -> None:
    """Print the facts that notes state, by when they began."""
    with Memory.open(store, scope=scope, must_exist=True) as memory:
        found = memory.facts(subject=subject, relation=relation, object=object_)[:limit]
    if as_json:
        print_json(found)
        return
    print_table(
        ("fact", "from", "until", "notes"),
        (
            (
                told_fact(one),
                day(one.valid_from) if one.valid_from else "",
                day(one.valid_until) if one.valid_until else "",
                ", ".join(one.notes),
            )
            for one in found
        ),
    )


def timeline(
    entity: Annotated[list[str], typer.Argument(metavar="ENTITY...", help="A name or an id.")],
    limit: LimitOption = 50,
    store: StoreOption = None,
    scope: ScopeOption = None,
    as_json: JsonOption = False,
) -> None:
    """Print the notes that tell of an entity in order of time, with their facts."""
    with Memory.open(store, scope=scope, must_exist=True) as memory:
        found = memory.timeline(" ".join(entity))[:limit]
    if as_json:
        print_json(found)
        return
    out = console()
    for one in found:
        who = one.note.title or one.note.speaker or one.note.kind
        over = " [dim](until then)[/dim]" if one.note.valid_until else ""
        out.print(f"{day(one.said_at)}  [bold]{shown(who)}[/bold]{over}")
        out.print(f"  {shown(clip(one.note.text, TEXT))}")
        for fact in one.facts:
            out.print(f"  [dim]· {shown(told_fact(fact))}[/dim]")


def neighbourhood(
    id_: Annotated[str, typer.Argument(metavar="ID", help="Of a note, entity, fact, session.")],
    depth: Annotated[int, typer.Option("--depth", "-d", help="Steps.", min=0)] = 1,
    limit: LimitOption = 50,
    store: StoreOption = None,
    scope: ScopeOption = None,
    as_json: JsonOption = False,
) -> None:
    """Print what is around a record: what it names, stands beside, is linked to."""
    with Memory.open(store, scope=scope, must_exist=True) as memory:
        found = memory.neighbourhood(id_, depth, limit=limit)
    if as_json:
        print_json(found)
    else:
        _print_around(found)


def _print_around(found: Neighbourhood) -> None:
    out = console()
    texts = {node.id: clip(node.text, 60) for node in found.nodes}
    for node in found.nodes:
        indent = "  " * node.distance
        out.print(f"{indent}[bold]{node.kind}[/bold] {shown(clip(node.text, TEXT))}", end=" ")
        out.print(f"[dim]{node.id}[/dim]")
    for edge in found.edges:
        line = f"{texts[edge.source]} — {edge.kind} → {texts[edge.target]}"
        out.print(f"[dim]{shown(line)}[/dim]")
    if found.left_out:
        out.print(f"{found.left_out:,} more are as near: type --limit")
