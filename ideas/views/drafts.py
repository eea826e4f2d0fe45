"""Drafts of people who have not signed in belong to their session, which keeps the keys."""

from collections.abc import Container, Iterable
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from accounts.models import User
from ideas.actions import adopt_draft
from ideas.models import Draft

MOST_KEYS = 10
MOST_VALUES = 50
LONGEST = 20_000


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
    try:
        draft = Draft.objects.select_related("campaign").filter(key=UUID(word or "")).first()
    except ValueError:
        return None
    if draft is None:
        return None
    if draft.owner_id is not None:
        return draft if draft.owner_id == request.user.pk else None
    if str(draft.key) not in session_keys(request):
        return None
    return adopt_draft(draft=draft, owner=request.user) if request.user.is_authenticated else draft


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
