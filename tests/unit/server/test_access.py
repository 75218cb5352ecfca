"""Who is asking: tokens, keys that work once, sessions."""

import pytest

from graphmem.server import Access, RefusedError
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
