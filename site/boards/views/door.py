"""The door of the closed room: visitors are asked to sign in, whatever they asked for; everybody else but members finds nothing."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from boards.queries.room import Inside, inside

LARGEST = 2**63


def members_only(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Give the view the room as the person has it now (second argument); nobody else gets that far."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **values: Any) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return see_other(f"{reverse('account_login')}?{urlencode({'next': request.get_full_path()})}")
        found = inside(request.user)
        if found is None or any(isinstance(value, int) and value >= LARGEST for value in values.values()):
            raise Http404
        answer = view(request, found, *args, **values)
        answer["Cache-Control"] = "private, no-store"
        answer["X-Robots-Tag"] = "noindex, nofollow"
        return answer

    return guarded


def member(request: HttpRequest) -> User:
    """Return who is signed in, where ``members_only`` has made sure that somebody is."""
    assert request.user.is_authenticated  # noqa: S101 - for the reader and the type checker
    return request.user


def see_other(url: str) -> HttpResponseRedirect:
    """Lead on after a form was taken, so that reloading does not send it again."""
    answer = HttpResponseRedirect(url)
    answer.status_code = 303
    return answer


def crumbs(found: Inside, title: str = "") -> list[tuple[str, str]]:
    """Return the way into the room."""
    way = [(found.room.board.title, found.room.board.get_absolute_url()), (_("Closed room"), reverse("boards:room"))]
    return [*way, (title, "")] if title else [way[0], (way[1][0], "")]
