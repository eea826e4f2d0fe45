"""Taking over a table of values: first a plan that says row by row what would happen, then all of it or nothing."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.formats import number_format
from django.utils.text import slugify
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from cms.models import Indicator, IndicatorValue, ReportPage
from cms.series_table import Row, Table
from common.database import lock
from common.errors import Refused

if TYPE_CHECKING:
    from accounts.models import User

NEW, CHANGED, SAME, WRONG = "new", "changed", "same", "wrong"


@dataclass
class Step:
    """What one row would do; ``words`` tell it."""

    row: Row
    state: str = WRONG
    words: list[str] = field(default_factory=list)
    series: Indicator | None = None
    held: IndicatorValue | None = None


@dataclass(frozen=True)
class Plan:
    """What the whole table would do."""

    steps: list[Step]
    given: frozenset[str]
    edition: ReportPage | None

    def count(self, state: str) -> int:
        """Return the number of rows in a state."""
        return sum(step.state == state for step in self.steps)

    @property
    def is_whole(self) -> bool:
        """Tell whether it can be carried out: no row is wrong, and something would change."""
        return not self.count(WRONG) and self.count(SAME) < len(self.steps)

    @property
    def stamp(self) -> str:
        """Return what tells this plan from another: what was shown is what is saved."""
        told = [(step.row.line, step.row.name, step.row.year, step.state, step.words) for step in self.steps]
        return hashlib.sha256(repr((told, self.edition and self.edition.pk)).encode()).hexdigest()


def planned(table: Table, edition: ReportPage | None) -> Plan:
    """Say for each row what it would do; reads the series and their values once."""
    names = {row.name.casefold() for row in table.rows}
    known = {one.name.casefold(): one for one in Indicator.objects.all() if one.name.casefold() in names}
    held = {
        (one.indicator_id, one.year): one
        for one in IndicatorValue.objects.filter(indicator__in=[one.pk for one in known.values()])
    }
    steps: list[Step] = []
    first: dict[tuple[str, int], int] = {}
    for row in table.rows:
        step = Step(row, words=list(row.problems), series=known.get(row.name.casefold()))
        if row.name and row.year and (said := first.setdefault((row.name.casefold(), row.year), row.line)) != row.line:
            step.words.append(_("This year stands in row %(number)d already.") % {"number": said})
        step.words += unfit(row, step.series)
        if not step.words:
            step.held = held.get((step.series.pk, row.year)) if step.series else None
            judge(step, table.given)
        steps.append(step)
    refuse_unlike(steps)
    return Plan(steps, table.given, edition)


def unfit(row: Row, series: Indicator | None) -> list[str]:
    """Return what does not fit between a row and its series."""
    if row.problems:
        return []
    if series is None:
        return [] if row.unit and row.source else [_("This indicator is new: its unit and source are needed.")]
    if row.unit and row.unit != series.unit:
        return [_("The unit is “%(unit)s” here, not “%(word)s”.") % {"unit": series.unit, "word": row.unit}]
    return []


def judge(step: Step, given: frozenset[str]) -> None:
    """Say whether a row is new, changes something, or changes nothing."""
    row, held = step.row, step.held
    if held is None:
        step.state = NEW
        step.words = [_("new value") if step.series else _("new indicator with this value")]
        return
    if held.value != row.value:
        step.words.append(
            _("value changes from %(old)s to %(new)s") % {"old": plain(held.value), "new": plain(row.value)}
        )
    changes = {"breaks": held.breaks != row.breaks, "note": held.note != row.note, "way": held.method != row.way}
    told = {"breaks": _("break in the series changes"), "note": _("note changes"), "way": _("way of counting changes")}
    step.words += [told[key] for key, differs in changes.items() if differs and key in given]
    step.state = CHANGED if step.words else SAME
    if step.state == SAME:
        step.words = [_("stands there already")]


def refuse_unlike(steps: Iterable[Step]) -> None:
    """Rows of one new series have to say the same of it."""
    first: dict[str, Row] = {}
    for step in steps:
        if step.series is None and step.state == NEW:
            row = step.row
            other = first.setdefault(row.name.casefold(), row)
            if (row.unit, row.source, row.method) != (other.unit, other.source, other.method):
                step.state = WRONG
                words = _("Unit, source or method are others than in row %(number)d.")
                step.words = [words % {"number": other.line}]


def plain(value: Decimal) -> str:
    """Return a value as Germans write it, without idle noughts."""
    return number_format(value.normalize() if value % 1 else value.quantize(Decimal(1)), force_grouping=True)


@transaction.atomic
def take_over(*, table: Table, edition: ReportPage | None, stamp: str, by: "User") -> Plan:
    """Save all rows, or none. Raises ``Refused`` when a row is wrong (422) or something changed since the preview (409)."""
    lock("cms:series")
    plan = planned(table, edition)
    if plan.stamp != stamp:
        raise Refused(_("Something has changed since the preview. Please look at it once more."), code="changed")
    if not plan.is_whole:
        raise Refused(_("Nothing was saved."), code="wrong", status=422)
    made: dict[str, Indicator] = {}
    for step in plan.steps:
        if step.state != SAME:
            key = step.row.name.casefold()
            made[key] = made.get(key) or step.series or new_series(step.row, plan)
            keep(step, made[key], plan)
    for series in made.values():
        log(series, "wagtail.edit", user=by)
    return plan


def new_series(row: Row, plan: Plan) -> Indicator:
    """Make the series of a row; decimals are as many as its values have."""
    same = [step.row.value for step in plan.steps if step.row.name.casefold() == row.name.casefold()]
    places = max(-int(value.normalize().as_tuple().exponent) for value in same)
    series = Indicator(name=row.name, unit=row.unit, source=row.source, method=row.method, decimals=max(0, places))
    series.slug = free_slug(row.name)
    try:
        series.full_clean()
    except ValidationError as error:
        words = {"number": row.line, "words": " ".join(error.messages)}
        raise Refused(_("Row %(number)d: %(words)s") % words, code="wrong", status=422) from error
    series.save()
    return series


def free_slug(name: str) -> str:
    """Return an address that no series has."""
    base = slugify(name.replace("ä", "ae").replace("ö", "oe").replace("ü", "ue").replace("ß", "ss"))[:70] or "reihe"
    taken = set(Indicator.objects.filter(slug__startswith=base).values_list("slug", flat=True))
    return next(one for one in (base, *(f"{base}-{n}" for n in range(2, len(taken) + 3))) if one not in taken)


def keep(step: Step, series: Indicator, plan: Plan) -> None:
    """Save the value of a row; only a new one is given to the report, and columns that are not there change nothing."""
    row = step.row
    value = step.held or IndicatorValue(indicator=series, year=row.year, edition=plan.edition)
    value.value = row.value
    for key, name in (("breaks", "breaks"), ("note", "note"), ("way", "method")):
        if key in plan.given:
            setattr(value, name, getattr(row, key))
    value.save()
