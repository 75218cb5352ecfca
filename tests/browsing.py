"""What a memory tells of itself, as plain values, to be compared between stores."""

from graphmem.ingest import Turn
from graphmem.memory import Memory

TALK = [
    ("garage", "Sanna", "Erik Dahl moved to Malmø in March.", "2024-03-01 10:00"),
    ("garage", "Milo", "Erik Dahl works at Nordvik Yard.", "2024-03-01 10:01"),
    ("garage", "Sanna", "Then he is near the bridge.", "2024-03-01 10:01"),
    ("kitchen", "Milo", "The oven of Nordvik Yard is broken.", "2024-02-01"),
    ("attic", None, "Nobody knows when this was said.", None),
]


def filled(memory: Memory) -> Memory:
    """Give a memory a talk of three sessions, and a page."""
    turns = [
        Turn(
            collection="house",
            session=session,
            text=text,
            speaker=speaker,
            source_id=f"{session}-{place}",
            said_at=said_at,  # type: ignore[arg-type]
            metadata={"floor": len(session), "by": {"room": session}},
            where="test",
        )
        for place, (session, speaker, text, said_at) in enumerate(TALK)
    ]
    page = Turn(
        collection="house", session="Nordvik Yard", text="Nordvik Yard builds ferries.",
        title="Nordvik Yard", is_passage=True, where="test",
    )  # fmt: skip
    memory.ingest_turns([*turns, page])
    return memory


def told(memory: Memory) -> dict[str, object]:
    """Return what every verb without a question gives, apart from who wrote it when."""
    pages, after = [], None
    while True:
        page = memory.list(limit=2, after=after)
        pages.append([note.text for note in page])
        after = page.after
        if after is None:
            break
    stats = memory.stats()
    first = memory.list(speaker="Milo", order="newest")[0]
    return {
        "pages": pages,
        "newest": [note.id for note in memory.list(order="newest")],
        "sms": [note.text for note in memory.list(where={"floor": {">": 5}, "by.room": "garage"})],
        "counts": [memory.count(kind="passage"), memory.count(session="house/attic")],
        "then": memory.count(as_of="2024-02-10"),
        "sessions": memory.sessions(),
        "speakers": memory.speakers(),
        "entities": memory.entities(),
        "facts": memory.facts(),
        "timeline": [(entry.note.id, entry.facts) for entry in memory.timeline("nordvik yard")],
        "around": memory.neighbourhood(first.id, 2, limit=6),
        "stats": [stats.turns, stats.passages, stats.episodes, stats.notes, stats.entities,
                  stats.facts, stats.speakers, stats.first, stats.last],
        "own": memory.get("garage-1"),
        "found": [
            (hit.note.id, hit.score)
            for hit in memory.search("Nordvik Yard", k=9, where={"floor": {">=": 6}})
        ],
    }  # fmt: skip
