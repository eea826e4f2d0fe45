"""Odd votes in the Wagtail admin: what was found, in figures; two people decide what becomes of it."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.functional import Promise, cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from common.errors import Refused
from ideas.rules import counts_shown, writes
from voting import reviewing
from voting.actions import quarantine as actions
from voting.models import Flag, Quarantine
from voting.queries.reviewing import flags_for, is_decidable, live_quarantine, matching_votes, yearly_figures
from voting.review_forms import DecisionForm
from voting.rules import is_sealed
from voting.views.staff import StaffView
from voting.wording import sentences

TITLE = gettext_lazy("Odd votes")
MOST = 200
DONE: dict[str, str | Promise] = {
    "harmless": gettext_lazy("Written down: nothing is wrong."),
    "propose": gettext_lazy("Proposed. Another person decides; until then all votes count."),
    "agree": gettext_lazy("The votes are set apart. The idea's page says so."),
    "reject": gettext_lazy("The proposal is declined. All votes count."),
    "propose_end": gettext_lazy("Proposed. Another person decides whether the votes are given back."),
    "agree_end": gettext_lazy("The votes count again."),
    "reject_end": gettext_lazy("Declined. The votes stay set apart."),
}


class FlagsView(StaffView):
    """What waits, what is proposed or set apart, and what was decided on."""

    rights = ("voting.review_votes",)
    home = ("voting_flags:list", TITLE)
    page_title: str | Promise = TITLE
    header_icon = "search"
    template_name = "voting/cms/flags.html"

    def get(self, request: HttpRequest) -> HttpResponse:
        waiting, decided = (list(flags_for(self.person, waiting=yes)[:MOST]) for yes in (True, False))
        year = timezone.localdate().year
        return self.answer(
            waiting=[self.row(flag) for flag in waiting],
            decided=[self.row(flag) for flag in decided],
            figures=yearly_figures(year),
            year=year,
        )

    def row(self, flag: Flag) -> dict[str, Any]:
        """Return a flag with its words and what stands about it."""
        live = [row for row in flag.quarantines.all() if not (row.rejected_at or row.ended_at)]
        return {
            "flag": flag,
            "sentences": sentences(flag, hidden=not counts_shown(flag.campaign)),
            "live": live[0] if live else None,
            "last": next(iter(reversed(flag.steps.all())), None),
        }


class FlagView(FlagsView):
    """One flag: the figures, who did what, and what can be done now."""

    template_name = "voting/cms/flag.html"

    @cached_property
    def flag(self) -> Flag:
        """Return the flag of the address if the person may know of it, or 404."""
        flags = Flag.objects.visible_to(self.person).select_related("idea__campaign", "campaign")
        found = flags.filter(pk=min(self.kwargs["pk"], 2**63 - 1)).first()
        if found is None:
            raise Http404
        return found

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:  # type: ignore[override]
        return self.page(DecisionForm())

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        flag, form = self.flag, DecisionForm(request.POST)
        if not form.is_valid():
            return self.page(form, status=422)
        action, reason = form.cleaned_data["action"], form.cleaned_data["reason"]
        try:
            act(flag, live_quarantine(flag), action, self.person, reason)
        except Refused as refusal:
            self.__dict__.pop("flag", None)
            return self.page(form, status=refusal.status, refusal=refusal)
        messages.success(request, str(DONE[action]))
        return redirect("voting_flags:flag", pk=flag.pk)

    def page(self, form: DecisionForm, *, status: int = 200, **more: Any) -> HttpResponse:
        """Return the page around a form with the choices that there are now."""
        flag, live = self.flag, live_quarantine(self.flag)
        self.page_title = flag.idea.title
        hidden = not counts_shown(flag.campaign)
        choices = self.choices(flag, live)
        others = Flag.objects.filter(idea=flag.idea_id, hour=flag.hour).exclude(pk=flag.pk).order_by("kind")
        return self.answer(
            status, flag=flag, live=live, form=form, choices=choices, sentences=sentences(flag, hidden=hidden),
            hidden=hidden, steps=flag.steps.select_related("by"), others=others, why_not=self.why_not(flag, live),
            matching=None if hidden or flag.state != Flag.State.OPEN else len(matching_votes(flag)), **more,
        )  # fmt: skip

    def choices(self, flag: Flag, live: Quarantine | None) -> list[tuple[str, str]]:
        """Return what this person can do now; the actions judge it again."""
        if writes(self.person, flag.idea):
            return []
        if live is None:
            return self.first_choices(flag)
        if is_sealed(flag.campaign_id):
            return []
        if live.agreed_at is None:
            mine = live.proposed_by_id == self.person.pk
            return [] if mine else [("agree", _("Set the votes apart")), ("reject", _("Decline: the votes count"))]
        if live.end_proposed_by_id is None:
            return [("propose_end", _("Propose to give the votes back"))]
        mine = live.end_proposed_by_id == self.person.pk
        return [] if mine else [("agree_end", _("Give the votes back")), ("reject_end", _("Decline: they stay apart"))]

    def first_choices(self, flag: Flag) -> list[tuple[str, str]]:
        """Return what can be done with a flag that nobody has proposed anything about."""
        if flag.state != Flag.State.OPEN:
            return []
        possible = is_decidable(flag) and not is_sealed(flag.campaign_id)
        propose = [("propose", _("Propose to set these votes apart"))] if possible else []
        return [("harmless", _("Nothing is wrong")), *propose]

    def why_not(self, flag: Flag, live: Quarantine | None) -> str:
        """Return why this person can do less than others might expect."""
        if writes(self.person, flag.idea):
            return _("This is your own idea. Other people have to judge its votes.")
        if is_sealed(flag.campaign_id):
            return _("The vote is sealed. Nothing can be set apart or given back any more.")
        if live and self.person.pk == (live.end_proposed_by_id if live.agreed_at else live.proposed_by_id):
            return _("You have proposed this. Another person has to decide.")
        if live is None and flag.state == Flag.State.OPEN and not is_decidable(flag):
            return _("The traces of these votes were deleted after seven days. They cannot be set apart any more.")
        return ""


def act(flag: Flag, live: Quarantine | None, action: str, by: Any, reason: str) -> None:
    """Do what was chosen. Raises ``Refused``."""
    on_flag: dict[str, Callable[..., Any]] = {"harmless": actions.call_harmless, "propose": actions.propose}
    if action in on_flag:
        on_flag[action](flag=flag, by=by, reason=reason)
        return
    if live is None:
        raise reviewing.decided()
    if action in ("agree", "agree_end"):
        (actions.agree if action == "agree" else actions.agree_end)(quarantine=live, by=by)
        return
    ways = {"reject": actions.reject, "propose_end": actions.propose_end, "reject_end": actions.reject_end}
    ways[action](quarantine=live, by=by, reason=reason)
