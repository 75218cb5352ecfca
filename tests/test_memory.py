"""Memory: the verbs as a program uses them."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from weakref import ref

import pytest

from graphmem import Memory, Scope
from graphmem.arrays import GraphSnapshot
from graphmem.contracts import identity_of
from graphmem.errors import (
    ConfigError,
    EncoderMismatchError,
    InputError,
    MissingRecordError,
    PluginError,
    ScopeError,
    UnknownBackendError,
)
from graphmem.graph.sqlite.store import SqliteStore
from graphmem.ingest import Turn
from graphmem.registry import open_extractor, open_store
from graphmem.rules import RuleExtractor
from graphmem.testing import standing_clock
from tests.conftest import SAMPLES
from tests.spelled import SpelledEncoder

MAY = datetime(2024, 5, 8, 18, 30, tzinfo=UTC)


@pytest.fixture
def memory(tmp_path: Path) -> Memory:
    with Memory.open(tmp_path / "m.db", scope=Scope("ana"), clock=standing_clock) as opened:
        yield opened


def test_no_scope_is_an_error_never_everybodys_memory(tmp_path: Path) -> None:
    with pytest.raises(ScopeError, match="--scope"):
        Memory.open(tmp_path / "m.db")


def test_what_is_added_is_found_with_its_origin(memory: Memory) -> None:
    memory.add("I moved to Lisbon last Friday.", speaker="Ana", said_at=MAY)
    (hit,) = memory.search("Who moved to Lisbon?", k=3)
    assert hit.rank == 1
    assert hit.note.text == "I moved to Lisbon last Friday."
    assert hit.episodes[0].speaker == "Ana"
    assert hit.sessions[0].name == "notes"
    assert hit.why
    assert hit.paths[0].steps[-1] == hit.note.id


def test_adding_the_same_words_twice_keeps_both_and_adding_an_id_twice_leaves_one(
    memory: Memory,
) -> None:
    memory.add("hello", speaker="Ana", said_at=MAY)
    receipt = memory.add("hello", speaker="Ana", said_at=MAY)
    assert (receipt.episodes_added, receipt.episodes_known) == (1, 0)
    memory.add("bye", speaker="Ana", said_at=MAY, metadata={"id": "m1"})
    receipt = memory.add("bye", speaker="Ana", said_at=MAY, metadata={"id": "m1"})
    assert (receipt.episodes_added, receipt.episodes_known) == (0, 1)


def test_a_naive_time_is_utc(memory: Memory) -> None:
    memory.add("hello", speaker="Ana", said_at="2024-05-08 18:30")
    assert memory.search("hello")[0].note.said_at == MAY


def test_an_undated_turn_is_said_now(memory: Memory) -> None:
    memory.add("hello", speaker="Ana")
    assert memory.search("hello")[0].note.said_at == standing_clock()


@pytest.mark.parametrize("question", ["", "   ", "\n"])
def test_a_blank_question_finds_nothing(memory: Memory, question: str) -> None:
    memory.add("hello", speaker="Ana", said_at=MAY)
    assert memory.search(question) == []


def test_an_empty_memory_finds_nothing(memory: Memory) -> None:
    assert memory.search("Where does Ana live?") == []


def test_a_memory_of_one_word_and_no_speaker_is_searched(memory: Memory) -> None:
    memory.add("ok", said_at=MAY)
    assert [hit.note.text for hit in memory.search("ok")] == ["ok"]
    assert memory.search("what?") == []


def test_as_of_a_day_includes_that_day_and_nothing_after(memory: Memory) -> None:
    memory.add("I live in Porto.", speaker="Ana", said_at="2024-04-01T22:00:00Z")
    memory.add("I live in Lisbon.", speaker="Ana", said_at="2024-04-02T00:00:00Z")
    past = memory.search("Where does Ana live?", as_of="2024-04-01")
    assert [hit.note.text for hit in past] == ["I live in Porto."]
    assert len(memory.search("Where does Ana live?")) == 2


def test_a_search_after_a_deletion_sees_nothing_of_it(memory: Memory) -> None:
    memory.add("The kitten sleeps.", speaker="Ana", said_at=MAY)
    memory.add("The train is late.", speaker="Ben", said_at=MAY)
    (kitten, *_) = memory.search("kitten")
    memory.delete(kitten.episodes[0].id)
    assert memory.search("kitten") == []  # nothing that is left says so
    assert [hit.note.text for hit in memory.search("train")] == ["The train is late."]
    with pytest.raises(MissingRecordError):
        memory.get(kitten.note.id)


def test_only_episodes_and_notes_are_deleted(memory: Memory) -> None:
    memory.add("hello", speaker="Ana", said_at=MAY)
    (session,) = memory.search("hello")[0].sessions
    with pytest.raises(ConfigError, match="no episode or note"):
        memory.delete(session.id)


def test_a_session_name_that_two_collections_have_must_be_given_in_full(memory: Memory) -> None:
    memory.ingest_turns(
        Turn(collection=c, session="s1", text="hello", said_at=MAY, where="t") for c in ("a", "b")
    )
    with pytest.raises(ConfigError, match="a/s1, b/s1"):
        memory.delete_session("s1")
    assert memory.delete_session("a/s1").episodes_deleted == 1


def test_a_path_that_is_not_there_is_an_error(memory: Memory) -> None:
    with pytest.raises(InputError, match=r"nowhere\.jsonl"):
        memory.ingest("nowhere.jsonl")


def test_a_broken_line_is_counted_and_the_rest_is_taken(memory: Memory, tmp_path: Path) -> None:
    path = tmp_path / "chat.jsonl"
    good = b'{"session":"s","speaker":"Ana","text":"hello","said_at":"2024-05-08T10:%02d:00Z"}\n'
    path.write_bytes(b"".join(good % i for i in range(30)) + b"{broken\n" + good % 31)
    receipt = memory.ingest(path)
    assert (receipt.episodes_added, receipt.skipped) == (31, 1)
    assert receipt.problems[0].source == "chat.jsonl:31"


def test_progress_is_told_while_files_are_read(memory: Memory) -> None:
    heard: list[tuple[str, int, int | None]] = []
    memory.ingest(SAMPLES / "dialogues", progress=lambda *step: heard.append(step))
    files = (SAMPLES / "dialogues").iterdir()
    size = sum(path.stat().st_size for path in files if path.is_file())
    assert heard[0][0] == "ana_ben.jsonl:1"
    assert heard[-1] == ("", size, size)
    done = [step[1] for step in heard]
    assert done == sorted(done)


def test_documents_and_dialogues_of_one_memory_answer_together(memory: Memory) -> None:
    memory.ingest(SAMPLES / "dialogues", SAMPLES / "documents")
    kinds = {
        memory.search(question, k=1)[0].note.kind
        for question in (
            "Why was the trip to the Azores cancelled?",
            "Who founded Quillon Glassworks?",
        )
    }
    assert kinds == {"turn", "passage"}


def test_history_tells_the_origin_of_a_segment(memory: Memory) -> None:
    memory.ingest(SAMPLES / "dialogues")
    segment = next(n for n in memory.store.scan("note", "ana") if n.kind == "segment")
    told = memory.history(segment.id)
    assert [e.id for e in told.episodes] == list(segment.origins)
    assert told.changes == ()


def test_content_is_stored_as_it_is_whatever_it_says(memory: Memory) -> None:
    hostile = "'); DROP TABLE note; -- \u202e }) DETACH DELETE n // ${x} {{y}} \x1b[31m"
    memory.add(hostile, speaker="Robert'); --", said_at=MAY)
    (hit,) = memory.search("DROP TABLE note")
    assert (hit.note.text, hit.note.speaker) == (hostile, "Robert'); --")


class WatchedStore(SqliteStore):
    """A store that says whether the last snapshot's vectors are gone once the next is made."""

    last: Any = staticmethod(lambda: None)
    were_gone: tuple[bool, ...] = ()

    def snapshot(self, *args: Any, **named: Any) -> GraphSnapshot:
        found = super().snapshot(*args, **named)
        self.were_gone += (self.last() is None,)
        self.last = ref(found.vectors.notes)
        return found


