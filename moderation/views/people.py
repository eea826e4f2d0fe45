"""People and measures, notes, proposals for two: inside Wagtail's admin."""

from datetime import date, datetime, time, timedelta
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages

from common.database import now
from common.errors import Refused
from moderation.actions.notes import add_note
from moderation.actions.proposals import agree, decline
from moderation.measures import stop_of
from moderation.models import Case, Proposal
from moderation.queries.filters import read_filters
from moderation.queries.statements import statements
from moderation.queries.writers import known_to, measured, moderates_all, writer
from moderation.views.cases import OneCase
from moderation.views.frame import ModeratorView


class PeopleView(ModeratorView):
    """People with measures, and a search among those who have written something here."""

    page_title = crumb = gettext_lazy("People and measures")
    template_name = "moderation/cms/people.html"

    def get(self, request: HttpRequest) -> HttpResponse:
        words = request.GET.get("q", "").replace("\0", "").strip()[:60]
        return self.answer(people=measured(self.moderator, words), words=words)


class PersonView(ModeratorView):
    """One person: measures, decisions, notes; a case about the profile is opened from here."""

    template_name = "moderation/cms/person.html"

    def get(self, request: HttpRequest, person_id: int) -> HttpResponse:
        found = writer(self.moderator, min(person_id, 2**63 - 1))
        if found is None:
            raise Http404
        self.crumb = self.page_title = found.person.display_name
        return self.answer(
            writer=found, sanctions=found.sanctions, stop=stop_of(found.person), may_read=moderates_all(self.moderator),
            notes=found.notes, note_url=reverse("moderation_cms:person_note", args=[found.person.pk]),
        )  # fmt: skip


class PersonNoteView(ModeratorView):
    """Keep a note on a person."""

    def post(self, request: HttpRequest, person_id: int) -> HttpResponse:
        person = known_to(self.moderator).filter(pk=min(person_id, 2**63 - 1)).first()
        if person is None or not moderates_all(self.moderator):
            raise Http404
        said(request, lambda: add_note(author=self.moderator, text=request.POST.get("text", ""), person=person))
        return redirect("moderation_cms:person", person_id=person.pk)


class NoteView(OneCase):
    """Keep a note on a case."""

    def post(self, request: HttpRequest, case_id: int) -> HttpResponse:
        said(request, lambda: add_note(author=self.moderator, text=request.POST.get("text", ""), case=self.case))
        return redirect(f"{self.address()}#notizen")


def said(request: HttpRequest, act: Any) -> None:
    """Do it and say so; a refusal is said as well."""
    try:
        act()
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The note is kept."))


class ProposalView(ModeratorView):
    """Agree to another person's proposal, or decline it."""

    def post(self, request: HttpRequest, proposal_id: int) -> HttpResponse:
        mine = Proposal.objects.filter(case__in=Case.objects.visible_to(self.moderator))
        proposal = mine.select_related("case").filter(pk=min(proposal_id, 2**63 - 1)).first()
        if proposal is None:
            raise Http404
        word = request.POST.get("word", "").replace("\0", "")[:500]
        try:
            if request.POST.get("answer") == "agree":
                agree(proposal_id=proposal.pk, actor=self.moderator, word=word)
                messages.success(request, _("Decided by two people. It is in the record."))
            else:
                decline(proposal_id=proposal.pk, actor=self.moderator, word=word)
                messages.success(request, _("You have declined. The case goes on waiting."))
        except Refused as refusal:
            messages.error(request, str(refusal))
        query = read_filters(request.GET.dict()).query()
        return redirect(f"{proposal.case.get_absolute_url()}?{query}" if query else proposal.case.get_absolute_url())


class StatementsView(ModeratorView):
    """All statements of reasons of a time, for the EU's transparency database; for those who moderate everything."""

    def get(self, request: HttpRequest) -> HttpResponse:
        if not moderates_all(self.moderator):
            raise Http404
        today = timezone.localtime(now()).date()
        first = day_in(request, "von", today - timedelta(days=365))
        last = day_in(request, "bis", today)
        rows = list(statements(start_of(first), start_of(last + timedelta(days=1))))
        response = JsonResponse({"statements": rows}, json_dumps_params={"ensure_ascii": False})
        response["Content-Disposition"] = f'attachment; filename="begruendungen-{first}-{last}.json"'
        return response


def day_in(request: HttpRequest, name: str, otherwise: date) -> date:
    """Return a day of the address; what is no day counts as left out."""
    try:
        found = parse_date(request.GET.get(name, "")[:10])
    except ValueError:
        found = None
    return found if found is not None and 2000 <= found.year <= 2200 else otherwise


def start_of(day: date) -> datetime:
    """Return the first moment of a day in the town's time."""
    return timezone.make_aware(datetime.combine(day, time.min))
