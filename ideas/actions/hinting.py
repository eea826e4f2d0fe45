"""Counting what becomes of the hints at similar ideas; no person and no idea is written down with it."""

from typing import Literal

from django.db.models import F
from django.utils import timezone

from ideas.models import HintTally

Fate = Literal["shown", "followed", "ignored"]


def count_hint(campaign_id: int, fate: Fate) -> None:
    """Count that hints were shown to somebody, followed, or passed over by sending one's own idea, today."""
    today = HintTally.objects.filter(campaign=campaign_id, day=timezone.localdate())
    if not today.update(**{fate: F(fate) + 1}):
        HintTally.objects.get_or_create(campaign_id=campaign_id, day=timezone.localdate())
        today.update(**{fate: F(fate) + 1})
