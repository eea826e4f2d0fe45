"""Making votes anonymous for good: some months after the last result the campaign's key is destroyed."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, Max, OuterRef, Q, QuerySet

from common.database import lock, now
from ideas.models import Campaign, Phase
from voting import voter_keys
from voting.actions.locks import lock_name
from voting.models import KeyDestroyed, Result


def destroy_due_keys() -> list[Campaign]:
    """Destroy the keys of campaigns whose last result is old enough; return these campaigns."""
    return [campaign for campaign in due_campaigns(now()) if destroy_key(campaign)]


def due_campaigns(at: datetime) -> list[Campaign]:
    """Return the campaigns with a result of ``VOTING_KEY_DAYS`` ago or more, none of whose phases may still take votes."""
    gone = KeyDestroyed.objects.filter(campaign=OuterRef("pk"))
    last = Result.objects.values("campaign").annotate(last=Max("sealed_at"))
    old = last.filter(last__lte=at - timedelta(days=settings.VOTING_KEY_DAYS)).values("campaign")
    return list(Campaign.objects.filter(~Exists(gone), ~Exists(voting_phases(at)), pk__in=old).order_by("pk"))


def voting_phases(at: datetime) -> QuerySet[Phase]:
    """Return the phases of a campaign (the outer query's) that take votes now or later, or wait for their seal."""
    waiting = Q(closes_at__gt=at) | Q(kind=Phase.Kind.VOTE) | ~Q(method=Phase.Method.SUPPORT)
    return Phase.objects.filter(waiting, campaign=OuterRef("pk"), allows_support=True, sealed_at=None)


@transaction.atomic
def destroy_key(campaign: Campaign) -> bool:
    """Destroy the key of one campaign under its lock; return whether it was due. Cannot be undone.

    The key goes first: should the row not be written after it, the next run writes it.
    """
    lock(lock_name(campaign.pk))
    if campaign not in due_campaigns(now()):
        return False
    voter_keys.destroy_secret(campaign.pk)
    KeyDestroyed.objects.create(campaign=campaign)
    return True
