"""Who comes into a closed group and who goes: by invitation only, for one person, for a while."""

import hashlib
import secrets
from datetime import timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.actions import post_mail
from common.database import now
from common.errors import Refused
from ideas.models import Campaign, Invitation, Member
from ideas.rules import may_host

if TYPE_CHECKING:
    from accounts.models import User

VALID_FOR = timedelta(days=14)
MOST_A_DAY = 50


def _sha256(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


@transaction.atomic
def invite_member(*, campaign: Campaign, by: "User", email: str, role: str = Member.Role.MEMBER) -> Invitation:
    """Send somebody the way into the group; an earlier invitation to the same address ends by it.

    Whether there is an account with that address is told to nobody. Raises ``Refused`` (not a host, too many a day).
    """
    _require_host(by, campaign)
    moment = now()
    today = campaign.invitations.filter(created_at__gt=moment - timedelta(days=1)).count()
    if today >= MOST_A_DAY:
        raise Refused(_("That is enough for today. Please invite more people tomorrow."), code="too_many", status=429)
    campaign.invitations.filter(email__iexact=email, used_at=None, revoked_at=None).update(revoked_at=moment)
    token = secrets.token_urlsafe(32)
    made = Invitation.objects.create(
        campaign=campaign,
        email=email,
        role=role,
        token_sha256=_sha256(token),
        invited_by=by,
        ends_at=moment + VALID_FOR,
    )
    address = settings.SITE_URL + reverse("ideas:invitation", args=[token])
    post_mail(
        to=email,
        subject=_("Invitation to the group “%(group)s”") % {"group": campaign.title},
        text=_(
            "%(name)s invites you to the closed group “%(group)s”. Only its members see what is written there.\n\n"
            "To join, open this address, sign in or make an account, and accept:\n%(address)s\n\n"
            "The invitation is for you alone and holds for 14 days. If you do not want to join, you need not do anything."
        )
        % {"name": by.display_name, "group": campaign.title, "address": address},
        useful_until=made.ends_at,
    )
    return made


def find_invitation(token: str) -> Invitation | None:
    """Return the invitation of a link while it can be used; looking changes nothing."""
    found = Invitation.objects.select_related("campaign", "invited_by").filter(token_sha256=_sha256(token[:200]))
    return found.filter(used_at=None, revoked_at=None, ends_at__gt=now()).first()


@transaction.atomic
def accept_invitation(*, token: str, person: "User") -> Campaign:
    """Let the person in; a link works once. Raises ``Refused`` (410) for one that is used, taken back or too old."""
    found = find_invitation(token)
    used = {"used_at": now()}
    # By the row: of two who use the same link at the same moment one comes in.
    if found is None or not Invitation.objects.filter(pk=found.pk, used_at=None, revoked_at=None).update(**used):
        raise Refused(_("This invitation does not work any more. Please ask for a new one."), code="used", status=410)
    Member.objects.get_or_create(campaign=found.campaign, person=person, defaults={"role": found.role})
    return found.campaign


@transaction.atomic
def revoke_invitation(*, campaign: Campaign, by: "User", invitation_id: int) -> None:
    """Take an invitation back that was not used yet."""
    _require_host(by, campaign)
    campaign.invitations.filter(pk=invitation_id, used_at=None, revoked_at=None).update(revoked_at=now())


@transaction.atomic
def change_role(*, campaign: Campaign, by: "User", member_id: int, role: str) -> None:
    """Make a member a host, or a host a member again; one host always stays."""
    _require_host(by, campaign)
    member = _locked_member(campaign, member_id)
    if role == Member.Role.MEMBER:
        _require_other_host(campaign, member)
    Member.objects.filter(pk=member.pk).update(role=role)


@transaction.atomic
def remove_member(*, campaign: Campaign, by: "User", member_id: int) -> None:
    """Let somebody leave, or take somebody out; what they wrote stays in the group."""
    member = _locked_member(campaign, member_id)
    if member.person_id != by.pk:
        _require_host(by, campaign)
    _require_other_host(campaign, member)
    member.delete()


def _require_host(person: "User", campaign: Campaign) -> None:
    if not may_host(person, campaign):
        raise Refused(_("Only hosts of the group can do this."), code="not_host", status=403)


def _locked_member(campaign: Campaign, member_id: int) -> Member:
    # All rows of the group, always in the same order: two hosts that leave at the same moment must see each other.
    rows = {row.pk: row for row in campaign.members.select_for_update().order_by("pk")}
    if member_id not in rows:
        raise Refused(_("This person is not in the group any more."), code="gone", status=404)
    return rows[member_id]


def _require_other_host(campaign: Campaign, member: Member) -> None:
    others = campaign.members.exclude(pk=member.pk)
    if member.role == Member.Role.HOST and others.exists() and not others.filter(role=Member.Role.HOST).exists():
        message = _("The group needs a host. Please make somebody else a host first.")
        raise Refused(message, code="last_host", status=409)
