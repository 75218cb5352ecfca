"""Steps of a memory's work, told to logging, and to OpenTelemetry where a program has loaded it.

Counts and seconds are told, never a text, a name or a question: what a memory holds is in no log.
"""

import json
import logging
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from types import ModuleType
from typing import Any

ROOT = "graphmem"
"""The logger above all of graphmem's, and the name of its tracer."""
API = "opentelemetry.trace"
"""Looked up among the modules that are loaded: without it a step costs no more than a clock."""


class Step:
    """One step while it runs; hears what is to be told of it."""

    __slots__ = ("counts",)

    def __init__(self) -> None:
        self.counts: dict[str, int | float | str] = {}

    def told(self, **counts: int | float | str) -> None:
        """Say more of the step: counts, names of parts of graphmem, ids of runs."""
        self.counts |= counts


@contextmanager
def step(name: str, *, level: int = logging.INFO) -> Iterator[Step]:
    """Run a step: a span `graphmem.NAME`, and at its end a line of the logger `graphmem.NAME`.

    Of an error its class is told, and not its message, which may quote what somebody said.
    """
    made, log, api = Step(), logging.getLogger(f"{ROOT}.{name}"), sys.modules.get(API)
    began = time.perf_counter()
    try:
        if api is None:
            yield made
        else:
            with _span(api, name, made):
                yield made
    except BaseException as error:
        made.told(error=type(error).__name__)
        raise
    finally:
        if log.isEnabledFor(level):
            told = {"seconds": round(time.perf_counter() - began, 6), **made.counts}
            shown = " ".join(f"{key}={value}" for key, value in told.items())
            log.log(level, "%s: %s", name, shown, extra={ROOT: told})


@contextmanager
def _span(api: ModuleType, name: str, made: Step) -> Iterator[None]:
    tracer: Any = api.get_tracer(ROOT)
    with tracer.start_as_current_span(
        f"{ROOT}.{name}", record_exception=False, set_status_on_exception=False
    ) as span:
        try:
            yield
        except BaseException as error:
            span.set_attribute("error.type", type(error).__name__)
            span.set_status(api.StatusCode.ERROR)
            raise
        finally:
            for key, value in made.counts.items():
                span.set_attribute(f"{ROOT}.{key}", value)


class JsonLines(logging.Formatter):
    """Writes a record as one line of JSON: at, level, logger, message, and what a step told."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line; of an exception its class is written, and no traceback."""
        error = record.exc_info[0] if record.exc_info else None
        told = getattr(record, ROOT, None)
        line = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
            **({"error": error.__name__} if error else {}),
            **(told if isinstance(told, dict) else {}),
        }
        return json.dumps(line, ensure_ascii=False, default=str)
