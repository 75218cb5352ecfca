"""What these tests share: a memory of a few turns, at a clock that stands."""

from datetime import UTC, datetime

import pytest

from graphmem import Memory

NOON = datetime(2024, 6, 20, 12, tzinfo=UTC)

SAID = (
    ("Ana", "2024-05-02", "I moved to Lisbon last Friday.", "home"),
    ("Ana", "2024-05-09", "Lisbon has the steepest streets I know.", "home"),
    ("Tiago", "2024-05-11", "The tram in Lisbon was full again.", "tram"),
    ("Ana", "2024-06-01", "In Lisbon I found a choir that sings on Tuesdays.", "choir"),
)


@pytest.fixture
def memory():
    with Memory.open("ram:", scope="ana", clock=lambda: NOON) as opened:
        for speaker, said_at, text, session in SAID:
            channel = {"channel": "sms" if speaker == "Tiago" else "mail"}
            opened.add(text, speaker=speaker, said_at=said_at, session=session, metadata=channel)
        opened.of("ben").add("Ben went to Lisbon by bicycle.", speaker="Ben")
        yield opened
