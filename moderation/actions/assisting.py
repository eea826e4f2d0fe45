"""Keeping the checks and word lists: for one campaign by its moderators, for the town by those who moderate everything."""

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from common.database import now
from common.errors import Refused
from moderation import rules
from moderation.assistance.checks import CHECKS
from moderation.models import CheckSetting, WordList
from moderation.models.assistance import TOWN
from moderation.queries.assistance import campaigns_of, moderates_all


def require_scope(actor: User, campaign: int) -> None:
    """Raise ``Refused``: 403 for the town without moderating everything, 404 for a campaign of others."""
    rules.require_moderator(actor)
    if campaign == TOWN:
        if not moderates_all(actor):
            words = _("What holds for the whole town is changed by those who moderate all campaigns.")
            raise Refused(words, code="not_allowed", status=403)
    elif campaign not in campaigns_of(actor):
        raise Refused(_("There is no such campaign."), code="missing", status=404)


@transaction.atomic
def switch_checks(*, actor: User, campaign: int, on: set[str]) -> None:
    """Let these checks run in a campaign (0: in the town), and no others. Raises ``Refused``: 403, 404."""
    require_scope(actor, campaign)
    off = [name for name in CHECKS if name not in on]
    CheckSetting.objects.update_or_create(campaign_id_copy=campaign, defaults={"off": off})


@transaction.atomic
def write_list(*, actor: User, pk: int | None, title: str, campaign: int, words: str, is_on: bool) -> WordList:
    """Make a word list, or change one. Raises ``Refused``: 403, 404 for lists and campaigns of others."""
    require_scope(actor, campaign)
    row = own_list(actor, pk) if pk else WordList()
    row.title, row.campaign_id_copy, row.words, row.is_on = title, campaign, words, is_on
    row.changed_by, row.changed_at = actor, now()
    row.save()
    return row


@transaction.atomic
def delete_list(*, actor: User, pk: int) -> None:
    """Delete a word list; marks it has put stay with their cases. Raises ``Refused``: 403, 404."""
    own_list(actor, pk).delete()


def own_list(actor: User, pk: int) -> WordList:
    """Return a list that ``actor`` may change; raises ``Refused``: 403, 404."""
    row = WordList.objects.filter(pk=pk).first()
    if row is None:
        raise Refused(_("There is no such list."), code="missing", status=404)
    require_scope(actor, row.campaign_id_copy)
    return row
