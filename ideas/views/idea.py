"""The page of one idea, and its evidence trail to print."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from ideas.forms import CommentForm
from ideas.models import Comment, Idea
from ideas.queries.discussion import Discussion, discussion
from ideas.queries.idea_page import answers_to, pictures_of, similar_to, versions_of, visible_idea
from ideas.queries.trail import next_step
from ideas.queries.trail import trail as trail_of
from ideas.rules import allowed_now, counts_shown, is_author, may_answer, may_change, text_shown
from ideas.views.comment_forms import comment_form, reply_target


@require_safe
def idea(request: HttpRequest, pk: int, slug: str = "") -> HttpResponse:
    """Show an idea to those who may see it; other spellings of its address lead here."""
    found = visible_idea(request.user, pk)
    if found is None:
        raise Http404
    if slug != found.slug:
        query = f"?{request.GET.urlencode()}" if request.GET else ""
        return redirect(found.get_absolute_url() + query, permanent=bool(slug))
    return show(request, found, comment_form(request, found))


def show(request: HttpRequest, found: Idea, form: CommentForm, status: int = 200) -> HttpResponse:
    """Render the page, as after a refused comment with what was typed."""
    now, user = timezone.now(), request.user
    version = found.approved_version or found.latest_version
    answers, versions = answers_to(found), versions_of(found)
    readable = text_shown(found, user)
    context = {
        "idea": found,
        "version": version,
        "readable": readable,
        "pictures": pictures_of(version.pk) if version and readable else [],
        "answers": answers,
        "trail": trail_of(found, versions, answers),
        "next_step": next_step(found),
        "discussion": page_of_comments(request, found),
        "comment_form": form,
        "reply_to": reply_target(form, found, user),
        "comments_open": found.state == Idea.State.PUBLIC
        and (allowed_now(found.campaign, "comments", now) or user.has_perm("ideas.answer")),
        "similar": similar_to(found) if found.state == Idea.State.PUBLIC else [],
        "is_author": is_author(user, found),
        "may_change": may_change(user, found),
        "may_answer": may_answer(user, found),
        "counts_shown": counts_shown(found.campaign, now),
        "nav_current": "ideen",
    }
    return render(request, "ideas/idea.html", context, status=status)


def page_of_comments(request: HttpRequest, found: Idea) -> Discussion:
    """Return the comments from the one in the address on (``ab``), else from the first."""
    word = request.GET.get("ab", "")
    if not word:
        return discussion(found, request.user)
    first = None
    if word.isascii() and word.isdecimal() and len(word) <= 18:
        first = Comment.objects.placed_for(request.user).filter(idea=found, pk=int(word)).first()
    if first is None:
        raise Http404
    return discussion(found, request.user, first)


@require_safe
def trail(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what happened to an idea on a page of its own, for printing."""
    found = visible_idea(request.user, pk)
    if found is None:
        raise Http404
    entries = trail_of(found, versions_of(found), answers_to(found))
    return render(request, "ideas/trail.html", {"idea": found, "trail": entries, "nav_current": "ideen"})
