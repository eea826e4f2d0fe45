"""Checks and word lists, inside Wagtail's admin: what runs, how often it was right, and the words it looks for."""

from importlib import resources
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages

from common.errors import Refused
from moderation.actions.assisting import delete_list, own_list, switch_checks, write_list
from moderation.assistance.checks import CHECKS
from moderation.assistance_forms import WordListForm
from moderation.models import WordList
from moderation.models.assistance import TOWN
from moderation.queries.assistance import campaigns_of, lists_for, moderates_all, rates, settings_of
from moderation.views.frame import ModeratorView


def starter() -> str:
    """Return the list to begin with: mild, in German, with comments."""
    return resources.files("moderation").joinpath("assistance", "starter_de.txt").read_text(encoding="utf-8")


class AssistancePage(ModeratorView):
    """What both pages share."""

    crumb = gettext_lazy("Assistance")

    @cached_property
    def campaigns(self) -> dict[int, str]:
        """Return the campaigns this moderator works for."""
        return campaigns_of(self.moderator)

    @cached_property
    def is_for_all(self) -> bool:
        """Tell whether this moderator changes what holds for the town."""
        return moderates_all(self.moderator)

    def scope(self, text: str) -> int:
        """Return the campaign of an address, 0 for the town; 404 for campaigns of others."""
        number = int(text) if text.isascii() and text.isdigit() and len(text) < 19 else TOWN
        if (text and str(number) != text) or (number != TOWN and number not in self.campaigns):
            raise Http404
        return number


class AssistanceView(AssistancePage):
    """The checks with their switches and hit rates, and the word lists."""

    page_title = gettext_lazy("Assistance")
    template_name = "moderation/cms/assistance.html"

    def get(self, request: HttpRequest) -> HttpResponse:
        campaign = self.scope(request.GET.get("kampagne", ""))
        off, off_for_all = settings_of(campaign)
        found = rates(self.moderator, campaign)
        rows = [
            (check, name not in off, campaign != TOWN and name in off_for_all, found[name])
            for name, check in CHECKS.items()
        ]
        lists = [
            (row, self.campaigns.get(row.campaign_id_copy, "")) for row in lists_for(self.moderator, self.campaigns)
        ]
        return self.answer(
            rows=rows, campaign=campaign, campaigns=self.campaigns, may_change=campaign != TOWN or self.is_for_all,
            title=self.campaigns.get(campaign, ""), lists=lists, is_for_all=self.is_for_all,
        )  # fmt: skip

    def post(self, request: HttpRequest) -> HttpResponse:
        campaign = self.scope(request.POST.get("kampagne", ""))
        switch_checks(actor=self.moderator, campaign=campaign, on=set(request.POST.getlist("check")))
        messages.success(request, _("Saved. It holds for contributions that come in from now on."))
        where = f"?kampagne={campaign}" if campaign else ""
        return redirect(reverse("moderation_cms:assistance") + where)


class WordListView(AssistancePage):
    """One word list, or a new one (number 0)."""

    template_name = "moderation/cms/word_list.html"

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        row = self.row(pk)
        first: dict[str, Any] = {"campaign": request.GET.get("kampagne", "")}
        if "vorlage" in request.GET:
            first |= {"title": _("To begin with"), "words": starter()}
        if row:
            first = {"title": row.title, "campaign": row.campaign_id_copy, "words": row.words, "is_on": row.is_on}
        return self.page(row, self.form(initial=first))

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        row = self.row(pk)
        if row and "delete" in request.POST:
            delete_list(actor=self.moderator, pk=row.pk)
            messages.success(request, _("The list “%(title)s” is deleted.") % {"title": row.title})
            return redirect("moderation_cms:assistance")
        form = self.form(request.POST)
        if not form.is_valid():
            return self.page(row, form, 422)
        saved = write_list(actor=self.moderator, pk=row.pk if row else None, **form.cleaned_data)
        messages.success(request, _("The list “%(title)s” is saved.") % {"title": saved.title})
        return redirect("moderation_cms:assistance")

    def row(self, pk: int) -> WordList | None:
        """Return the list of the address if this moderator may change it, else 404; None for a new one."""
        if not pk:
            return None
        try:
            return own_list(self.moderator, min(pk, 2**63 - 1))
        except Refused:
            raise Http404 from None

    def form(self, *args: Any, **kwargs: Any) -> WordListForm:
        """Return the form with the places the list may hold for."""
        return WordListForm(*args, campaigns=self.campaigns, town=self.is_for_all, **kwargs)

    def page(self, row: WordList | None, form: WordListForm, status: int = 200) -> HttpResponse:
        """Return the page around the form."""
        self.page_title = row.title if row else _("New word list")
        return self.answer(status, row=row, form=form)
