"""What stands beside a case about its author, and what the team says among itself; ready words; proposals for two."""

from typing import Any

from django.db.models import Q
from django.urls import reverse

from moderation.measures import warning_of
from moderation.models import Case, Note, Proposal, Sanction
from moderation.panels import CasePanel, case_panel
from moderation.queries.profiles import PROFILE
from moderation.queries.writers import may_know, moderates_all


@case_panel
class Templates(CasePanel):
    """Ready words for the reason, put there by a button of their own."""

    template, place, order = "moderation/cms/parts/templates.html", "form", 10


@case_panel
class MeasureFields(CasePanel):
    """For how long, and whether a warning was needed."""

    template, place, order, kinds = "moderation/cms/parts/measure_fields.html", "form", 20, (PROFILE,)

    def context(self, case: Case, user: Any) -> dict[str, Any] | None:
        return {"warning": warning_of(case.object_id)}


@case_panel
class Proposals(CasePanel):
    """What another person wants to decide here."""

    template, place, order = "moderation/cms/parts/proposals.html", "top", 10

    def context(self, case: Case, user: Any) -> dict[str, Any] | None:
        found = Proposal.objects.filter(case=case).select_related("proposer", "second", "rule_version__rule")
        return {"proposals": list(found[:5])} if found else None


@case_panel
class Measures(CasePanel):
    """Measures about the author, in force and over."""

    template, place, order = "moderation/cms/parts/measures.html", "main", 52

    def context(self, case: Case, user: Any) -> dict[str, Any] | None:
        if case.author_id is None:
            return None
        found = Sanction.objects.filter(person_id=case.author_id).select_related("decision")
        return {
            "sanctions": list(found[:10]),
            "may_act": may_know(user, case.author_id),
            "may_read": moderates_all(user),
        }


@case_panel
class Notes(CasePanel):
    """The team's own words on the case and on its author."""

    template, place, order = "moderation/cms/parts/notes.html", "main", 65

    def context(self, case: Case, user: Any) -> dict[str, Any] | None:
        about = Q(case=case)
        if moderates_all(user):
            about |= Q(person_id=case.author_id, person__isnull=False)
        notes = Note.objects.filter(about).select_related("author")
        return {"notes": list(notes), "note_url": reverse("moderation_cms:note", args=[case.pk])}
