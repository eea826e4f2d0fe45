"""Ideas on paper and on other sites: notice, QR code, frame. Only what everybody may see, whoever asks."""

import hashlib
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext as _
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.http import require_safe

from ideas import qr
from ideas.models import Idea
from ideas.queries import shared
from theme.town import town_for

# What is hidden is gone from caches between after a minute, too.
FOR_ALL = "public, max-age=60"
FRAME_POLICY = {
    "default-src": ["'none'"],
    "style-src": ["'self'"],
    "img-src": ["'self'", "data:"],
    "font-src": ["'self'"],
    "base-uri": ["'none'"],
    "form-action": ["'none'"],
    "frame-ancestors": ["*"],
}
STRIPS = range(9)


def public_idea(pk: int) -> Idea:
    """Return the idea, or 404 alike for what is not there, not yet or no longer public."""
    found = shared.public_idea(pk)
    if found is None:
        raise Http404
    return found


@require_safe
def notice(request: HttpRequest, pk: int) -> HttpResponse:
    """Show an idea as a notice for a board: A4, large title, code, address in words, strips to tear off."""
    idea = public_idea(pk)
    context = {"idea": idea, "title": idea.title, "text": idea.teaser, "back_url": idea.get_absolute_url()}
    return show_notice(request, context, shared.short_url(idea))


@require_safe
def campaign_notice(request: HttpRequest) -> HttpResponse:
    """Show a campaign as a notice (``kampagne`` names it)."""
    campaign = shared.public_campaign(request.GET.get("kampagne", ""))
    if campaign is None:
        raise Http404
    path = campaign.get_absolute_url()
    context = {"campaign": campaign, "title": campaign.title, "text": campaign.summary, "back_url": path}
    return show_notice(request, context, settings.SITE_URL + path)


def show_notice(request: HttpRequest, context: dict[str, Any], address: str) -> HttpResponse:
    """Render a notice that leads to an address."""
    words = _("QR code that leads to %(address)s") % {"address": address}
    more = {
        "code": qr.picture(address, words),
        "address": address.split("://", 1)[-1].removesuffix("/"),
        "strips": STRIPS if request.GET.get("streifen") == "1" else (),
        "today": timezone.localdate(),
    }
    return render(request, "ideas/notice.html", context | more)


@require_safe
def qr_code(request: HttpRequest, pk: int) -> HttpResponse:
    """Serve the code of an idea's address as a picture."""
    drawn = qr.svg(shared.short_url(public_idea(pk)), document=True)
    etag = f'"{hashlib.sha256(drawn.encode()).hexdigest()[:32]}"'
    unchanged = get_conditional_response(request, etag=etag)
    response = unchanged or HttpResponse(drawn, content_type="image/svg+xml")
    response["ETag"], response["Cache-Control"] = etag, FOR_ALL
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["Content-Disposition"] = f'inline; filename="idee-{pk}.svg"'
    return response


@xframe_options_exempt
@require_safe
def embed(request: HttpRequest, pk: int) -> HttpResponse:
    """Show an idea in a frame of another site."""
    idea = shared.public_idea(pk)
    return framed("ideas/embed_idea.html", shared.embedded_idea(idea) if idea else None)


@xframe_options_exempt
@require_safe
def embed_campaign(request: HttpRequest) -> HttpResponse:
    """Show a campaign in a frame of another site (``kampagne`` names it)."""
    campaign = shared.public_campaign(request.GET.get("kampagne", ""))
    return framed("ideas/embed_campaign.html", shared.embedded_campaign(campaign) if campaign else None)


def framed(template: str, context: dict[str, Any] | None) -> HttpResponse:
    """Return a page to be framed. It is made without the request: nobody is signed in here, and no session is read."""
    town = town_for(None)
    body = render_to_string(template if context else "ideas/embed_gone.html", {**(context or {}), "town": town})
    response = HttpResponse(body, status=200 if context else 404)
    response["Cache-Control"] = FOR_ALL
    response["X-Robots-Tag"] = "noindex"
    response["Referrer-Policy"] = "no-referrer"
    response._csp_config = FRAME_POLICY  # type: ignore[attr-defined]
    return response
