"""The public record: what it is, checking a receipt, the list for download – and one's own receipts."""

import json
from collections.abc import Iterator
from typing import TypeVar

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods, require_safe

from voting.models import KeyDestroyed, MerkleRoot
from voting.queries import record
from voting.queries.receipts import own_receipts
from voting.record_forms import ReceiptForm

SECONDS = 60
Answer = TypeVar("Answer", bound=HttpResponseBase)
LATEST = 12


@never_cache
@sensitive_post_parameters("receipt")
@sensitive_variables("form")
@require_http_methods(["GET", "HEAD", "POST"])
def check(request: HttpRequest) -> HttpResponse:
    """Explain the record; with a receipt, show its entry. Nothing about the receipt is kept."""
    form = ReceiptForm(request.POST if request.method == "POST" else None)
    if not form.is_bound:
        return show(request, form)
    if not form.is_valid():
        return show(request, form, status=422)
    found = record.find(form.cleaned_data["receipt"])
    if found is None:
        form.add_error("receipt", _("No entry belongs to this receipt. Is it from this town's site, and complete?"))
        return show(request, form, status=404)
    return show(request, ReceiptForm(), found=found)


def show(request: HttpRequest, form: ReceiptForm, found: record.Found | None = None, status: int = 200) -> HttpResponse:
    """Render the page."""
    context = {
        "form": form,
        "found": found,
        "roots": MerkleRoot.objects.order_by("-number")[:LATEST],
        "crumbs": [(_("Check a vote"), "")],
    }
    return render(request, "voting/check.html", context, status=status)


@require_safe
def directory(request: HttpRequest) -> HttpResponse:
    """Return all roots and sealed results."""
    return public(JsonResponse(record.directory(), json_dumps_params={"ensure_ascii": False}))


@require_safe
def entries(request: HttpRequest, number: int) -> HttpResponseBase:
    """Return the entries under one root, piece by piece."""
    root = MerkleRoot.objects.filter(number=number).first() if number < 2**31 else None
    if root is None:
        raise Http404
    return public(StreamingHttpResponse(_pieces(root), content_type="application/json"))


def _pieces(root: MerkleRoot) -> Iterator[str]:
    shown = record.shown_campaigns()
    yield json.dumps({"number": root.number, "root": root.root, "former": root.former})[:-1] + ', "entries": ['
    for place, entry in enumerate(record.entries_of(root)):
        words = json.dumps(entry.published(shown=entry.content[0] in shown), separators=(",", ":"))
        yield f"{',' if place else ''}\n{words}"
    yield "\n]}\n"


def public(response: Answer) -> Answer:
    """Let everybody keep the answer for a minute, and read it from anywhere."""
    patch_cache_control(response, public=True, max_age=SECONDS)
    response["Access-Control-Allow-Origin"] = "*"
    return response


@never_cache
@require_safe
def receipts(request: HttpRequest) -> HttpResponse:
    """Show the person's own receipts, and of which campaigns nobody can tell any more."""
    if not request.user.is_authenticated:
        return redirect_to_login(request.path)
    gone = KeyDestroyed.objects.filter(campaign__is_public=True).select_related("campaign").order_by("-at")
    context = {"receipts": own_receipts(request.user), "gone": gone[:LATEST], "nav_current": "mein"}
    return render(
        request, "voting/receipts.html", context | {"crumbs": [(_("My area"), "/mein/"), (_("Receipts"), "")]}
    )
