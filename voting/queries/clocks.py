"""Ideas that reached the number which obliges an answer: until when it is due, and whether it came in time.

Nothing here is told while numbers of supports are hidden.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Exists, Min, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from ideas.models import Idea, OfficialAnswer
from ideas.rules import counts_shown
from voting.models import Threshold
from voting.queries.beside import beside


@dataclass(frozen=True)
class Clock:
    """What an idea that reached its goal waits for. Days, by the town's calendar."""

    idea_id: int
    number: int
    reached_at: datetime
    reached_on: date
    #: None: nothing was promised
    answer_by: date | None
    answered_on: date | None
    office: str
    today: date

    @property
    def name(self) -> str:
        """Return waiting, today, overdue, open (without a date), early (answered before), kept, late or answered."""
        if self.answered_on is not None:
            return self._answered(self.answered_on)
        if self.answer_by is None:
            return "open"
        if self.answer_by < self.today:
            return "overdue"
        return "today" if self.answer_by == self.today else "waiting"

    def _answered(self, day: date) -> str:
        if day < self.reached_on:
            return "early"
        if self.answer_by is None:
            return "answered"
        return "kept" if day <= self.answer_by else "late"

    @property
    def days(self) -> int:
        """Return how many days lie between the last day and today, or the day of the answer; never negative."""
        return abs(((self.answered_on or self.today) - self.answer_by).days) if self.answer_by else 0


def with_answers(thresholds: "QuerySet[Threshold]") -> "QuerySet[Threshold]":
    """Add ``answered_at``: when the town first answered the idea, or the one it was merged into."""
    own = OfficialAnswer.objects.filter(idea=OuterRef("idea")).order_by()
    there = OfficialAnswer.objects.filter(idea=OuterRef("idea__merged_into")).order_by()
    return thresholds.annotate(answered_at=Coalesce(_first(own), _first(there)))


def _first(answers: "QuerySet[OfficialAnswer]") -> Subquery:
    return Subquery(answers.values("idea").annotate(at=Min("published_at")).values("at"))


def shown(thresholds: "QuerySet[Threshold]") -> "QuerySet[Threshold]":
    """Leave out those whose numbers are hidden now."""
    campaign = "idea__campaign__counts_hidden_until"
    return thresholds.filter(Q(**{campaign: None}) | Q(**{f"{campaign}__lte": timezone.now()}))


def clock_of(threshold: Threshold) -> Clock:
    """Return the clock of a row that was read by ``with_answers`` with its idea and campaign."""
    answered = getattr(threshold, "answered_at", None)
    campaign = threshold.idea.campaign
    return Clock(
        idea_id=threshold.idea_id,
        number=threshold.number,
        reached_at=threshold.reached_at,
        reached_on=timezone.localdate(max(threshold.reached_at, campaign.counts_hidden_until or threshold.reached_at)),
        answer_by=threshold.answer_by,
        answered_on=timezone.localdate(answered) if answered else None,
        office=campaign.answer_office,
        today=timezone.localdate(),
    )


def clocks(ideas: Iterable[Idea]) -> dict[int, Clock]:
    """Return the clocks of those ideas that reached their goal: one statement for a whole page.

    Asks only for ideas whose campaign has such a number, or had one.
    """
    wanted = [idea.pk for idea in ideas if idea.published_at and counts_shown(idea.campaign)]
    if not wanted:
        return {}
    rows = with_answers(Threshold.objects.filter(idea__in=wanted)).select_related("idea__campaign")
    return {row.idea_id: clock_of(row) for row in rows.order_by()}


def clock(idea: Idea) -> Clock | None:
    """Return the clock of one idea; asked once for all parts of a page."""
    known = idea.__dict__
    if "_clock" not in known:
        known["_clock"] = clocks([idea]).get(idea.pk) if beside(idea).reached else None
    found: Clock | None = known["_clock"]
    return found


def awaiting() -> "QuerySet[Threshold]":
    """Return what still waits for an answer."""
    answers = OfficialAnswer.objects.filter(Q(idea=OuterRef("idea")) | Q(idea=OuterRef("idea__merged_into")))
    rows = shown(Threshold.objects.filter(idea__state__in=(Idea.State.PUBLIC, Idea.State.MERGED)))
    return rows.exclude(Exists(answers)).select_related("idea__campaign", "idea__district")
