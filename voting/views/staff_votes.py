"""Votes in the Wagtail admin: what runs, what is sealed under which hash; closing before time and opening again."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from common.errors import Refused
from ideas.models import Phase
from theme.dates import moment
from voting.actions.closing import close_phase
from voting.actions.reopening import reopen_phase
from voting.queries.votes import VoteRow, vote_rows
from voting.seal_forms import CloseForm, ReopenForm
from voting.views.staff import StaffView

TITLE = gettext_lazy("Close and seal votes")


class AboutVotes(StaffView):
    """What these pages share: for editors, about votes of campaigns they may know of."""

    rights = ("ideas.change_campaign",)
    home = ("voting_votes:list", TITLE)
    header_icon = "lock"

    def row(self, pk: int) -> VoteRow:
        """Return one vote; 404 for those the person may not know of."""
        return vote_rows(Phase.objects.filter(pk=self.phase(pk).pk).select_related("campaign"))[0]


class VotesView(AboutVotes):
    """All votes, with their results."""

    page_title = TITLE
    template_name = "voting/cms/votes.html"

    def get(self, request: HttpRequest) -> HttpResponse:
        return self.answer(rows=vote_rows(self.phases()))


class CloseView(AboutVotes):
    """Asks once more, then closes: what was voted until this moment counts."""

    page_title = gettext_lazy("Close a vote now")
    template_name = "voting/cms/close_vote.html"

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        return self.answer(form=CloseForm(), row=self.row(pk))

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        form, row = CloseForm(request.POST), self.row(pk)
        if not form.is_valid():
            return self.answer(422, form=form, row=row)
        try:
            result = close_phase(phase=row.phase, by=self.person)
        except Refused as refusal:
            form.add_error(None, refusal.message)
            return self.answer(refusal.status, form=form, row=row)
        words = _("Closed and counted on %(moment)s. Check sum: %(sum)s")
        messages.success(request, words % {"moment": moment(result.sealed_at), "sum": result.sha256})
        return redirect("voting_votes:list")


class ReopenView(AboutVotes):
    """Asks for a reason and a new end; both stand on the result page."""

    page_title = gettext_lazy("Open a sealed vote again")
    template_name = "voting/cms/reopen_vote.html"

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        return self.answer(form=ReopenForm(), row=self.row(pk))

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        form, row = ReopenForm(request.POST), self.row(pk)
        if not form.is_valid():
            return self.answer(422, form=form, row=row)
        try:
            reopen_phase(phase=row.phase, by=self.person, **form.cleaned_data)
        except Refused as refusal:
            form.add_error(refusal.field, refusal.message)
            return self.answer(refusal.status, form=form, row=row)
        messages.success(request, _("The vote is open again. The former result stays on record."))
        return redirect("voting_votes:list")
