"""Series of numbers as files."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from cms.models import Indicator
from cms.queries.figures import with_figures
from common.tables import csv_lines


@require_safe
def series(request: HttpRequest, slug: str) -> HttpResponse:
    """Hand out one series with unit, source and method as CSV that spreadsheets open in German."""
    found = with_figures(Indicator.objects.filter(slug=slug))
    if not found:
        raise Http404
    indicator = found[0]
    head = [
        _("Year"),
        _("Value"),
        _("Unit"),
        _("Counted otherwise from here on"),
        _("Note"),
        _("Source"),
        _("Method"),
        _("Counted in this way"),
        _("Indicator"),
    ]
    told = [indicator.source, indicator.method]
    rows = [
        [
            one.year,
            rounded(one.value, indicator),
            indicator.unit,
            one.breaks or "",
            one.note,
            *told,
            one.method,
            indicator.name,
        ]
        for one in indicator.values.all()
    ]
    return table([head, *rows], slugify(indicator.slug))


def rounded(value: Decimal, indicator: Indicator) -> Decimal:
    """Return a value with the places its series has."""
    return round(value, indicator.decimals)


def table(rows: Iterable[Iterable[Any]], name: str) -> HttpResponse:
    """Return rows as a CSV file to be kept."""
    return HttpResponse(
        "".join(csv_lines(rows)),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}.csv"', "X-Robots-Tag": "noindex"},
    )