def test_a_refresh_never_holds_two_sets_of_vectors(tmp_path: Path) -> None:
    store, encoder = WatchedStore(tmp_path / "m.db"), SpelledEncoder()
    store.set_encoder(identity_of(encoder))
    memory = Memory(store, Scope("ana"), encoder=encoder, extractor=open_extractor("rules"))
    for text in ("Ben sold the boat.", "Ana found a key.", "Cem left Graz."):
        memory.add(text, speaker="Ana", said_at=MAY)
        assert memory.search(text)[0].note.text == text
    assert store.were_gone == (True, True, True)
    memory.search("Who left Graz?")
    assert len(store.were_gone) == 3, "nothing was written, so nothing is read"
    memory.close()


def nested(depth: int) -> list[Any]:
    inner: list[Any] = []
    for _ in range(depth):
        inner = [inner]
    return inner


@pytest.mark.parametrize(
    ("given", "named"),
    [
        ({"text": 5}, "text"),
        ({"text": None}, "text"),
        ({"text": b"bytes"}, "text"),
        ({"text": "ok", "session": 7}, "session"),
        ({"text": "ok", "speaker": ["Ana"]}, "speaker"),
        ({"text": "ok", "said_at": "soon"}, "soon"),
        ({"text": "ok", "said_at": object()}, "date"),
        ({"text": "ok", "metadata": "colour"}, "metadata"),
        ({"text": "ok", "metadata": {"colour": {1, 2}}}, "colour"),
        ({"text": "ok", "metadata": {"size": float("nan")}}, "size"),
        ({"text": "ok", "metadata": {"deep": {"inner": object()}}}, "deep"),
    ],
)
def test_an_argument_of_add_that_cannot_be_is_refused_by_its_name(
    memory: Memory, given: dict[str, Any], named: str
) -> None:
    with pytest.raises(InputError, match=named):
        memory.add(**given)
    assert memory.store.stats("ana")["episode"] == 0


