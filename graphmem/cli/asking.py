"""The options that say who asks, where, and after which questions."""

from typing import Annotated

import typer

AskerOption = Annotated[
    str | None,
    typer.Option("--asker", help="Who says I in the question. Default: the scope's user."),
]
AfterOption = Annotated[
    list[str] | None,
    typer.Option("--after", metavar="QUESTION", help="What was asked before, oldest first."),
]
AnyTimeOption = Annotated[
    bool, typer.Option("--any-time", help="A time in the question is no condition.")
]
TimezoneOption = Annotated[
    str | None,
    typer.Option("--timezone", help="Where a day is a day: Europe/Lisbon. Default: the settings."),
]
