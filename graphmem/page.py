"""Hits as a table of HTML, for notebooks: every text escaped, asked words marked."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from html import escape
from typing import Any

from graphmem.excerpts import marked
from graphmem.text import clip, visible

_STYLE = "text-align:left;vertical-align:top"


def hits_page(hits: Sequence[Mapping[str, Any]]) -> str:
    """Return hits, as `Hit.to_dict` gives them with their `origin`, as one table."""
    if not hits:
        return "<p>nothing in this memory answers that</p>"
    names = ("", "score", "who, when", "memory", "why")
    head = "".join(f'<th style="{_STYLE}">{name}</th>' for name in names)
    rows = "".join(f"<tr>{''.join(_cells(hit))}</tr>" for hit in hits)
    return f"<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"


def _cells(hit: Mapping[str, Any]) -> Iterator[str]:
    cells = (
        str(hit["rank"]),
        f"{hit['score']:.3f}",
        _safe(hit["origin"]),
        "<br>".join(
            [
                *_beside(hit["before"]),
                _marked(hit["told"], hit["words"]),
                *_beside(hit["after"]),
            ]
        ),
        "<br>".join(map(_safe, hit["why"])),
    )
    return (f'<td style="{_STYLE}">{cell}</td>' for cell in cells)


def _beside(said: Mapping[str, Any] | None) -> Iterator[str]:
    if said:
        who = f"{said['speaker']}: " if said["speaker"] else ""
        yield f"<small>{_safe(who + clip(said['text'], 120))}</small>"


def _marked(text: str, words: Collection[str]) -> str:
    pieces = marked(text, words)
    return "".join(f"<mark>{_safe(p)}</mark>" if is_asked else _safe(p) for p, is_asked in pieces)


def _safe(text: str) -> str:
    return escape(visible(text))
