"""The values of series: what belongs to a report that is not published is for editors only."""

from django.db.models import Prefetch, Q, QuerySet

from cms.models import Indicator, IndicatorValue, ReportPage, open_to_all


def figures_seen(*, everything: bool = False) -> "QuerySet[IndicatorValue]":
    """Return the values that everybody may see: those of no report, and those of published ones."""
    values = IndicatorValue.objects.select_related("edition").defer("edition__body")
    if everything:
        return values
    return values.filter(Q(edition=None) | Q(edition__in=open_to_all(ReportPage.objects.order_by())))


def with_figures(series: "QuerySet[Indicator]", *, everything: bool = False) -> list[Indicator]:
    """Return those of the series that have values to show, with them; two statements."""
    values = Prefetch("values", figures_seen(everything=everything))
    return [one for one in series.prefetch_related(values) if one.values.all()]
