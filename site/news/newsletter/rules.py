"""When issues go out, and to whom."""

from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from news.models import Issue, Rhythm, Subscriber

MONDAY, MORNING = 0, 7


def next_monday(at: datetime) -> datetime:
    """Return the next Monday, seven in the morning in the town, after a moment."""
    local = timezone.localtime(at)
    day = local.date() + timedelta(days=(MONDAY - local.weekday()) % 7)
    if (day, MORNING) <= (local.date(), local.hour):
        day += timedelta(days=7)
    return timezone.make_aware(datetime.combine(day, datetime.min.time().replace(hour=MORNING)))


def due_time(issue: Issue, at: datetime) -> datetime:
    """Return when an issue goes out that is released at a moment."""
    return next_monday(at) if issue.kind == Issue.Kind.WEEKLY else at


def readers_of(issue: Issue) -> QuerySet[Subscriber]:
    """Return who wants an issue; one address twice only if it stands in the account as well as beside it – then the account."""
    wanted = Q(has_all=True)
    if issue.topic_id:
        wanted |= Q(pk__in=Subscriber.objects.filter(topics=issue.topic_id).values("pk"))
    accounts = Subscriber.objects.filter(person__is_active=True, person__email__iexact=OuterRef("address"))
    found = Subscriber.objects.filter(wanted).exclude(person__is_active=False).filter(~Exists(accounts))
    return found if issue.kind == Issue.Kind.WEEKLY else found.filter(rhythm=Rhythm.EVERY)
