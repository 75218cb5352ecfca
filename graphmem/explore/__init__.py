"""The explorer: a memory's pages for a person, made here and not in the browser.

Needs the extra `server`. `explorer(editable=False)` is a part of a server: searches with their
reasons, sessions, names, the journal, what waits for a person's word.
"""

from graphmem.errors import MissingExtraError

try:
    import jinja2  # noqa: F401
except ImportError as error:
    raise MissingExtraError("the explorer", "server") from error

from graphmem.explore.routes import explorer

__all__ = ["explorer"]
