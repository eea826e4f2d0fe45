"""Saving while somebody writes: the form as it stands goes into its draft, pictures and files as soon as they are chosen.

The address holds the draft's key, which the form has had since it was shown; the first saving makes the draft. So a
repeated first saving makes no second one, and two windows never mix. Nothing is judged here but pictures and files.
"""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from common.errors import Refused
from ideas.forms import IdeaForm
from ideas.models import Campaign, Draft
from ideas.views.drafts import keep, own_draft, see_other
from ideas.views.form_pages import form_for
from ideas.views.limits import require_within_limits
from ideas.views.submitting import find_campaign
from ideas.views.uploads import taken_files, taken_pictures
from theme.dates import clock
from theme.markdown import excerpt


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def draft(request: HttpRequest, key: UUID) -> HttpResponse:
    """Lead to the form (``GET``), or save what was typed (``POST``) and say in JSON when and as which version."""
    found = own_draft(request, str(key))
    if request.method != "POST":
        if found is None:
            raise Http404
        idea = found.fields.get("idea")
        return see_other(
            (reverse("ideas:change", args=[idea]) if idea else reverse("ideas:submit")) + f"?entwurf={found.key}"
        )
    try:
        return save(request, key, found)
    except Refused as refusal:
        body: dict[str, object] = {"error": refusal.code, "message": refusal.message}
        if refusal.code == "conflict" and found is not None:
            body["other"] = other_version(found)
        return JsonResponse(body, status=refusal.status)


def save(request: HttpRequest, key: UUID, found: Draft | None) -> HttpResponse:
    """Save the form; somebody who is not signed in can only put pictures and files into a draft of this session."""
    is_signed_in, uploads = request.user.is_authenticated, bool(request.FILES)
    if found is None and is_signed_in and Draft.objects.filter(key=key).exists():
        raise Refused(_("This draft does not exist."), code="not_found", status=404)
    if not is_signed_in and (found is None or found.owner_id is not None) and not uploads:
        raise Refused(_("Please sign in first."), code="sign_in", status=401)
    if not any(request.POST.get(name, "").strip() for name in ("title", "text")) and not uploads and found is None:
        return JsonResponse({"saved": False})
    require_within_limits(request)
    campaign = find_campaign(request, request.POST.get("campaign", "")) or (found.campaign if found else None)
    form = form_for(campaign, found, request.POST, request.FILES if uploads else None)
    return JsonResponse(
        with_uploads(request, form, found) if uploads else told(keep_texts(request, form, found, campaign))
    )


def keep_texts(request: HttpRequest, form: IdeaForm, found: Draft | None, campaign: Campaign | None) -> Draft:
    """Save the words; the draft's pictures and files stay as they are."""
    return keep(request, form, found, is_kept=True, campaign=campaign)


def with_uploads(request: HttpRequest, form: IdeaForm, found: Draft | None) -> dict[str, object]:
    """Save the words, and the pictures and files that could be read; say what is wrong with the others."""
    form.is_valid()
    pictures, files = taken_pictures(request, form), taken_files(request, form)
    kept = keep(request, form, found, pictures, files, is_kept=request.user.is_authenticated)
    wrong = {name: list(form.errors[name]) for name in ("images", "files") if name in form.errors}
    fresh = form.keep(pictures, files)
    parts = {
        name: render_to_string(f"ideas/parts/{name}_fields.html", {"form": fresh}, request)
        for name in ("picture", "file")
    }
    return told(kept) | {"wrong": wrong, "parts": parts}


def told(kept: Draft) -> dict[str, object]:
    """Return what the page says: when it was saved, and the version it now stands on."""
    words = _("saved %(time)s") % {"time": clock(kept.updated_at)}
    return {"saved": True, "version": kept.version, "words": words, "key": str(kept.key)}


def other_version(found: Draft) -> dict[str, str]:
    """Return what another device has saved, in few words."""
    now = Draft.objects.get(pk=found.pk)
    return {
        "title": str(now.fields.get("title", "")),
        "text": excerpt(str(now.fields.get("text", "")), 300),
        "when": clock(now.updated_at),
    }
