"""Sending in an idea: one form, a look at it, sending – with sign-in as late as possible and nothing typed lost."""

import re
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from common.errors import Refused
from ideas.actions import count_hint, forget_sent, submit_idea
from ideas.content import IdeaContent
from ideas.forms import IdeaForm
from ideas.forms.pictures import KeptPictures
from ideas.models import Campaign, Draft, Idea, IdeaFile
from ideas.queries.campaigns import campaigns_taking_ideas
from ideas.queries.idea_page import visible_idea
from ideas.queries.looks import state_chip
from ideas.questions import rows
from ideas.rules import require_open
from ideas.views.drafts import keep, own_draft, see_other, signed_in, to_sign_in
from ideas.views.form_pages import closed, conflict, form_for, preview, show_form
from ideas.views.limits import require_pace, require_within_limits, told_to_wait
from ideas.views.uploads import taken_files, taken_pictures


@require_http_methods(["GET", "HEAD", "POST"])
def submit(request: HttpRequest) -> HttpResponse:
    """Show the form, look at what was typed, keep it or send it – as the pressed button says."""
    data = request.POST if request.method == "POST" else request.GET
    draft = own_draft(request, data.get("draft") or data.get("entwurf"))
    slug = data.get("campaign") or request.GET.get("kampagne") or ""
    if not slug and draft is None and request.method != "POST":
        return choose(request)
    if draft and "idea" in draft.fields and request.method != "POST":
        return see_other(f"{reverse('ideas:change', args=[draft.fields['idea']])}?entwurf={draft.key}")
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


def find_campaign(request: HttpRequest, slug: str) -> Campaign | None:
    """Return the campaign of that address if the person may see it."""
    if not re.fullmatch(r"[-a-zA-Z0-9_]{1,80}", slug):
        return None
    return Campaign.objects.visible_to(request.user).prefetch_related("phases").filter(slug=slug).first()


def choose(request: HttpRequest) -> HttpResponse:
    """Ask for which campaign the idea is."""
    campaigns = campaigns_taking_ideas(request.user)
    context = {"campaigns": campaigns, "crumbs": [(_("Propose an idea"), "")], "nav_current": "ideen"}
    return render(request, "ideas/choose_campaign.html", context)


def take(request: HttpRequest, campaign: Campaign, draft: Draft | None) -> HttpResponse:
    """Take what was typed: keep it, then show what is wrong, how it will look, or send it."""
    step = request.POST.get("step") or "preview"
    try:
        require_within_limits(request)
    except Refused as refusal:
        form = form_for(campaign, draft, request.POST)
        form.add_error(None, refusal.message)
        return told_to_wait(show_form(request, campaign, form, draft, status=refusal.status), refusal)
    form = form_for(campaign, draft, request.POST, request.FILES)
    form.is_valid()
    pictures, files = taken_pictures(request, form), taken_files(request, form)
    if step == "submit" and not form.errors and request.user.is_authenticated:
        try:
            require_pace(request, "ideas")
        except Refused as refusal:
            form.add_error(None, refusal.message)
            return told_to_wait(show_form(request, campaign, form.keep(pictures, files), draft, status=429), refusal)
        return send(request, campaign, form, draft, pictures, files)
    nothing = not any(request.POST.get(name, "").strip() for name in ("title", "text"))
    if form.errors and not pictures and not files and nothing:
        return show_form(request, campaign, form, draft, status=422)
    try:
        kept = keep(request, form, draft, pictures, files, is_kept=step == "draft")
    except Refused:
        return conflict(request, form, draft, pictures, files) if draft else closed(request, campaign, None, gone())
    return go_on(request, campaign, form, kept, pictures, files, step)


def gone() -> Refused:
    """Return the refusal for a draft that could be neither kept nor found."""
    return Refused(_("This draft was continued on another device."), code="conflict", status=409)


def go_on(
    request: HttpRequest,
    campaign: Campaign,
    form: IdeaForm,
    draft: Draft,
    pictures: KeptPictures,
    files: list[IdeaFile],
    step: str,
) -> HttpResponse:
    """Lead to the next page once everything typed is kept."""
    if step == "draft" and not {"images", "files"} & set(form.errors):
        return saved(request, draft)
    if form.errors or step == "compare":
        return show_form(request, campaign, form.keep(pictures, files), draft, status=422 if form.errors else 200)
    if step != "submit" and request.POST.get("weiter") == "1":
        return see_other(preview_url(draft))
    if step != "submit":
        return preview(request, campaign, form.keep(pictures, files), draft, pictures, files)
    messages.info(request, _("Nearly done: please sign in to send your idea. Nothing you typed is lost."))
    return to_sign_in(preview_url(draft))


def preview_url(draft: Draft) -> str:
    """Return the address of a draft's preview: one that can be loaded again, so that "back" and "forward" just work."""
    return f"{reverse('ideas:submit')}?{urlencode({'entwurf': draft.key, 'schritt': 'pruefen'})}"


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


def send(
    request: HttpRequest,
    campaign: Campaign,
    form: IdeaForm,
    draft: Draft | None,
    pictures: KeptPictures,
    files: list[IdeaFile],
) -> HttpResponse:
    """Send the idea and lead to its receipt; a second click leads to the same one."""
    author, content = signed_in(request), form.content(pictures, files)
    key = form.cleaned_data.get("request_key") or None
    try:
        idea = submit_idea(author=author, campaign=campaign, content=content, request_key=key)
    except Refused as refusal:
        if refusal.code == "paused":
            form.add_error(None, refusal.message)
            return show_form(request, campaign, form.keep(pictures, files), draft, status=refusal.status)
        return closed(request, campaign, draft, refusal)
    if not says(idea, content):
        return lead_to_change(request, form, draft, pictures, files, idea)
    if draft is not None or key:
        forget_sent(author, draft, key)
    if request.POST.get("hints") == "1":
        count_hint(campaign.pk, "ignored")
    return see_other(reverse("ideas:receipt", args=[idea.pk]))


def says(idea: Idea, content: IdeaContent) -> bool:
    """Tell whether the idea has these words: one that was sent before may have others."""
    version = idea.latest_version
    return version is not None and (version.title, version.text, version.place, list(version.tags)) == (
        content.title,
        content.text,
        content.place,
        list(content.tags),
    )


def lead_to_change(
    request: HttpRequest,
    form: IdeaForm,
    draft: Draft | None,
    pictures: KeptPictures,
    files: list[IdeaFile],
    idea: Idea,
) -> HttpResponse:
    """Lead somebody who went back after sending, and wrote on, to the form that changes the idea – with the new words."""
    number = idea.latest_version.number if idea.latest_version else None
    key = keep(request, form, None, pictures, files, is_kept=True, apart=True, idea=idea.pk, version=number).key
    forget_sent(signed_in(request), draft, None)
    messages.info(
        request, _("You have sent this idea already. Here are your new words: send them as a change, or leave it.")
    )
    return see_other(f"{reverse('ideas:change', args=[idea.pk])}?entwurf={key}")


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
