"""Turns -> Sessions and Episodes: which turn is which, the same however the turns come in.

A turn that its source names is known by that name; one without a name by its words, by when it was
said, and by how many stood before it with the same words at the same time. What a file says is
compared with the store, since files are read again; what a program gives goes on after it
(docs/adr/0001-ids-are-content-hashes.md).
"""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from functools import partial
from itertools import groupby

from graphmem.contracts import GraphStore
from graphmem.ids import episode_id, session_id
from graphmem.ingest.alignment import Occurrences, anchor, last_of, occurrences, time_of
from graphmem.ingest.arrivals import Arrival, Group, Reading
from graphmem.ingest.places import Places, counted
from graphmem.ingest.reading.turns import SourceFile, Turn
from graphmem.types import Episode, EpisodeId, ScopeKey, Session, SessionId


class Numbering:
    """Names and places the turns of one call, a transaction's worth at a time.

    What it remembers of a file is dropped when the next one begins.
    """

    def __init__(self, store: GraphStore, scope: ScopeKey, *, restore: bool) -> None:
        self._store, self._scope, self._restore = store, scope, restore
        self._file: SourceFile | None = None
        self._readings: dict[tuple[str, str], Reading] = {}
        self._owner = object()
        """Of what this one may change. It is not this one itself, which would then live on."""
        self.ended: list[Reading] = []
        """The readings of files that were read to their end by the last call of `number`."""

    def copy(self) -> "Numbering":
        """Return one that goes on from here and leaves this one as it is."""
        other = Numbering(self._store, self._scope, restore=self._restore)
        other._file = self._file
        other._readings = self._readings.copy()
        return other

    def number(self, turns: Iterable[Turn]) -> list[Arrival]:
        """Return the arrivals of the turns, in order; reads the store, which must not change."""
        if self._file is None:
            self._readings = {}
        self.ended = []
        arrivals = [self._arrived(turn) for turn in turns]
        states = self._store.known(self._scope, [arrival.first for arrival in arrivals])
        for arrival in arrivals:
            arrival.state = states.get(arrival.first, "")
        self._look_up(arrivals)
        for arrival in arrivals:
            self._name(arrival)
        later = [arrival.id for arrival in arrivals if arrival.id != arrival.first]
        states |= self._store.known(self._scope, later) if later else {}
        for arrival in arrivals:
            arrival.state = states.get(arrival.id, "")
            _follow(arrival)
            if not arrival.reading.goes_on or self._is_wanted(arrival):
                arrival.position = self._places(arrival).take(arrival.turn)
        return arrivals

    def _is_wanted(self, arrival: Arrival) -> bool:
        return not arrival.state or (self._restore and arrival.state == "tombstone")

    def _arrived(self, turn: Turn) -> Arrival:
        reading = self._reading(turn)
        said_at = turn.said_at.astimezone(UTC) if turn.said_at else self._carried(reading, turn)
        if reading.goes_on and reading.said_at and said_at:
            reading.said_at = max(reading.said_at, said_at)
        else:
            reading.said_at = said_at
        when = said_at.isoformat() if said_at else ""
        if turn.source_id is None:
            first = _id(reading.session, turn, when, "#0")
        else:  # a time that its source did not say is no part of its name
            is_said = turn.said_at is not None and not turn.is_clock_time
            first = _id(reading.session, turn, when if is_said else "", turn.source_id)
        if turn.ends_file:
            self.ended += self._readings.values()
        return Arrival(turn, reading, said_at, when, first, first)

    def _reading(self, turn: Turn) -> Reading:
        if turn.file is not self._file:
            self._file = turn.file
            self._readings = {}
        key = turn.collection, turn.session
        reading = self._readings.get(key) or self._begun(turn)
        if reading.owner is not self._owner:
            reading = reading.copy(self._owner)
        self._readings[key] = reading
        return reading

    def _begun(self, turn: Turn) -> Reading:
        session = Session(
            id=SessionId(session_id(self._scope, turn.collection, turn.session)),
            scope=self._scope,
            collection=turn.collection,
            name=turn.session,
        )
        is_own = turn.file is not None and turn.collection == turn.file.collection
        reading = Reading(session, turn.file, is_own, owner=self._owner)
        if turn.file is not None and not is_own:
            reading.is_whole = reading.last(self._store) is None
        return reading

    def _carried(self, reading: Reading, turn: Turn) -> datetime | None:
        """Return the time of an undated turn: that of the turn before it, if that has one."""
        if reading.is_whole or (reading.said_at and not reading.goes_on):
            return reading.said_at
        last = reading.last(self._store)
        if last is None or last.stands_at is None:
            return reading.said_at
        if reading.goes_on:
            return max(reading.said_at or last.stands_at, last.stands_at)
        return time_of(self._store, reading.session, turn.speaker, turn.text, last).stands_at

    def _look_up(self, arrivals: Sequence[Arrival]) -> None:
        """Read what is stored of the groups and sayings that these turns meet first."""
        compared = [a for a in arrivals if not a.reading.is_whole]
        for arrival in compared:
            group = self._group(arrival)
            if arrival.turn.source_id is None and arrival.first not in group.stored:
                stored = Occurrences()
                if arrival.state:
                    named = partial(_nth_id, arrival)
                    is_read = not arrival.reading.goes_on
                    stored = occurrences(self._store, arrival.session, named, read=is_read)
                group.stored[arrival.first] = stored
        fresh = [a for a in compared if not a.reading.goes_on and self._group(a).places is None]
        fresh.sort(key=lambda a: (a.session.id, a.when))  # stable: the order read stays
        runs = [list(run) for _, run in groupby(fresh, key=lambda a: (a.session.id, a.when))]
        for run in [run for run in runs if not self._align(run)]:
            reading = run[0].reading
            if 2 * reading.again > reading.compared:
                self._align(run, is_again=True)

    def _align(self, arrivals: Sequence[Arrival], *, is_again: bool = False) -> bool:
        """Find where a file's turns of one session and time begin among those stored, if inside."""
        group, reading = self._group(arrivals[0]), arrivals[0].reading
        if self._are_counted(arrivals):
            group.places = Places()
            return True
        named = [a.id for a in arrivals if a.state == "live" and a.turn.source_id is not None]
        read = {e.id: [e] for e in self._store.read("episode", self._scope, named)}
        candidates = [
            read.get(a.id, [])
            if a.turn.source_id is not None
            else [e for _, e in group.stored[a.first].live]
            for a in arrivals
        ]
        found = anchor(self._store, reading.session, candidates, is_again=is_again)
        if found:
            group.start = found[0]
            group.places = Places.from_(*found)
        if not is_again and any(candidates):
            reading.compared += len(arrivals)
            reading.again += len(arrivals) if found else 0
        return found is not None

    def _are_counted(self, arrivals: Sequence[Arrival]) -> bool:
        """Tell whether the turns' ids count, as those stored do: then they say every place."""
        numbers = [counted(arrival.turn.source_id) for arrival in arrivals]
        prefixes = {number[0] if number else None for number in numbers}
        stored = Places.behind(self._last_in(arrivals[0]))
        return None not in prefixes and prefixes == {stored.prefix}

    def _group(self, arrival: Arrival) -> Group:
        groups = arrival.reading.groups
        group = groups.get(arrival.when) or Group(owner=self._owner)
        if group.owner is not self._owner:
            group = group.copy(self._owner)
        groups[arrival.when] = group
        return group

    def _name(self, arrival: Arrival) -> None:
        """Number the occurrence of a turn without a name."""
        if arrival.turn.source_id is not None:
            return
        group = self._group(arrival)
        stored = group.stored.get(arrival.first, Occurrences())
        number = stored.before(group.start) + group.read[arrival.first]
        arrival.id = _nth_id(arrival, number)
        stays_deleted = number < stored.count and arrival.reading.goes_on and not self._restore
        group.read[arrival.first] += not stays_deleted

    def _places(self, arrival: Arrival) -> Places:
        group = self._group(arrival)
        if group.places is None:
            group.places = Places.behind(self._last_in(arrival))
        return group.places

    def _last_in(self, arrival: Arrival) -> Episode | None:
        """Return the last episode stored before of a turn's session and time."""
        reading = arrival.reading
        last = None if reading.is_whole else reading.last(self._store)
        if last is None or arrival.when >= last.order[0]:
            return last if last and arrival.when == last.order[0] else None
        return last_of(self._store, reading.session, arrival.when)


def _follow(arrival: Arrival) -> None:
    """Note in its reading that a turn was read."""
    reading = arrival.reading
    arrival.behind, reading.latest = reading.latest, arrival.id
    arrival.is_first_new = not arrival.state and not reading.has_new
    reading.has_new = reading.has_new or not arrival.state
    if arrival.turn.is_passage:
        reading.seen.add(arrival.id)


def _nth_id(arrival: Arrival, number: int) -> EpisodeId:
    if number == 0:
        return arrival.first
    return _id(arrival.session, arrival.turn, arrival.when, f"#{number}")


def _id(session: Session, turn: Turn, when: str, place: str) -> EpisodeId:
    return EpisodeId(episode_id(session.id, place, turn.speaker or "", when, turn.text))
