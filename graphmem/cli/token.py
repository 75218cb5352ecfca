"""`graphmem token add | list | revoke`: who may ask a server, and of whom."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from graphmem.cli.options import JsonOption, console, print_json, shown
from graphmem.cli.tables import print_table
from graphmem.config import Settings
from graphmem.contracts import utc_now

app = typer.Typer(help="Say who may ask a server, and of whose memory.", no_args_is_help=True)

TokensOption = Annotated[
    Path | None,
    typer.Option(
        "--tokens", help="File of tokens. Default: GRAPHMEM_TOKENS, else graphmem-tokens.json here."
    ),
]
NameArgument = Annotated[str, typer.Argument(help="Of the token; the audit log has it.")]


def tokens_at(given: Path | None) -> Path:
    """Return the file of tokens that an option or the settings name."""
    return given or Path(Settings.here().tokens)


@app.command()
def add(
    name: NameArgument,
    scope: Annotated[
        list[str] | None,
        typer.Option("--scope", help="Whose memory, `ana` or `ana/helper`; repeatable."),
    ] = None,
    may: Annotated[str, typer.Option("--may", help="read, write or metrics.")] = "read",
    tokens: TokensOption = None,
    as_json: JsonOption = False,
) -> None:
    """Make a token and print it, this once: only its hash is kept."""
    from graphmem.server import TokenFile, new_token  # the extra `server`

    token = new_token()
    kept = TokenFile(tokens_at(tokens)).add(
        token, name=name, scopes=scope or (), may=may, at=utc_now()
    )
    if as_json:
        scopes = sorted(kept.grant.scopes)
        print_json({"name": name, "may": may, "scopes": scopes, "token": token})
        return
    sys.stdout.write(f"{token}\n")
    console(stderr=True).print("keep it now: it is not shown again", soft_wrap=True)


@app.command("list")
def list_(tokens: TokensOption = None, as_json: JsonOption = False) -> None:
    """Print the tokens by name: their rights, scopes and day, never themselves."""
    from graphmem.server import TokenFile  # the extra `server`

    kept = TokenFile(tokens_at(tokens)).kept()
    if as_json:
        print_json(
            [
                {
                    "name": one.grant.name,
                    "may": one.grant.may,
                    "scopes": sorted(one.grant.scopes),
                    "made_at": one.made_at,
                }
                for one in kept
            ]
        )
        return
    rows = [
        (
            shown(one.grant.name),
            one.grant.may,
            shown(", ".join(sorted(one.grant.scopes))),
            one.made_at,
        )
        for one in kept
    ]
    print_table(("name", "may", "scopes", "made"), rows, title="tokens")


@app.command()
def revoke(name: NameArgument, tokens: TokensOption = None) -> None:
    """Forget a token: a server that runs refuses it from then on."""
    from graphmem.server import TokenFile  # the extra `server`

    TokenFile(tokens_at(tokens)).revoke(name)
    console().print(f"revoked: {shown(name)}", soft_wrap=True)
