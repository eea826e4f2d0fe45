"""The newsletter: two issues that went out, one that waits on the editor's desk, and three people who get it."""

from datetime import datetime, timedelta

from django.utils import timezone

from accounts.models import User
from common.database import now, replayed_at
from config.demo.clock import ago
from config.demo.pages import editor
from ideas.models import Topic
from news.models import Issue, IssueArticle, NewsArticlePage, Rhythm
from news.newsletter import sending, subscribing
from news.newsletter.subscribing import Choice

WEEK = timedelta(days=7)
WEEKLY = (
    (
        14,
        "Aus der Stadt: {first}",
        "Guten Tag aus dem Rathaus,\n\nhier steht, was in den letzten Wochen geschehen ist – und was aus Ideen geworden ist, die Sie uns "
        "geschickt haben.",
    ),
    (
        7,
        "Diese Woche in Musterstadt: {first}",
        "Diese Woche wird gemessen, gebaut und abgestimmt. Danke an alle, die mitgemacht haben!",
    ),
)
READERS = (
    ("buergerin@demo.example", Rhythm.EVERY, ("unterwegs", "aelter-werden")),
    ("moderation@demo.example", Rhythm.WEEKLY, ()),
    ("fachamt@demo.example", Rhythm.WEEKLY, ()),
)


def make_newsletter() -> None:
    """Write and send the issues as if in the last two weeks, once; nobody had subscribed then."""
    if Issue.objects.exists():
        return
    for days, subject, intro in WEEKLY:
        send_issue(last_monday(ago(days)), subject, intro)
    draft = Issue.objects.create(
        subject="Sicher unterwegs: jetzt abstimmen",
        topic=Topic.objects.filter(slug="unterwegs").first(),
        kind=Issue.Kind.WEEKLY,
        intro="Zehn Vorschläge stehen zur Wahl, drei Stimmen haben Sie. Was soll die Stadt zuerst bauen?",
    )
    sending.fill(draft)
    for email, rhythm, topics in READERS:
        person = User.objects.filter(email=email).first()
        chosen = frozenset(Topic.objects.filter(slug__in=topics).values_list("pk", flat=True))
        if person is not None:
            subscribing.subscribe(person=person, choice=Choice(not chosen, chosen, rhythm))


def last_monday(at: datetime) -> datetime:
    """Return the Monday of that week, a little after the time at which issues go out."""
    local = timezone.localtime(at)
    monday = local - timedelta(days=local.weekday())
    return monday.replace(hour=7, minute=1, second=0, microsecond=0)


def send_issue(at: datetime, subject: str, intro: str) -> None:
    """Send what was published in the three weeks before a moment."""
    found = NewsArticlePage.objects.live().filter(first_published_at__range=(at - 3 * WEEK, at))
    found = found.exclude(pk__in=IssueArticle.objects.values("article"))
    articles = list(found.order_by("-first_published_at")[:4])
    if not articles or at > now():
        return
    issue = Issue.objects.create(
        subject=subject.format(first=articles[0].title)[:120], kind=Issue.Kind.AT_ONCE, intro=intro, created_at=at
    )
    for place, article in enumerate(articles):
        IssueArticle.objects.create(issue=issue, article=article, sort_order=place)
    with replayed_at(at):
        sending.release(issue, editor())
        sending.go_on(issue.pk)
    Issue.objects.filter(pk=issue.pk).update(kind=Issue.Kind.WEEKLY)
