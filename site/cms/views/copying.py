"""Copying a campaign in the Wagtail admin."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods
from wagtail.admin.widgets import AdminDateInput
from wagtail.log_actions import log

from accounts.models import User
from cms.actions import copy_with_page
from cms.models import CampaignPage
from common.errors import Refused
from common.text import LineField
from ideas.models import Campaign
from ideas.queries.phases import span


class CopyForm(forms.Form):
    """What is different about the copy."""

    title = LineField(label=gettext_lazy("Title of the new campaign"), max_length=120)
    starts_on = forms.DateField(
        label=gettext_lazy("First day"),
        widget=AdminDateInput(),
        help_text=gettext_lazy("All dates move with it; the hours of the day stay as they are."),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def copy_campaign(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask for title and first day, then make the copy and lead to it."""
    editor = request.user
    if not isinstance(editor, User) or not editor.has_perm("ideas.add_campaign"):
        raise PermissionDenied
    campaign = Campaign.objects.visible_to(editor).prefetch_related("phases").filter(pk=pk).first()
    if campaign is None:
        raise Http404
    form = CopyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            return copied(request, copy_with_page(campaign=campaign, by=editor, **form.cleaned_data))
        except Refused as refusal:
            form.add_error(refusal.field, refusal.message)
    status = 422 if form.is_bound else 200
    return TemplateResponse(request, "cms/admin/copy_campaign.html", told(campaign, form), status=status)


def copied(request: HttpRequest, made: Campaign) -> HttpResponse:
    """Say what was made and lead to the form where it can be looked through."""
    log(instance=made, action="wagtail.create", user=request.user)
    words = _("“%(title)s” is made. Nobody sees it before its page is published.")
    messages.success(request, words % {"title": made.title})
    if page := CampaignPage.objects.filter(campaign=made).first():
        log(instance=page, action="wagtail.create", user=request.user)
        messages.info(request, _("Its page waits as a draft under “Pages”."))
    return redirect(reverse("wagtailsnippets_ideas_campaign:edit", args=[made.pk]))


def told(campaign: Campaign, form: CopyForm) -> dict[str, Any]:
    """Return what the page shows."""
    index = reverse("wagtailsnippets_ideas_campaign:list")
    edit = reverse("wagtailsnippets_ideas_campaign:edit", args=[campaign.pk])
    return {
        "campaign": campaign,
        "form": form,
        "media": form.media,
        "phases": [(phase.name, span(phase)) for phase in campaign.phases.all()],
        "page_title": _("Copy a campaign"),
        "page_subtitle": campaign.title,
        "header_title": campaign.title,
        "header_icon": "copy",
        "breadcrumbs_items": [
            {"url": index, "label": _("Campaigns")},
            {"url": edit, "label": campaign.title},
            {"url": "", "label": _("Copy")},
        ],
        "action_url": reverse("copy_campaign", args=[campaign.pk]),
        "submit_button_label": _("Copy"),
        "submit_button_active_label": _("Copying…"),
    }
