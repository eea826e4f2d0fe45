"""Two reports beside each other, as a page and as a table."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from cms.models import ReportPage
from cms.queries.comparing import Comparison, Row, chosen, comparison
from cms.queries.reports import open_index, public_reports
from cms.views.indicators import rounded, table


def asked(request: HttpRequest) -> tuple[list[ReportPage], Comparison, Any]:
    """Return all reports and the two that are compared; 404 while there are none to compare."""
    index = open_index()
    reports = list(public_reports().child_of(index)) if index else []
    if index is None or len(reports) < 2:
        raise Http404
    earlier, later = chosen(reports, request.GET.get("von", ""), request.GET.get("bis", ""))
    return reports, comparison(earlier, later), index


@require_safe
def compare_reports(request: HttpRequest) -> HttpResponse:
    """Show two reports beside each other, and say in words where they must not be compared."""
    reports, found, index = asked(request)
    context = {
        "reports": reports,
        "found": found,
        "crumbs": [(index.title, index.get_absolute_url()), (_("Reports compared"), "")],
        "nav_current": index.get_absolute_url(),
    }
    return render(request, "cms/report_comparison.html", context)


@require_safe
def compared_figures(request: HttpRequest) -> HttpResponse:
    """Hand out the same as CSV."""
    _reports, found, _index = asked(request)
    head = [
        _("Chapter"),
        _("Indicator"),
        _("Unit"),
        found.earlier.title,
        found.later.title,
        _("Difference"),
        _("Why not to be compared"),
        _("Source"),
    ]
    rows = [[group.chapter.title, *cells(row)] for group in found.groups for row in group.rows]
    return table([head, *rows], f"vergleich-{found.earlier.year}-{found.later.year}")


def cells(row: Row) -> list[Any]:
    """Return a row of the comparison as cells."""
    one = row.indicator
    values = [rounded(value.value, one) if value else "" for value in (row.earlier, row.later)]
    change = "" if row.change is None else rounded(row.change, one)
    return [one.name, one.unit, *values, change, " ".join(row.reasons), one.source]
