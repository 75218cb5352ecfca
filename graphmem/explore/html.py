"""Templates filled with what pages show: every text escaped, and made visible before that."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from urllib.parse import urlencode

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from graphmem.text import visible

HERE = Path(__file__).parent


def filled(template: str, values: Mapping[str, object]) -> str:
    """Return a page. A value is text, never markup, whatever it holds."""
    return _environment().get_template(template).render(values)


def link(path: str, scope: str, **query: object) -> str:
    """Return a path with what it asks; parts that are None or empty are left out."""
    given = {"scope": scope, **query}
    asked = {name: str(value) for name, value in given.items() if value not in (None, "")}
    return f"{path}?{urlencode(asked)}" if asked else path


@cache
def _environment() -> Environment:
    made = Environment(
        loader=FileSystemLoader(HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_shown,
    )
    made.filters["number"] = lambda value: f"{value:,}"
    return made


def _shown(value: object) -> object:
    """Return a text with characters that act, those that turn the order of letters too, escaped."""
    return visible(value) if isinstance(value, str) and not isinstance(value, Markup) else value
