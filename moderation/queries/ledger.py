"""The public ledger of moderation: numbers as everybody may know them, and cases without people.

Only months that are over are told: a number that grows from one day to the next would tell of single decisions.
"""

import hashlib
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.core.cache import cache
from django.db.models import Min
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from moderation.models import Case, Complaint, Decision, ModeChange, Report, RuleVersion
from moderation.queries.anonymous import anonymous
from moderation.queries.ledger_counts import Counts, Year, beginning, count_year, months_over
from moderation.queries.small_numbers import HIDDEN, Figure, figure, guarded
from moderation.registry import campaign_names, hidden_campaigns, kinds

KEEP_SECONDS = 24 * 3600
Lines = list[tuple[str, Figure]]
TOTALS = ("received", "decided", "reports", "complaints")


@dataclass
class Month:
    """A month that is over."""

    start: date
    totals: dict[str, Figure]
    median: timedelta | None = None
    #: breakdown → (words, number); a breakdown that would tell too much is not there
    parts: dict[str, Lines] = field(default_factory=dict)


@dataclass(frozen=True)
class Example:
    """One decision without people; of each kind of decision at most one a month, so that nothing can be counted by them."""

    month: date
    kind: str
    decision: str
    rule: str
    reason: str


@dataclass
class Ledger:
    """A year."""

    year: int
    months: list[Month]
    totals: dict[str, Figure]
    outcomes: Lines | None
    overturned_percent: int | None
    examples: list[Example]


def ledger(year: int) -> Ledger:
    """Return what is told of a year; kept for a day, made anew when a campaign becomes a closed group.

    With 100,000 decisions in the year it takes about a second to make; ``refresh`` does it before anybody asks.
    """
    key = key_of(year)
    found: Ledger | None = cache.get(key)
    return found if found is not None else made(year, key)


def refresh() -> None:
    """Make the present year anew."""
    year = timezone.localdate().year
    made(year, key_of(year))


def made(year: int, key: str) -> Ledger:
    """Make a year and keep it."""
    found = tell(year, count_year(months_over(year, timezone.localdate())))
    cache.set(key, found, KEEP_SECONDS)
    return found


def key_of(year: int) -> str:
    """Return under which name a year is kept: another one when a month is over, or other campaigns may not be told of."""
    hidden = sorted(pk for campaigns in hidden_campaigns(AnonymousUser()) for (pk,) in campaigns.values_list("pk"))
    mark = hashlib.sha256(repr((hidden, timezone.localdate().replace(day=1))).encode()).hexdigest()[:16]
    return f"moderation:ledger:{year}:{mark}"


def tell(year: int, counted: Year) -> Ledger:
    """Return a counted year as it may be told."""
    sums: dict[str, dict[date, int]] = {name: {} for name in TOTALS}
    for start, counts in zip(counted.starts, counted.months, strict=True):
        for name in TOTALS:
            sums[name][start] = total(counts, name)
    shown = {name: guarded(by_month) for name, by_month in sums.items()}
    months = [
        Month(start, {name: (found[start] if (found := shown[name]) else HIDDEN) for name in TOTALS})
        for start in counted.starts
    ]
    rules = rule_names({rule for counts in counted.months for rule in counts.rules})
    for month, counts in zip(months, counted.months, strict=True):
        add_parts(month, counts, rules)
    outcomes = lines(counted.outcomes, dict(Complaint.Outcome.choices))
    return Ledger(
        year, months, {name: figure(sum(by_month.values())) for name, by_month in sums.items()}, outcomes,
        overturned(counted.outcomes) if outcomes else None, examples(months, counted, rules),
    )  # fmt: skip


def total(counts: Counts, name: str) -> int:
    number = getattr(counts, name)
    return number if isinstance(number, int) else sum(number.values())


