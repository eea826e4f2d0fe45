"""Somebody who is trusted, and two weeks in which comments were checked first."""

from datetime import timedelta

from django.db.models import Count
from django.utils import timezone

from accounts.models import User
from common.database import replayed_at
from ideas.actions.modes import change_mode
from ideas.models import Campaign, Idea
from moderation.actions.trust import give_trust
from moderation.models import ModeChange, Trust
from moderation.queries import ledger

CHANGES = (
    (
        5,
        "before",
        "Unter mehreren Ideen wurde es persönlich. Für zwei Wochen lesen wir Kommentare, bevor sie erscheinen.",
    ),
    (19, "after", "Die Gespräche sind wieder sachlich. Kommentare erscheinen sofort und werden danach geprüft."),
)
WHY = "Schreibt seit Jahren für den Fahrradverein, immer sachlich und mit Ortskenntnis."


def make_trust() -> None:
    """Make both, each once."""
    moderator = User.objects.filter(email="moderation@demo.example").first()
    campaign = Campaign.objects.filter(slug="radverkehr").first()
    if moderator is None or campaign is None:
        return
    if not Trust.objects.exists() and (person := most_active(campaign)) is not None:
        give_trust(person=person, actor=moderator, reason=WHY, campaign_id=campaign.pk, campaign_title=campaign.title)
    if not ModeChange.objects.filter(campaign_id_copy=campaign.pk).exists():
        change_there_and_back(campaign, moderator)
    ledger.refresh()  # the town's past was written just now


def most_active(campaign: Campaign) -> User | None:
    """Return who wrote most of a campaign's public ideas."""
    ideas = Idea.objects.filter(campaign=campaign, state=Idea.State.PUBLIC, author__is_staff=False)
    row = ideas.values("author").annotate(n=Count("pk")).order_by("-n", "author").first()
    return User.objects.get(pk=row["author"]) if row else None


def change_there_and_back(campaign: Campaign, moderator: User) -> None:
    """Check comments before they appear for two weeks, some days after the beginning; nothing for a campaign just begun."""
    first = campaign.phases.order_by("opens_at").first()
    if first is None or first.opens_at + timedelta(days=CHANGES[-1][0]) > timezone.now():
        return
    for day, mode, reason in CHANGES:
        with replayed_at(first.opens_at + timedelta(days=day)):
            change_mode(campaign=campaign, actor=moderator, reason=reason, comments=mode)