@pytest.mark.parametrize(
    ("call", "error", "named"),
    [
        (lambda m: m.search("x", k="3"), ConfigError, "k must be int"),
        (lambda m: m.search("x", k=True), ConfigError, "k must be int"),
        (lambda m: m.search(None), ConfigError, "question must be str"),
        (lambda m: m.search("quinces\ud800"), ConfigError, "question holds half a surrogate"),
        (lambda m: m.search("x", retriever=["walk"]), ConfigError, "retriever must be str"),
        (lambda m: m.search("x", as_of="one day"), InputError, "one day"),
        (lambda m: m.search("x", as_of=["2024"]), InputError, "2024"),
        (lambda m: m.search("x", retriever="wlak"), UnknownBackendError, "'walk'"),
        (lambda m: m.get(None), ConfigError, "an id must be str"),
        (lambda m: m.get(7), ConfigError, "an id must be str"),
        (lambda m: m.history(b"n1"), ConfigError, "the id of a note must be str"),
        (lambda m: m.delete(None), ConfigError, "an id must be str"),
        (lambda m: m.delete_session(3), ConfigError, "the name of a session must be str"),
        (lambda m: m.ingest(3), ConfigError, "a path must be str"),
    ],
)
def test_an_argument_of_a_wrong_type_is_one_line_at_once(
    memory: Memory, call: Any, error: type[Exception], named: str
) -> None:
    memory.add("The boat is blue.", said_at=MAY)
    with pytest.raises(error, match=named):
        call(memory)


