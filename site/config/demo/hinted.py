"""What became of hints at similar ideas in the last weeks, so that the editors' page has something to say."""

from datetime import timedelta

from django.utils import timezone

from ideas.models import Campaign, HintTally

DAYS = 24
# Shown, followed and passed over on one day, repeated in turn.
ROUND = ((9, 3, 4), (6, 2, 3), (11, 3, 6), (4, 1, 2), (7, 3, 2), (3, 0, 2), (5, 2, 1))


def make_hint_figures() -> None:
    """Count hints for the campaigns that take ideas; days that are counted already stay."""
    today = timezone.localdate()
    for campaign in Campaign.objects.filter(is_public=True, phases__allows_ideas=True).distinct():
        if HintTally.objects.filter(campaign=campaign).exists():
            continue
        HintTally.objects.bulk_create(
            HintTally(
                campaign=campaign, day=today - timedelta(days=back), shown=shown, followed=followed, ignored=ignored
            )
            for back in range(1, DAYS)
            for shown, followed, ignored in [ROUND[(back + campaign.pk) % len(ROUND)]]
        )
