"""Mein Bereich: what I have written, and what waits for me; other rooms add their parts by tags."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from ideas.actions import forget_draft
from ideas.queries.coauthors import my_invitations
from ideas.queries.mine import ideas_written_along, my_drafts, my_ideas
from ideas.views.drafts import own_draft, see_other, to_sign_in


@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """Show somebody's own area."""
    if not request.user.is_authenticated:
        return to_sign_in(request.path)
    context = {
        "ideas": my_ideas(request.user),
        "shared_ideas": ideas_written_along(request.user),
        "invitations": my_invitations(request.user),
        "drafts": my_drafts(request.user),
        "nav_current": "mein",
    }
    return render(request, "ideas/mine.html", context)


@require_POST
def delete_draft(request: HttpRequest, key: UUID) -> HttpResponse:
    """Delete a draft."""
    draft = own_draft(request, str(key))
    if draft is None:
        raise Http404
    forget_draft(draft)
    messages.success(request, _("The draft is deleted."))
    return see_other(f"{reverse('ideas:mine')}#entwuerfe" if request.user.is_authenticated else reverse("ideas:ideas"))
