"""How the server does, as OpenMetrics text: requests, their times, waits, and records by kind."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from itertools import chain

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from graphmem.server.app import Part
from graphmem.server.call import call_of
from graphmem.server.done import Done
from graphmem.server.memories import Memories
from graphmem.server.refused import RefusedError
from graphmem.server.workers import Workers

TYPE = "application/openmetrics-text; version=1.0.0; charset=utf-8"
BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)
"""Seconds."""


class Metrics:
    """Counts requests when they are over; it knows no scope and no content."""

    def __init__(self) -> None:
        self._requests: Counter[tuple[str, int]] = Counter()
        self._buckets: defaultdict[str, Counter[float]] = defaultdict(Counter)
        self._seconds: defaultdict[str, float] = defaultdict(float)

    def __call__(self, done: Done) -> None:
        """Count a request."""
        verb = done.verb or "none"
        self._requests[verb, done.status] += 1
        self._seconds[verb] += done.seconds
        bound = next((bound for bound in BUCKETS if done.seconds <= bound), float("inf"))
        self._buckets[verb][bound] += 1

    def text(self, records: Mapping[str, int], workers: Workers) -> str:
        """Return all that was counted, and how many records there are, as OpenMetrics."""
        own = (self._of_requests(), self._of_times(), _of_waits(workers), _of_records(records))
        return "\n".join([*chain.from_iterable(own), "# EOF\n"])

    def _of_requests(self) -> Iterator[str]:
        yield "# TYPE graphmem_requests counter"
        yield "# HELP graphmem_requests Requests by verb and status."
        for (verb, status), n in sorted(self._requests.items()):
            yield f'graphmem_requests_total{{verb="{verb}",status="{status}"}} {n}'

    def _of_times(self) -> Iterator[str]:
        yield "# TYPE graphmem_request_seconds histogram"
        yield "# UNIT graphmem_request_seconds seconds"
        yield "# HELP graphmem_request_seconds From a request to the end of its answer."
        for verb, counted in sorted(self._buckets.items()):
            so_far = 0
            for bound in (*BUCKETS, float("inf")):
                so_far += counted[bound]
                le = "+Inf" if bound == float("inf") else f"{bound}"
                yield f'graphmem_request_seconds_bucket{{verb="{verb}",le="{le}"}} {so_far}'
            yield f'graphmem_request_seconds_count{{verb="{verb}"}} {so_far}'
            yield f'graphmem_request_seconds_sum{{verb="{verb}"}} {self._seconds[verb]:.6f}'


def _of_waits(workers: Workers) -> Iterator[str]:
    yield "# TYPE graphmem_wait_seconds summary"
    yield "# UNIT graphmem_wait_seconds seconds"
    yield "# HELP graphmem_wait_seconds Until one of the threads that read, or write, was free."
    for right, n in sorted(workers.begun.items()):
        yield f'graphmem_wait_seconds_count{{right="{right}"}} {n}'
        yield f'graphmem_wait_seconds_sum{{right="{right}"}} {workers.waited[right] / 1e9:.6f}'


def _of_records(records: Mapping[str, int]) -> Iterator[str]:
    yield "# TYPE graphmem_records gauge"
    yield "# HELP graphmem_records Records in the store, of all scopes, by kind."
    for kind, n in sorted(records.items()):
        yield f'graphmem_records{{kind="{kind}"}} {n}'


def metrics_part(metrics: Metrics, memories: Memories, workers: Workers) -> Part:
    """Return the part that tells them, to a token that is for that and for no memory."""

    async def answer(request: Request) -> Response:
        grant = call_of(request).grant
        if grant is None or grant.may != "metrics":
            cure = "type: graphmem token add NAME --may metrics"
            raise RefusedError(403, f"this token is not for metrics; {cure}", kind="NotAllowed")
        records = await workers.run("read", memories.counts)
        return Response(metrics.text(records, workers), headers={"Content-Type": TYPE})

    return Part(routes=[Route("/metrics", answer)])
