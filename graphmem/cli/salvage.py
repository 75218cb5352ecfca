"""`graphmem store salvage NEW`: what can be read of a damaged store, in a new one."""

from contextlib import closing
from pathlib import Path
from typing import Annotated
from uuid import uuid4

import typer

from graphmem.batches import Batch, Tombstone
from graphmem.cli.options import JsonOption, StoreOption, console, print_json
from graphmem.config import Settings
from graphmem.contracts import GraphStore, utc_now
from graphmem.errors import ConfigError
from graphmem.graph.sqlite.salvage import Wreck, by_scope
from graphmem.ingest import EPISODES_PER_WRITE, Pipeline, Tally
from graphmem.ingest.write import write_episodes
from graphmem.registry import open_encoder, open_extractor, open_store
from graphmem.rules import describe
from graphmem.text import how_many


def salvage(
    new: Annotated[Path, typer.Argument(help="The new store; nothing may be there.")],
    store: StoreOption = None,
    as_json: JsonOption = False,
) -> None:
    """Save the episodes of a damaged store in a new one, and derive all else from them again.

    Exit 1 if none can be read.
    """
    if new.exists() or new.is_symlink():
        raise ConfigError(f"{new} is there already; name a file that is not there")
    settings = Settings.here()
    wreck = Wreck(Path((store or settings.store).removeprefix("sqlite:///")))
    tally = Tally()
    with closing(open_store(new)) as target:
        pipeline = _pipeline(target, wreck, settings)
        for _, found in by_scope(wreck):
            for first in range(0, len(found), EPISODES_PER_WRITE):
                part = found[first : first + EPISODES_PER_WRITE]
                write_episodes(part, pipeline, tally=tally)
        buried = _bury(target, wreck.tombstones())
    saved = tally.counts.episodes_added
    if as_json:
        print_json({"episodes": saved, "lost": wreck.lost, "deleted_before": buried})
    else:
        _print(new, saved, wreck.lost, buried)
    if not saved:
        raise typer.Exit(1)


def _print(new: Path, saved: int, lost: int, buried: int) -> None:
    deleted = f"; {buried:,} that were deleted stay so" if buried else ""
    console().print(
        f"{new}: {how_many(saved, 'episodes')} saved, {lost:,} lost{deleted}", markup=False
    )
    console().print("changes made to notes are not carried", markup=False)


def _pipeline(target: GraphStore, wreck: Wreck, settings: Settings) -> Pipeline:
    return Pipeline(
        store=target,
        extractor=open_extractor(settings.extractor),
        describe=describe,
        encoder=open_encoder(wreck.encoder() or settings.encoder),
        token_signs=settings.token_signs,
        clock=utc_now,
        run_id=uuid4().hex,
    )


def _bury(target: GraphStore, stones: list[Tombstone]) -> int:
    """Keep what was deleted deleted, unless it can be read as live; return how many."""
    buried = 0
    for scope in sorted({stone.scope for stone in stones}):
        own = [stone for stone in stones if stone.scope == scope]
        known = target.known(scope, [stone.episode for stone in own])
        gone = tuple(stone for stone in own if stone.episode not in known)
        target.write(Batch(scope=scope, buried=gone))
        buried += len(gone)
    return buried
