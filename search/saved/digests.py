"""From hits to mails: what is due for one owner goes into one mail, fixed before it is sent."""

import time
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from common.events import announce
from search.models import SavedHit, SavedMail, SavedSearch

MORNING, EVENING = 7, 21  # hours of the town's day between which digests go out
MONDAY = 0
PAUSE = timedelta(minutes=15)  # between two mails "at once" to one owner
SOME, SECONDS = 200, 40.0
Rhythm = SavedSearch.Rhythm


def last_morning(at: datetime, weekday: int | None = None) -> datetime:
    """Return the last time it was seven in the town, on any day or on one of the week."""
    local = timezone.localtime(at)
    day = local.date() if local.hour >= MORNING else local.date() - timedelta(days=1)
    if weekday is not None:
        day -= timedelta(days=(day.weekday() - weekday) % 7)
    return timezone.make_aware(datetime.combine(day, datetime.min.time().replace(hour=MORNING)))


def due_hits(at: datetime) -> QuerySet[SavedHit]:
    """Return what waits to be told by mail and is due: at once, or since before the last morning (on Monday: of the week)."""
    recent = SavedMail.objects.filter(kind=SavedMail.Kind.HITS, created_at__gt=at - PAUSE)
    just_told = Exists(recent.filter(person=OuterRef("search__person"))) | Exists(
        recent.filter(reader=OuterRef("search__reader"))
    )
    due = Q(search__rhythm=Rhythm.AT_ONCE) & ~just_told
    if MORNING <= timezone.localtime(at).hour < EVENING:
        due |= Q(search__rhythm=Rhythm.DAILY, found_at__lt=last_morning(at))
        due |= Q(search__rhythm=Rhythm.WEEKLY, found_at__lt=last_morning(at, MONDAY))
    return SavedHit.objects.filter(due, mail_due=True, mail=None, search__state=SavedSearch.State.ACTIVE)


def gather(at: datetime | None = None, *, found_within: timedelta | None = None) -> int:
    """Put what is due into mails, one for each owner, for less than a minute; return how many. What is left waits.

    ``found_within`` looks at the newest hits only, along an index: for those who want to know at once.
    """
    end, done = time.monotonic() + SECONDS, 0
    moment = at or timezone.now()
    rows = due_hits(moment)
    if found_within is not None:
        rows = rows.filter(search__rhythm=Rhythm.AT_ONCE, found_at__gt=moment - found_within)
    while time.monotonic() < end:
        owners: list[tuple[Any, Any]] = list(
            rows.values_list("search__person_id", "search__reader_id").distinct().order_by()[:SOME]
        )
        done += sum(gather_one(rows, person, reader) for person, reader in owners)
        if len(owners) < SOME:
            break
    return done


def gather_one(due: QuerySet[SavedHit], person_id: int | None, reader_id: int | None) -> bool:
    """Put what is due for one owner into a mail; of two processes the second finds nothing left."""
    mine = due.filter(search__person=person_id) if person_id else due.filter(search__reader=reader_id)
    with transaction.atomic():
        ids = list(mine.values_list("pk", flat=True))  # before the mail is there, which would make it wait for itself
        mail = SavedMail.objects.create(person_id=person_id, reader_id=reader_id)
        taken = SavedHit.objects.filter(pk__in=ids, mail_due=True, mail=None)
        if not taken.update(mail=mail, mail_due=False):
            mail.delete()
            return False
        announce("saved_mail_written", mail_id=mail.pk)
    return True
