"""An issue on its way: released, written into the ledger reader by reader, sent line by line – a little at a time.

Everything is written down before it is done, so a process may be killed anywhere: the next one goes on. Nobody gets an issue
twice, because a reader has one line in the ledger and ``common.mail`` sends a line once.
"""

import smtplib
import time
from datetime import timedelta

from django.conf import settings
from django.core.mail import get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from accounts.models import User
from common import buckets
from common.buckets import Rate
from common.database import now
from common.errors import Refused
from common.events import announce
from common.mail import Busy, send_once
from news.models import Issue, IssueArticle, Letter, Subscriber, Wish
from news.models.issues import MOST_ARTICLES
from news.newsletter import composing
from news.newsletter.rules import due_time, readers_of
from news.queries import newest

BATCH, ENROL = 50, 1000
SECONDS = 10.0  # then other mails have their turn
MOST_TRIES, WAIT = 5, timedelta(minutes=15)
KEEP_LEDGER = timedelta(days=90)
PERMANENT = 500
TRIALS = Rate("newsletter-trials", most=20, seconds=3600)
State = Issue.State


def release(issue: Issue, by: User) -> Issue:
    """Let an issue go: at once, or on the next Monday morning. Raises ``Refused``: it is empty, or on its way already."""
    at = now()
    if not issue.chosen.exists():
        raise Refused(_("There is no article in this issue yet."), code="empty", status=422)
    if issue.kind == Issue.Kind.AT_ONCE and not composing.articles_of(issue):
        raise Refused(_("None of the articles is published yet."), code="not_public", status=422)
    with transaction.atomic():
        draft = Issue.objects.filter(pk=issue.pk, state=State.DRAFT)
        if not draft.update(state=State.WAITING, due_at=due_time(issue, at), released_by=by):
            raise Refused(_("This issue is on its way already. It cannot be changed any more."), code="released")
        if issue.kind == Issue.Kind.AT_ONCE:
            announce("newsletter_due", issue_id=issue.pk)
    issue.refresh_from_db()
    return issue


def recall(issue: Issue) -> None:
    """Make a draft again of what still waits for its time; raises ``Refused`` when it is being sent already."""
    if not Issue.objects.filter(pk=issue.pk, state=State.WAITING).update(state=State.DRAFT, due_at=None):
        raise Refused(_("This issue is being sent already; it cannot be taken back."), code="sending")


def fill(issue: Issue) -> int:
    """Add the articles of the topic that are newer than its last issue; return how many. Raises ``Refused`` unless a draft."""
    before = Issue.objects.filter(topic=issue.topic, started_at__isnull=False).order_by("-started_at").first()
    found = newest().exclude(pk__in=issue.chosen.values("article"))
    found = found.filter(topic=issue.topic) if issue.topic else found
    if before and before.started_at:
        found = found.filter(first_published_at__gt=before.started_at)
    with transaction.atomic():
        held = Issue.objects.select_for_update().filter(pk=issue.pk, state=State.DRAFT)
        if not held.exists():
            raise Refused(_("This issue is on its way already. It cannot be changed any more."), code="released")
        have = issue.chosen.count()
        room = max(0, MOST_ARTICLES - have)
        rows = [
            IssueArticle(issue=issue, article=one, sort_order=have + place) for place, one in enumerate(found[:room])
        ]
        IssueArticle.objects.bulk_create(rows)
    return len(rows)


def send_trial(issue: Issue, person: User) -> None:
    """Send an issue to the editor alone; raises ``Refused`` (429) for very many in a short time."""
    buckets.require(TRIALS, f"account:{person.pk}")
    with transaction.atomic():
        letter = Letter.objects.create(issue=issue, tester=person)
        announce("newsletter_trial", letter_id=letter.pk)


def deliver_trial(letter_id: int) -> bool:
    """Send an editor's trial; return whether it went now."""
    rows = Letter.objects.filter(pk=letter_id, tester__is_active=True)
    letter = rows.filter(mailed_at=None).select_related("issue", "tester").first()
    if letter is None:
        return False
    with translation.override(settings.LANGUAGE_CODE):
        return send_once(rows, lambda: composing.sheet_of(letter.issue).of(letter))


def deliver_question(wish_id: int) -> bool:
    """Send the question whether somebody really wants the newsletter; return whether it went now."""
    rows = Wish.objects.filter(pk=wish_id, confirmed_at=None)
    wish = rows.filter(mailed_at=None).first()
    return wish is not None and send_once(rows, lambda: composing.question(wish))


def announce_due() -> None:
    """Say which issues have to be gone on with; several may say so."""
    at = timezone.now()
    due = Issue.objects.filter(Q(state=State.WAITING, due_at__lte=at) | Q(state=State.SENDING))
    with transaction.atomic():
        for issue_id in due.order_by("due_at").values_list("pk", flat=True):
            announce("newsletter_due", issue_id=issue_id)


def go_on(issue_id: int) -> None:
    """Go on with an issue for some seconds; what is left is announced again behind what else waits."""
    issue = Issue.objects.filter(
        pk=issue_id, state__in=(State.WAITING, State.SENDING), due_at__lte=timezone.now()
    ).first()
    if issue is None or (issue.state == State.WAITING and not begin(issue)):
        return
    end = time.monotonic() + SECONDS
    if enrol(issue, end) and send_some(issue, end):
        finish(issue)
        return
    with transaction.atomic():
        if ready(issue).exists() or not is_enrolled(issue):
            announce("newsletter_due", issue_id=issue_id)


