"""Totals from paper in the Wagtail admin: one person types them in, another one confirms or rejects them."""

from collections.abc import Callable
from typing import ClassVar

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from common.database import now
from common.errors import Refused
from ideas.models import Phase
from voting.actions.paper import confirm_count, enter_count, reject_count
from voting.models import PaperCount
from voting.paper import values_of
from voting.queries.codes import ideas_for
from voting.staff_forms import PaperForm
from voting.views.staff import PAPER_TITLE, StaffView

ADD, CHANGE = "voting.add_papercount", "voting.change_papercount"
ACTIONS: dict[str, Callable[..., PaperCount]] = {"confirm": confirm_count, "reject": reject_count}


class PaperView(StaffView):
    """All totals: who typed in what, from where, and who confirmed or rejected it."""

    rights: ClassVar[tuple[str, ...]] = (ADD, CHANGE)
    home = ("voting_paper:list", PAPER_TITLE)
    page_title = PAPER_TITLE
    header_icon = "clipboard-list"
    template_name = "voting/cms/paper.html"

    def get(self, request: HttpRequest) -> HttpResponse:
        return self.answer(rows=self.rows(), phases=self.open_phases())

    def counts(self) -> list[PaperCount]:
        """Return the totals somebody may see, those that wait first."""
        joins = ("phase__campaign", "idea", "entered_by", "confirmed_by", "rejected_by")
        rows = PaperCount.objects.filter(phase__in=self.phases()).select_related(*joins).order_by("-entered_at", "-pk")
        return sorted(rows, key=lambda row: row.confirmed_at is not None or row.rejected_at is not None)

    def rows(self) -> list[dict[str, object]]:
        """Return them with their words and what the person at hand can do."""
        return [
            {
                "count": count,
                "words": values_of(count.phase).get(count.value, str(count.value)),
                "may_confirm": not (count.confirmed_at or count.rejected_at or count.entered_by_id == self.person.pk),
                "is_open": count.phase.sealed_at is None and count.rejected_at is None,
            }
            for count in self.counts()
        ]

    def open_phases(self) -> list[Phase]:
        """Return the phases that have begun and are not sealed."""
        return list(self.phases().filter(opens_at__lte=now(), sealed_at=None))


class EnterView(PaperView):
    """The form for a total; what a pile of ballots has in common stays filled in."""

    rights: ClassVar[tuple[str, ...]] = (ADD,)
    page_title = gettext_lazy("Type in a total")
    template_name = "voting/cms/enter_paper.html"

    def get(self, request: HttpRequest, phase_id: int) -> HttpResponse:  # type: ignore[override]
        phase = self.phase(phase_id)
        first = {"place": request.GET.get("ort", "")[:120]}
        return self.answer(phase=phase, form=PaperForm(phase=phase, ideas=ideas_for(phase), initial=first))

    def post(self, request: HttpRequest, phase_id: int) -> HttpResponse:
        phase = self.phase(phase_id)
        ideas = ideas_for(phase)
        form = PaperForm(request.POST, phase=phase, ideas=ideas)
        if not form.is_valid():
            return self.answer(422, phase=phase, form=form)
        values = form.cleaned_data
        idea = next(one for one in ideas if one.pk == values["idea"])
        try:
            enter_count(
                phase=phase,
                idea=idea,
                value=values["value"],
                number=values["number"],
                place=values["place"],
                by=self.person,
            )
        except Refused as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, refusal.message)
            return self.answer(refusal.status, phase=phase, form=form)
        messages.success(request, _("Written down. It counts once another person has confirmed it."))
        return redirect("voting_paper:list")


class DecideView(PaperView):
    """Confirming or rejecting one total."""

    rights: ClassVar[tuple[str, ...]] = (CHANGE,)
    http_method_names: list[str] = ["post"]  # noqa: RUF012 – as Django has it

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        count = next((one for one in self.counts() if one.pk == pk), None)
        action = ACTIONS.get(request.POST.get("action", ""))
        if count is None:
            raise Http404
        if action is None:
            raise Refused(
                _("The form was not complete. Please press the button again."), code="bad_request", status=400
            )
        try:
            action(count=count, by=self.person)
        except Refused as refusal:
            messages.error(request, refusal.message)
            return self.answer(refusal.status, rows=self.rows(), phases=self.open_phases())
        said = (
            _("Confirmed. It is counted and shown apart.")
            if count.rejected_at is None
            else _("Rejected. The right total can be typed in now.")
        )
        messages.success(request, said)
        return redirect("voting_paper:list")
