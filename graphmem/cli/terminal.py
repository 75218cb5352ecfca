"""Where a command prints for people: a console of rich that no text can drive."""

import sys

from rich.console import Console, ConsoleOptions, ConsoleRenderable, RenderHook, RenderResult
from rich.segment import Segment

from graphmem.text import visible


def open_console(*, stderr: bool = False) -> Console:
    """Return a console on one of the streams, wide enough for a table where it is no terminal."""
    stream = sys.stderr if stderr else sys.stdout
    made = Console(stderr=stderr, width=None if stream.isatty() else 110, highlight=False)
    made.push_render_hook(_Shown())
    return made


class _Shown(RenderHook):
    """Writes characters that act as escapes, in whatever a console is given to print."""

    def process_renderables(self, renderables: list[ConsoleRenderable]) -> list[ConsoleRenderable]:
        return [_ShownText(renderable) for renderable in renderables]


class _ShownText:
    def __init__(self, renderable: ConsoleRenderable) -> None:
        self._renderable = renderable

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        for segment in console.render(self._renderable, options):
            if segment.control:  # the console's own: it moves the cursor of a bar
                yield segment
            else:
                yield Segment(visible(segment.text), segment.style)
