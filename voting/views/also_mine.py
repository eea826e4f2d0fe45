"""“That is my idea too”: supporting an idea instead of sending the same once more.

The button stands among the hints in the form of an idea, so everything typed comes along. It is kept as a draft, offered
as a comment, and forgotten only when the support is given.
"""

import time

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from accounts.visitors import address_of
from common.errors import Refused
from ideas.actions import count_hint, forget_draft, write_comment
from ideas.content import COMMENT_LONGEST
from ideas.models import Draft, Idea
from ideas.rules import allowed_now
from ideas.views.drafts import keep, own_draft, see_other, signed_in, to_sign_in
from ideas.views.form_pages import form_for
from ideas.views.limits import require_within_limits
from ideas.views.submitting import find_campaign
from voting.actions import give_support
from voting.forms import AlsoMineForm
from voting.rules import is_own

WISH, LONGEST_WAIT = "pending_also_mine", 3600


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def also_mine(request: HttpRequest, idea_id: int) -> HttpResponse:
    """Keep what was typed, show the idea with the text as a possible comment, then support."""
    idea = offered(request, idea_id)
    if request.method != "POST":
        draft = own_draft(request, request.GET.get("entwurf"))
        return show(request, idea, draft, AlsoMineForm(initial={"text": comment_of(draft)}))
    if request.POST.get("action") != "support":
        return begin(request, idea)
    draft = own_draft(request, request.POST.get("entwurf"))
    form = AlsoMineForm(request.POST)
    if not form.is_valid():
        return show(request, idea, draft, form, status=422)
    text = form.cleaned_data["text"] if form.cleaned_data["wanted"] else ""
    if not request.user.is_authenticated:
        return later(request, idea, draft, text)
    return support(request, idea, draft, text)


def offered(request: HttpRequest, idea_id: int) -> Idea:
    """Return the idea if this person may see it and it stands in lists; else there is nothing here."""
    ideas = Idea.objects.visible_to(request.user).filter(state=Idea.State.PUBLIC)
    joined = ideas.select_related("campaign", "district", "topic").prefetch_related("campaign__phases")
    found = joined.filter(pk=idea_id).first() if idea_id < 2**63 else None
    if found is None:
        raise Http404
    return found


def begin(request: HttpRequest, idea: Idea) -> HttpResponse:
    """Keep what was typed in the form of an idea, and lead to the page of this one."""
    address = reverse("voting:also_mine", args=[idea.pk])
    if not any(request.POST.get(name, "").strip() for name in ("title", "text")):
        return see_other(address)
    require_within_limits(request)
    draft = own_draft(request, request.POST.get("draft"))
    campaign = find_campaign(request, request.POST.get("campaign", "")) or idea.campaign
    form = form_for(campaign, draft, request.POST)
    try:
        kept = keep(request, form, draft, is_kept=request.user.is_authenticated)
    except Refused:  # another device went on with the draft: these words get one of their own
        kept = keep(request, form, None, is_kept=True, apart=True)
    return see_other(f"{address}?entwurf={kept.key}")


def show(request: HttpRequest, idea: Idea, draft: Draft | None, form: AlsoMineForm, status: int = 200) -> HttpResponse:
    """Show the idea, the button, and what was typed."""
    now = timezone.now()
    context = {
        "idea": idea,
        "draft": draft,
        "form": form,
        "own": request.user.is_authenticated and is_own(request.user, idea),
        "support_open": allowed_now(idea.campaign, "support", now),
        "comments_open": allowed_now(idea.campaign, "comments", now),
        "nav_current": "ideen",
    }
    return render(request, "voting/also_mine.html", context, status=status)


def comment_of(draft: Draft | None) -> str:
    """Return what was typed, as a comment would say it."""
    fields = draft.fields if draft else {}
    words = [str(fields.get(name) or "").strip() for name in ("title", "text")]
    return str(fields.get("comment") or "\n\n".join(filter(None, words)))[:COMMENT_LONGEST]


def later(request: HttpRequest, idea: Idea, draft: Draft | None, text: str) -> HttpResponse:
    """Remember the wish in this session, and do it after signing in."""
    key = str(draft.key) if draft else ""
    request.session[WISH] = {"idea": idea.pk, "draft": key, "text": text, "at": int(time.time())}
    return to_sign_in(reverse("voting:also_mine_catch_up", args=[idea.pk]))


@never_cache
@require_GET
def also_mine_catch_up(request: HttpRequest, idea_id: int) -> HttpResponse:
    """Do after signing in what this person's own, checked request has asked for before it; once."""
    idea = offered(request, idea_id)
    if not request.user.is_authenticated:
        return to_sign_in(request.path)
    wish = request.session.get(WISH)
    if not isinstance(wish, dict) or wish.get("idea") != idea.pk or time.time() - wish["at"] > LONGEST_WAIT:
        return see_other(idea.get_absolute_url())
    del request.session[WISH]
    return support(request, idea, own_draft(request, wish["draft"]), str(wish["text"]))


def support(request: HttpRequest, idea: Idea, draft: Draft | None, text: str) -> HttpResponse:
    """Support the idea and add the comment; only when that is done the draft goes."""
    person = signed_in(request)
    try:
        give_support(voter=person, idea=idea, address=address_of(request))
        count_hint(idea.campaign_id, "followed")
        if text:
            write_comment(author=person, idea=idea, text=text, request_key=f"auch-{draft.key.hex}" if draft else None)
    except Refused as refusal:
        kept = _("Your text stays among your drafts.") if draft else ""
        messages.error(request, f"{refusal.message} {kept}".strip())
        return see_other(idea.get_absolute_url())
    if draft is not None:
        forget_draft(draft)
    messages.success(request, _("Thank you! Your support counts.") + (" " + comment_said(idea) if text else ""))
    return see_other(idea.get_absolute_url())


def comment_said(idea: Idea) -> str:
    """Return what becomes of the comment."""
    before = idea.campaign.check_comments == idea.campaign.Check.BEFORE
    return _("Your comment is read first, then everybody sees it.") if before else _("Your comment stands below.")
