"""Giving and taking responsibilities: who moderates which campaigns."""

from collections.abc import Collection

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from common.database import now
from common.errors import Refused
from moderation.models import Remit, RemitChange

RIGHT = "accounts.change_user"


def may_give(user: User) -> bool:
    """Tell whether ``user`` gives responsibilities: who administers accounts."""
    return user.is_active and user.has_perm(RIGHT)


@transaction.atomic
def give_remit(
    *, person: User, by: User, campaigns: dict[int, str] | None, deputy_in: Collection[int] = ()
) -> Remit | None:
    """Let ``person`` moderate these campaigns only (number → title), or, with None, all of them; who did that is kept.

    Raises ``Refused`` (403) for whoever does not administer accounts.
    """
    if not may_give(by):
        raise Refused(_("Only administrators can do this."), code="not_allowed", status=403)
    User.objects.select_for_update().get(pk=person.pk)
    before, remit = words_of(person), None
    Remit.objects.filter(person=person).delete()
    if campaigns is not None:
        remit = Remit.objects.create(person=person, changed_at=now())
        for number in campaigns:
            remit.campaigns.create(campaign_id_copy=number, is_deputy=number in deputy_in)
    after = _("all campaigns") if campaigns is None else said(campaigns, deputy_in)
    RemitChange.objects.create(person=person, actor=by, before=before, after=after[:2000])
    return remit


def said(campaigns: dict[int, str], deputy_in: Collection[int]) -> str:
    """Return a responsibility in words."""
    named = [title + (_(" (as deputy)") if number in deputy_in else "") for number, title in campaigns.items()]
    return ", ".join(named) or _("no campaign")


def words_of(person: User) -> str:
    """Return in words what somebody is responsible for at present, as it was said when it was given."""
    last = RemitChange.objects.filter(person=person).first()
    return last.after if last else _("all campaigns")