def add_parts(month: Month, counts: Counts, rules: Mapping[int, str]) -> None:
    """Add the breakdowns of those sums of a month that are told themselves."""
    if month.totals["received"].value is not None:
        keep(month, "received", lines(counts.received, kinds()))
    if month.totals["reports"].value is not None:
        keep(month, "reports", lines(counts.reports, dict(Report.Reason.choices)))
    if not month.totals["decided"].value:
        return
    month.median = counts.median
    keep(month, "sources", lines(counts.sources, dict(Decision.Source.choices)))
    restrictive = {name: n for name, n in counts.decided.items() if name in Decision.RESTRICTIVE}
    others = {name: n for name, n in counts.decided.items() if name not in Decision.RESTRICTIVE}
    # By decision and by rule count the same restrictions: their sum must be fit to be told before either is.
    halves = guarded({True: sum(restrictive.values()), False: sum(others.values())})
    if halves is None:
        return
    keep(month, "decided", [
        *half(halves[False], others, _("Decisions that restrict nothing")),
        *half(halves[True], restrictive, _("Decisions that restrict something")),
    ])  # fmt: skip
    if halves[True].value:
        keep(month, "rules", lines(counts.rules, rules))


def half(sum_told: Figure, parts: Mapping[str, int], words: str) -> Lines:
    """Return the decisions of one half, or its sum where they may not be told."""
    found = lines(parts, dict(Decision.Kind.choices)) if sum_told.value is not None else None
    return found if found is not None else [(words, sum_told)]


def keep(month: Month, name: str, found: Lines | None) -> None:
    if found:
        month.parts[name] = found


def lines(parts: Mapping[Any, int], words: Mapping[Any, Any]) -> Lines | None:
    """Return the parts of a sum in words, the largest first, as far as they may be told."""
    told = guarded(parts)
    if told is None:
        return None
    order: Iterable[Hashable] = sorted(told, key=lambda name: (-parts[name], str(words.get(name, name))))
    # Hidden ones stand last and by their words: their order would say which is larger.
    order = sorted(
        order, key=lambda name: (told[name].value is None, str(words.get(name, name)) * (told[name].value is None))
    )
    return [(str(words.get(name, name)), told[name]) for name in order]


def rule_names(numbers: Iterable[int]) -> dict[int, str]:
    """Return rules in words, with their version."""
    found = RuleVersion.objects.filter(pk__in=[number for number in numbers if number]).select_related("rule")
    words = pgettext("rule", "%(rule)s (version %(number)s)")
    return {version.pk: words % {"rule": version, "number": version.number} for version in found}


def overturned(outcomes: Mapping[str, int]) -> int | None:
    """Return the share of complaints that changed a decision, in per cent, where both numbers may be told."""
    told = guarded(outcomes)
    if not told or any(one.value is None for one in told.values()):
        return None
    return round(100 * outcomes.get(Complaint.Outcome.OVERTURNED, 0) / sum(outcomes.values())) if outcomes else None


def examples(months: list[Month], counted: Year, names: Mapping[int, str]) -> list[Example]:
    """Return cases without people, newest month first; of a month with very few decisions one only."""
    chosen: dict[int, date] = {}
    for month, counts in zip(months, counted.months, strict=True):
        picked = sorted(counts.examples.values())
        for entry in picked if month.totals["decided"].value else picked[:1]:
            chosen[entry] = month.start
    rows = Decision.objects.filter(pk__in=chosen).select_related("case", "rule_version__rule").order_by("-sequence")
    entries = list(rows)
    reasons = anonymous({entry.pk: (entry.reason, entry.case.author_name) for entry in entries})
    labels = kinds()
    return [
        Example(
            chosen[entry.pk], str(labels.get(entry.kind, entry.kind)), entry.get_decision_display(),
            names.get(entry.rule_version_id or 0, ""), reasons[entry.pk],
        )
        for entry in entries
    ]  # fmt: skip


def years() -> list[int]:
    """Return the years there is something to tell of, newest first."""
    first = Case.objects.aggregate(first=Min("opened_at"))["first"]
    now = timezone.localdate().year
    return list(range(now, (timezone.localdate(first).year if first else now) - 1, -1))


def mode_changes(year: int) -> list[ModeChange]:
    """Return when campaigns everybody may know of began to check before or after publication, newest first."""
    rows = ModeChange.objects.filter(
        happened_at__gte=beginning(date(year, 1, 1)), happened_at__lt=beginning(date(year + 1, 1, 1))
    )
    return list(rows.filter(campaign_id_copy__in=campaign_names(AnonymousUser()))[:100])
