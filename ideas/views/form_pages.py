"""The pages on the way to an idea: form, preview, two versions of one draft, and what is said when nothing is taken."""

from typing import Any
from uuid import UUID, uuid4

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from common.errors import Refused
from ideas.actions import count_hint, note_hints
from ideas.forms import IdeaForm
from ideas.forms.idea import TEXTS
from ideas.forms.pictures import KeptPictures, alt_name
from ideas.models import Campaign, Draft, IdeaFile
from ideas.queries.campaigns import campaigns_taking_ideas
from ideas.queries.hints import alike
from ideas.queries.phases import closes_at, next_opening
from ideas.questions import rows
from ideas.views.drafts import as_key, begun_here, keep, storable, typed
from ideas.views.uploads import files_in, pictures_in


def form_for(campaign: Campaign | None, draft: Draft | None, *args: Any, **kwargs: Any) -> IdeaForm:
    """Return the form of a campaign with what the draft keeps."""
    return IdeaForm(*args, campaign=campaign, kept=pictures_in(draft), kept_files=files_in(draft), **kwargs)


def crumbs(campaign: Campaign) -> list[tuple[str, str]]:
    """Return the way to the form."""
    return [(campaign.title, campaign.get_absolute_url()), (_("Your idea"), "")]


def page_facts(request: HttpRequest, form: IdeaForm, draft: Draft | None) -> dict[str, object]:
    """Return what a page with the form says about its draft (``ideas/parts/draft_fields.html``)."""
    if draft is not None:
        key: UUID | None = draft.key
    else:
        key = as_key(request.POST.get("draft")) or as_key(str(form.initial.get("request_key") or ""))
    shown = request.POST.get("hints") or (draft.fields.get("hints") if draft else "")
    return {
        "form": form,
        "draft": draft,
        "draft_key": key or uuid4(),
        "draft_version": draft.version if draft else 0,
        "writer": storable(request.POST.get("writer", ""))[:64] or uuid4().hex,
        "hints_shown": shown == "1",
    }


def show_form(
    request: HttpRequest, campaign: Campaign, form: IdeaForm, draft: Draft | None, status: int = 200
) -> HttpResponse:
    """Show the form."""
    context = page_facts(request, form, draft) | {
        "campaign": campaign,
        "begun": begun_here(request, campaign) if draft is None and request.method != "POST" else None,
        "crumbs": crumbs(campaign),
        "closes_at": closes_at(campaign, "ideas"),
        "nav_current": "ideen",
    }
    return render(request, "ideas/submit.html", context, status=status)


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
    facts = page_facts(request, form, draft)
    likes = alike(request.user, campaign, content.title, content.text)
    if likes and not facts["hints_shown"]:
        count_hint(campaign.pk, "shown")
        note_hints(draft)
        facts["hints_shown"] = True
    context = facts | {
        "campaign": campaign,
        "content": content,
        "figures": [picture.figure(alt) for picture, alt in pictures],
        "answers_given": rows(content.answers),
        "files": content.files,
        "hidden": hidden_fields(form, pictures),
        "crumbs": crumbs(campaign),
        "similar": likes,
        "closes_at": closes_at(campaign, "ideas"),
        "nav_current": "ideen",
    }
    return render(request, "ideas/preview.html", context)


def hidden_fields(form: IdeaForm, pictures: KeptPictures) -> list[tuple[str, str]]:
    """Return what was typed once more, so that the preview can be sent even when the session is new."""
    texts = [(name, value) for name in form.texts for value in form.typed(name)]
    return texts + [(alt_name(picture.key), alt) for picture, alt in pictures]


def conflict(
    request: HttpRequest,
    form: IdeaForm,
    draft: Draft,
    pictures: KeptPictures,
    files: list[IdeaFile],
) -> HttpResponse:
    """Show what was typed here beside what another device has saved; both are drafts now, and nothing is overwritten."""
    here = keep(request, form, None, pictures, files, is_kept=True, apart=True, request_key=uuid4().hex)
    other = Draft.objects.get(pk=draft.pk)
    shown = [(_("What you typed here"), here), (_("What was saved on another device"), other)]
    context = {"versions": shown, "campaign": form.campaign, "nav_current": "ideen"}
    return render(request, "ideas/draft_conflict.html", context, status=409)


def closed(request: HttpRequest, campaign: Campaign | None, draft: Draft | None, refusal: Refused) -> HttpResponse:
    """Say that nothing can be sent now, and give back every word that was typed."""
    fields = typed(request, TEXTS) if request.method == "POST" else draft.fields if draft else {}
    has_text = bool(fields.get("title") or fields.get("text"))
    if request.method == "POST" and has_text:
        try:
            form = form_for(campaign, draft, request.POST)
            draft = keep(request, form, draft, is_kept=True, campaign=campaign or (draft.campaign if draft else None))
        except Refused:  # another device went on: what it saved stays, and the words stand on this page
            pass
    context = {
        "refusal": refusal,
        "campaign": campaign,
        "draft": draft,
        "opening": next_opening(campaign, "ideas") if campaign else None,
        "typed": fields if has_text else None,
        "campaigns": campaigns_taking_ideas(request.user),
        "nav_current": "ideen",
    }
    return render(request, "ideas/submit_closed.html", context, status=refusal.status)
