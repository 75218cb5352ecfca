"""ReadOnlyMemory: what can be asked of one scope's memory, and of several that are named."""

from collections.abc import Sequence
from logging import DEBUG

from graphmem.answers import Context, Hits
from graphmem.asking.arguments import Names, When, Where, filters_of, moment_of
from graphmem.asking.around import atomic_notes
from graphmem.asking.browsed import BrowsedMemory
from graphmem.asking.profile import profile_of
from graphmem.asking.slot import asked_plainly, slot_of
from graphmem.changes import History
from graphmem.config import Settings, require_text, require_type, scope_of
from graphmem.dates.zones import zone_of
from graphmem.errors import ConfigError, ScopeError
from graphmem.fair_queue import PYTHON
from graphmem.filters import Filters
from graphmem.graph.validate import refuse_unknown_scopes
from graphmem.overview import Profile, Slot
from graphmem.retrieve import Asked, context_of, hits_across, retriever_named
from graphmem.steps import step
from graphmem.tokens import TokenCounter, estimated_tokens
from graphmem.types import Episode, Note, Scope, ScopeKey

SHOWN_HITS = 10
"""Hits of a search that count as shown where a memory forgets by what was shown."""
BLOCK = 64
"""Questions that are ranked at once: what a GPU is worth being asked for."""
CONTEXT_HITS = 30
"""Hits that a context chooses from: more than a budget of thousands of tokens holds is not read."""


