"""What a reason says of time: said on the date asked, near it, telling of it, last or first."""

import math
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from functools import cached_property

from graphmem.arrays import GraphSnapshot
from graphmem.retrieve.question.period import Period
from graphmem.retrieve.question.question import Question
from graphmem.retrieve.turns.told import Mask, ToldDates
from graphmem.text import day_text

NEAR_DAY = 0.36
"""The least value of the channel `day` that is near: a week after, three days before."""


@dataclass(frozen=True)
class WhenSaid:
    """Says how turns stand to the times of one question, in days of the asker's zone."""

    snapshot: GraphSnapshot
    question: Question
    told: ToldDates

    def met(self, note: int) -> str:
        """Return how a turn meets the question's condition of time; empty where there is none."""
        when, said_at = self.question.when, float(self.snapshot.said_at[note])
        if not when.is_condition or not math.isfinite(said_at):
            return ""
        for period, is_then in self._said_then:
            if is_then[note]:
                where = "the date asked" if period.days == 1 else "in the time asked"
                return f"{self._said(note)}, {where}"
        if self._tells_of_it[note]:
            return f"{self._said(note)}, tells of the time asked"
        if when.event:
            is_event = note in when.event
            return f"{self._said(note)}, tells of the event asked about" if is_event else ""
        return f"{self._said(note)}, soon after the time asked"

    @cached_property
    def _said_then(self) -> list[tuple[Period, Mask]]:
        """The periods of the condition, each with (n,) what was said in it: found once for all."""
        when = self.question.when
        by_speaker = when.by_speaker
        return [
            (period, self.told.said_in(period, by_speaker=by_speaker)) for period in when.within
        ]

    @cached_property
    def _said_at_asked(self) -> list[tuple[Period, Mask]]:
        """The times that the question names, each with (n,) what was said in it."""
        when = self.question.when
        by_speaker = when.by_speaker
        return [(period, self.told.said_in(period, by_speaker=by_speaker)) for period in when.asked]

    @cached_property
    def _tells_of_it(self) -> Mask:
        """(n,) what tells of one of them, or of a time asked that comes again."""
        tells = self.told.recurring(self.question.when)
        for period in self.question.when.within:
            tells |= self.told.told_in(period)
        return tells

    def near(self, family: str, note: int, value: float) -> str:
        """Return how near a turn was said to a time asked, by the value of its channel."""
        if self.question.when.is_condition:
            return self.met(note)
        if not math.isfinite(float(self.snapshot.said_at[note])):
            return "tells of the time asked"  # what else could be near: nobody knows when it was
        if family == "month":
            where = "in the time asked" if value == 1 else "soon after the time asked"
            return f"{self._said(note)}, {where}"
        if value < NEAR_DAY:
            return ""
        if value == 1 and not any(is_then[note] for _, is_then in self._said_at_asked):
            return f"{self._said(note)}, tells of the time asked"
        where = "the date asked" if value == 1 else "near the date asked"
        return f"{self._said(note)}, {where}"

    def in_order(self, note: int) -> str:
        """Return when a turn was said where the first or the last is asked for."""
        is_dated = math.isfinite(float(self.snapshot.said_at[note]))
        if self.question.when.order is None or not is_dated:
            return ""
        return f"{self._said(note)}, and the {self.question.when.order} is asked for"

    def _said(self, note: int) -> str:
        zone = self.question.zone
        if self.question.when.by_speaker and (offset := self.told.offset(note)):
            zone = timezone(timedelta(seconds=offset))
        moment = datetime.fromtimestamp(float(self.snapshot.said_at[note]), zone)
        return f"said on {day_text(moment)}"