def test_a_scope_is_a_name_or_a_scope(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="scope must be"):
        Memory.open(tmp_path / "m.db", scope=5)  # type: ignore[arg-type]
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"text": ""}, "text is blank"),
        ({"text": " \n "}, "text is blank"),
        ({"text": "half \ud800"}, "text holds half a surrogate"),
        ({"text": b"bytes"}, "text must be a str"),
        ({"text": {"role": "user"}}, "text must be a str"),
        ({"text": "x", "speaker": " "}, "speaker is blank"),
        ({"text": "x", "speaker": "\udfff"}, "speaker holds half"),
        ({"text": "x", "session": ""}, "session is blank"),
        ({"text": "x", "id": " "}, "id is blank"),
        ({"text": "x", "id": True}, "id must be a str"),
        ({"text": "x", "id": "n" + "0" * 24}, "own ids"),
        ({"text": "x", "metadata": {"mood": [{"now": "\ud800"}]}}, "'mood'.*half a surrogate"),
        ({"text": "x", "metadata": {"\ud800": 1}}, "half a surrogate"),
        ({"text": []}, "no text"),
        ({"text": [{"role": "user", "content": "x"}], "id": "a"}, "its own id"),
        ({"text": [{"role": "user", "content": 7}]}, r"messages\[0\]: content"),
        ({"text": [{"role": "user", "content": "x"}, "y"]}, r"messages\[1\]"),
        ({"text": [{"role": "user", "content": "\ud800"}]}, r"messages\[0\] holds half"),
    ],
)
def test_add_refuses_at_once_what_cannot_be_remembered(
    memory: Memory, given: dict[str, Any], message: str
) -> None:
    with pytest.raises(InputError, match=message):
        memory.add(**given)
    assert memory.count() == 0


def test_add_returns_the_ids_of_what_it_was_given(memory: Memory) -> None:
    receipt = memory.add("The boat is blue.", id="boat")
    assert memory.get(*receipt.ids) == memory.get("boat")
    again = memory.add("The boat is blue.", id="boat")
    assert (again.ids, again.episodes_known) == (receipt.ids, 1)
    memory.delete("boat")
    gone = memory.add("The boat is blue.", id="boat")
    assert (gone.ids, gone.episodes_tombstoned) == ((), 1)


def test_add_takes_a_list_of_messages_as_chat_models_do(memory: Memory) -> None:
    receipt = memory.add(
        [
            {"role": "user", "content": "Which ferry goes to Ærø?"},
            {"role": "assistant", "content": None, "tool_calls": [{"id": "t1"}]},
            {"role": "assistant", "content": [{"type": "text", "text": "The one from Svendborg."}]},
            {"role": "user", "name": "Bo", "content": "Thanks!", "id": "m4"},
        ],
        said_at=MAY,
        metadata={"app": "phone"},
    )
    found = memory.get(*receipt.ids)
    assert [(e.speaker, e.text) for e in found] == [
        ("user", "Which ferry goes to Ærø?"),
        ("assistant", "The one from Svendborg."),
        ("Bo", "Thanks!"),
    ]
    assert {(e.said_at, e.metadata["app"]) for e in found} == {(MAY, "phone")}
    assert [e.position for e in found] == sorted(e.position for e in found)
    assert memory.get("m4") == [found[2]]
    assert [problem.source for problem in receipt.problems] == ["messages[1]"]


def test_add_takes_what_a_file_may_hold(memory: Memory) -> None:
    receipt = memory.add("Nul \0 and more.", metadata={"day": MAY, "deep": nested(5_000)})
    assert receipt.episodes_added == 1
    assert "replaced" in receipt.problems[0].message
    (hit,) = memory.search("more", k=1)
    assert hit.note.text == "Nul \ufffd and more."
    assert hit.episodes[0].metadata["day"] == "2024-05-08T18:30:00+00:00"


