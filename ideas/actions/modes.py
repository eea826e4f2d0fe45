"""What is checked before it appears, and what afterwards: changing that is an event with a name and a reason."""

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from ideas.models import Campaign
from moderation.actions.modes import log_mode
from moderation.models import ModeChange

if TYPE_CHECKING:
    from accounts.models import User

FIELDS = {ModeChange.What.IDEAS: "check_ideas", ModeChange.What.COMMENTS: "check_comments"}


def modes_changed(campaign: Campaign) -> list[tuple[str, str, str]]:
    """Return what is not as it is stored, as (what, stored, new); nothing for a campaign that is not stored yet."""
    stored = Campaign.objects.filter(pk=campaign.pk).first() if campaign.pk else None
    if stored is None:
        return []
    pairs = [(what, getattr(stored, field), getattr(campaign, field)) for what, field in FIELDS.items()]
    return [(what, before, after) for what, before, after in pairs if before != after]


def log_modes(campaign: Campaign, *, actor: "User | None", reason: str) -> None:
    """Write down the changes that are about to be stored, in the running transaction."""
    for what, before, after in modes_changed(campaign):
        log_mode(
            campaign_id=campaign.pk, title=campaign.title, what=what, before=before, after=after, actor=actor,
            reason=reason.strip() or _("before its start"),
        )  # fmt: skip


@transaction.atomic
def change_mode(
    *, campaign: Campaign, actor: "User", reason: str, ideas: str | None = None, comments: str | None = None
) -> Campaign:
    """Let a campaign check ideas or comments ``before`` or ``after`` they appear; raises ``Refused`` (422) without a reason.

    What waits goes on waiting; what is public stays public.
    """
    campaign = Campaign.objects.select_for_update().get(pk=campaign.pk)
    wanted = {"check_ideas": ideas, "check_comments": comments}
    for field, mode in wanted.items():
        if mode is not None:
            setattr(campaign, field, Campaign.Check(mode).value)
    for what, before, after in modes_changed(campaign):
        log_mode(
            campaign_id=campaign.pk,
            title=campaign.title,
            what=what,
            before=before,
            after=after,
            actor=actor,
            reason=reason,
        )
    campaign.save(update_fields=["check_ideas", "check_comments"])
    return campaign
