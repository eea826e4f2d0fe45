"""Counters of ideas and campaigns: moved by one, in the row, in the transaction of what is counted."""

from django.db import transaction
from django.db.models import F, Value
from django.db.models.functions import Ln
from django.utils.translation import gettext as _

from common.errors import Refused
from common.events import announce
from ideas.events import IDEA_COUNTED
from ideas.models import Campaign, Idea
from search.actions import touch

# Being two days newer weighs as much as e times the interest.
TREND_SECONDS = 2 * 24 * 3600


def change_support_count(idea_id: int, by: int) -> None:
    """Move the number of supports; only ``voting`` calls this, when it has added or removed a row."""
    _change(idea_id, supports=by)


def change_comment_count(idea_id: int, by: int) -> None:
    """Move the number of public comments."""
    _change(idea_id, comments=by)


def change_idea_count(campaign_id: int, by: int) -> None:
    """Move the number of public ideas of a campaign."""
    Campaign.objects.filter(pk=campaign_id).update(idea_count=F("idea_count") + by)


# Callers count inside the transaction of what is counted; a savepoint would cost two statements and save nothing.
@transaction.atomic(savepoint=False)
def _change(idea_id: int, *, supports: int = 0, comments: int = 0) -> None:
    interest = F("support_count") + 2 * F("comment_count") + Value(1.0)
    changed = Idea.objects.filter(pk=idea_id).update(
        support_count=F("support_count") + supports,
        comment_count=F("comment_count") + comments,
        trend=F("trend") + Ln(interest + Value(float(supports + 2 * comments))) - Ln(interest),
    )
    if not changed:
        raise Refused(_("This idea is gone."), code="gone", status=404)
    announce(IDEA_COUNTED, idea_id=idea_id)


@transaction.atomic
def refresh_counted(idea_id: int) -> None:
    """Bring new counts into the index."""
    touch("idea", idea_id)
