"""Giving and ending trust, always with a reason."""

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts.models import User
from common.database import now
from common.errors import Refused
from moderation import rules
from moderation.models import Remit, RemitCampaign, Trust


@transaction.atomic
def give_trust(
    *, person: User, actor: User, reason: str, campaign_id: int = Trust.EVERYWHERE, campaign_title: str = ""
) -> Trust:
    """Let a person's contributions appear at once, in one campaign or (0) in all; moderators still get a case for each.

    Raises ``Refused``: 403 without the right there or for oneself, 409 trusted there already, 422 no reason.
    """
    require_in_charge(actor, campaign_id)
    if person.pk == actor.pk:
        raise Refused(_("Nobody can give trust to themselves."), code="yourself", status=403)
    require_words(reason)
    try:
        with transaction.atomic():
            return Trust.objects.create(
                person=person, given_by=actor, reason=reason.strip()[:500], campaign_id_copy=campaign_id,
                campaign_title=campaign_title[:120], given_at=now(),
            )  # fmt: skip
    except IntegrityError:
        raise Refused(_("This person is trusted there already."), code="again", status=409) from None


@transaction.atomic
def end_trust(*, trust_id: int, actor: User, reason: str) -> Trust:
    """End it from now on; what is public stays. Raises ``Refused``: 403, 404 unknown, 409 ended already, 422 no reason."""
    trust = Trust.objects.filter(pk=trust_id).first()
    if trust is None:
        raise Refused(_("There is no such trust."), code="missing", status=404)
    require_in_charge(actor, trust.campaign_id_copy)
    require_words(reason)
    rows = Trust.objects.filter(pk=trust_id, ended_at=None)
    if not rows.update(ended_at=now(), ended_by=actor, end_reason=reason.strip()[:500]):
        raise Refused(_("This was ended already."), code="ended", status=409)
    return Trust.objects.get(pk=trust_id)


def require_in_charge(actor: User, campaign_id: int) -> None:
    """Raise ``Refused`` (403) for whoever does not moderate there: with campaigns of their own, only in these."""
    rules.require_moderator(actor)
    if not Remit.objects.filter(person=actor).exists():
        return
    if not RemitCampaign.objects.filter(remit__person=actor, campaign_id_copy=campaign_id).exists():
        words = _("You look after other campaigns.") if campaign_id else _("You look after some campaigns only.")
        raise Refused(words, code="not_yours", status=403)


def require_words(reason: str) -> None:
    """Raise ``Refused`` (422) without a reason."""
    if not reason.strip():
        raise Refused(_("Please say why; it stays on record."), code="no_reason", status=422, field="reason")
