"""Where no server can be had, its tests are left out with one line; in CI that is an error."""

import os

import pytest

from tests.neo4j.servers import lacking

LEFT_OUT = pytest.StashKey[int]()


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    on_server = [item for item in items if item.get_closest_marker("neo4j")]
    reason = lacking() if on_server else ""
    if not reason:
        return
    if os.environ.get("CI") == "true":
        raise pytest.UsageError(reason)
    config.hook.pytest_deselected(items=on_server)
    items[:] = [item for item in items if item not in on_server]
    config.stash[LEFT_OUT] = len(on_server)


def pytest_terminal_summary(
    terminalreporter: pytest.TerminalReporter, config: pytest.Config
) -> None:
    if n := config.stash.get(LEFT_OUT, 0):
        terminalreporter.line(f"SKIPPED {n} tests on a Neo4j server: {lacking()}")