def begin(issue: Issue) -> bool:
    """Draw the line after which new subscribers get the next issue; without an article to be seen it is a draft again."""
    rows = Issue.objects.filter(pk=issue.pk, state=State.WAITING)
    if not composing.articles_of(issue):
        rows.update(state=State.DRAFT, due_at=None)
        return False
    begun = bool(rows.update(state=State.SENDING, started_at=now()))
    issue.refresh_from_db()
    return begun or issue.state == State.SENDING


def is_enrolled(issue: Issue) -> bool:
    """Tell whether all readers stand in the ledger."""
    return Issue.objects.filter(pk=issue.pk, enrolled_at__isnull=False).exists()


def enrol(issue: Issue, end: float) -> bool:
    """Write the readers into the ledger, a thousand at a time; return whether all are in."""
    while not is_enrolled(issue):
        if time.monotonic() > end:
            return False
        with transaction.atomic():
            held = Issue.objects.select_for_update().get(pk=issue.pk)
            found = readers_of(issue).filter(pk__gt=held.enrolled_to, confirmed_at__lte=issue.started_at)
            ids = list(found.order_by("pk").values_list("pk", flat=True)[:ENROL])
            rows = [Letter(issue=issue, subscriber_id=pk, next_try=timezone.now()) for pk in ids]
            Letter.objects.bulk_create(rows, ignore_conflicts=True)
            at = None if len(ids) == ENROL else timezone.now()
            Issue.objects.filter(pk=issue.pk).update(enrolled_to=ids[-1] if ids else held.enrolled_to, enrolled_at=at)
    return True


def waiting(issue: Issue) -> QuerySet[Letter]:
    """Return the lines of the ledger that are still to be sent."""
    return Letter.objects.filter(issue=issue, subscriber__isnull=False, mailed_at=None, is_given_up=False)


def ready(issue: Issue) -> QuerySet[Letter]:
    """Return those of them that can be sent now: nobody else is at it, and no pause was asked for."""
    at = timezone.now()
    return waiting(issue).filter(Q(mail_claimed_until=None) | Q(mail_claimed_until__lt=at), next_try__lte=at)


def send_some(issue: Issue, end: float) -> bool:
    """Send letters over one connection until the time is up; return whether none is left."""
    connection = get_connection()
    try:
        while time.monotonic() < end:
            letters = list(ready(issue).select_related("subscriber__person").order_by("pk")[:BATCH])
            if not letters:
                return not waiting(issue).exists()
            articles = composing.articles_of(issue)
            if not articles:  # all taken back while it was on its way
                waiting(issue).delete()
                return True
            connection.open()
            with translation.override(settings.LANGUAGE_CODE):
                send_batch(letters, composing.sheet_of(issue, articles), connection, end)
        return False
    finally:
        connection.close()


def send_batch(letters: list[Letter], sheet: composing.Sheet, connection: BaseEmailBackend, end: float) -> None:
    """Send letters one by one; those of readers who left meanwhile are gone, those the server refuses wait or are given up."""
    for letter in letters:
        if time.monotonic() > end:
            return
        row = Letter.objects.filter(pk=letter.pk)
        if letter.subscriber is None or not composing.address_of(letter.subscriber):
            row.delete()
            continue
        mail = sheet.of(letter)
        mail.connection = connection
        try:
            send_once(row.filter(subscriber__isnull=False), lambda mail=mail: mail)  # type: ignore[misc]
        except Busy:
            continue
        except (smtplib.SMTPRecipientsRefused, smtplib.SMTPDataError) as error:
            set_back(row, error)


def set_back(row: QuerySet[Letter], error: smtplib.SMTPRecipientsRefused | smtplib.SMTPDataError) -> None:
    """Try again later where the server said so, else give this address up for this issue."""
    codes = (
        [error.smtp_code] if isinstance(error, smtplib.SMTPDataError) else [one[0] for one in error.recipients.values()]
    )
    for_good = all(code >= PERMANENT for code in codes)
    row.update(tries=F("tries") + 1, next_try=timezone.now() + WAIT)
    row.filter(Q(tries__gte=MOST_TRIES) if not for_good else Q()).update(is_given_up=True)


def finish(issue: Issue) -> None:
    """Close the ledger of an issue."""
    sent = Letter.objects.filter(issue=issue, subscriber__isnull=False, mailed_at__isnull=False).count()
    Issue.objects.filter(pk=issue.pk, state=State.SENDING).update(state=State.SENT, sent_count=sent)


def forget_ledgers() -> int:
    """Forget who got which issue after three months; how many it were stays. Return how many lines went."""
    old = Letter.objects.filter(issue__state=State.SENT, issue__started_at__lt=now() - KEEP_LEDGER)
    return old.delete()[0]


def forget_empty() -> int:
    """Forget subscribers whose topics are all gone; return how many."""
    return Subscriber.objects.filter(has_all=False, topics=None).delete()[0]
