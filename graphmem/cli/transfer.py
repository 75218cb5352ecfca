"""`graphmem store export FILE | import FILE | copy FROM TO`: a memory from one place to another."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Annotated

import typer
from rich.progress import Progress as Bar
from rich.progress import SpinnerColumn, TextColumn, TimeElapsedColumn

from graphmem.cli.options import JsonOption, StoreOption, console, print_json
from graphmem.config import Settings
from graphmem.contracts import Progress
from graphmem.errors import ConfigError
from graphmem.graph.transfer import move
from graphmem.graph.transfer.backup import back_up
from graphmem.graph.transfer.graphml import write_graphml
from graphmem.reembed import reembed as write_again
from graphmem.registry import open_store
from graphmem.text import how_many
from graphmem.types import Scope, ScopeKey

ScopesOption = Annotated[
    list[str] | None,
    typer.Option("--scope", help="One scope of them; may be given several times. Default: all."),
]


def export(
    file: Annotated[Path, typer.Argument(help="The file to write.")],
    as_: Annotated[
        str, typer.Option("--format", help="graphmem, or graphml (one scope).")
    ] = "graphmem",
    scopes: ScopesOption = None,
    force: Annotated[
        bool, typer.Option("--force", help="Replace a file that export did not make.")
    ] = False,
    store: StoreOption = None,
    as_json: JsonOption = False,
) -> None:
    """Write a memory to a file that `import` reads, or as GraphML for other programs."""
    with closing(open_store(_url(store), must_exist=True)) as source:
        if as_ == "graphml":
            write_graphml(source, _only(scopes, source.scopes()), file, force=force)
            return
        if as_ != "graphmem":
            raise ConfigError(f"no format {as_!r}; type: --format graphmem, or graphml")
        with _progress() as progress:
            moved = move.export(source, file, scopes=_keys(scopes), force=force, progress=progress)
    _print(moved, as_json=as_json)


def import_(
    file: Annotated[Path, typer.Argument(help="What `graphmem store export` wrote.")],
    scopes: ScopesOption = None,
    encoder: Annotated[
        str | None,
        typer.Option("--encoder", help="The file's encoder, where it is a path or a download."),
    ] = None,
    store: StoreOption = None,
    as_json: JsonOption = False,
) -> None:
    """Write an exported memory into a store; run it again if it was interrupted."""
    with closing(open_store(_url(store))) as target, _progress() as progress:
        moved = move.import_(target, file, scopes=_keys(scopes), encoder=encoder, progress=progress)
    _print(moved, as_json=as_json)


def copy(
    source: Annotated[str, typer.Argument(metavar="FROM", help="File or URL.")],
    target: Annotated[str, typer.Argument(metavar="TO", help="File or URL.")],
    scopes: ScopesOption = None,
    as_json: JsonOption = False,
) -> None:
    """Copy a memory from one store into another; run it again if it was interrupted."""
    with (
        closing(open_store(source, must_exist=True)) as opened,
        closing(open_store(target)) as other,
        _progress() as progress,
    ):
        moved = move.copy(opened, other, scopes=_keys(scopes), progress=progress)
    _print(moved, as_json=as_json)


def reembed(
    target: Annotated[str, typer.Argument(metavar="NEW", help="File or URL of the new store.")],
    encoder: Annotated[str, typer.Option("--encoder", help="rules, minilm, ...")],
    store: StoreOption = None,
    as_json: JsonOption = False,
) -> None:
    """Write a store again with the vectors of an encoder; run it again if interrupted.

    With the encoder that it has, turns that were written before token signs were kept get them.
    """
    with _progress() as progress:
        moved = write_again(_url(store), target, encoder=encoder, progress=progress)
    _print(moved, as_json=as_json)


def _url(store: str | None) -> str:
    return store or Settings.here().store


def backup(
    file: Annotated[Path, typer.Argument(help="The new file; nothing may be there.")],
    store: StoreOption = None,
    as_json: JsonOption = False,
) -> None:
    """Copy a store's file while it is used, and check the copy: it can be opened as it is."""
    with closing(open_store(_url(store), must_exist=True)) as source:
        counts = back_up(source, file)
    if as_json:
        print_json({"file": str(file), "records": counts})
        return
    held = f"{how_many(counts['episode'], 'episodes')}, {how_many(counts['note'], 'notes')}"
    console().print(f"{file}: {held}, checked", markup=False)


def _keys(scopes: list[str] | None) -> list[ScopeKey] | None:
    return [Scope.parse(scope).key for scope in scopes] if scopes else None


def _only(scopes: list[str] | None, there: list[ScopeKey]) -> ScopeKey:
    chosen = _keys(scopes) or there
    if len(chosen) != 1 or chosen[0] not in there:
        raise ConfigError(f"GraphML takes one scope; type --scope with one of: {', '.join(there)}")
    return chosen[0]


@contextmanager
def _progress() -> Iterator[Progress]:
    """Give what counts records; shown while it lasts, on a terminal only."""
    columns = (SpinnerColumn(), TextColumn("{task.completed:,} records"), TimeElapsedColumn())
    out = console()
    with Bar(*columns, console=out, transient=True, disable=not out.is_terminal) as bar:
        task = bar.add_task("")
        yield lambda _what, done, _total: bar.update(task, completed=done)


def _print(moved: move.Moved, *, as_json: bool) -> None:
    if as_json:
        print_json(moved)
        return
    counts = ", ".join(f"{count:,} {kind}s" for kind, count in moved.records.items() if count)
    known = f"; {how_many(moved.known, 'notes')} known before" if moved.known else ""
    console().print(f"{len(moved.scopes)} scopes: {counts or 'nothing'}{known}")
    if moved.beside:
        console().print(f"the target holds {moved.beside:,} other records in these scopes")