def test_the_encoder_is_recorded_with_the_first_write_and_not_before(tmp_path: Path) -> None:
    path = tmp_path / "m.db"
    with Memory.open(path, scope="ana", encoder=SpelledEncoder()) as memory:
        assert memory.search("Who?") == []
        assert memory.store.encoder() is None
    with Memory.open(path, scope="ana") as memory:
        with pytest.raises(InputError, match="blank"):
            memory.add("  ")
        assert memory.store.encoder() is None
        memory.add("The boat is blue.")
        assert memory.store.encoder() is not None
    with pytest.raises(EncoderMismatchError, match="rules@"):
        Memory.open(path, scope="ana", encoder=SpelledEncoder())


def test_an_encoder_chosen_by_another_process_meanwhile_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "m.db"
    with (
        Memory.open(path, scope="ana", encoder=SpelledEncoder()) as late,
        Memory.open(path, scope="ana") as early,
    ):
        early.add("The boat is blue.")
        with pytest.raises(EncoderMismatchError):
            late.add("The boat is red.")
        with pytest.raises(EncoderMismatchError):
            late.search("Which boat?")


def test_store_encoder_and_extractor_may_be_objects() -> None:
    store, encoder = open_store("ram:"), SpelledEncoder()
    with Memory.open(
        store, scope="ana", encoder=encoder, extractor=RuleExtractor(), clock=standing_clock
    ) as memory:
        memory.add("Cem left Graz.")
        assert memory.search("Who left Graz?")[0].note.text == "Cem left Graz."
    assert memory.store is store
    assert encoder.asked


def test_an_object_that_is_no_encoder_is_refused_before_anything_is_recorded(
    tmp_path: Path,
) -> None:
    with pytest.raises(PluginError, match="no encoder"):
        Memory.open(tmp_path / "m.db", scope="ana", encoder=object())  # type: ignore[arg-type]
    with Memory.open(tmp_path / "m.db", scope="ana") as memory:
        assert memory.store.encoder() is None


@pytest.mark.parametrize("url", ["ram:", "threads.db"])
def test_one_memory_serves_many_threads_that_add_search_and_delete(
    url: str, tmp_path: Path
) -> None:
    names = [f"{place}{number}" for place in ("Lisbon", "Graz", "Porto") for number in range(6)]
    with Memory.open(url if url == "ram:" else tmp_path / url, scope="ana") as memory:
        memory.add("Nobody goes to Atlantis.", said_at=MAY, session="before")

        def visit(name: str) -> None:
            memory.add(f"We went to {name}.", speaker="Ana", said_at=MAY, session=name)
            (hit, *_) = memory.search(f"Who went to {name}?", k=3)
            assert name in hit.note.text
            if name.endswith("5"):
                memory.delete(hit.episodes[0].id)

        with ThreadPoolExecutor(6) as threads:
            list(threads.map(visit, names))
        kept = sorted(episode.text for episode in memory.store.scan("episode", "ana"))
        left = [f"We went to {name}." for name in names if not name.endswith("5")]
        assert kept == sorted(["Nobody goes to Atlantis.", *left])
        found = {hit.note.text for hit in memory.search("Who went to Graz1?", k=100)}
        assert found <= set(kept)


def test_another_scopes_memory_is_of_the_same_store_and_sees_nothing_of_this_one() -> None:
    with Memory.open("ram:", scope="ana", extractor="rules") as memory:
        memory.add("Ana keeps bees.")
        other = memory.of("ben")
        other.add("Ben keeps goats.")
        assert other.store is memory.store
        assert (other.scope, other.encoder) == (Scope("ben"), memory.encoder)
        assert [hit.note.text for hit in other.search("Who keeps what?")] == ["Ben keeps goats."]
        assert [hit.note.text for hit in memory.search("Who keeps what?")] == ["Ana keeps bees."]
        assert other.now().tzinfo is not None
