"""A branch of a discussion, on a page of its own: a comment, what it answers, and its replies."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from ideas.models import Comment
from ideas.queries.discussion import branch as branch_of
from ideas.queries.discussion import row
from ideas.queries.discussion_rows import for_rows
from ideas.queries.idea_page import visible_idea
from ideas.queries.mentioned import note_names
from ideas.views.discussion import comments_open, placed, start_of
from ideas.views.idea import crumbs


@require_safe
def branch(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a comment with its replies, and above it the one that it answers."""
    found = placed(request, pk)
    idea = visible_idea(request.user, found.idea_id)
    if idea is None:
        raise Http404
    both = for_rows(Comment.objects.placed_for(request.user).filter(pk__in=[pk, found.parent_id or pk]))
    rows = {one.pk: row(one, request.user) for one in both}
    note_names(one.comment for one in rows.values() if one.comment)
    page = branch_of(found, request.user, start_of(request, parent=found))
    context = {
        "idea": idea,
        "root": rows[pk],
        "rows": [rows[pk], *page.rows],
        "answers": rows.get(found.parent_id or 0),
        "discussion": page,
        "comments_open": comments_open(request.user, idea),
        "crumbs": crumbs(idea, (_("Conversation"), "")),
        "nav_current": "ideen",
    }
    return render(request, "ideas/branch.html", context)
