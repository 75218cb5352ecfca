"""A socket that listens, and its URL."""

import socket

import pytest

from graphmem.errors import ConfigError
from graphmem.server import address_of, bound


def test_a_free_port_is_found_and_told() -> None:
    with bound("127.0.0.1", 0) as listening:
        port = listening.getsockname()[1]
        assert address_of(listening) == f"http://127.0.0.1:{port}"
        with socket.create_connection(("127.0.0.1", port)):
            pass


def test_a_port_that_is_taken_is_one_line_with_the_cure() -> None:
    with bound("127.0.0.1", 0) as listening:
        port = listening.getsockname()[1]
        with pytest.raises(ConfigError, match=f"127.0.0.1:{port}.*--port 0"):
            bound("127.0.0.1", port)
