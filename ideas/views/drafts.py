"""Drafts of people who have not signed in belong to their session, which keeps the keys."""

import re
from collections.abc import Container, Iterable
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from accounts.models import User
from ideas.actions import adopt_draft, save_draft
from ideas.forms import IdeaForm
from ideas.forms.pictures import KeptPictures
from ideas.models import Campaign, Draft, IdeaFile

MOST_KEYS = 10
MOST_VALUES = 50
LONGEST = 20_000
ALT = re.compile(r"alt_([0-9a-f]{32})")
WRITER = re.compile(r"[0-9a-zA-Z-]{8,64}")


def signed_in(request: HttpRequest) -> User:
    """Return the person, in places that nobody reaches without signing in."""
    if not request.user.is_authenticated:
        raise PermissionDenied
    return request.user


def session_keys(request: HttpRequest) -> list[str]:
    """Return the keys of the drafts this session began."""
    return [str(key) for key in request.session.get("drafts", [])]


def remember(request: HttpRequest, draft: Draft) -> None:
    """Let the session know a draft without owner."""
    keys = session_keys(request)
    if draft.owner_id is None and str(draft.key) not in keys:
        request.session["drafts"] = [*keys, str(draft.key)][-MOST_KEYS:]


def own_draft(request: HttpRequest, word: str | None) -> Draft | None:
    """Return the draft with that key if it is this person's; one of the session becomes the person's after sign-in."""
    key = as_key(word)
    draft = Draft.objects.select_related("campaign").filter(key=key).first() if key else None
    return draft and _if_own(request, draft)


def _if_own(request: HttpRequest, draft: Draft) -> Draft | None:
    if draft.owner_id is not None:
        return draft if draft.owner_id == request.user.pk else None
    if str(draft.key) not in session_keys(request):
        return None
    return adopt_draft(draft=draft, owner=request.user) if request.user.is_authenticated else draft


def as_key(word: str | None) -> UUID | None:
    """Return the key of a draft, if the word is one."""
    try:
        return UUID(word or "")
    except ValueError:
        return None


def keep(
    request: HttpRequest,
    form: IdeaForm,
    draft: Draft | None,
    pictures: KeptPictures | None = None,
    files: list[IdeaFile] | None = None,
    *,
    is_kept: bool = False,
    campaign: Campaign | None = None,
    apart: bool = False,
    **more: Any,
) -> Draft:
    """Keep everything typed, so that it outlives sign-in, a closed window and a slip; raises ``Refused`` on conflict.

    ``apart`` makes a draft of its own, whatever the page says it belongs to; ``more`` are further fields.
    """
    key = None if apart else as_key(request.POST.get("draft"))
    fields = typed(request, form.texts, form.several) | told_by(request) | more
    alts = {
        str(UUID(found[1])): storable(request.POST[name])[:250]
        for name in request.POST
        if (found := ALT.fullmatch(name))
    }
    fields["alts"] = alts | {str(picture.key): alt for picture, alt in pictures or ()}
    if draft is None and key and (there := Draft.objects.filter(key=key).first()):
        draft = _if_own(request, there)  # a picture and the first words, sent at the same moment: one has made it
        if draft is None:  # somebody's, or one's own before the session ended
            fields |= {
                "of": str(key),
                "seen": seen_version(request),
                "gone": [*request.POST.getlist("image_remove"), *request.POST.getlist("file_remove")][:10],
            }
            key = None
    draft = save_draft(
        draft=draft,
        key=key,
        owner=request.user if request.user.is_authenticated else None,
        campaign=campaign or form.campaign,
        fields=fields,
        pictures=None if pictures is None else [picture for picture, _alt in pictures],
        files=files,
        is_kept=is_kept,
        seen=None if apart else seen_version(request),
    )
    remember(request, draft)
    return draft


def told_by(request: HttpRequest) -> dict[str, Any]:
    """Return what the page says about itself: which one it is, whether it has shown hints, which idea it changes."""
    writer, idea = request.POST.get("writer", ""), request.POST.get("idea", "")
    told: dict[str, Any] = {"writer": writer} if WRITER.fullmatch(writer) else {}
    if request.POST.get("hints") == "1":
        told["hints"] = "1"
    if idea.isascii() and idea.isdecimal() and len(idea) <= 18:
        told |= {"idea": int(idea), "version": storable(request.POST.get("version", ""))[:9]}
    return told


def seen_version(request: HttpRequest) -> int | None:
    """Return the version of the draft that the page started from, if it says so."""
    word = request.POST.get("draft_version", "")
    return int(word) if word.isascii() and word.isdecimal() and len(word) <= 9 else None


def begun_here(request: HttpRequest, campaign: Campaign) -> Draft | None:
    """Return the latest draft that this person or session has begun in a campaign."""
    if request.user.is_authenticated:
        mine = Draft.objects.filter(owner=request.user)
    elif keys := session_keys(request):
        mine = Draft.objects.filter(owner=None, key__in=keys)
    else:
        return None
    found = mine.filter(campaign=campaign).order_by("-updated_at")[:5]
    return next((draft for draft in found if "idea" not in draft.fields), None)


def typed(request: HttpRequest, names: Iterable[str], several: Container[str] = ()) -> dict[str, Any]:
    """Return what was typed, as far as it can be stored; a list for the fields that take several values."""
    kept = {name: [storable(value) for value in request.POST.getlist(name)[:MOST_VALUES]] for name in names}
    return {name: values if name in several else values[-1] if values else "" for name, values in kept.items()}


def storable(value: str) -> str:
    """Return ``value`` without the signs no database takes."""
    return "".join(sign for sign in value[:LONGEST] if sign != "\x00" and not "\ud800" <= sign <= "\udfff")


def to_sign_in(next_url: str) -> HttpResponse:
    """Lead to sign-in, and back to ``next_url`` afterwards."""
    response = HttpResponseRedirect(f"{reverse('account_login')}?{urlencode({'next': next_url})}")
    response.status_code = 303
    return response


def see_other(url: str) -> HttpResponse:
    """Lead on after a form was taken, so that reloading does not send it again."""
    response = HttpResponseRedirect(url)
    response.status_code = 303
    return response
