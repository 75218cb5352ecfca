"""Who is asking: tokens, keys that work once, sessions."""

import pytest

from graphmem.server import Access, RefusedError
from graphmem.server.access import IDLE, LONGEST
from tests.server import grant

ANA = grant("ana", may="write", name="owner")


def test_a_token_of_the_process_is_known_until_it_ends() -> None:
    access = Access()
    token = access.let_in(ANA)
    assert access.caller({"authorization": f"Bearer {token}"}) == (ANA, False)
    assert access.caller({"authorization": f"bearer  {token} "}) == (ANA, False)
    with pytest.raises(RefusedError):
        Access().caller({"authorization": f"Bearer {token}"})


@pytest.mark.parametrize("shown", ["", "Bearer", "Bearer ", "Bearer x", "Basic {token}", "{token}"])
def test_whoever_shows_no_token_that_is_known_is_told_how_to_get_one(shown: str) -> None:
    access = Access()
    token = access.let_in(ANA)
    with pytest.raises(RefusedError, match="graphmem token add") as caught:
        access.caller({"authorization": shown.format(token=token)})
    assert caught.value.status == 401


def test_a_key_begins_one_session_and_the_next_is_refused() -> None:
    access = Access()
    key = access.invite(ANA)
    cookie = access.enter(key)
    assert cookie is not None
    assert access.caller({"cookie": f"other=1; {access.cookie}={cookie}"}) == (ANA, True)
    assert access.enter(key) is None
    assert access.enter("") is None


def test_neither_a_key_nor_a_cookie_is_a_token() -> None:
    access = Access()
    key = access.invite(ANA)
    cookie = access.enter(access.invite(ANA))
    token = access.let_in(ANA)
    for secret in (key, cookie):
        with pytest.raises(RefusedError):
            access.caller({"authorization": f"Bearer {secret}"})
    for secret in (key, token, "", "x"):
        with pytest.raises(RefusedError):
            access.caller({"cookie": f"{access.cookie}={secret}"})


def test_a_wrong_token_is_not_helped_by_a_cookie() -> None:
    access = Access()
    cookie = access.enter(access.invite(ANA))
    with pytest.raises(RefusedError):
        access.caller({"authorization": "Bearer x", "cookie": f"{access.cookie}={cookie}"})


def test_servers_of_one_host_have_cookies_of_their_own() -> None:
    assert Access().cookie != Access().cookie


class Clock:
    """Seconds that a test lets pass."""

    now = 100.0

    def __call__(self) -> float:
        return self.now


def test_a_session_that_is_not_used_is_over_and_one_that_is_used_goes_on() -> None:
    clock = Clock()
    access = Access(now=clock)
    headers = {"cookie": f"{access.cookie}={access.enter(access.invite(ANA))}"}
    for _ in range(2):
        clock.now += IDLE - 1
        assert access.caller(headers) == (ANA, True)
    clock.now += IDLE
    with pytest.raises(RefusedError, match="over; start the server again"):
        access.caller(headers)


def test_a_session_is_over_after_a_day_however_much_it_was_used() -> None:
    clock = Clock()
    access = Access(now=clock)
    headers = {"cookie": f"{access.cookie}={access.enter(access.invite(ANA))}"}
    for _ in range(int(LONGEST // 3_600) - 1):
        clock.now += 3_600
        assert access.caller(headers) == (ANA, True)
    clock.now += 3_600
    with pytest.raises(RefusedError, match="over"):
        access.caller(headers)


def test_a_key_that_nobody_used_for_a_day_begins_nothing() -> None:
    clock = Clock()
    access = Access(now=clock)
    early, late = access.invite(ANA), access.invite(ANA)
    clock.now += LONGEST - 1
    assert access.enter(early) is not None
    clock.now += 1
    assert access.enter(late) is None


def test_sessions_that_are_over_are_not_held() -> None:
    clock = Clock()
    access = Access(now=clock)
    for _ in range(5):
        access.enter(access.invite(ANA))
        clock.now += LONGEST
    assert len(access._sessions) == 1


def test_a_token_of_the_process_does_not_end() -> None:
    clock = Clock()
    access = Access(now=clock)
    token = access.let_in(ANA)
    clock.now += 100 * LONGEST
    assert access.caller({"authorization": f"Bearer {token}"}) == (ANA, False)
