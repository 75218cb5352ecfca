"""The options that narrow what is searched, listed and counted."""

from typing import Annotated

import typer

from graphmem.cli import completion

AsOfOption = Annotated[
    str | None, typer.Option("--as-of", help="What was true then: 2025-01-01, or 2025-01.")
]
SinceOption = Annotated[
    str | None, typer.Option("--since", help="Said then or later: 2024-05-01, 2024-05, 2024.")
]
UntilOption = Annotated[
    str | None, typer.Option("--until", help="Said then or earlier; a day or month counts whole.")
]
SpeakerOption = Annotated[
    list[str] | None, typer.Option("--speaker", help="Said by NAME; several: by one of them.")
]
SessionOption = Annotated[
    list[str] | None,
    typer.Option(
        "--session",
        help="In this session, NAME or COLLECTION/NAME; may be repeated.",
        autocompletion=completion.sessions,
    ),
]
KindOption = Annotated[
    list[str] | None,
    typer.Option("--kind", help="turn or passage; both: of either. `list`: topic, insight."),
]
WhereOption = Annotated[
    list[str] | None,
    typer.Option(
        "--where",
        metavar="KEY=VALUE",
        help="What the metadata say: channel=sms, 'year>=2020', draft!=true; several: all hold.",
    ),
]
ArchivedOption = Annotated[
    bool, typer.Option("--archived", help="What `graphmem forget` put away may be found too.")
]
ScopesOption = Annotated[
    list[str] | None,
    typer.Option(
        "--scopes",
        metavar="SCOPE",
        help="Ask this one; repeated: these at once.",
        autocompletion=completion.scopes,
    ),
]
