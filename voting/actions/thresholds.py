"""The number of supports that obliges an answer: reaching it happens once, and starts the clock of the campaign's promise."""

from datetime import date, datetime

from django.db import connection, transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from common.database import now
from common.events import announce
from ideas.actions import change_support_count
from ideas.models import Campaign, Idea
from ideas.queries.promises import answer_by
from ideas.rules import counts_shown
from voting.events import THRESHOLD_REACHED
from voting.models import NoticeRound, Threshold
from voting.models.notice import NoticeKind

AT_ONCE = 500
REACH = """
    INSERT INTO voting_threshold (idea_id, number, reached_at, answer_by) VALUES (%s, %s, %s, %s)
    ON CONFLICT (idea_id) DO NOTHING"""


def count(idea: Idea, by: int) -> int:
    """Move the number of supports of an idea and return it. Only the change that passes the goal costs a statement more.

    The row of the idea is held from the change on, so that of many who vote at once exactly one passes it.
    """
    number = change_support_count(idea.pk, by)
    goal = idea.campaign.support_goal
    if goal and number - by < goal <= number:
        reach(idea.campaign, idea.pk, goal)
    return number


@transaction.atomic
def reach(campaign: Campaign, idea_id: int, goal: int) -> bool:
    """Write down that an idea reached the goal; tell, by the answer, whether it is the first time.

    The hour is kept and not the moment, which would say when somebody voted. While numbers are hidden nobody is told,
    and the clock starts on the day on which they are shown (``tell_of_reached``).
    """
    moment = now()
    hour = moment.replace(minute=0, second=0, microsecond=0)
    until = answer_by(campaign, clock_starts(campaign, moment))
    with connection.cursor() as cursor:
        values = [idea_id, goal, connection.ops.adapt_datetimefield_value(hour), until and until.isoformat()]
        cursor.execute(REACH, values)
        is_first = bool(cursor.rowcount == 1)
    if is_first and counts_shown(campaign, moment):
        announce(THRESHOLD_REACHED, idea_id=idea_id)
    return is_first


def clock_starts(campaign: Campaign, moment: datetime) -> date:
    """Return the day on which everybody can know that the goal is reached."""
    return timezone.localdate(max(moment, campaign.counts_hidden_until or moment))


def catch_up() -> int:
    """Write down ideas that are at the goal without a vote having passed it; return how many.

    They came by an import or a load, or the goal was set or lowered later.
    """
    return sum(_catch_up(campaign) for campaign in Campaign.objects.filter(support_goal__gt=0, is_published=True))


def _catch_up(campaign: Campaign) -> int:
    known = Threshold.objects.filter(idea=OuterRef("pk"))
    there = Idea.objects.filter(campaign=campaign, state=Idea.State.PUBLIC, support_count__gte=campaign.support_goal)
    missing = there.filter(~Exists(known)).order_by("-support_count", "-pk").values_list("pk", flat=True)[:AT_ONCE]
    return sum(reach(campaign, pk, campaign.support_goal or 0) for pk in list(missing))


@transaction.atomic
def tell_of_reached() -> int:
    """Announce what could not be told while numbers were hidden, or was lost; return how many."""
    told = NoticeRound.objects.filter(kind=NoticeKind.REACHED, idea=OuterRef("idea"))
    shown = Q(idea__campaign__counts_hidden_until=None) | Q(idea__campaign__counts_hidden_until__lte=now())
    ids = list(Threshold.objects.filter(shown, ~Exists(told)).values_list("idea_id", flat=True)[:AT_ONCE])
    for idea_id in ids:
        announce(THRESHOLD_REACHED, idea_id=idea_id)
    return len(ids)
