"""A refusal as an answer."""

import json

from graphmem.server.refused import RefusedError


def test_a_refusal_tells_its_kind_and_cure_as_the_command_line_does() -> None:
    response = RefusedError(429, "wait", kind="TooMany", wait=7).response()
    assert json.loads(response.body) == {"error": {"type": "TooMany", "message": "wait"}}
    assert (response.status_code, response.headers["retry-after"]) == (429, "7")


def test_who_is_unknown_is_told_how_to_say_who_they_are() -> None:
    assert "Bearer" in RefusedError(401, "who?").response().headers["www-authenticate"]
    assert "www-authenticate" not in RefusedError(403, "no").response().headers
