"""Whatever is written, deleted and asked: a memory that keeps its index answers as one without."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from unittest.mock import patch

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from graphmem import Memory
from graphmem.index import bases

START = datetime(2026, 3, 1, 9, tzinfo=UTC)
THINGS = ("the green kayak", "a cello", "Ida's recipe", "the attic key", "two lemon trees")
PLACES = ("Zadar", "Cork", "the shed", "Oulu")
SAID = st.builds(
    "{} {} {} in {}.".format,
    st.sampled_from(("Ida", "Noor", "I", "We")),
    st.sampled_from(("kept", "sold", "found", "will paint")),
    st.sampled_from(THINGS),
    st.sampled_from(PLACES),
)
SPEAKERS = st.sampled_from(("Ida", "Noor"))
SCOPES = st.sampled_from(("ida", "noor"))
QUESTIONS = ("Where did Ida keep the kayak?", "What was sold in Cork?", "When did we find a cello?")


class IndexOnDisk(RuleBasedStateMachine):
    """One store in a file, asked by processes that keep an index and by fresh ones that do not."""

    encoder = None
    limits = ((bases, "FEWEST_NOTES", 1),)

    @initialize(behind=st.integers(1, 4))
    def begin(self, behind):
        self.folder = TemporaryDirectory()
        self.path = Path(self.folder.name) / "memory.db"
        self.now, self.asking = START, {}
        self.patches = [
            *(patch.object(*limit) for limit in self.limits),
            patch.object(bases, "MOST_BEHIND", behind),
        ]
        for one in self.patches:
            one.start()
        for scope in ("ida", "noor"):
            with self.opened(scope) as memory:
                memory.add("The index begins.", speaker="Ida", session="s0")

    def opened(self, scope, index="memory"):
        return Memory.open(
            self.path, scope=scope, index=index, clock=lambda: self.now, encoder=self.encoder
        )

    @rule(scope=SCOPES, said=st.lists(SAID, min_size=1, max_size=4), speaker=SPEAKERS)
    def add(self, scope, said, speaker):
        with self.opened(scope, "disk") as memory:
            for text in said:
                memory.add(text, speaker=speaker, session=f"s{len(text) % 3}")

    @rule(scope=SCOPES, said=SAID, speaker=SPEAKERS)
    def add_in_the_process_that_asks(self, scope, said, speaker):
        self.asked_by(scope).add(said, speaker=speaker)

    @rule(scope=SCOPES, at=st.integers(0, 99))
    def delete(self, scope, at):
        with self.opened(scope, "disk") as memory:
            notes = memory.list(limit=100).notes
            if len(notes) > 1:
                memory.delete(notes[at % len(notes)].id)

    @rule(scope=SCOPES, at=st.integers(0, 99), said=SAID)
    def update(self, scope, at, said):
        with self.opened(scope) as memory:
            notes = [note for note in memory.list(limit=100).notes if note.text != said]
            if notes:  # to say the same again is no update
                memory.update(notes[at % len(notes)].id, text=said)

    @rule(scope=SCOPES, at=st.integers(0, 99), days=st.integers(1, 20))
    def expire(self, scope, at, days):
        with self.opened(scope) as memory:
            notes = memory.list(limit=100).notes
            if notes:
                memory.expire(notes[at % len(notes)].id, at=self.now + timedelta(days=days))

    @rule(days=st.integers(1, 9))
    def time_goes_on(self, days):
        self.now += timedelta(days=days)

    @rule(scope=SCOPES)
    def process_ends(self, scope):
        if scope in self.asking:
            self.asking.pop(scope).close()

    def asked_by(self, scope):
        """Return the memory of the process that asks in a scope, started if there is none."""
        if scope not in self.asking:
            self.asking[scope] = self.opened(scope, "disk")
        return self.asking[scope]

    @invariant()
    def answers_are_those_of_a_fresh_engine(self):
        if not hasattr(self, "asking"):
            return
        for scope in ("ida", "noor"):
            with self.opened(scope) as fresh, self.opened(scope, "disk") as other:
                for question in QUESTIONS:
                    for as_of in (None, START + timedelta(days=3)):
                        wanted = told(fresh, question, as_of)
                        assert told(self.asked_by(scope), question, as_of) == wanted
                        assert told(other, question, as_of) == wanted

    def teardown(self):
        for memory in getattr(self, "asking", {}).values():
            memory.close()
        for one in getattr(self, "patches", ()):
            one.stop()
        if hasattr(self, "folder"):
            self.folder.cleanup()


def told(memory, question, as_of):
    return [hit.to_dict() for hit in memory.search(question, k=4, as_of=as_of)]


TestIndexOnDisk = IndexOnDisk.TestCase
TestIndexOnDisk.settings = settings(
    max_examples=8, stateful_step_count=10, deadline=None,
    suppress_health_check=list(HealthCheck),
)  # fmt: skip


def test_a_session_that_comes_back_hides_none_that_was_erased_meanwhile():
    machine = IndexOnDisk()
    machine.begin(behind=3)
    steps = (
        lambda: machine.update(at=75, said="We found the green kayak in Cork.", scope="ida"),
        lambda: machine.update(at=82, said="I will paint the kayak in the shed.", scope="ida"),
        lambda: machine.update(at=65, said="Ida found two lemon trees in Zadar.", scope="noor"),
        lambda: machine.update(at=6, said="We found two lemon trees in Zadar.", scope="noor"),
        lambda: machine.delete(at=9, scope="ida"),
        lambda: machine.add_in_the_process_that_asks(
            said="Ida will paint Ida's recipe in Oulu.", scope="noor", speaker="Noor"
        ),
        lambda: machine.delete(at=33, scope="noor"),
    )
    try:
        for step in steps:
            machine.answers_are_those_of_a_fresh_engine()
            step()
        machine.answers_are_those_of_a_fresh_engine()
    finally:
        machine.teardown()
