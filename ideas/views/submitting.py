"""Sending in an idea: one form, a look at it, sending – with sign-in as late as possible and nothing typed lost."""

import re
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from common.errors import Refused
from ideas.actions import forget_draft, save_draft, submit_idea
from ideas.content import IdeaContent
from ideas.forms import IdeaForm
from ideas.forms.idea import TEXTS
from ideas.forms.pictures import KeptPictures
from ideas.models import Campaign, Draft, Idea, IdeaFile
from ideas.queries.campaigns import campaigns_taking_ideas
from ideas.queries.idea_page import visible_idea
from ideas.queries.looks import state_chip
from ideas.queries.phases import closes_at, next_opening
from ideas.questions import rows
from ideas.rules import Person, require_open
from ideas.views.drafts import own_draft, remember, see_other, signed_in, to_sign_in, typed
from ideas.views.uploads import files_in, pictures_in, taken_files, taken_pictures
from search.queries import similar
from search.types import Similar

LIKE_ENOUGH = 0.35


@require_http_methods(["GET", "HEAD", "POST"])
def submit(request: HttpRequest) -> HttpResponse:
    """Show the form, look at what was typed, keep it or send it – as the pressed button says."""
    data = request.POST if request.method == "POST" else request.GET
    draft = own_draft(request, data.get("draft") or data.get("entwurf"))
    slug = data.get("campaign") or request.GET.get("kampagne") or ""
    if not slug and draft is None and request.method != "POST":
        return choose(request)
    campaign = find_campaign(request, slug) or (draft.campaign if draft and not slug else None)
    try:
        if campaign is None:
            raise Refused(_("This campaign does not exist."), code="unknown_campaign", status=404)
        require_open(campaign, "ideas", timezone.now())  # the action judges again, by the database's clock
    except Refused as refusal:
        return closed(request, campaign, draft, refusal)
    if request.method == "POST":
        return take(request, campaign, draft)
    if draft and request.GET.get("schritt") == "pruefen":
        return look_again(request, campaign, draft)
    form = form_for(campaign, draft, initial=draft.fields if draft else None)
    return show_form(request, campaign, form, draft)


def form_for(campaign: Campaign, draft: Draft | None, *args: Any, **kwargs: Any) -> IdeaForm:
    """Return the form of a campaign with what the draft keeps."""
    return IdeaForm(*args, campaign=campaign, kept=pictures_in(draft), kept_files=files_in(draft), **kwargs)


def find_campaign(request: HttpRequest, slug: str) -> Campaign | None:
    """Return the campaign of that address if the person may see it."""
    if not re.fullmatch(r"[-a-zA-Z0-9_]{1,80}", slug):
        return None
    return Campaign.objects.visible_to(request.user).prefetch_related("phases").filter(slug=slug).first()


def choose(request: HttpRequest) -> HttpResponse:
    """Ask for which campaign the idea is."""
    context = {
        "campaigns": campaigns_taking_ideas(request.user),
        "crumbs": [(_("Propose an idea"), "")],
        "nav_current": "ideen",
    }
    return render(request, "ideas/choose_campaign.html", context)


def closed(request: HttpRequest, campaign: Campaign | None, draft: Draft | None, refusal: Refused) -> HttpResponse:
    """Say that nothing can be sent now, and give back every word that was typed."""
    fields = typed(request, TEXTS) if request.method == "POST" else draft.fields if draft else {}
    if request.user.is_authenticated and request.method == "POST" and fields.get("text"):
        kept = [picture for picture, _alt in pictures_in(draft)]
        save_draft(
            draft=draft,
            owner=request.user,
            campaign=campaign,
            fields=fields,
            pictures=kept,
            files=files_in(draft),
            is_kept=True,
        )
    context = {
        "refusal": refusal,
        "campaign": campaign,
        "opening": next_opening(campaign, "ideas") if campaign else None,
        "typed": fields if fields.get("title") or fields.get("text") else None,
        "campaigns": campaigns_taking_ideas(request.user),
        "nav_current": "ideen",
    }
    return render(request, "ideas/submit_closed.html", context, status=refusal.status)


def take(request: HttpRequest, campaign: Campaign, draft: Draft | None) -> HttpResponse:
    """Take what was typed: keep it, then show what is wrong, how it will look, or send it."""
    step = request.POST.get("step") or "preview"
    form = form_for(campaign, draft, request.POST, request.FILES)
    form.is_valid()
    pictures, files = taken_pictures(request, form), taken_files(request, form)
    if step == "submit" and not form.errors and request.user.is_authenticated:
        return send(request, campaign, form, draft, pictures, files)
    nothing = not any(request.POST.get(name, "").strip() for name in ("title", "text"))
    if form.errors and not pictures and not files and nothing:
        return show_form(request, campaign, form, draft, status=422)
    draft = keep(request, form, draft, pictures, files, is_kept=step == "draft")
    if step == "draft" and not {"images", "files"} & set(form.errors):
        return saved(request, draft)
    if form.errors:
        return show_form(request, campaign, form.keep(pictures, files), draft, status=422)
    if step != "submit":
        return preview(request, campaign, form, draft, pictures, files)
    messages.info(request, _("Nearly done: please sign in to send your idea. Nothing you typed is lost."))
    return to_sign_in(f"{reverse('ideas:submit')}?{urlencode({'entwurf': draft.key, 'schritt': 'pruefen'})}")


