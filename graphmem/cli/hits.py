"""Hits as people read them: three or four lines each, asked words marked, nothing cut wrongly."""

from collections.abc import Iterator, Sequence

from rich.console import Console
from rich.text import Text

from graphmem.answers import Hit
from graphmem.excerpts import densest, marked
from graphmem.text import visible
from graphmem.types import Episode

INDENT = "   "
TEXT_LINES = 2
"""Lines of a terminal that a hit's text takes."""
WHY_LINES = 2
"""And a reason that is too long for one; of several as many are printed as one line holds."""
MARK = "bold yellow"


def print_hits(hits: Sequence[Hit], out: Console) -> None:
    """Print hits one under the other; where it is no terminal, each part on one line."""
    for hit in hits:
        for line in hit_lines(hit, out):
            out.print(line, soft_wrap=True)


def hit_lines(hit: Hit, out: Console) -> Iterator[Text]:
    """Yield who said it, when and where; the turn before it; its text; why it was found."""
    yield _head(hit, out)
    if hit.before:
        yield _beside(hit.before, out)
    yield from _text(hit, out)
    if hit.after and any("turn after it" in reason for reason in hit.why):
        yield _beside(hit.after, out)
    yield from _why(hit.why, out)


def print_explained(hits: Sequence[Hit], out: Console) -> None:
    """Print hits whole, with their ids, every reason and the paths that reached them."""
    for hit in hits:
        out.print(
            Text.assemble((f"{hit.rank}. {hit.score:.3f}", "bold"), f"  {visible(hit.origin)}")
        )
        out.print(Text(f"{INDENT}{visible(place_of(hit))}  {hit.note.id}", style="dim"))
        for beside, text in ((hit.before, None), (None, hit), (hit.after, None)):
            if beside:
                out.print(_beside(beside, out))
            if text:
                out.print(Text(INDENT) + _marked(visible(text.told), text))
        for reason in hit.why:
            out.print(Text(f"{INDENT}· {visible(reason)}", style="dim"))
        for path in hit.paths:
            out.print(Text(f"{INDENT}→ {visible(path.text)}  ({path.score:.3f})", style="dim"))
        for fact in hit.facts:
            said = f"{fact.subject} — {fact.relation} — {fact.object}"
            out.print(
                Text(f"{INDENT}= {'not: ' if fact.negated else ''}{visible(said)}", style="dim")
            )
        out.print()


def place_of(hit: Hit) -> str:
    """Return where it stands in its source: the session and the name there, and the page."""
    names = [
        " ".join(part for part in (session.name, episode.source_id) if part)
        for episode, session in zip(hit.episodes[:1], hit.sessions[:1], strict=True)
    ]
    page = hit.excerpt.page
    return ", ".join([*names, f"page {page}"] if page else names)


def _head(hit: Hit, out: Console) -> Text:
    line = Text.assemble(
        (f"{hit.rank:<{len(INDENT)}}", "bold"),
        (visible(hit.origin), "bold"),
        (f"  {hit.score:.2f}", "cyan"),
        *((f"  {mark}", "magenta") for mark in (*hit.marks, hit.repeated) if mark),
        (f"  {visible(place_of(hit))}", "dim"),
    )
    return _cut(line, out)


def _beside(episode: Episode, out: Console) -> Text:
    who = f"{episode.speaker}: " if episode.speaker else ""
    line = " ".join(visible(who + episode.text).split())
    return _cut(Text(INDENT + line, style="dim"), out)


def _text(hit: Hit, out: Console) -> Iterator[Text]:
    """Yield as much of the text as has place, the part with most of the asked words in it."""
    told = " ".join(visible(hit.told).split())
    room = _width(out) * TEXT_LINES
    lines = _wrapped(_marked(told, hit), out)
    while out.is_terminal and len(lines) > TEXT_LINES and room > 1:
        start, end = densest(told, dict.fromkeys(hit.words, 1.0), room)
        ends = ("…" if start else "", "…" if end < len(told) else "")
        lines = _wrapped(_marked(ends[0] + told[start:end] + ends[1], hit), out)
        room = room * 7 // 8
    yield from lines


def _why(reasons: Sequence[str], out: Console) -> Iterator[Text]:
    """Yield as many reasons, whole, as have place; of one that is too long its beginning."""
    shown = [visible(reason) for reason in reasons]
    lines = _wrapped(Text("why: " + "; ".join(shown), style="dim"), out)
    while out.is_terminal and len(lines) > 1 and len(shown) > 1:
        shown.pop()
        lines = _wrapped(Text("why: " + "; ".join(shown), style="dim"), out)
    if out.is_terminal and len(lines) > WHY_LINES:
        lines = lines[:WHY_LINES]
        lines[-1].append("…")
        lines[-1] = _cut(lines[-1], out)
    yield from lines


def _marked(text: str, hit: Hit) -> Text:
    pieces = marked(text, hit.words)
    return Text.assemble(*((piece, MARK if is_asked else "") for piece, is_asked in pieces))


def _width(out: Console) -> int:
    return max(out.width - len(INDENT), 20)


def _wrapped(text: Text, out: Console) -> list[Text]:
    """Return a text as lines that are set in; one line where it is no terminal."""
    lines = text.wrap(out, _width(out)) if out.is_terminal else [text]
    return [Text(INDENT) + line for line in lines]


def _cut(line: Text, out: Console) -> Text:
    if out.is_terminal:
        line.truncate(max(out.width, 20), overflow="ellipsis")
    return line
