"""Pages for everybody: report a contribution, read a letter, complain."""

import hashlib

from allauth.account.adapter import get_adapter
from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from common.errors import Refused
from moderation import rules
from moderation.actions import complain, report
from moderation.forms import ComplaintForm, ReportForm
from moderation.models import Case, Complaint, Decision, Report
from moderation.queries import letter, statement
from moderation.queries.cases import complaint_of
from moderation.registry import moderated
from theme import errors

REPORTS_PER_HOUR = 20
UNPROCESSABLE = 422


@require_http_methods(["GET", "POST"])
def report_page(request: HttpRequest, kind: str, object_id: int) -> HttpResponse:
    """Take a report on something the person can see; everything else is not found."""
    try:
        adapter = moderated(kind)
    except KeyError:
        raise Http404 from None
    if object_id >= 2**63 or adapter.reportable(object_id, request.user) is None:
        raise Http404
    form = ReportForm(request.POST or None)
    status = 200
    if request.method == "POST":
        status = UNPROCESSABLE
        if form.is_valid():
            if too_many(request):
                form.add_error(None, _("You have sent very many reports. Please wait an hour."))
                status = 429
            else:
                return redirect("moderation:receipt", code=send(request, form, kind, object_id).code)
    context = {"form": form, "subject": adapter.as_read(object_id), "label": adapter.label}
    return private(render(request, "moderation/report.html", context, status=status))


def send(request: HttpRequest, form: ReportForm, kind: str, object_id: int) -> Report:
    """Hand the report over."""
    given = {name: value for name, value in form.cleaned_data.items() if name != "website"}
    reporter = request.user if request.user.is_authenticated else None
    return report(kind=kind, object_id=object_id, reporter=reporter, **given)  # type: ignore[arg-type]


def too_many(request: HttpRequest) -> bool:
    """Count this hour's reports from one address; only a fingerprint of the address is kept."""
    sender = hashlib.sha256(f"report:{get_adapter().get_client_ip(request)}".encode()).hexdigest()
    cache.add(f"report:{sender}", 0, 3600)
    try:
        return int(cache.incr(f"report:{sender}")) > REPORTS_PER_HOUR
    except ValueError:  # ran out between the two lines
        return False


@require_GET
def receipt(request: HttpRequest, code: str) -> HttpResponse:
    """Show what became of a report, to whoever has its code."""
    entry = get_object_or_404(Report.objects.select_related("case"), code=code)
    decision = entry.case.decisions.first() if entry.case.state == Case.State.DECIDED else None
    context = {"report": entry, "decision": decision, "closed": entry.case.state == Case.State.CLOSED}
    return private(render(request, "moderation/receipt.html", context))


def by_code(code: str) -> Decision:
    """Return the decision with that code, or 404."""
    found = Decision.objects.select_related("case", "rule_version__rule")
    return get_object_or_404(found, code=code)


@require_GET
def letter_page(request: HttpRequest, code: str) -> HttpResponse:
    """Show the letter to whoever has its code: the author, by mail or „Mein Bereich"."""
    decision = by_code(code)
    context = {"letter": letter(decision), "complaint": complaint_of(decision)}
    return private(render(request, "moderation/letter.html", context))


@require_GET
def letter_data(request: HttpRequest, code: str) -> HttpResponse:
    """Return the same for machines."""
    return private(JsonResponse(statement(by_code(code)), json_dumps_params={"ensure_ascii": False}))


@require_http_methods(["GET", "POST"])
def complaint_page(request: HttpRequest, code: str) -> HttpResponse:
    """Take a complaint, or show what became of it."""
    decision = by_code(code)
    if decision.decision not in Decision.CONTESTABLE:
        raise Http404
    form, status = ComplaintForm(request.POST or None), 200
    if request.method == "POST":
        status = UNPROCESSABLE
        if form.is_valid():
            try:
                complain(code=code, text=form.cleaned_data["text"])
                return redirect("moderation:complaint", code=code)
            except Refused as refusal:
                if refusal.code != "again":
                    return private(errors.refused(request, refusal))
                status = refusal.status
    complaint = complaint_of(decision)
    if complaint is None and status == 200 and (late := too_late(decision)):
        return private(errors.refused(request, late))
    context = {"letter": letter(decision), "form": form, "complaint": complaint, "outcomes": Complaint.Outcome}
    return private(render(request, "moderation/complaint.html", context, status=status))


def too_late(decision: Decision) -> Refused | None:
    """Return the refusal when the window is closed."""
    try:
        rules.require_in_time(decision)
    except Refused as refusal:
        return refusal
    return None


def private(response: HttpResponse) -> HttpResponse:
    """Keep an answer out of caches and search engines."""
    response["Cache-Control"] = "private, no-store"
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response
