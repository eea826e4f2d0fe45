"""Staff link an idea with others, with news, goals, measures and council papers."""

from collections.abc import Callable

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from common.errors import Refused
from ideas.actions import link_idea, unlink_idea
from ideas.forms.link import ElsewhereForm, FindForm
from ideas.linkable import Target, linkables
from ideas.models import Idea
from ideas.queries.idea_page import visible_idea
from ideas.queries.linked import grouped, linked_with
from ideas.rules import may_link
from ideas.views.drafts import see_other, signed_in, to_sign_in
from ideas.views.idea import crumbs

FOUND = 6


@require_http_methods(["GET", "HEAD", "POST"])
def links(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what an idea is linked with, and how to add and remove links."""
    if not request.user.is_authenticated:
        return to_sign_in(request.path)
    idea = visible_idea(request.user, pk)
    if idea is None:
        raise Http404
    if not may_link(request.user, idea):
        raise PermissionDenied
    if request.method != "POST":
        return show(request, idea)
    steps: dict[str, Callable[[HttpRequest, Idea], HttpResponse]] = {
        "add": add, "remove": remove, "elsewhere": elsewhere,
    }  # fmt: skip
    step = steps.get(request.POST.get("action", ""))
    if step is None:
        raise Refused(_("It is missing what is to be done."), code="unknown_action", status=400)
    return step(request, idea)


def add(request: HttpRequest, idea: Idea) -> HttpResponse:
    """Link with something of this site."""
    kind, number = request.POST.get("kind", ""), number_in(request.POST.get("id", ""))
    try:
        link_idea(idea=idea, by=signed_in(request), kind=kind, object_id=number)
    except Refused as refusal:
        messages.error(request, refusal.message)
        return show(request, idea, status=refusal.status)
    messages.success(request, _("The link stands on both pages now."))
    return see_other(reverse("ideas:links", args=[idea.pk]))


def remove(request: HttpRequest, idea: Idea) -> HttpResponse:
    """Take a link away."""
    unlink_idea(idea=idea, by=signed_in(request), link_id=number_in(request.POST.get("link", "")))
    messages.success(request, _("The link is gone from both pages."))
    return see_other(reverse("ideas:links", args=[idea.pk]))


def elsewhere(request: HttpRequest, idea: Idea) -> HttpResponse:
    """Link with a measure or a paper on another site."""
    form = ElsewhereForm(request.POST)
    if form.is_valid():
        try:
            link_idea(idea=idea, by=signed_in(request), **form.cleaned_data)
        except Refused as refusal:
            form.add_error(None, refusal.message)
            return show(request, idea, form=form, status=refusal.status)
        messages.success(request, _("The link is added."))
        return see_other(reverse("ideas:links", args=[idea.pk]))
    return show(request, idea, form=form, status=422)


def number_in(text: str) -> int:
    """Return the id in a form, or refuse."""
    if text.isascii() and text.isdigit() and len(text) <= 18:
        return int(text)
    raise Refused(_("There is nothing there that could be linked."), code="nothing_there", status=422)


def show(request: HttpRequest, idea: Idea, form: ElsewhereForm | None = None, status: int = 200) -> HttpResponse:
    """Render the page, with what was found for the words in the address."""
    found = linked_with(idea, request.user)
    finding = FindForm(request.GET if "q" in request.GET else None)
    words = finding.cleaned_data["q"] if finding.is_bound and finding.is_valid() else ""
    context = {
        "idea": idea,
        "groups": grouped(found),
        "finding": finding,
        "words": words,
        "results": results(request, idea, words, {(link.kind, link.url) for link in found}) if words else [],
        "form": form or ElsewhereForm(),
        "crumbs": crumbs(idea, (_("Links"), "")),
        "nav_current": "ideen",
    }
    return render(request, "ideas/links.html", context, status=status)


def results(request: HttpRequest, idea: Idea, words: str, known: set[tuple[str, str]]) -> list[dict[str, object]]:
    """Return what fits the words, kind by kind, without the idea itself and what is linked already."""

    def is_new(target: Target) -> bool:
        return (target.kind, target.url) not in known and (target.kind, target.object_id) != ("idea", idea.pk)

    found = [
        (kind.label, [one for one in kind.find(request.user, words, FOUND) if is_new(one)]) for kind in linkables()
    ]
    return [{"label": label, "targets": targets} for label, targets in found if targets]
