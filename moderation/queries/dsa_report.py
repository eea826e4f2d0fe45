"""The yearly report of DSA, Art. 15 and 24(1), from the real decisions, in the parts and columns of the Commission's template.

Every figure can be computed again from ``raw`` by ``scripts/recompute_dsa.py``, which shares nothing with this file.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import median
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from moderation.models import BulkItem, Case, Category, Complaint, Decision, Order, Report, RuleCategory
from moderation.queries import dsa_columns as columns
from moderation.queries.ledger_counts import beginning
from moderation.queries.standing import standing
from theme.town import town_for

Cell = str | int | float
TOTAL = "TOTAL"
Kind = Decision.Kind
#: what takes something from somebody; a hint or a warning does not
MEASURES = (Kind.REQUEST_CHANGE, Kind.REFUSE, Kind.HIDE, Kind.PAUSE, Kind.BLOCK)
#: in which column of the template a measure is counted; content is kept, so nothing is ever removed
COLUMN_OF = {
    Kind.REQUEST_CHANGE: "Visibility restriction Disable",
    Kind.REFUSE: "Visibility restriction Disable",
    Kind.HIDE: "Visibility restriction Disable",
    Kind.PAUSE: "Provision of the service Suspension",
    Kind.BLOCK: "Account restriction Suspension",
}
CATEGORY_OF_REASON = {
    Report.Reason.CHILD: Category.MINORS,
    Report.Reason.INSULT: Category.SPEECH,
    Report.Reason.PERSONAL: Category.PRIVACY,
}


@dataclass(frozen=True)
class Part:
    """A table of the report."""

    name: str
    head: tuple[str, ...]
    rows: list[list[Cell]]


@dataclass(frozen=True)
class Period:
    """From the first day to the last, both included, by the clock of the town."""

    first: date
    last: date

    def of(self, rows: QuerySet, name: str) -> QuerySet:
        """Return the rows whose time lies in the period."""
        end = beginning(self.last + timedelta(days=1))
        return rows.filter(**{f"{name}__gte": beginning(self.first), f"{name}__lt": end})

    def __str__(self) -> str:
        return f"{self.first:%Y-%m-%d}/{self.last:%Y-%m-%d}"


def report(period: Period) -> list[Part]:
    """Return all parts of the report."""
    parts = [orders(period), notices(period)]
    parts += [own_initiative(period, ground) for ground in ("law", "terms")]
    parts += [appeals(period), automated(period), qualitative(period)]
    return [identification(period), *parts]


def service() -> str:
    """Return the name of the service."""
    town = town_for(None)
    return f"{town.name} {town.claim}"


def start_of(period: Period) -> list[Cell]:
    return ["All", service(), str(period)]


def hours(times: Iterable[timedelta]) -> Cell:
    """Return the median in hours, rounded to a hundredth; empty when there is none."""
    found = [time.total_seconds() for time in times]
    return round(median(found) / 3600, 2) if found else ""


def line(period: Period, before: list[Cell], figures: list[Cell], words: str = "") -> list[Cell]:
    """Return a row: figures, then as many cells for words."""
    return [*start_of(period), *before, *figures, *([words] + [""] * (len(figures) - 1))]


def identification(period: Period) -> Part:
    """Part 1: who reports on what."""
    facts: list[tuple[str, Cell]] = [
        ("Name of the service provider", str(town_for(None).full_name)),
        ("Name of the service", service()),
        ("Date of the publication of the report", f"{timezone.localdate():%Y-%m-%d}"),
        ("Reporting period starting date", f"{period.first:%Y-%m-%d}"),
        ("Reporting period end date", f"{period.last:%Y-%m-%d}"),
    ]
    return Part("1_report_identification", columns.IDENTIFICATION, [["All", service(), *fact] for fact in facts])


def orders(period: Period) -> Part:
    """Part 3: orders of authorities received in the period (Art. 9 and 10)."""
    groups: dict[tuple[str, str], list[Order]] = defaultdict(list)
    for order in period.of(Order.objects.all(), "received_at"):
        for category in (TOTAL, order.category):
            for scope in (TOTAL, order.state):
                groups[category, scope].append(order)
    groups.setdefault((TOTAL, TOTAL), [])
    rows = [
        line(period, [category, "", scope], order_figures(found))
        for (category, scope), found in sorted(groups.items(), key=by_total)
    ]
    head = columns.with_context(columns.ORDERS, columns.LAW_CATEGORY, columns.OTHER, "Scope")
    return Part("3_member_states_orders", head, rows)


def by_total(pair: tuple[Any, Any]) -> tuple[tuple[bool, str], ...]:
    """Sort sums before their parts."""
    names = pair[0] if isinstance(pair[0], tuple) else (pair[0],)
    return tuple((name != TOTAL, str(name)) for name in names)


def order_figures(found: list[Order]) -> list[Cell]:
    figures: list[Cell] = []
    for kind in (Order.Kind.ACT, Order.Kind.INFORM):
        some = [order for order in found if order.kind == kind]
        figures.append(len(some))
        if kind == Order.Kind.ACT:
            figures.append(sum(order.items for order in some))
        figures.append(hours(order.answered_at - order.received_at for order in some if order.answered_at))
        figures.append(hours(order.done_at - order.received_at for order in some if order.done_at))
    return figures


def categories() -> dict[int, str]:
    """Return the category of each rule that has one."""
    return dict(RuleCategory.objects.values_list("rule_id", "category"))


def category_of(rule_id: int | None, known: dict[int, str]) -> str:
    return str(known.get(rule_id or 0, Category.OTHER_TERMS))


def notices(period: Period) -> Part:
    """Part 4: reports received in the period, and what was done upon reports in it (Art. 16). There are no trusted flaggers."""
    received: dict[str, list[timedelta | None]] = defaultdict(list)
    decided = dict(
        period.of(standing().filter(case__report_count__gt=0), "decided_at")
        .exclude(source=Decision.Source.COMPLAINT)
        .values_list("case_id", "decided_at")
    )
    for reason, case, at in period.of(Report.objects.all(), "created_at").values_list(
        "reason", "case_id", "created_at"
    ):
        took = decided[case] - at if case in decided else None
        for name in (TOTAL, str(CATEGORY_OF_REASON.get(reason, Category.NOT_SPECIFIED))):
            received[name].append(took)
    actions: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    known = categories()
    acted = period.of(standing().filter(source=Decision.Source.REPORT, decision__in=MEASURES), "decided_at")
    for ground, rule in acted.values_list("ground", "rule_version__rule_id"):
        for name in (TOTAL, category_of(rule, known)):
            actions[name][ground] += 1
    rows = []
    for name in sorted({TOTAL, *received, *actions}, key=lambda name: (name != TOTAL, name)):
        times, count = received[name], len(received[name])
        took = hours(time for time in times if time is not None)
        figures: list[Cell] = [count, 0, count, 0, took, "", actions[name]["law"], 0, actions[name]["terms"], 0]
        rows.append(line(period, [name, ""], figures))
    return Part("4_notices", columns.with_context(columns.NOTICES, columns.LAW_CATEGORY, columns.OTHER), rows)


def own_initiative(period: Period, ground: str) -> Part:
    """Parts 5 and 6: measures without a report, on the basis of the law or of the rules of this site (Art. 15(1)(c))."""
    known = categories()
    counted: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    rows = standing().filter(source=Decision.Source.OWN, decision__in=MEASURES, ground=ground)
    found = period.of(rows, "decided_at").values_list("decision", "automated_detection", "rule_version__rule_id")
    for decision, by_machine, rule in found:
        for name in (TOTAL, category_of(rule, known)):
            counted[name][columns.MEASURES[0]] += 1
            counted[name][columns.MEASURES[1]] += by_machine
            counted[name][COLUMN_OF[decision]] += 1
    counted.setdefault(TOTAL, defaultdict(int))
    table = [
        line(period, [name, ""], [figures[column] for column in columns.MEASURES])
        for name, figures in sorted(counted.items(), key=by_total)
    ]
    name, category = (
        ("5_own_initiative_illegal", columns.LAW_CATEGORY)
        if ground == "law"
        else ("6_own_initiative_TC", columns.TERMS_CATEGORY)
    )
    return Part(
        name, columns.with_context(columns.MEASURES, category, columns.OTHER, of="Contextual Information on"), table
    )


def appeals(period: Period) -> Part:
    """Part 7: complaints (Art. 20), bodies outside (Art. 21), stops for misuse (Art. 23)."""
    received = period.of(Complaint.objects.all(), "created_at").count()
    done = list(period.of(Complaint.objects.all(), "decided_at").values_list("outcome", "created_at", "decided_at"))
    took = hours(decided - created for _outcome, created, decided in done)
    outcomes = [outcome for outcome, _created, _decided in done]
    inside, what = (
        "Internal complaints mechanism",
        "Number of complaints submitted to the internal-complaints mechanism",
    )
    stops = period.of(
        standing().filter(decision__in=(Kind.PAUSE, Kind.BLOCK), sanction__is_manifest=True), "decided_at"
    )
    offenders, stopped = (
        "Suspensions imposed on repeated offenders",
        "Number of suspensions enacted for the provision of manifestly",
    )
    unknown = "Not known to this software: it is the other body that decides."
    outside = "Out-of-court dispute settlement bodies"
    rows: list[tuple[str, str, str, Cell, str]] = [
        (inside, what, "Total number", received, "Received in the period"),
        (inside, what, "Decisions upheld", outcomes.count(Complaint.Outcome.UPHELD), "Answered in the period"),
        (inside, what, "Decisions reversed", outcomes.count(Complaint.Outcome.OVERTURNED), "Answered in the period"),
        (inside, what, "Decisions partially reversed", 0, "There is no such outcome"),
        (inside, what, "Decision omitted", 0, "There is no such outcome"),
        (inside, what, "Median time", took, "Hours"),
        *((outside, columns.DISPUTES, scope, "", unknown) for scope in columns.SCOPES_OF_DISPUTES),
        (offenders, f"{stopped} illegal content", "Total number", stops.count(), ""),
        (offenders, f"{stopped} unfounded notices", "Total number", 0, "Nobody is stopped for that"),
        (offenders, f"{stopped} unfounded complaints", "Total number", 0, "Nobody is stopped for that"),
    ]  # fmt: skip
    return Part("7_appeals_and_recidivism", columns.VALUES, [[*start_of(period), *row] for row in rows])


def automated(period: Period) -> Part:
    """Part 8: automated means (Art. 15(1)(e)): they point out, they never decide – the database refuses it."""
    rows = period.of(standing().filter(decision__in=MEASURES), "decided_at")
    total, solely = rows.count(), rows.filter(automated_decision=True).count()
    figures = (solely, total - solely, 0, period.of(Report.objects.all(), "created_at").count())
    found: list[tuple[str, Cell, str]] = [
        *((name, figure, "Decided by a person") for name, figure in zip(columns.BY_MACHINE, figures, strict=True)),
        *((name, "", "No machine decides, so there is nothing to measure") for name in columns.ACCURACY),
    ]
    table = [[*start_of(period), columns.AUTOMATED, name, "Total number", *rest] for name, *rest in found]
    return Part("8_automated_means", columns.VALUES, table)


def qualitative(period: Period) -> Part:
    """Part 11: in words; the town may say more."""
    words = {
        "Summary of the content moderation engaged in at the providers' own initiative": (
            "Contributions are read by moderators of the town before or after they appear, as each campaign says in public. "
            "Every restriction names a rule and its version, and is told to its author with reasons and ways of redress."
        ),
        "Use made of automated means": "Word lists, limits and duplicates mark what a person should look at; they decide nothing.",
        "Safeguards applied to the use of automated means": "A constraint of the database refuses decisions made by a machine.",
    }
    return Part("11_qualitative", columns.QUALITATIVE, [[*start_of(period), *pair] for pair in words.items()])


def raw(period: Period) -> dict[str, Any]:
    """Return everything the figures are computed from, without names and words, for whoever computes them again."""
    known, end = categories(), beginning(period.last + timedelta(days=1))
    taken_back = dict(BulkItem.objects.exclude(undo=None).values_list("undo", "decision__sequence"))
    # What takes a decision back may lie a few minutes behind the end of the period; it is needed to know what counts.
    within = Q(decided_at__lt=end) | Q(decision=Kind.UNDO)
    decisions = Decision.objects.select_related("rule_version", "sanction").filter(within)
    return {
        "period": [f"{beginning(period.first).isoformat()}", f"{beginning(period.last + timedelta(days=1)).isoformat()}"],
        "decisions": [
            {
                "number": one.sequence, "takes_back": taken_back.get(one.pk), "case": one.case_id,
                "decision": one.decision, "source": one.source, "ground": one.ground,
                "category": category_of(one.rule_version.rule_id if one.rule_version else None, known),
                "automated_detection": one.automated_detection, "automated_decision": one.automated_decision,
                "manifestly_illegal": bool(getattr(getattr(one, "sanction", None), "is_manifest", False)),
                "decided_at": one.decided_at.isoformat(),
            }
            for one in decisions.order_by("sequence").iterator(1000)
        ],
        "reports": list_of(Report.objects.order_by("pk"), "case_id", "reason", "created_at"),
        "complaints": list_of(Complaint.objects.order_by("pk"), "outcome", "created_at", "decided_at"),
        "orders": list_of(Order.objects.order_by("pk"), "kind", "category", "state", "items", "received_at", "answered_at", "done_at"),
        "cases": Case.objects.count(),
    }  # fmt: skip


def list_of(rows: QuerySet, *names: str) -> list[dict[str, Any]]:
    """Return columns of rows as plain data, times as text."""
    found = rows.values(*names)
    return [
        {name: value.isoformat() if hasattr(value, "isoformat") else value for name, value in row.items()}
        for row in found
    ]
