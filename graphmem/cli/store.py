"""`graphmem store stats | dump | compact`, and what `transfer` moves: the store as a whole."""

import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager

import typer

from graphmem.cli import salvage, transfer
from graphmem.cli.options import JsonOption, StoreOption, console, print_json
from graphmem.cli.tables import print_table
from graphmem.config import Settings
from graphmem.contracts import GraphStore
from graphmem.graph import dump as dump_lines
from graphmem.index.build import build_index
from graphmem.registry import open_encoder, open_store
from graphmem.text import visible_json

app = typer.Typer(help="Look at a store as a whole, move it.", no_args_is_help=True)
app.command("salvage")(salvage.salvage)
app.command("backup")(transfer.backup)
app.command("export")(transfer.export)
app.command("import")(transfer.import_)
app.command("copy")(transfer.copy)
app.command("reembed")(transfer.reembed)


@app.command()
def stats(store: StoreOption = None, as_json: JsonOption = False) -> None:
    """Print how many records of each kind every scope holds, and the store's size."""
    with _opened(store) as opened, opened.one_state() as state:
        encoder = state.encoder()
        counts = {scope: state.stats(scope) for scope in state.scopes()}
    if as_json:
        print_json({"encoder": encoder.name if encoder else None, "scopes": counts})
        return
    kinds = sorted({kind for of_scope in counts.values() for kind in of_scope})
    print_table(
        ("scope", *kinds),
        [(scope, *(of_scope.get(kind, 0) for kind in kinds)) for scope, of_scope in counts.items()],
        title=f"encoder {encoder.name if encoder else 'none yet'}",
    )


@app.command()
def dump(store: StoreOption = None) -> None:
    """Print the logical content of all scopes as sorted JSON lines, to compare two stores."""
    with _opened(store) as opened:
        for line in dump_lines(opened):
            sys.stdout.write(visible_json(line) + "\n")


@app.command()
def compact(store: StoreOption = None) -> None:
    """Rewrite the store's file, so that no byte of what was deleted is left in it."""
    with _opened(store) as opened:
        opened.compact()
    console().print("rewritten: nothing that was deleted is left in the file")


@app.command()
def index(store: StoreOption = None, as_json: JsonOption = False) -> None:
    """Write down, beside the store, what a search derives of each scope, for the next process."""
    with _opened(store) as opened:
        built = build_index(opened, open_encoder(_encoder_of(opened)))
    if as_json:
        print_json({"index": built})
        return
    rows = [(one.scope, one.notes, one.bytes, "yes" if one.is_written else "no") for one in built]
    print_table(("scope", "notes", "bytes", "written"), rows, title="index")


def _encoder_of(store: GraphStore) -> str:
    recorded = store.encoder()
    return recorded.name if recorded else Settings.here().encoder


@contextmanager
def _opened(store: str | None) -> Iterator[GraphStore]:
    url = store or Settings.here().store
    with closing(open_store(url, must_exist=True)) as opened:
        yield opened
