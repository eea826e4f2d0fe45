"""Closed groups: one's own, and who is in one."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import QuerySet

from common.database import now
from ideas.models import Campaign, Invitation, Member
from ideas.rules import Person, may_host

if TYPE_CHECKING:
    from accounts.models import User


@dataclass(frozen=True)
class Group:
    """A group as one of its members, or an editor who looks after it, sees it."""

    campaign: Campaign
    own: Member | None
    is_host: bool
    members: list[Member]
    invitations: list[Invitation]


def my_groups(user: "User") -> QuerySet[Member]:
    """Return the person's memberships in groups whose page is published."""
    found = Member.objects.filter(
        person=user, campaign__is_published=True, campaign__audience=Campaign.Audience.MEMBERS
    )
    return found.select_related("campaign").order_by("campaign__title")


def group(user: Person, slug: str) -> Group | None:
    """Return a group for its members and for editors; for others there is none."""
    campaign = Campaign.objects.filter(slug=slug, audience=Campaign.Audience.MEMBERS).first()
    if campaign is None or not user.is_authenticated:
        return None
    members = list(campaign.members.select_related("person").order_by("role", "person__display_name"))
    own = next((member for member in members if member.person_id == user.pk), None)
    is_host = may_host(user, campaign)
    if own is None and not is_host:
        return None
    waiting = campaign.invitations.filter(used_at=None, revoked_at=None, ends_at__gt=now()) if is_host else []
    return Group(campaign, own, is_host, members, list(waiting))
