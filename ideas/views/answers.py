"""Offices answer ideas."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from ideas.actions import publish_answer
from ideas.forms import AnswerForm
from ideas.queries.idea_page import visible_idea
from ideas.rules import may_answer
from ideas.views.drafts import see_other, to_sign_in
from ideas.views.idea import crumbs


@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Let an office write the town's answer."""
    if not request.user.is_authenticated:
        return to_sign_in(request.path)
    idea = visible_idea(request.user, pk)
    if idea is None:
        raise Http404
    if not may_answer(request.user, idea):
        raise PermissionDenied
    form = AnswerForm(
        request.POST or None, idea=idea, initial={"progress": idea.progress, "signed_by": request.user.display_name}
    )
    if request.method == "POST" and form.is_valid():
        publish_answer(idea=idea, author=request.user, **form.cleaned_data)
        messages.success(request, _("The answer is published."))
        return see_other(idea.get_absolute_url())
    status = 422 if form.is_bound else 200
    return render(
        request,
        "ideas/answer.html",
        {"form": form, "idea": idea, "crumbs": crumbs(idea, (_("Answer"), "")), "nav_current": "ideen"},
        status=status,
    )
