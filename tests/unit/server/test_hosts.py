"""Which Host and Origin are this server's."""

import pytest

from graphmem.server.hosts import Hosts, is_loopback
from graphmem.server.refused import RefusedError


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost:8321", "[::1]:8321", "LOCALHOST"])
def test_the_names_of_this_machine_are_known_with_any_port(host: str) -> None:
    Hosts().check({"host": host}, by_cookie=False, reads=False)


@pytest.mark.parametrize("host", ["", "evil.example", "127.0.0.1.evil.example", "localhost.evil"])
def test_a_foreign_host_is_refused(host: str) -> None:
    with pytest.raises(RefusedError) as caught:
        Hosts().check({"host": host}, by_cookie=False, reads=True)
    assert caught.value.status == 421


def test_a_name_that_was_given_is_known_too() -> None:
    hosts = Hosts.of("0.0.0.0", "Memory.example")
    hosts.check({"host": "memory.example:443"}, by_cookie=False, reads=True)
    Hosts.of("::").check({"host": "[::]:80"}, by_cookie=False, reads=True)


@pytest.mark.parametrize(
    "origin",
    ["null", "http://evil.example", "http://localhost:3000", "http://localhost:8321.evil.example"],
)
def test_a_page_of_another_origin_is_refused_another_port_too(origin: str) -> None:
    with pytest.raises(RefusedError) as caught:
        Hosts().check({"host": "localhost:8321", "origin": origin}, by_cookie=False, reads=True)
    assert caught.value.status == 403


def test_the_own_origin_may_ask_behind_a_proxy_too() -> None:
    for origin in ("http://localhost:8321", "https://localhost:8321"):
        Hosts().check({"host": "localhost:8321", "origin": origin}, by_cookie=True, reads=False)


def test_a_change_by_cookie_has_to_say_where_it_comes_from() -> None:
    Hosts().check({"host": "localhost"}, by_cookie=True, reads=True)
    with pytest.raises(RefusedError, match="Origin"):
        Hosts().check({"host": "localhost"}, by_cookie=True, reads=False)


def test_loopback_is_this_machine_alone() -> None:
    assert all(map(is_loopback, ("127.0.0.1", "127.1.2.3", "::1", "localhost")))
    assert not any(map(is_loopback, ("0.0.0.0", "::", "192.168.1.2", "example.org", "")))
