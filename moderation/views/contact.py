"""The contact point (DSA, Art. 11 and 12): how to reach people here, and a form for it – for everybody, without an account."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from common.errors import Refused
from moderation.actions.contact import address_of, write_message
from moderation.models import ContactMessage, ContactPoint
from moderation.public_forms import ContactForm
from moderation.puzzles import new_puzzle
from moderation.registry import campaign_names
from moderation.views.public import private
from moderation.views.reporting import told_to_wait

UNPROCESSABLE = 422


@require_http_methods(["GET", "HEAD", "POST"])
def contact_page(request: HttpRequest, campaign_id: int = 0) -> HttpResponse:
    """Say how everybody reaches a person here, and take a message; with a campaign it goes to whoever moderates there.

    A campaign that the person may not know of is not there (404), whether it exists or not.
    """
    campaign = campaign_of(request, campaign_id) if campaign_id else None
    form = ContactForm(request.POST or None, is_known=request.user.is_authenticated)
    status, wait = 200, None
    if request.method == "POST":
        status = UNPROCESSABLE
        if form.is_valid():
            try:
                return redirect("moderation:contact_receipt", code=send(request, form, campaign).code)
            except Refused as refusal:
                form.add_error(None, str(refusal))
                status, wait = refusal.status, refusal.retry_after
    point = ContactPoint.load(request_or_site=request)
    languages = [name.strip() for name in point.languages.split(",") if name.strip()]
    context = {"point": point, "languages": languages, "form": form, "puzzle": new_puzzle()}
    context["campaign_title"] = campaign[1] if campaign else ""
    return told_to_wait(render(request, "moderation/contact.html", context, status=status), wait)


def campaign_of(request: HttpRequest, campaign_id: int) -> tuple[int, str]:
    """Return number and title of a campaign the person may know of, or 404."""
    title = campaign_names(request.user).get(campaign_id)
    if title is None:
        raise Http404
    return campaign_id, title


def send(request: HttpRequest, form: ContactForm, campaign: tuple[int, str] | None) -> ContactMessage:
    """Hand the message over."""
    data = form.cleaned_data
    sender = form.sender(request)
    return write_message(
        topic=data["topic"], text=data["text"], name=data.get("name", ""), email=data.get("email", ""),
        by_mail=data["by_mail"], person=sender.person, campaign=campaign, request_key=data["key"],
        sender=sender,
    )  # fmt: skip


@require_GET
def contact_receipt(request: HttpRequest, code: str) -> HttpResponse:
    """Show what became of a message, to whoever has its code."""
    message = get_object_or_404(ContactMessage.objects.select_related("sender"), code=code)
    told = bool(address_of(message))
    return private(render(request, "moderation/contact_receipt.html", {"message": message, "told": told}))
