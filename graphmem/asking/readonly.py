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
CONTEXT_HITS = 30
"""Hits that a context chooses from: more than a budget of thousands of tokens holds is not read."""


class ReadOnlyMemory(BrowsedMemory):
    """One scope's memory in one store, to be asked. `Memory` is one that can be written too."""

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
        """Return the k notes that answer best, each with its reasons; none for a blank question.

        `as_of` asks what was true then: a day or month means its end, in the `timezone` given or
        that of the settings; a naive time is UTC. Only notes said from `since` to `until`, by a
        `speaker`, in a `session`, of a `kind` (turn, passage) and whose metadata meet `where` are
        found or lead on; the walk sees nothing of other scopes or times. `scopes` names those asked
        at once instead of the own one. `asker` says "I" in the question, the scope's user unless
        given; it may go on from the questions of `history`, oldest first. A time that it names is a
        condition unless `any_time`, the newest statement of what it asks stands first if `current`.
        `min_score` is as in `Asked`, `retriever` walk or pagerank; `archived`: what a sweep has put
        away is found too.
        """
        require_text("question", question)
        require_type("k", k, int)
        require_type("retriever", retriever, str)
        for name, text in (("asker", asker), *(("history", one) for one in history)):
            if text is not None:
                require_text(name, text)
        if min_score is not None:
            require_type("min_score", min_score, int | float)
        find = retriever_named(retriever)
        zone = self._zone if timezone is None else zone_of(timezone)
        moment = moment_of("as_of", as_of, zone=zone, is_end=True)
        whose = self._whose(scopes)
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
            hits = hits_across(find(self._engines.at(moment, whose), asked), self.store, whose)
            done.told(retriever=retriever, scopes=len(whose), k=k, hits=len(hits))
        self._shown |= {hit.note.id for hit in hits[:SHOWN_HITS]}
        return hits

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
        """Return what answers as one text for a prompt, of at most `budget` tokens.

        It holds the best of k hits and, as far as they fit, the turns beside them, in order of
        time, each with its date, its speaker or title, and a number that `Context.origins` knows.
        `count` counts the tokens: give a model's own, or an estimate does. All else is as in
        `search`.
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
        """Return the values of a slot, `where Ana lives`, in order of time, each with its source.

        Every dated turn that states it is there, by the rule that search prefers the current value
        by, and what those turns superseded by somebody's word; marks say which is current. As of a
        moment it is what was known then.
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
        """Return what is known of a person: sentences said by or of them, each with its turn.

        Current values first, then the newest. What is wished, supposed, asked or only felt is no
        line. Raises ConfigError, with near names, if nothing has the name.
        """
        require_text("person", person)
        moment = moment_of("as_of", as_of, zone=self._zone, is_end=True)
        snapshot = self._engines.columns(moment).snapshot
        return profile_of(self.store, self.scope.key, snapshot, self._same(), person)

    def history(self, note_id: str) -> History:
        """Return a note's origins and every change made to it, oldest first.

        An episode's id, or the one that it was given, stands for its note.
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
