"""`graphmem search QUESTION`: the notes that answer, best first, and why."""

from typing import Annotated, Any

import typer
from rich.table import Table

from graphmem.answers import Hit
from graphmem.cli.filters import (
    AsOfOption,
    KindOption,
    ScopesOption,
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
from graphmem.ingest import parse_as_of
from graphmem.memory import Memory
from graphmem.text import clip


def search(
    question: Annotated[
        list[str],
        typer.Argument(metavar="QUESTION...", help="What you want to know; needs no quotes."),
    ],
    k: Annotated[int, typer.Option("--k", "-k", help="How many notes.", min=1)] = 5,
    as_of: AsOfOption = None,
    since: SinceOption = None,
    until: UntilOption = None,
    speaker: SpeakerOption = None,
    session: SessionOption = None,
    kind: KindOption = None,
    where: WhereOption = None,
    scopes: ScopesOption = None,
    retriever: Annotated[str, typer.Option(help="walk or pagerank.")] = "walk",
    explain: Annotated[
        bool, typer.Option("--explain", help="Print each hit's full text and paths.")
    ] = False,
    store: StoreOption = None,
    scope: ScopeOption = None,
    as_json: JsonOption = False,
) -> None:
    """Print the notes that best answer QUESTION, best first, each with its reasons."""
    asked = " ".join(question)
    moment = parse_as_of(as_of) if as_of else None
    with Memory.open(store, scope=scope, must_exist=True) as memory:
        hits = memory.search(
            asked,
            k=k,
            as_of=moment,
            since=since,
            until=until,
            speaker=speaker,
            session=session,
            kind=kind,
            where=where,
            scopes=scopes,
            retriever=retriever,
        )
    if as_json:
        print_json(
            {
                "question": asked,
                "as_of": moment.isoformat() if moment else None,
                "hits": [hit_object(hit) for hit in hits],
            }
        )
    elif not hits:
        console().print("nothing in this memory answers that")
    elif explain:
        print_explained(hits)
    else:
        print_hits(hits)


def hit_object(hit: Hit) -> dict[str, Any]:
    """Return a hit as the object that `--json` prints."""
    return {
        "rank": hit.rank,
        "score": hit.score,
        "kind": hit.note.kind,
        "note": hit.note.id,
        "text": hit.note.text,
        "episodes": [
            {
                "id": episode.id,
                "source_id": episode.source_id,
                "session": session.name,
                "speaker": episode.speaker,
                "said_at": episode.said_at,
            }
            for episode, session in zip(hit.episodes, hit.sessions, strict=True)
        ],
        "why": list(hit.why),
    }


def print_hits(hits: list[Hit]) -> None:
    """Print hits as a table: rank, score, who and when, what, why."""
    table = Table(show_lines=True, expand=True)
    table.add_column("", justify="right", width=2)
    table.add_column("score", justify="right", width=6)
    table.add_column("who, when", width=20)
    table.add_column("memory", ratio=3)
    table.add_column("why", ratio=2, style="dim")
    for hit in hits:
        table.add_row(
            str(hit.rank),
            f"{hit.score:.2f}",
            shown("\n".join(_origin(hit))),
            shown(clip(hit.note.text, 320)),
            shown("\n".join(hit.why)),
        )
    console().print(table)


def print_explained(hits: list[Hit]) -> None:
    """Print hits one under the other, whole, with the paths that reached them."""
    out = console()
    for hit in hits:
        origin = shown(" · ".join(_origin(hit)))
        out.print(f"[bold]{hit.rank}. {hit.score:.3f}[/bold]  {origin}  {hit.note.id}")
        out.print(f"   {shown(hit.note.text)}")
        for reason in hit.why:
            out.print(f"   [dim]· {shown(reason)}[/dim]")
        for path in hit.paths:
            out.print(f"   [dim]→ {shown(path.text)}  ({path.score:.3f})[/dim]")
        out.print(f"   [dim]{shown(hit.note.context)}[/dim]\n")


def _origin(hit: Hit) -> list[str]:
    """Return who said it, when if that is known, and where it stands in its source."""
    who = hit.note.title or hit.note.speaker or hit.note.kind
    names = ", ".join(
        f"{session.name} {episode.source_id}"
        for episode, session in zip(hit.episodes[:1], hit.sessions[:1], strict=True)
    )
    when = [day(hit.note.said_at)] if hit.note.said_at else []
    return [who, *when, names]
