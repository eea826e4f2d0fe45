"""Rating a comment: agree, not agree, or nothing any more."""

from dataclasses import asdict
from typing import TYPE_CHECKING

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from common.errors import Refused
from ideas.models import Comment, Idea
from voting import valued
from voting.actions import rate_comment
from voting.queries.comment_votes import comment_state
from voting.templatetags.rating import rating_box

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from accounts.models import User


@never_cache
@require_http_methods(["GET", "HEAD", "POST", "PUT", "DELETE"])
def comment_vote(request: HttpRequest, comment_id: int) -> HttpResponse:
    """``PUT {"value": 1 or -1}`` rates, ``DELETE`` takes back, ``GET`` tells, ``POST value=…`` comes from forms."""
    return valued.answer(request, lambda: thing(request, comment_id))


@never_cache
@require_GET
def comment_vote_catch_up(request: HttpRequest, comment_id: int) -> HttpResponse:
    """Do after signing in what was wanted before it."""
    return valued.catch_up(request, lambda: thing(request, comment_id))


def thing(request: HttpRequest, comment_id: int) -> valued.Thing:
    """Return the comment as something that takes votes."""
    comment = readable(request.user, comment_id)
    return valued.Thing(
        kind="comment",
        number=comment.pk,
        home=comment.get_absolute_url(),
        catch_up=reverse("voting:comment_vote_catch_up", args=[comment.pk]),
        put=lambda value: rate_comment(voter=request.user, comment=comment, value=value),  # type: ignore[arg-type]
        tell=lambda: asdict(comment_state(request.user, comment)),
        html=lambda refusal: piece(request, comment, refusal),
    )


def readable(user: "User | AnonymousUser", comment_id: int) -> Comment:
    """Return the comment if everybody may read it, or every member of the person's group; what is hidden is not here."""
    ideas = Idea.objects.open_to(user).values("pk")
    comments = Comment.objects.filter(state=Comment.State.PUBLIC, idea__in=ideas).select_related(
        "idea__campaign", "author"
    )
    found = comments.filter(pk=comment_id).order_by().first() if comment_id < 2**63 else None
    if found is None:
        raise Refused(_("This comment does not exist, or is not public."), code="not_found", status=404)
    return found


def piece(request: HttpRequest, comment: Comment, refusal: str) -> str:
    """Return the buttons as they are now."""
    state = comment_state(request.user, comment)
    context = rating_box(request, comment, comment.idea, state) | {"refusal": refusal}
    return render_to_string("voting/comment_vote.html", context, request)
