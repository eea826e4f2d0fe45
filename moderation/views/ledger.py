"""The public ledger of moderation: a page, and the same numbers as tables for programs."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_GET

from common.tables import csv_lines
from moderation.queries import rules_in_force
from moderation.queries.ledger import TOTALS, Ledger, Month, ledger, mode_changes, years
from moderation.queries.waiting_words import hours_of

# The chart in its own units: height of the tallest column, width of one, from month to month.
HIGH, WIDE, STEP = 100, 11, 29


@require_GET
@cache_control(public=True, max_age=60)
def ledger_page(request: HttpRequest) -> HttpResponse:
    """Show a year (``?jahr=``; left out, the present one, or the last while that has no month yet)."""
    year, offered = chosen(request)
    found = ledger(year)
    context = {
        "ledger": found, "years": offered, "months": list(reversed(found.months)), "bars": bars(found), "wide": WIDE,
        "sections": sections(),
        "modes": mode_changes(year), "rules": rules_in_force(), "nav_current": "", "crumbs": [(_("Ledger of moderation"), "")],
    }  # fmt: skip
    return render(request, "moderation/ledger.html", context)


def chosen(request: HttpRequest) -> tuple[int, list[int]]:
    """Return the year that is asked for, and all there are; 404 for any other."""
    offered = years()
    wanted = request.GET.get("jahr", "")
    if not wanted:
        is_january = timezone.localdate().month == 1
        return (offered[1] if is_january and len(offered) > 1 else offered[0]), offered
    if not (wanted.isascii() and wanted.isdigit() and int(wanted[:4]) in offered and len(wanted) == 4):
        raise Http404
    return int(wanted), offered


def sections() -> list[tuple[str, str]]:
    """Return the breakdowns of a month with their headings."""
    return [
        ("received", _("Received")), ("decided", _("Decided")), ("rules", _("Rules named")),
        ("sources", _("How it came up")), ("reports", _("Reports")),
    ]  # fmt: skip


def bars(found: Ledger) -> list[dict[str, Any]]:
    """Return the months for the chart: place and height of two columns each; what is not told has none."""
    numbers = [month.totals[name].value or 0 for month in found.months for name in ("received", "decided")]
    most = max(numbers, default=0)
    made = []
    for place, month in enumerate(found.months):
        bar: dict[str, Any] = {"month": month, "x": place * STEP, "middle": place * STEP + WIDE}
        for number, name in enumerate(("received", "decided")):
            height = round(HIGH * (month.totals[name].value or 0) / most) if most else 0
            bar[name] = {"x": place * STEP + number * WIDE, "y": HIGH - height, "height": height}
        made.append(bar)
    return made


@require_GET
@cache_control(public=True, max_age=60)
def ledger_table(request: HttpRequest) -> StreamingHttpResponse:
    """Return a year as CSV, a number a line; what is not told says so."""
    found = ledger(chosen(request)[0])
    answer = StreamingHttpResponse(csv_lines(table(found)), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="moderationsbuch-{found.year}.csv"'
    return answer


def table(found: Ledger) -> list[tuple[object, ...]]:
    """Return the lines of the table."""
    rows: list[tuple[object, ...]] = [(_("Month"), _("Figure"), _("Which"), _("Value"))]
    names = total_names()
    for month in found.months:
        start = f"{month.start:%Y-%m}"
        rows += [
            (start, names[name], "", month.totals[name].value if told(month, name) else str(month.totals[name]))
            for name in TOTALS
        ]
        if month.median is not None:
            rows.append((start, _("median time to the decision in hours"), "", hours_of(month.median)))
        for name, title in sections():
            rows += [
                (start, title, words, one.value if one.value is not None else str(one))
                for words, one in month.parts.get(name, [])
            ]
    return rows


def told(month: Month, name: str) -> bool:
    return month.totals[name].value is not None


def total_names() -> dict[str, str]:
    """Return the sums of a month in words."""
    return {"received": _("Received"), "decided": _("Decided"), "reports": _("Reports"), "complaints": _("Complaints")}


@require_GET
@cache_control(public=True, max_age=60)
def ledger_data(request: HttpRequest) -> JsonResponse:
    """Return a year for programs; a number that is not told is the word ``under_5`` or ``not_told``."""
    found = ledger(chosen(request)[0])
    return JsonResponse(
        {
            "year": found.year,
            "totals": {name: one.code for name, one in found.totals.items()},
            "months": [as_data(month) for month in found.months],
            "complaints_decided": named(found.outcomes),
            "overturned_percent": found.overturned_percent,
            "cases": [{**vars(one), "month": f"{one.month:%Y-%m}"} for one in found.examples],
            "mode_changes": [
                {
                    "campaign": change.campaign_title, "what": change.what, "before": change.before, "after": change.after,
                    "reason": change.reason, "at": change.happened_at.isoformat(),
                }
                for change in mode_changes(found.year)
            ],
        },
        json_dumps_params={"ensure_ascii": False},
    )  # fmt: skip


def as_data(month: Month) -> dict[str, Any]:
    """Return a month for programs."""
    return {
        "month": f"{month.start:%Y-%m}",
        **{name: one.code for name, one in month.totals.items()},
        "median_hours": hours_of(month.median) if month.median is not None else None,
        "parts": {name: named(found) for name, found in month.parts.items()},
    }


def named(found: Any) -> list[dict[str, Any]]:
    """Return numbers with their words."""
    return [{"name": words, "number": one.code} for words, one in found or []]
