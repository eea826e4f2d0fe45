"""Two reports beside each other: which numbers may be compared, and in words why others may not."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from django.db.models import Prefetch, Q
from django.utils.translation import gettext as _

from cms.models import ChapterIndicator, ChapterPage, Indicator, IndicatorValue, ReportPage
from cms.queries.figures import figures_seen
from cms.queries.reports import public_chapters


@dataclass(frozen=True)
class Row:
    """One series in both reports; ``reasons`` say why the difference is not told."""

    indicator: Indicator
    earlier: IndicatorValue | None
    later: IndicatorValue | None
    reasons: list[str]

    @property
    def change(self) -> Decimal | None:
        """Return the difference, as far as it means something."""
        if self.earlier is None or self.later is None or self.reasons:
            return None
        return self.later.value - self.earlier.value

    @property
    def both(self) -> list[IndicatorValue]:
        """Return the values there are."""
        return [one for one in (self.earlier, self.later) if one]

    @property
    def size(self) -> Decimal:
        """Return the difference without its sign."""
        return abs(self.change or Decimal(0))

    @property
    def verdict(self) -> str:
        """Return ``better`` or ``worse``; nothing where neither is meant."""
        wanted = {Indicator.Better.MORE: 1, Indicator.Better.LESS: -1}.get(Indicator.Better(self.indicator.better), 0)
        turn = (self.change or 0) * wanted
        return "better" if turn > 0 else "worse" if turn < 0 else ""


@dataclass(frozen=True)
class Group:
    """The rows of one chapter."""

    chapter: ChapterPage
    rows: list[Row] = field(default_factory=list)


@dataclass(frozen=True)
class Comparison:
    """Both reports with all that stands in at least one of them."""

    earlier: ReportPage
    later: ReportPage
    groups: list[Group]

    @property
    def both(self) -> list[ReportPage]:
        """Return the two reports."""
        return [self.earlier, self.later]

    @property
    def surveys_differ(self) -> bool:
        """Tell whether people were asked in different ways."""
        return not self.earlier.asked_like(self.later)

    @property
    def series(self) -> list[Indicator]:
        """Return all series, whole."""
        return [row.indicator for group in self.groups for row in group.rows]


def chosen(reports: Sequence[ReportPage], earlier: str, later: str) -> tuple[ReportPage, ReportPage]:
    """Return two of the reports (newest first) by their addresses, the older one first; else the newest two."""
    known = {report.slug: report for report in reports}
    if earlier in known and later in known and earlier != later:
        first, second = sorted((known[earlier], known[later]), key=reports.index, reverse=True)
        return first, second
    return reports[1], reports[0]


def comparison(earlier: ReportPage, later: ReportPage) -> Comparison:
    """Put two reports beside each other, in the order of the later one's chapters; four statements."""
    below = Q(path__startswith=later.path) | Q(path__startswith=earlier.path)
    chapters = list(public_chapters().filter(below).defer("body"))
    chapters.sort(key=lambda one: (not one.path.startswith(later.path), one.path))
    rows = ChapterIndicator.objects.filter(chapter__in=[one.pk for one in chapters]).select_related("indicator")
    by_chapter: dict[int, list[Indicator]] = {}
    for row in rows.prefetch_related(Prefetch("indicator__values", figures_seen())).order_by("sort_order", "pk"):
        by_chapter.setdefault(row.chapter_id, []).append(row.indicator)
    seen: set[int] = set()
    groups = [Group(one, rows_of(by_chapter.get(one.pk, []), earlier, later, seen)) for one in chapters]
    return Comparison(earlier, later, [group for group in groups if group.rows])


def rows_of(series: Sequence[Indicator], earlier: ReportPage, later: ReportPage, seen: set[int]) -> list[Row]:
    """Return a row for each series that was not there before and has a value in one of the reports."""
    found = []
    for one in series:
        first, second = value_of(one, earlier), value_of(one, later)
        if one.pk not in seen and (first or second):
            found.append(Row(one, first, second, reasons(one, (earlier, first), (later, second))))
        seen.add(one.pk)
    return found


def value_of(indicator: Indicator, report: ReportPage) -> IndicatorValue | None:
    """Return what a report says of a series: its own latest value, else that of its year which belongs to no report."""
    values = sorted(indicator.values.all(), key=lambda one: one.year)
    own = [one for one in values if one.edition_id == report.pk]
    general = [one for one in values if one.edition_id is None and one.year == report.year]
    return (own or general or [None])[-1]


def reasons(
    indicator: Indicator,
    before: tuple[ReportPage, IndicatorValue | None],
    after: tuple[ReportPage, IndicatorValue | None],
) -> list[str]:
    """Say why the values of two reports must not be compared; empty when they may be."""
    (earlier, first), (later, second) = before, after
    if first is None or second is None:
        return []
    found = []
    if indicator.from_survey and not earlier.asked_like(later):
        found.append(_("People were asked in different ways."))
    if first.method != second.method:
        found.append(_("Counted in different ways."))
    found += [
        _("Counted otherwise since %(year)d.") % {"year": one.year}
        for one in indicator.values.all()
        if one.breaks and first.year < one.year <= second.year
    ]
    return found
