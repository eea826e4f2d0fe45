"""Who looks after which cases: for reminders."""

from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q, QuerySet

from accounts.models import User
from moderation.models import Case, Complaint, Remit, RemitCampaign
from moderation.models.case import CaseQuerySet


@dataclass
class Team:
    """All moderators, and what each of them is responsible for; asked once for a round of reminders."""

    people: list[User]
    #: person → campaigns, for those who do not look after everything
    own: dict[int, set[int]] = field(default_factory=dict)
    deputies: dict[int, set[int]] = field(default_factory=dict)

    @property
    def looked_after(self) -> set[int]:
        """Return the campaigns somebody is responsible for in the first place."""
        known = {person.pk for person in self.people}
        return {campaign for person, campaigns in self.own.items() if person in known for campaign in campaigns}


def moderators() -> "QuerySet[User]":
    """Return who may decide cases, by groups or by themselves (not those who merely may do everything)."""
    right = {"content_type__app_label": "moderation", "codename": "decide"}
    groups = {f"groups__permissions__{name}": value for name, value in right.items()}
    single = {f"user_permissions__{name}": value for name, value in right.items()}
    return User.objects.filter(Q(**groups) | Q(**single), is_active=True).distinct().order_by("pk")


def team() -> Team:
    """Return the moderators with their campaigns."""
    people = list(moderators())
    rows: Any = RemitCampaign.objects.values_list("remit__person_id", "campaign_id_copy", "is_deputy")
    own: dict[int, set[int]] = {person: set() for person in Remit.objects.values_list("person_id", flat=True)}
    deputies: dict[int, set[int]] = {}
    for person, campaign, is_deputy in rows:
        (deputies if is_deputy else own).setdefault(person, set()).add(campaign)
    return Team(people, own, deputies)


def cases_of(person: User, people: Team, *, with_deputies: bool = False) -> CaseQuerySet:
    """Return the open cases ``person`` is to be reminded of.

    Who has no remit of their own is responsible for every campaign nobody else is.
    """
    rows = Case.objects.visible_to(person).filter(state=Case.State.OPEN)
    if person.pk not in people.own:
        return rows.exclude(campaign_id_copy__in=people.looked_after)
    campaigns = people.own[person.pk] | (people.deputies.get(person.pk, set()) if with_deputies else set())
    return rows.filter(campaign_id_copy__in=campaigns)


def complaints_for(person: User, rows: CaseQuerySet) -> CaseQuerySet:
    """Return the complaints among cases that ``person`` may decide: not those against own decisions."""
    own = Complaint.objects.filter(first_actor=person).values("pk")
    return rows.filter(kind=Case.COMPLAINT_KIND).exclude(object_id__in=own)
