"""A reason is so: take away what it names, and the score falls. Every kind of reason is tried."""

import re
from collections import Counter
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

import numpy as np

from graphmem import Memory
from graphmem.answers import Hit
from graphmem.retrieve import Asked, Engine

CLOCK = datetime(2024, 9, 1, 12, tzinfo=UTC)
FILLER = "thing"
LAST = 27
"""The turn that words are moved to."""
QUOTED = r"“((?:[^”])*)”"


@dataclass(frozen=True)
class Said:
    """One turn of a talk; `key` finds it again when its words were changed."""

    key: int
    session: str
    speaker: str
    text: str
    said_at: datetime


def talk() -> list[Said]:
    sessions = {
        ("2024-03-02", "a"): """
            Ana: Morning! Did you sleep at all?
            Ben: Hardly. The boiler rattled until four.
            Ana: Then call the plumber. Mine came within two hours.
            Ben: Which one do you use?
            Ana: Quill and Sons, near the harbour.
            Ben: Thanks, I rang them yesterday in the end.
            Ana: And did they come?
            Ben: Not yet, they promised Tuesday.""",
        ("2024-05-08", "b"): """
            Ben: My sister Nora is moving to Tromsø because her firm opens an office there.
            Ana: When does she leave?
            Ben: Next Friday, with eleven boxes and the cello.
            Ana: Eleven! And who takes the parrot?
            Ben: Our aunt does, she likes the noise.
            Ana: I bought a canoe last week, by the way.
            Ben: Where do you keep it?
            Ana: In the old barn at Lindholm.
            Ben: Good, it is dry there.""",
        ("2024-06-20", "c"): """
            Cleo: The choir sings on Sunday.
            Ana: What do you sing?
            Cleo: A requiem, and I have the alto solo.
            Ana: I will bring my mother.
            Cleo: Bring three friends as well, the hall is large.""",
        ("2024-07-01", "d"): """
            Cleo: The printer is broken again.
            Ben: Turn it off and on.
            Cleo: I did that twice.
            Ben: Then it wants a new drum.""",
        ("2024-08-01", "e"): """
            Dov: The tram is late.
            Dov: Still.""",
    }
    said: list[Said] = []
    for (day, session), lines in sessions.items():
        start = datetime.fromisoformat(f"{day}T18:00:00+00:00")
        for at, line in enumerate(lines.strip().splitlines()):
            speaker, text = line.strip().split(": ", 1)
            said.append(Said(len(said), session, speaker, text, start + timedelta(minutes=at)))
    return said


QUESTIONS = (
    "Where does Ana keep the canoe?",
    "Which plumber does Ana use near the harbour?",
    "Why is Nora moving to Tromsø?",
    "When does Ben's sister leave?",
    "How many boxes does Nora take?",
    "What did Ana say on 8 May 2024?",
    "What was said about the choir in June 2024?",
    "Who takes the parrot?",
    "What did Cleo say about the printer and the drum?",
    "boiler rattled plumber",
    "Where is the hall of the requiem?",
    "Did Ben and Cleo turn the printer off?",
    "What does the canoe cost?",
    "Who did I say would come to the choir?",
    "The plummer and his harbor?",
)


@dataclass(frozen=True)
class Scored:
    """A turn's hit and the sums of its channels: a share of one rises where a rival falls."""

    hit: Hit
    totals: tuple[float, float]
    """Where the question is asked by its own words, and by words related to them."""
    anew: bool
    """Which of them was asked."""


def searched(said: list[Said], question: str) -> dict[int, Scored]:
    """Return how every turn scored, by its key."""
    with Memory.open("ram:", scope="ana", clock=lambda: CLOCK) as memory:
        for one in said:
            memory.add(
                one.text, speaker=one.speaker, said_at=one.said_at, session=one.session,
                id=str(one.key),
            )  # fmt: skip
        asked = Asked(text=question, k=len(said), now=CLOCK, asker="Ana", any_time=True)
        snapshot = memory.store.snapshot((memory.scope.key,), None)
        engine = Engine.of(snapshot, encoder=memory.encoder)
        read, n = engine.reader.read(asked), len(said)
        ways = [engine.turns.judge(read, n, by_related=way).scored.scores for way in (False, True)]
        judged, _ = engine.turns.answered(read, n)
        anew = not np.array_equal(judged.scored.scores, ways[0])
        hits = memory.search(question, k=len(said), asker="Ana", any_time=True, min_score=0.0)
        at = {note: place for place, note in enumerate(snapshot.note_ids)}
        return {
            int(hit.episodes[0].source_id): Scored(
                hit, (float(ways[0][at[hit.note.id]]), float(ways[1][at[hit.note.id]])), anew
            )
            for hit in hits
        }


