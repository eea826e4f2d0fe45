"""What the public ledger counts, month by month: a few grouped statements for a year, whatever the number of decisions."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from django.contrib.auth.models import AnonymousUser
from django.db.models import Case as Choose
from django.db.models import Count, F, IntegerField, Min, Q, QuerySet, Value, When, Window
from django.db.models.functions import RowNumber
from django.utils import timezone

from moderation.models import Case, Complaint, Decision, Report
from moderation.queries.standing import standing
from moderation.registry import hidden_campaigns


@dataclass
class Counts:
    """The plain numbers of one month; nobody sees them as they are (see ``ledger``)."""

    received: Counter[str] = field(default_factory=Counter)
    decided: Counter[str] = field(default_factory=Counter)
    sources: Counter[str] = field(default_factory=Counter)
    rules: Counter[int] = field(default_factory=Counter)
    reports: Counter[str] = field(default_factory=Counter)
    complaints: int = 0
    median: timedelta | None = None
    #: one entry of the record for each decision that restricted something: (decision, entry)
    examples: dict[str, int] = field(default_factory=dict)


@dataclass
class Year:
    """The months of a year that are over, and what became of complaints in them."""

    starts: list[date]
    months: list[Counts]
    outcomes: Counter[str] = field(default_factory=Counter)


def months_over(year: int, today: date) -> list[date]:
    """Return the first days of the months of a year that are over."""
    return [start for month in range(1, 13) if (start := date(year, month, 1)) < today.replace(day=1)]


def beginning(day: date) -> datetime:
    """Return when a day begins in the town."""
    return timezone.make_aware(datetime.combine(day, time.min))


def edges(starts: list[date]) -> list[datetime]:
    """Return where the months begin, and where the last of them ends."""
    last = starts[-1]
    return [beginning(start) for start in [*starts, (last.replace(day=28) + timedelta(days=4)).replace(day=1)]]


def month_of(name: str, bounds: list[datetime]) -> Choose:
    """Return the number of the month in which a time lies, for grouping; compared as they are, every database is quick."""
    whens = [When(**{f"{name}__lt": bound}, then=Value(number)) for number, bound in enumerate(bounds[1:])]
    return Choose(*whens, default=Value(len(bounds) - 2), output_field=IntegerField())


def told(prefix: str = "") -> Q:
    """Return the condition for what may be counted in public: nothing of closed groups."""
    condition = Q()
    for campaigns in hidden_campaigns(AnonymousUser()):
        name = f"{prefix}campaign_id_copy"
        condition &= Q(**{f"{name}__isnull": True}) | ~Q(**{f"{name}__in": campaigns})
    return condition


def within(rows: QuerySet, name: str, bounds: list[datetime]) -> QuerySet:
    """Return the rows of the year with the number of their month."""
    rows = rows.filter(**{f"{name}__gte": bounds[0], f"{name}__lt": bounds[-1]})
    return rows.annotate(month=month_of(name, bounds)).order_by()


def count_year(starts: list[date]) -> Year:
    """Count the months in six statements."""
    found = Year(starts, [Counts() for _start in starts])
    if not starts:
        return found
    bounds = edges(starts)
    cases = Case.objects.filter(told()).exclude(kind__in=Case.OWN_PAGE)
    for month, kind, number in within(cases, "opened_at", bounds).values_list("month", "kind").annotate(n=Count("pk")):
        found.months[month].received[kind] += number
    count_decisions(found, bounds)
    for month, median in medians(cases.filter(state=Case.State.DECIDED), bounds).items():
        found.months[month].median = median
    reports = within(Report.objects.filter(told("case__")), "created_at", bounds)
    for month, reason, number in reports.values_list("month", "reason").annotate(n=Count("pk")):
        found.months[month].reports[reason] += number
    complaints = Complaint.objects.filter(told("decision__case__"))
    for month, number in within(complaints, "created_at", bounds).values_list("month").annotate(n=Count("pk")):
        found.months[month].complaints += number
    outcomes = within(complaints, "decided_at", bounds).values_list("outcome").annotate(n=Count("pk"))
    found.outcomes.update(dict(outcomes))
    return found


def count_decisions(found: Year, bounds: list[datetime]) -> None:
    """Count first decisions that were not taken back; what came of complaints is counted with them."""
    rows = standing().filter(told("case__")).exclude(source=Decision.Source.COMPLAINT)
    groups = within(rows, "decided_at", bounds).values_list("month", "decision", "source", "rule_version")
    for month, decision, source, rule, number, first in groups.annotate(n=Count("pk"), first=Min("pk")):
        counts = found.months[month]
        counts.decided[decision] += number
        counts.sources[source] += number
        if decision in Decision.RESTRICTIVE:
            counts.rules[rule] += number
            counts.examples[decision] = min(first, counts.examples.get(decision, first))


def medians(cases: QuerySet, bounds: list[datetime]) -> dict[int, timedelta]:
    """Return the median time from receipt to decision in each month, computed by the database."""
    rows = within(cases, "decided_at", bounds).annotate(took=F("decided_at") - F("opened_at"))
    rows = rows.annotate(
        n=Window(Count("pk"), partition_by=F("month")),
        place=Window(RowNumber(), partition_by=F("month"), order_by=F("took").asc()),
    )
    middle = rows.filter(place__gte=(F("n") + 1) / 2, place__lte=F("n") / 2 + 1).values_list("month", "took")
    found: dict[int, list[timedelta]] = {}
    for month, took in middle:
        found.setdefault(month, []).append(took)
    return {month: sum(times, timedelta(0)) / len(times) for month, times in found.items()}