class ReadOnlyMemory(BrowsedMemory):
    """Everything that can be asked of one scope's memory; nothing here writes.

    `Memory` adds the verbs that write. Times are datetimes, dates, or texts: `2024-05-08T18:30`,
    `2024-05-08`, `2024-05`, `2024`. A time of day without a zone is UTC; a day, month or year is
    one in the zone of the settings, or in the `timezone` given.
    """

    def search(
        self,
        question: str,
        *,
        k: int = 5,
        as_of: When = None,
        since: When = None,
        until: When = None,
        speaker: Names = None,
        session: Names = None,
        kind: Names = None,
        where: Where = None,
        archived: bool = False,
        scopes: Sequence[Scope | str] | None = None,
        asker: str | None = None,
        history: Sequence[str] = (),
        timezone: str | None = None,
        any_time: bool = False,
        current: bool = True,
        min_score: float | None = None,
        retriever: str = "walk",
    ) -> Hits:
        """Return the k notes that best answer the question, best first, each with its reasons.

        Nothing is found for a blank question, for a k below 1, or where no note is likely enough.

        What may be found (all that is given must hold, before the best k are taken):

        - `as_of`: what was true at that time, instead of now; of a day or month, at its end.
        - `since`, `until`: said then or later, then or earlier; a day or month counts whole.
        - `speaker`, `session`: said by this one, in this session; of several, by or in one of them.
        - `kind`: `turn` (of a dialogue) or `passage` (of a document).
        - `where`: what the metadata must say: `{"channel": "sms", "year": {">=": 2020}}`.
        - `archived`: also what `forget` has put away.
        - `scopes`: search these memories of the store at once, instead of this one.

        How the question is read:

        - `asker`: who says "I" in it; the scope's user unless given.
        - `history`: the questions before it, oldest first, for "And in June?".
        - `timezone`: where the asker's days begin, `Europe/Lisbon`; else as the settings say.
        - `any_time`: take a time that the question names ("yesterday") as no condition.
        - `current`: put the newest statement of what is asked first; earlier ones are marked.

        What is returned:

        - `min_score`: leave out hits whose score, from 0 to 1, is lower; 0 leaves out none.
        - `retriever`: `walk`, or `pagerank` for what is around the names in the question.

        Raises ConfigError or InputError, naming it, for an argument that cannot be; ScopeError for
        a scope that is not in the store; UnknownBackendError for another retriever.
        """
        require_text("question", question)
        require_type("k", k, int)
        require_type("retriever", retriever, str)
        _refuse_no_texts(asker, history)
        if min_score is not None:
            require_type("min_score", min_score, int | float)
        find = retriever_named(retriever)
        zone = self._zone if timezone is None else zone_of(timezone)
        moment, whose = moment_of("as_of", as_of, zone=zone, is_end=True), self._whose(scopes)
        asked = Asked(
            text=question,
            k=k,
            filters=filters_of(
                zone=zone,
                since=since,
                until=until,
                speaker=speaker,
                session=session,
                kind=kind,
                where=where,
                archived=archived,
            ),
            now=moment or self._clock(),
            zone=zone,
            asker=asker or self.scope.user,
            history=tuple(history),
            any_time=any_time,
            current=current,
            min_score=min_score,
        )
        if not question.strip() or k < 1:
            return Hits()
        with step("search", level=DEBUG) as done, PYTHON.turn():
            (found,) = find(self._engines.at(moment, whose), [asked])
            hits = hits_across(found, self.store, whose)
            done.told(retriever=retriever, scopes=len(whose), k=k, hits=len(hits))
        self._shown |= {hit.note.id for hit in hits[:SHOWN_HITS]}
        return hits

    def search_each(
        self,
        questions: Sequence[str],
        *,
        k: int = 5,
        as_of: When = None,
        asker: str | None = None,
        min_score: float | None = None,
        retriever: str = "walk",
    ) -> list[Hits]:
        """Return what `search` finds for each of many questions, in their order.

        For an evaluation or a nightly job: with `pagerank` the walks of BLOCK questions are one
        block, some times cheaper than walks alone, and done by a GPU where there is one. Arguments
        and errors are those of `search`.
        """
        for question in questions:
            require_text("question", question)
        require_type("k", k, int)
        find, zone = retriever_named(retriever), self._zone
        moment, whose = moment_of("as_of", as_of, zone=zone, is_end=True), self._whose(None)
        asked = {
            at: Asked(
                text=question, k=k, now=moment or self._clock(), zone=zone,
                asker=asker or self.scope.user, min_score=min_score,
            )
            for at, question in enumerate(questions)
            if question.strip() and k >= 1
        }  # fmt: skip
        each = [Hits() for _ in questions]
        places = list(asked)
        for begin in range(0, len(places), BLOCK):
            block = places[begin : begin + BLOCK]
            with PYTHON.turn():
                engine = self._engines.at(moment, whose)
                for at, found in zip(block, find(engine, [asked[p] for p in block]), strict=True):
                    each[at] = hits_across(found, self.store, whose)
        self._shown |= {hit.note.id for hits in each for hit in hits[:SHOWN_HITS]}
        return each

    def context(
        self,
        question: str,
        *,
        budget: int = 2_000,
        k: int = CONTEXT_HITS,
        count: TokenCounter = estimated_tokens,
        as_of: When = None,
        since: When = None,
        until: When = None,
        speaker: Names = None,
        session: Names = None,
        kind: Names = None,
        where: Where = None,
        archived: bool = False,
        scopes: Sequence[Scope | str] | None = None,
        asker: str | None = None,
        history: Sequence[str] = (),
        timezone: str | None = None,
        any_time: bool = False,
        current: bool = True,
        min_score: float | None = None,
        retriever: str = "walk",
    ) -> Context:
        """Return what answers as one text for a model's prompt, of at most `budget` tokens.

        The best of k hits and, as far as they fit, the turns beside them stand in it in order of
        time, one a line: `[3] Wed 8 May 2024 18:30, Ana: …`; `Context.origins[2]` is where `[3]`
        came from. `count` counts the tokens of a text: pass your model's own counter, since the
        default only estimates. All else is as in `search`, which also says what is raised.
        """
        require_type("budget", budget, int)
        hits = self.search(
            question, k=k, as_of=as_of, since=since, until=until, speaker=speaker, session=session,
            kind=kind, where=where, archived=archived, scopes=scopes, asker=asker, history=history,
            timezone=timezone,
            any_time=any_time, current=current, min_score=min_score, retriever=retriever,
        )  # fmt: skip
        return context_of(hits, budget=budget, count=count)

    def slot(self, about: str, *, as_of: When = None, asker: str | None = None) -> Slot:
        """Return every value that one thing had, oldest first, each with who said it and when.

        `about` names the thing in a few words: `where Ana lives`. A value is a dated turn that
        states it, or one that somebody's word (`update`, `accept` …) has superseded. Each is marked
        `current`, `earlier; newer: ID`, `corrected; newer: ID`, `said again` or `contradicts ID`.
        With `as_of`, only what was known by then. `asker` is who says "I" in `about`.
        """
        require_text("about", about)
        if asker is not None:
            require_text("asker", asker)
        moment = moment_of("as_of", as_of, zone=self._zone, is_end=True)
        asked = Asked(
            text=asked_plainly(about),
            now=moment or self._clock(),
            zone=self._zone,
            asker=asker or self.scope.user,
            any_time=True,
            filters=Filters(archived=True),
        )
        found = self._engines.at(moment).stated(asked) if about.strip() else []
        return slot_of(self.store, self.scope.key, about, found)

    def profile(self, person: str, *, as_of: When = None) -> Profile:
        """Return what is known of a person: sentences said by or about them, each with its turn.

        Current values (home, work, partner …) come first, then everything else from the newest on,
        then earlier values. Nothing is written for it: each line is a sentence as it was said.
        What is wished, supposed, asked or only felt is left out. `person` is a name or an entity's
        id. Raises ConfigError, with near names, if nothing has the name.
        """
        require_text("person", person)
        moment = moment_of("as_of", as_of, zone=self._zone, is_end=True)
        snapshot = self._engines.columns(moment).snapshot
        return profile_of(self.store, self.scope.key, snapshot, self._same(), person)

    def history(self, note_id: str) -> History:
        """Return where a note came from, and every change made to it, oldest first.

        `note_id` is the id of a note or of its episode, or the id that you gave the episode. Raises
        MissingRecordError if there is no such record, ConfigError if it is neither.
        """
        require_type("the id of a note", note_id, str)
        record = self._read(note_id)
        if isinstance(record, Episode):
            (record,) = atomic_notes(self.store, self.scope.key, [record.id])
        if not isinstance(record, Note):
            raise ConfigError(f"{note_id} is no note: only notes have a history")
        return History(
            note=record,
            episodes=tuple(self.store.read("episode", self.scope.key, record.origins)),
            changes=tuple(self.store.changes(self.scope.key, record.id)),
        )

    def _whose(self, scopes: Sequence[Scope | str] | None) -> tuple[ScopeKey, ...]:
        """Return the scopes that are asked. Raises ScopeError for one that is not in the store."""
        if scopes is None:
            return (self.scope.key,)
        if isinstance(scopes, str | Scope) or not scopes:
            raise ScopeError("scopes is a list that names each scope: ['ana', 'ana/helper']")
        asked = tuple(sorted({scope_of(scope, Settings()).key for scope in scopes}))
        refuse_unknown_scopes(self.store.scopes(), asked)
        return asked


def _refuse_no_texts(asker: str | None, history: Sequence[str]) -> None:
    """Raise ConfigError for an asker or a question before this one that is no text."""
    if isinstance(history, str):
        raise ConfigError("history is a list of questions, the oldest first, not one text")
    for name, text in (("asker", asker), *(("history", one) for one in history)):
        if text is not None:
            require_text(name, text)