def changed(said: list[Said], key: int, **values: object) -> list[Said]:
    return [replace(one, **values) if one.key == key else one for one in said]


def without(said: list[Said], key: int, word: str) -> list[Said]:
    """Return the talk with a word, or a few, of one turn replaced by one that nobody asks for."""
    text = next(one.text for one in said if one.key == key)
    filler = " ".join(FILLER for _ in word.split())
    lost = re.sub(rf"(?<!\w){re.escape(word)}(?!\w)", filler, text)
    assert lost != text, (word, text)
    return changed(said, key, text=lost)


def without_all(said: list[Said], key: int, words: list[str]) -> list[Said]:
    """Return the talk with words of one turn said in the last session, by itself, instead.

    So a word stays as rare as it was: where none says it, the channels weigh what is left of the
    question anew, and a turn may gain by that.
    """
    for word in words:
        said = without(said, key, word)
    return changed(said, LAST, text=f"{said[LAST].text} {' '.join(words)}")


def taken_away(said: list[Said], key: int, reason: str) -> tuple[str, list[Said]]:
    """Return the kind of a reason and the talk without what it names."""
    reason = re.sub(r" \((?:like|for) “[^”]*”\)", "", reason)
    me = said[key]
    if found := re.fullmatch(rf"says ((?:{QUOTED}(?:, )?)+)", reason):
        return "says", without_all(said, key, re.findall(QUOTED, found[1]))
    if found := re.fullmatch(r"the turn (before|after) it says (.*)", reason):
        other = key - 1 if found[1] == "before" else key + 1
        return f"turn {found[1]}", without_all(said, other, re.findall(QUOTED, found[2]))
    if found := re.fullmatch(r"(.*) (?:is|are) said (\d) turns (before|after): .*", reason):
        other = key + (-1 if found[3] == "before" else 1) * int(found[2])
        return "turns away", without_all(said, other, re.findall(QUOTED, found[1]))
    if found := re.fullmatch(r"(.*) (?:is|are) said elsewhere in its session: (.*)", reason):
        quoted = re.search(QUOTED, found[2])[1].strip("…")
        other = next(one.key for one in said if quoted in " ".join(one.text.split()))
        return "elsewhere", without_all(said, other, re.findall(QUOTED, found[1]))
    if re.match(r"said by ", reason):
        return "speaker", changed(said, key, speaker="Zed")
    if found := re.match(r"from a conversation with (.*), wh", reason):
        names = set(re.split(r" and ", found[1]))
        lost = [
            replace(one, speaker="Zed") if one.session == me.session and one.speaker in names
            else one
            for one in said
        ]  # fmt: skip
        return "present", lost
    if re.match(r"said (?:on|in|at) .*", reason):
        later = [
            replace(one, said_at=one.said_at + timedelta(days=400))
            if one.session == me.session else one
            for one in said
        ]  # fmt: skip
        return "date", later
    if re.match(r"follows a question", reason):
        text = said[key - 1].text.replace("?", ".")
        return "follows", changed(said, key - 1, text=text)
    if reason == "tells, and does not ask":
        return "tells", changed(said, key, text=me.text.rstrip(".") + "?")
    if reason == "stands at the beginning of its session":
        before = [
            Said(100 + at, me.session, "Zed", FILLER, me.said_at - timedelta(days=1))
            for at in range(3)
        ]
        return "opens", [*before, *said]
    found = re.fullmatch(rf"(names|tells .*?|tells of .*?):? ((?:{QUOTED}(?:, )?)+)", reason)
    assert found, f"no way to take away what this reason names: {reason}"
    lost = said
    for piece in re.findall(QUOTED, found[2]):
        lost = without(lost, key, piece)
    return found[1].split(",")[0], lost


KINDS = {
    "says", "turn before", "turn after", "turns away", "speaker", "date", "follows", "names",
    "tells a time", "tells of a person", "tells a reason",
}  # fmt: skip


def test_taking_away_what_a_reason_names_lowers_the_score() -> None:
    kinds: Counter[str] = Counter()
    wrong = []
    said = talk()
    for question in QUESTIONS:
        scored = searched(said, question)
        best = [key for key, one in scored.items() if one.hit.rank <= 4]
        for key, reason in [(one, why) for one in best for why in scored[one].hit.why]:
            kind, lost = taken_away(said, key, reason)
            kinds[kind] += 1
            after = searched(lost, question).get(key)
            way = scored[key].anew
            if after is not None and after.totals[way] >= scored[key].totals[way]:
                wrong.append((question, said[key].text, reason))
    assert wrong == []
    assert kinds.keys() >= KINDS, f"tried: {kinds}"
