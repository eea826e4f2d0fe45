"""Counting what becomes of the hints at similar ideas; no person and no idea is written down with it."""

from typing import Literal

from django.db.models import F
from django.utils import timezone

from ideas.models import Draft, HintTally

Fate = Literal["shown", "followed", "ignored"]


def count_hint(campaign_id: int, fate: Fate) -> None:
    """Count that hints were shown to somebody, followed, or passed over by sending one's own idea, today."""
    today = HintTally.objects.filter(campaign=campaign_id, day=timezone.localdate())
    if not today.update(**{fate: F(fate) + 1}):
        HintTally.objects.get_or_create(campaign_id=campaign_id, day=timezone.localdate())
        today.update(**{fate: F(fate) + 1})


def note_hints(draft: Draft) -> None:
    """Note that whoever writes this draft has been shown hints, so that they count once."""
    draft.fields = {**draft.fields, "hints": "1"}
    Draft.objects.filter(pk=draft.pk).update(fields=draft.fields)
