"""`graphmem search QUESTION`: the notes that answer, best first, and why."""

from typing import Annotated

import typer

from graphmem.answers import Hits
from graphmem.cli.asking import AfterOption, AnyTimeOption, AskerOption, TimezoneOption
from graphmem.cli.filters import (
    ArchivedOption,
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
    print_json,
    shown,
)
from graphmem.config import Settings
from graphmem.dates.zones import zone_of
from graphmem.ingest import parse_as_of
from graphmem.memory import Memory


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
    archived: ArchivedOption = False,
    scopes: ScopesOption = None,
    asker: AskerOption = None,
    after: AfterOption = None,
    timezone: TimezoneOption = None,
    any_time: AnyTimeOption = False,
    min_score: Annotated[
        float | None,
        typer.Option(
            "--min-score",
            help="Leave out what is less likely to hold evidence, 0 to 1; 0: leave out nothing.",
            min=0.0,
            max=1.0,
        ),
    ] = None,
    retriever: Annotated[str, typer.Option(help="walk or pagerank.")] = "walk",
    explain: Annotated[
        bool, typer.Option("--explain", help="Print each hit's full text and paths.")
    ] = False,
    keep_shown: Annotated[
        bool,
        typer.Option("--keep-shown", help="Write down what was shown: `forget` keeps it longer."),
    ] = False,
    store: StoreOption = None,
    scope: ScopeOption = None,
    as_json: JsonOption = False,
) -> None:
    """Print the notes that best answer QUESTION, best first, each with its reasons."""
    asked = " ".join(question)
    zone = zone_of(timezone or Settings.here().timezone)
    moment = parse_as_of(as_of, zone) if as_of else None
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
            archived=archived,
            scopes=scopes,
            asker=asker,
            history=after or (),
            timezone=timezone,
            any_time=any_time,
            min_score=min_score,
            retriever=retriever,
        )
        if keep_shown:
            memory.keep_shown()
    if as_json:
        print_json(
            {
                "question": asked,
                "as_of": moment.isoformat() if moment else None,
                "hits": [hit.to_dict() for hit in hits],
            }
        )
        return
    _print(hits, asked, explain=explain)


def _print(hits: Hits, asked: str, *, explain: bool) -> None:
    """Print hits for people."""
    from graphmem.cli.hits import print_explained, print_hits  # rich: `--json` does without

    if not hits:
        console().print(f"nothing in this memory says anything about “{shown(asked)}”")
    elif explain:
        print_explained(hits, console())
    else:
        print_hits(hits, console())
