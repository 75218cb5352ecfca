"""Whatever is stored and asked: every hit passes the filters, and all that pass can be found."""

from datetime import UTC, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from graphmem import Memory
from graphmem.ingest import Turn

START = datetime(2024, 1, 1, tzinfo=UTC)
WORDS = st.sampled_from(["kiln", "glaze", "clay", "wheel", "Iben Lund", "Olaf Kjær", "Sund Dock"])


@st.composite
def turns(draw):
    """Turns and passages over few words, speakers, days and values, so that filters meet some."""
    number = draw(st.integers(0, 5))
    is_passage = draw(st.booleans())
    text = " ".join(draw(st.lists(WORDS, min_size=1, max_size=5)))
    return Turn(
        collection="club",
        session=f"s{number}",
        text=f"The {text}.",
        speaker=None if is_passage else draw(st.sampled_from(["Iben", "Olaf", None])),
        said_at=draw(st.none() | st.just(START + timedelta(days=number))),
        title=draw(WORDS) if is_passage else None,
        is_passage=is_passage,
        metadata=draw(
            st.fixed_dictionaries(
                {}, optional={"n": st.integers(0, 3), "tag": st.sampled_from(["a", ["a", "b"]])}
            )
        ),
        where="test",
    )


FILTERS = st.fixed_dictionaries(
    {},
    optional={
        "speaker": st.sampled_from(["iben", ["Iben", "Olaf"]]),
        "session": st.sampled_from(["s1", ["s0", "club/s2"]]),
        "kind": st.sampled_from(["turn", "passage"]),
        "since": st.sampled_from(["2024-01-02", "2024"]),
        "until": st.sampled_from(["2024-01-03", "2024-01"]),
        "where": st.sampled_from([{"tag": "a"}, {"n": {">=": 1}}, "n!=2", {"tag": ["b", "c"]}]),
    },
)


def passes(note, episode, session, given):
    """Tell whether a note passes filters, by the plainest reading of each."""
    names = {session.name, f"{session.collection}/{session.name}"}
    speakers = {"iben"} if given.get("speaker") == "iben" else {"iben", "olaf"}
    wanted = {"s1"} if given.get("session") == "s1" else {"s0", "club/s2"}
    n, tag = episode.metadata.get("n"), episode.metadata.get("tag", [])
    tags = tag if isinstance(tag, list) else [tag]
    held = {
        "{'tag': 'a'}": "a" in tags,
        "{'n': {'>=': 1}}": n is not None and n >= 1,
        "n!=2": n is not None and n != 2,
        "{'tag': ['b', 'c']}": "b" in tags,
    }
    said = None if note.said_at is None else note.said_at.day
    return all(
        (
            "speaker" not in given or (note.speaker or "").lower() in speakers,
            "session" not in given or bool(names & wanted),
            "kind" not in given or note.kind == given["kind"],
            "since" not in given or (said is not None and (given["since"] == "2024" or said >= 2)),
            "until" not in given
            or (said is not None and (given["until"] == "2024-01" or said < 4)),
            "where" not in given or held[str(given["where"])],
        )
    )


@settings(max_examples=60, deadline=None)
@given(st.lists(turns(), max_size=8), FILTERS, st.sampled_from(["walk", "pagerank"]))
def test_filters_hold_in_a_search_a_list_and_a_count_alike(said, given, retriever):
    with Memory.open("ram:", scope="club") as memory:
        memory.ingest_turns(said)
        hits = memory.search("kiln Iben Lund", k=20, retriever=retriever, min_score=0, **given)
        listed = memory.list(**given)
        wanted = {
            note.id
            for note in memory.list()
            for (episode,) in [memory.get(*note.origins)]
            for (session,) in [memory.get(note.session_id)]
            if passes(note, episode, session, given)
        }
        assert {note.id for note in listed} == wanted
        assert memory.count(**given) == len(wanted)
        assert {hit.note.id for hit in hits} <= wanted
        inside = {step for hit in hits for path in hit.paths for step in path.steps}
        assert {step for step in inside if step.startswith("n")} <= wanted
