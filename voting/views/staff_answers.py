"""For offices in the Wagtail admin: which ideas have reached the number that obliges an answer, and until when."""

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ideas.models import Campaign, Idea
from voting.models import Threshold
from voting.queries.clocks import Clock, clock_of, shown, with_answers
from voting.views.staff import StaffView
from voting.wording import chip, promised

TITLE = gettext_lazy("Answers that are due")
MOST = 300
STATES = ("offen", "ueberfaellig", "beantwortet", "alle")
LATEST = "9999"


class AnswersView(StaffView):
    """The list, the oldest due day first; what has no day stands last."""

    rights = ("ideas.answer",)
    home = ("voting_answers:list", TITLE)
    page_title: str | Promise = TITLE
    header_icon = "date"
    template_name = "voting/cms/answers.html"

    def get(self, request: HttpRequest) -> HttpResponse:
        state, slug = request.GET.get("stand", "offen"), request.GET.get("kampagne", "")[:80]
        found = list(self.thresholds()[:MOST])
        chosen = [
            row for row in self.rows(found) if fits(row["clock"], state) and slug in ("", row["idea"].campaign.slug)
        ]
        return self.answer(
            rows=sorted(chosen, key=order), state=state if state in STATES else "alle", slug=slug,
            campaigns=self.campaigns(found), states=states(),
            overdue=sum(row["clock"].name == "overdue" for row in self.rows(found)),
        )  # fmt: skip

    def thresholds(self) -> Any:
        """Return what reached its number, as far as the person may read it and the numbers are shown."""
        readable = Idea.objects.visible_to(self.person).filter(state__in=(Idea.State.PUBLIC, Idea.State.MERGED))
        rows = with_answers(shown(Threshold.objects.filter(idea__in=readable)))
        return rows.select_related("idea__campaign", "idea__district").order_by("answer_by", "pk")

    def rows(self, found: Iterable[Threshold]) -> list[dict[str, Any]]:
        """Return them with their words."""
        rows = [(row.idea, clock_of(row)) for row in found]
        return [
            {
                "idea": idea, "clock": clock, "words": promised(clock), "chip": chip(clock),
                "url": reverse("ideas:answer", args=[idea.pk]) if clock.answered_on is None else "",
            }
            for idea, clock in rows
        ]  # fmt: skip

    def campaigns(self, found: Iterable[Threshold]) -> list[Campaign]:
        """Return the campaigns to choose from."""
        return sorted({row.idea.campaign for row in found}, key=lambda campaign: campaign.title)


def states() -> list[tuple[str, str]]:
    """Return the words for the choice of states."""
    words = (_("waiting for an answer"), _("overdue"), _("answered"), _("all"))
    return list(zip(STATES, words, strict=True))


def fits(clock: Clock, state: str) -> bool:
    """Tell whether a clock is of the chosen state; an unknown state narrows nothing."""
    if state == "ueberfaellig":
        return clock.name == "overdue"
    if state in ("offen", "beantwortet"):
        return (clock.answered_on is None) == (state == "offen")
    return True


def order(row: dict[str, Any]) -> tuple[bool, str, int]:
    """Return what the list is sorted by: waiting ones first, by their day."""
    clock: Clock = row["clock"]
    return (clock.answered_on is not None, str(clock.answer_by or LATEST), clock.idea_id)
