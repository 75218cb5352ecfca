"""`graphmem context QUESTION`: what answers as one text for a prompt, within a token budget."""

import sys
from typing import Annotated

import typer

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
from graphmem.cli.options import JsonOption, ScopeOption, StoreOption, print_json
from graphmem.memory import Memory


def context(
    question: Annotated[
        list[str],
        typer.Argument(metavar="QUESTION...", help="What you want to know; needs no quotes."),
    ],
    budget: Annotated[
        int, typer.Option("--budget", "-b", help="How many tokens at most.", min=1)
    ] = 2_000,
    as_of: AsOfOption = None,
    since: SinceOption = None,
    until: UntilOption = None,
    speaker: SpeakerOption = None,
    session: SessionOption = None,
    kind: KindOption = None,
    where: WhereOption = None,
    archived: ArchivedOption = False,
    scopes: ScopesOption = None,
    store: StoreOption = None,
    scope: ScopeOption = None,
    as_json: JsonOption = False,
) -> None:
    """Print what answers QUESTION as one text for a prompt, within a budget of tokens."""
    asked = " ".join(question)
    with Memory.open(store, scope=scope, must_exist=True) as memory:
        found = memory.context(
            asked,
            budget=budget,
            as_of=as_of,
            since=since,
            until=until,
            speaker=speaker,
            session=session,
            kind=kind,
            where=where,
            archived=archived,
            scopes=scopes,
        )
    if as_json:
        print_json(
            {
                "question": asked,
                "budget": budget,
                "text": found.text,
                "n_tokens": found.n_tokens,
                "origins": found.origins,
            }
        )
    elif found.text:
        sys.stdout.write(f"{found.text}\n")
