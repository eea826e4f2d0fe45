"""Pages for everybody who was written to: read a letter, complain."""

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from common.errors import Refused
from moderation import rules
from moderation.actions import complain
from moderation.models import Complaint, Decision
from moderation.public_forms import ComplaintForm
from moderation.queries import letter, statement
from moderation.queries.cases import complaint_of
from theme import errors

UNPROCESSABLE = 422


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
                    return private(errors.refused(request, refusal, kept=form.cleaned_data["text"]))
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
