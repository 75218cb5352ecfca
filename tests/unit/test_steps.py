"""Steps: what a memory does is told to logs and spans, and what it holds is not."""

import json
import logging
import subprocess
import sys

import pytest

from graphmem import Memory, ScopeError
from graphmem.errors import InputError
from graphmem.steps import JsonLines, step
from tests.conftest import ROOT

SAID = "The quinces froze in Sintra."


def used(memory: Memory) -> None:
    memory.add(SAID, speaker="Zuleika", session="garden", said_at="2024-01-01")
    assert memory.search("What froze in Sintra?")
    memory.evolve()


def test_a_step_is_a_record_with_its_counts(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG, "graphmem"), Memory.open("ram:", scope="mia") as memory:
        used(memory)
    told = {record.name: record.graphmem for record in caplog.records}  # type: ignore[attr-defined]
    assert set(told) == {
        "graphmem.ingest", "graphmem.write", "graphmem.read", "graphmem.index", "graphmem.search",
        "graphmem.evolve",
    }  # fmt: skip
    assert told["graphmem.search"]["hits"] == 1
    assert told["graphmem.ingest"]["episodes_read"] == 1
    assert all(one["seconds"] >= 0 for one in told.values())


def test_no_record_holds_what_was_said_asked_or_by_whom(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG, "graphmem"), Memory.open("ram:", scope="mia") as memory:
        used(memory)
        with pytest.raises(InputError):
            memory.ingest("Sintra.txt")
    written = "\n".join(JsonLines().format(record) for record in caplog.records).lower()
    assert written
    assert not any(word in written for word in ("sintra", "quince", "froze", "zuleika", "mia"))


def test_a_line_of_json_says_when_which_and_how_much(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO, "graphmem"), step("sweep") as done:
        done.told(archived=2)
    line = json.loads(JsonLines().format(caplog.records[0]))
    assert (line["logger"], line["level"], line["archived"]) == ("graphmem.sweep", "INFO", 2)
    assert set(line) == {"at", "level", "logger", "message", "seconds", "archived"}


def test_of_an_error_its_class_is_told_alone(caplog: pytest.LogCaptureFixture) -> None:
    with (
        caplog.at_level(logging.INFO, "graphmem"),
        pytest.raises(ScopeError),
        step("sweep"),
    ):
        raise ScopeError("about Zuleika")
    (record,) = caplog.records
    assert "error=ScopeError" in record.getMessage()
    assert "Zuleika" not in JsonLines().format(record)


def test_nothing_is_loaded_for_spans_that_nobody_asked_for() -> None:
    code = (
        "import sys\nfrom graphmem import Memory\n"
        "with Memory.open('ram:', scope='mia') as memory:\n"
        "    memory.add('Hi')\n    memory.search('Hi')\n"
        "print([name for name in sys.modules if name.startswith('opentelemetry')])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout == "[]\n"


@pytest.fixture(scope="module")
def exporter():
    """What a program that set OpenTelemetry up hears; its provider is set once a process."""
    trace = pytest.importorskip("opentelemetry.sdk.trace", reason="needs opentelemetry-sdk")
    from opentelemetry.sdk.trace.export import SimpleSpanProcessor
    from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter
    from opentelemetry.trace import set_tracer_provider

    provider, kept = trace.TracerProvider(), InMemorySpanExporter()
    provider.add_span_processor(SimpleSpanProcessor(kept))
    set_tracer_provider(provider)
    return kept


def test_a_programs_traces_hold_the_steps_and_no_word_of_the_memory(exporter) -> None:
    exporter.clear()
    with Memory.open("ram:", scope="mia") as memory:
        used(memory)
    spans = {span.name: span for span in exporter.get_finished_spans()}
    assert {"graphmem.ingest", "graphmem.write", "graphmem.search", "graphmem.evolve"} <= set(spans)
    assert spans["graphmem.write"].parent.span_id == spans["graphmem.ingest"].context.span_id
    assert spans["graphmem.index"].parent.span_id == spans["graphmem.search"].context.span_id
    assert spans["graphmem.search"].attributes["graphmem.hits"] == 1
    told = str([span.to_json() for span in spans.values()]).lower()
    assert not any(word in told for word in ("sintra", "quince", "froze", "zuleika", "mia"))


def test_a_span_of_an_error_has_its_class_and_no_message(exporter) -> None:
    exporter.clear()
    with pytest.raises(ScopeError), step("sweep"):
        raise ScopeError("about Zuleika")
    (span,) = exporter.get_finished_spans()
    assert not span.status.is_ok
    assert span.attributes["error.type"] == "ScopeError"
    assert "Zuleika" not in span.to_json()
