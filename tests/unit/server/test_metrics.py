"""Metrics as OpenMetrics text, to a token that is for them."""

import pytest

from graphmem.server import Done, Workers, whole_app
from graphmem.server.metrics import TYPE, Metrics
from tests.server import client_of, grant


def done(verb: str, seconds: float, status: int = 200) -> Done:
    return Done(who="x", verb=verb, right="read", scope="ana", status=status, seconds=seconds)


def test_requests_are_counted_by_verb_and_their_times_add_up() -> None:
    metrics = Metrics()
    for seconds in (0.001, 0.02, 0.3, 60.0):
        metrics(done("search", seconds))
    metrics(done("", 0.1, status=401))
    lines = metrics.text({"note": 3}, Workers()).splitlines()
    assert 'graphmem_requests_total{verb="search",status="200"} 4' in lines
    assert 'graphmem_requests_total{verb="none",status="401"} 1' in lines
    assert 'graphmem_request_seconds_bucket{verb="search",le="0.025"} 2' in lines
    assert 'graphmem_request_seconds_bucket{verb="search",le="10.0"} 3' in lines
    assert 'graphmem_request_seconds_bucket{verb="search",le="+Inf"} 4' in lines
    assert 'graphmem_request_seconds_sum{verb="search"} 60.321000' in lines
    assert 'graphmem_records{kind="note"} 3' in lines
    assert lines[-1] == "# EOF"


def test_the_text_is_read_by_the_reader_of_those_who_made_the_format() -> None:
    parser = pytest.importorskip("prometheus_client.openmetrics.parser")
    metrics = Metrics()
    metrics(done("search", 0.1))
    families = parser.text_string_to_metric_families(
        metrics.text({"note": 1, "episode": 1}, Workers())
    )
    assert {one.name: one.type for one in families} == {
        "graphmem_requests": "counter",
        "graphmem_request_seconds": "histogram",
        "graphmem_wait_seconds": "summary",
        "graphmem_records": "gauge",
    }


async def test_who_may_read_memories_may_not_read_metrics_nor_the_other_way(
    memories, access
) -> None:
    app = whole_app(memories, access)
    async with client_of(app, access.let_in(grant("ana", may="write"))) as one:
        assert (await one.get("/api/v1/stats")).status_code == 200
        assert (await one.get("/metrics")).status_code == 403
    async with client_of(app, access.let_in(grant(may="metrics"))) as one:
        answer = await one.get("/metrics")
        assert answer.headers["content-type"] == TYPE
        assert 'verb="stats",status="200"} 1' in answer.text
        assert 'graphmem_records{kind="episode"} 2' in answer.text
        assert 'graphmem_wait_seconds_count{right="read"} 2' in answer.text
        for path in ("/api/v1/stats", "/api/v1/stats?scope=ana"):
            assert (await one.get(path)).status_code == 403
    async with client_of(app) as one:
        assert (await one.get("/metrics")).status_code == 401