def keep(
    request: HttpRequest,
    form: IdeaForm,
    draft: Draft | None,
    pictures: KeptPictures,
    files: list[IdeaFile],
    is_kept: bool,
) -> Draft:
    """Keep everything typed, so that it outlives sign-in, a closed window and a slip."""
    fields = typed(request, form.texts, form.several) | {"alts": {str(picture.key): alt for picture, alt in pictures}}
    draft = save_draft(
        draft=draft,
        owner=request.user if request.user.is_authenticated else None,
        campaign=form.campaign,
        fields=fields,
        pictures=[picture for picture, _alt in pictures],
        files=files,
        is_kept=is_kept,
    )
    remember(request, draft)
    return draft


def saved(request: HttpRequest, draft: Draft) -> HttpResponse:
    """Say that the draft is kept; people without account sign in first to find it again."""
    if request.user.is_authenticated:
        messages.success(request, _("Your draft is saved."))
        return see_other(f"{reverse('ideas:mine')}#entwuerfe")
    messages.info(request, _("Your draft is kept. Sign in, and you will find it again on every device."))
    return to_sign_in(f"{reverse('ideas:submit')}?{urlencode({'entwurf': draft.key})}")


def look_again(request: HttpRequest, campaign: Campaign, draft: Draft) -> HttpResponse:
    """Show the preview of a draft, as after sign-in."""
    form = form_for(campaign, draft, draft.fields)
    if form.is_valid():
        return preview(request, campaign, form, draft, form.kept, form.kept_files)
    return show_form(request, campaign, form, draft)


def preview(
    request: HttpRequest,
    campaign: Campaign,
    form: IdeaForm,
    draft: Draft,
    pictures: KeptPictures,
    files: list[IdeaFile],
) -> HttpResponse:
    """Show how the idea will look, what is similar, and the button that sends it."""
    content = form.content(pictures, files)
    context = {
        "campaign": campaign,
        "form": form,
        "draft": draft,
        "content": content,
        "figures": [picture.figure(alt) for picture, alt in pictures],
        "answers_given": rows(content.answers),
        "hidden": hidden_fields(form, pictures),
        "crumbs": crumbs(campaign),
        "similar": alike(request.user, campaign, content),
        "closes_at": closes_at(campaign, "ideas"),
        "nav_current": "ideen",
    }
    return render(request, "ideas/preview.html", context)


def alike(user: Person, campaign: Campaign, content: IdeaContent) -> list[Similar]:
    """Return up to three ideas that are perhaps the same one."""
    found = similar(user, campaign.slug, content.title, content.text, limit=3)
    return [one for one in found if one.likeness >= LIKE_ENOUGH]


def hidden_fields(form: IdeaForm, pictures: KeptPictures) -> list[tuple[str, str]]:
    """Return what was typed once more, so that the preview can be sent even when the session is new."""
    texts = [(name, value) for name in form.texts for value in form.typed(name)]
    return texts + [("image_alt", alt) for _picture, alt in pictures]


def crumbs(campaign: Campaign) -> list[tuple[str, str]]:
    """Return the way to the form."""
    return [(campaign.title, campaign.get_absolute_url()), (_("Your idea"), "")]


def send(
    request: HttpRequest,
    campaign: Campaign,
    form: IdeaForm,
    draft: Draft | None,
    pictures: KeptPictures,
    files: list[IdeaFile],
) -> HttpResponse:
    """Send the idea and lead to its receipt; a second click leads to the same one."""
    key = form.cleaned_data.get("request_key") or None
    try:
        idea = submit_idea(
            author=signed_in(request), campaign=campaign, content=form.content(pictures, files), request_key=key
        )
    except Refused as refusal:
        return closed(request, campaign, keep(request, form, draft, pictures, files, is_kept=True), refusal)
    if draft is not None:
        forget_draft(draft)
    return see_other(reverse("ideas:receipt", args=[idea.pk]))


def show_form(
    request: HttpRequest, campaign: Campaign, form: IdeaForm, draft: Draft | None, status: int = 200
) -> HttpResponse:
    """Show the form."""
    context = {
        "campaign": campaign,
        "form": form,
        "draft": draft,
        "crumbs": crumbs(campaign),
        "closes_at": closes_at(campaign, "ideas"),
        "nav_current": "ideen",
    }
    return render(request, "ideas/submit.html", context, status=status)


@require_safe
def receipt(request: HttpRequest, pk: int) -> HttpResponse:
    """Tell the author that the idea has arrived and what happens next."""
    if not request.user.is_authenticated:
        return to_sign_in(request.path)
    idea = visible_idea(request.user, pk)
    if idea is None or idea.author_id != request.user.pk:
        raise Http404
    is_public = idea.state == Idea.State.PUBLIC
    context = {
        "idea": idea,
        "is_public": is_public,
        "state_chip": state_chip(idea),
        "answers_given": rows(idea.latest_version.answers if idea.latest_version else ()),
        "nav_current": "mein",
    }
    return render(request, "ideas/receipt.html", context)
