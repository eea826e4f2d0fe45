"""The two buttons below a comment: who agrees and who does not."""

from collections.abc import Iterable
from typing import Any

from django import template
from django.http import HttpRequest
from django.middleware.csrf import get_token
from django.utils import timezone

from ideas.models import Campaign, Comment, Idea
from ideas.queries.discussion import Row
from ideas.rules import allowed_now, counts_shown, is_author
from voting.queries.comment_votes import CommentState, own_values

register = template.Library()
Known = dict[int, int]


@register.inclusion_tag("voting/comment_vote.html", takes_context=True)
def comment_vote(context: template.Context, row: Row) -> dict[str, Any]:
    """Render the buttons for a row of a discussion; needs ``idea`` in the context. Own votes: one statement a page."""
    comment, idea = row.comment, context["idea"]
    if comment is None or comment.state != Comment.State.PUBLIC:
        return {"name": "none"}
    request = context["request"]
    own = _own(request, idea)
    shown = counts_shown(idea.campaign)
    value = None if own is None else own.get(comment.pk, 0)
    numbers = (comment.agree_count, comment.disagree_count) if shown else (None, None)
    return rating_box(request, comment, idea, CommentState(value, *numbers))


@register.simple_tag(takes_context=True)
def know_comment_votes(context: template.Context, rows: Iterable[Row]) -> str:
    """Read the person's own votes on these rows only, instead of all of the idea's; for very long discussions."""
    request, idea = context["request"], context["idea"]
    _kept(request)[idea.pk] = own_values(request.user, idea.campaign, [row.pk for row in rows])
    return ""


def rating_box(request: HttpRequest, comment: Comment, idea: Idea, state: CommentState) -> dict[str, Any]:
    """Return what the template of the buttons needs."""
    name = which(request, comment, idea, state)
    author = comment.author.display_name if comment.author else ""
    return {
        "request": request,
        "comment": comment,
        "author": author,
        "state": state,
        "name": name,
        "here": f"{request.get_full_path()}#kommentar-{comment.pk}" if request.method == "GET" else "",
        "csrf_token": get_token(request) if name == "open" else "",
    }


def which(request: HttpRequest, comment: Comment, idea: Idea, state: CommentState) -> str:
    """Return the name of the state: closed, own or open."""
    if idea.state != Idea.State.PUBLIC or state.value is None or not _is_open(request, idea.campaign):
        return "closed"
    return "own" if is_author(request.user, comment) else "open"


def _is_open(request: HttpRequest, campaign: Campaign) -> bool:
    """Tell whether comments are taken, for display; asked once for a page."""
    known: dict[int, bool] = request.__dict__.setdefault("_comments_taken", {})
    if campaign.pk not in known:
        known[campaign.pk] = allowed_now(campaign, "comments", timezone.now())
    return known[campaign.pk]


def _own(request: HttpRequest, idea: Idea) -> Known | None:
    kept = _kept(request)
    if idea.pk not in kept:
        kept[idea.pk] = own_values(request.user, idea.campaign, [], idea_id=idea.pk)
    return kept[idea.pk]


def _kept(request: HttpRequest) -> dict[int, Known | None]:
    found: dict[int, Known | None] = request.__dict__.setdefault("_own_comment_votes", {})
    return found
