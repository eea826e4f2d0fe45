"""Who may judge odd votes, and when. Each refusal is a sentence for the person who asked."""

from typing import TYPE_CHECKING, Union

from django.utils.translation import gettext as _

from common.errors import Refused
from ideas.rules import writes
from voting.models import Flag, Quarantine
from voting.queries.reviewing import is_decidable
from voting.rules import is_sealed

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from accounts.models import User


def may_review(user: Union["User", "AnonymousUser"]) -> bool:
    """Tell whether the person may look at odd votes at all."""
    return bool(user.has_perm("voting.review_votes"))


def require_reviewer(user: "User", flag: Flag) -> None:
    """Raise ``Refused`` unless the person may judge this flag: with the right, in a campaign of theirs, on others' ideas."""
    if not may_review(user) or not Flag.objects.visible_to(user).filter(pk=flag.pk).exists():
        raise Refused(_("There is no such page."), code="missing", status=404)
    if writes(user, flag.idea):
        raise Refused(_("This is your own idea. Other people have to judge its votes."), code="own", status=403)


def require_open(flag: Flag) -> None:
    """Refuse a flag that was decided on."""
    if flag.state != Flag.State.OPEN:
        raise decided()


def require_not_sealed(flag: Flag) -> None:
    """Refuse once the result stands."""
    if is_sealed(flag.campaign_id):
        raise Refused(_("The vote is sealed. Nothing can be set apart or given back any more."), code="sealed")


def require_possible(flag: Flag) -> None:
    """Refuse when votes cannot be set apart any more: sealed, or the traces are deleted."""
    require_not_sealed(flag)
    if not is_decidable(flag):
        words = _(
            "The traces of these votes were deleted after seven days. It cannot be said any more which votes it was."
        )
        raise Refused(words, code="too_late")


def require_waiting(row: Quarantine) -> None:
    """Refuse a proposal on which somebody has decided."""
    if row.agreed_at or row.rejected_at:
        raise decided()


def require_apart(row: Quarantine) -> None:
    """Refuse where nothing is set apart."""
    if not row.agreed_at or row.ended_at:
        raise Refused(_("These votes are not set apart."), code="decided")


def require_end_waiting(row: Quarantine) -> None:
    """Refuse where nobody has proposed to give back."""
    require_apart(row)
    if not row.end_proposed_by_id:
        raise decided()


def proposed_already() -> Refused:
    """Return the refusal of a second proposal."""
    return Refused(_("Somebody has proposed something already. Decide on that first."), code="proposed")


def nothing_left() -> Refused:
    """Return the refusal where no vote is left that the flag means."""
    return Refused(_("None of these votes is there any more, or all of them are set apart already."), code="none")


def decided() -> Refused:
    """Return the refusal of what comes too late."""
    return Refused(_("This was decided meanwhile."), code="decided")
