"""Reporting something, and what became of it: for everybody, without an account."""

from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from common.errors import Refused
from moderation.actions import complain_as_reporter, report
from moderation.models import Report
from moderation.public_forms import ComplaintForm, ReportForm
from moderation.puzzles import new_puzzle
from moderation.queries.reports import outcome
from moderation.registry import Moderated, Snapshot, kinds, moderated
from moderation.views.public import private
from theme import errors

UNPROCESSABLE = 422
PROFILE = "profile"


@require_http_methods(["GET", "POST"])
def report_page(request: HttpRequest, kind: str, object_id: int) -> HttpResponse:
    """Take a report on something the person can see; about everything else it is only said that it is not public."""
    adapter = moderated(kind) if kind in kinds() else None
    can_see = adapter is not None and object_id < 2**63 and adapter.reportable(object_id, request.user) is not None
    subject = adapter.as_read(object_id) if adapter is not None and can_see else None
    if adapter is None or subject is None:
        return gone(request)
    form = ReportForm(request.POST or None, **about(request, kind, adapter, subject))
    status, wait = 200, None
    if request.method == "POST":
        status = UNPROCESSABLE
        if form.is_valid():
            try:
                return redirect("moderation:receipt", code=send(request, form, kind, object_id, subject).code)
            except Refused as refusal:
                if refusal.status == 404:
                    return gone(request)
                form.add_error(None, str(refusal))
                status, wait = refusal.status, refusal.retry_after
    address = f"{settings.SITE_URL}{subject.url}" if subject.url else ""
    context = {"form": form, "subject": subject, "label": adapter.label, "address": address, "puzzle": new_puzzle()}
    return told_to_wait(private(render(request, "moderation/report.html", context, status=status)), wait)


def told_to_wait(response: HttpResponse, seconds: int | None) -> HttpResponse:
    """Return the answer with the seconds to wait, for programs."""
    if seconds is not None:
        response["Retry-After"] = str(seconds)
    return response


def about(request: HttpRequest, kind: str, adapter: Moderated, subject: Snapshot) -> dict[str, Any]:
    """Return what the form needs to know: who reports, and whether the author's name can be reported as well."""
    author = subject.author_name if kind != PROFILE and profile_of(request, subject) is not None else ""
    return {"is_known": request.user.is_authenticated, "author": author, "label": str(adapter.label)}


def profile_of(request: HttpRequest, subject: Snapshot) -> int | None:
    """Return the number of the author's profile if it can be reported."""
    if PROFILE not in kinds() or subject.author_id is None:
        return None
    return subject.author_id if moderated(PROFILE).reportable(subject.author_id, request.user) else None


def send(request: HttpRequest, form: ReportForm, kind: str, object_id: int, subject: Snapshot) -> Report:
    """Hand the report over: about the contribution, or about whoever wrote it."""
    data = form.cleaned_data
    sender = form.sender(request)
    text, author = data["text"], profile_of(request, subject)
    if data.get("about") == ReportForm.PERSON and author is not None:
        # Where it was noticed belongs to the report.
        text = f"{text}\n\n{settings.SITE_URL}{subject.url}".strip()
        kind, object_id = PROFILE, author
    return report(
        kind=kind, object_id=object_id, reason=data["reason"], text=text, name=data["name"], email=data["email"],
        good_faith=data["good_faith"], reporter=sender.person, request_key=data["key"], sender=sender,
    )  # fmt: skip


def gone(request: HttpRequest) -> HttpResponse:
    """Say, with the same words for what is hidden, deleted or never was, what can be done; typed words come back."""
    words = _("It was hidden or taken away, or the address is wrong. If you have found something illegal, write to us.")
    typed = request.POST.get("text", "")[:4000]
    context = {"words": words, "typed": typed.replace("\0", "")}
    return private(render(request, "moderation/report_gone.html", context, status=404))


def by_code(code: str) -> Report:
    """Return the report with that code, or 404."""
    return get_object_or_404(Report.objects.select_related("case", "reporter"), code=code)


@require_GET
def receipt(request: HttpRequest, code: str) -> HttpResponse:
    """Show what became of a report, to whoever has its code."""
    entry = by_code(code)
    context = {"report": entry, "outcome": outcome(entry), "title": entry.snapshot.partition("\n")[0]}
    context["told"] = bool(entry.email or entry.reporter_id)
    return private(render(request, "moderation/receipt.html", context))


@require_http_methods(["GET", "POST"])
def report_complaint(request: HttpRequest, code: str) -> HttpResponse:
    """Take the complaint of a reporter; the status page shows what becomes of it."""
    entry = by_code(code)
    found = outcome(entry)
    if request.method == "GET" and not found.complaint_url:
        if found.complaint:
            return redirect("moderation:receipt", code=code)
        return private(errors.refused(request, why_closed(code)))
    form, status = ComplaintForm(request.POST or None), 200
    if request.method == "POST":
        status = UNPROCESSABLE
        if form.is_valid():
            try:
                complain_as_reporter(code=code, text=form.cleaned_data["text"])
                return redirect("moderation:receipt", code=code)
            except Refused as refusal:
                return private(errors.refused(request, refusal, kept=form.cleaned_data["text"]))
    context = {"report": entry, "outcome": found, "form": form, "title": entry.snapshot.partition("\n")[0]}
    return private(render(request, "moderation/report_complaint.html", context, status=status))


def why_closed(code: str) -> Refused:
    """Return why one cannot complain (any more)."""
    try:
        complain_as_reporter(code=code, text="")
    except Refused as refusal:
        return refusal
    raise Http404
