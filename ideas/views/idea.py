"""The page of one idea, and its evidence trail to print."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from ideas.actions.seeing import note_opened
from ideas.forms import CommentForm
from ideas.models import Idea
from ideas.models.picture import SHOWING
from ideas.queries import idea_page
from ideas.queries.coauthors import byline
from ideas.queries.intakes import intake_entries, intake_of, source_line
from ideas.queries.linked import grouped, link_entries, linked_with
from ideas.queries.looks import state_chip, status_chip
from ideas.queries.merges import merge_entries
from ideas.queries.questions import answers_shown
from ideas.queries.shared import sharing
from ideas.queries.trail import trail as trail_of
from ideas.rules import CHANGEABLE, may_answer, may_link, may_withdraw, text_shown, writes
from ideas.views.comment_forms import comment_form, quote_target, reply_target
from ideas.views.discussion import comments_open, page_of_comments
from moderation.rules import may_decide_in


@require_safe
def idea(request: HttpRequest, pk: int, slug: str = "") -> HttpResponse:
    """Show an idea to those who may see it; other spellings of its address lead here."""
    found = idea_page.visible_idea(request.user, pk)
    if found is None:
        raise Http404
    if slug != found.slug:
        query = f"?{request.GET.urlencode()}" if request.GET else ""
        return redirect(found.get_absolute_url() + query, permanent=bool(slug))
    if found.state == Idea.State.PUBLIC and "ab" not in request.GET and not writes(request.user, found):
        note_opened(found.pk, request.META.get("HTTP_USER_AGENT", ""))
    return show(request, found, comment_form(request, found))


def show(request: HttpRequest, found: Idea, form: CommentForm, status: int = 200) -> HttpResponse:
    """Render the page, as after a refused comment with what was typed."""
    context = told(request, found) | discussed(request, found, form)
    return render(request, "ideas/idea.html", context, status=status)


def told(request: HttpRequest, found: Idea) -> dict[str, object]:
    """Return what the page tells about the idea itself."""
    user, version = request.user, found.approved_version or found.latest_version
    answers, versions = idea_page.answers_to(found), idea_page.versions_of(found)
    readable, is_public, own = text_shown(found, user), found.state == Idea.State.PUBLIC, writes(user, found)
    moderates = may_decide_in(user, found.campaign_id)
    links, intake = linked_with(found, user) if found.link_count and readable else [], intake_of(found)
    return {
        "idea": found,
        "version": version,
        "readable": readable,
        "reports_pictures": not own and found.state in SHOWING,
        "pictures": idea_page.figures_of(version) if readable else [],
        "files": idea_page.files_of(version) if readable else [],
        "answers_given": answers_shown(user, found, version) if readable else [],
        "tags": idea_page.tag_links(version) if readable and version else [],
        "chip": status_chip(found),
        "state_chip": state_chip(found),
        "answers": [idea_page.answer_box(answer) for answer in answers],
        "trail": trail_of(
            found, versions, answers, link_entries(links) + intake_entries(found, intake) + merge_entries(found)
        ),
        "link_groups": grouped(links),
        "intake": intake,
        "source_line": source_line(intake),
        "similar": idea_page.similar_to(found) if is_public else [],
        "is_author": own,
        "letter_url": idea_page.letter_url(found) if own or moderates else "",
        "byline": byline(found),
        "own_reason": idea_page.unread_reason(found) if own or moderates else None,
        "writes_along": own and (found.state in CHANGEABLE or found.coauthor_count > 0),
        "may_change": own and found.state in CHANGEABLE,
        "may_withdraw": may_withdraw(user, found),
        "may_answer": may_answer(user, found),
        "may_link": may_link(user, found),
        "share": sharing(found),
        "share_url": settings.SITE_URL + found.get_absolute_url(),
        "crumbs": crumbs(found),
        "nav_current": "ideen",
    }


def discussed(request: HttpRequest, found: Idea, form: CommentForm) -> dict[str, object]:
    """Return the discussion and the form below it."""
    return {
        **page_of_comments(request, found),
        "comment_form": form,
        "reply_to": reply_target(form, found, request.user),
        "quote_from": quote_target(form, found, request.user),
        "comments_open": comments_open(request.user, found),
    }


def crumbs(found: Idea, *more: tuple[str, str]) -> list[tuple[str, str]]:
    """Return the way to the idea: its campaign, then itself."""
    here = _("Idea %(number)s") % {"number": found.pk}
    campaign = [(found.campaign.title, found.campaign.get_absolute_url())] if found.campaign.is_public else []
    return [*campaign, (here, found.get_absolute_url() if more else ""), *more]


@require_safe
def trail(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what happened to an idea on a page of its own, for printing."""
    found = idea_page.visible_idea(request.user, pk)
    if found is None:
        raise Http404
    links = linked_with(found, request.user) if found.link_count and text_shown(found, request.user) else []
    others = link_entries(links) + intake_entries(found, intake_of(found)) + merge_entries(found)
    entries = trail_of(found, idea_page.versions_of(found), idea_page.answers_to(found), others)
    for entry in entries:  # what stands on the idea's own page is linked there
        if str(entry.get("url", "")).startswith("#"):
            entry["url"] = f"{found.get_absolute_url()}{entry['url']}"
    context = {"idea": found, "trail": entries, "crumbs": crumbs(found, (_("History"), "")), "nav_current": "ideen"}
    return render(request, "ideas/trail.html", context)
