"""Who may do what in the closed room: asked anew with every action, with the membership held until it is done."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from boards.models import Room
from common.errors import Refused
from ideas.models import Member

if TYPE_CHECKING:
    from accounts.models import User


def nothing_here() -> Refused:
    """Return what is said to everybody who is no member, and about what does not exist: the same."""
    return Refused(_("This page does not exist."), code="unknown", status=404)


def require_inside(person: "User", room_id: int) -> Member:
    """Return the membership, locked until the transaction ends; raises ``Refused`` (404) for everybody else."""
    room = Room.objects.visible_to(person).filter(pk=room_id).first()
    held = Member.objects.select_for_update().filter(person=person, campaign=room.campaign_id) if room else None
    member = held.first() if held is not None else None
    if member is None:
        raise nothing_here()
    return member


def require_host(person: "User", room_id: int) -> Member:
    """Return the membership of a host; raises ``Refused`` (403) for other members."""
    member = require_inside(person, room_id)
    if member.role != Member.Role.HOST:
        raise Refused(_("Only hosts of the group can do this."), code="not_host", status=403)
    return member
