"""What saved searches do when something is announced, and by the clock."""

from datetime import timedelta

from django.utils import timezone

from common.events import due, receives
from search.models import SavedHit, SavedMail
from search.saved import digests, mails, matching
from search.saved.analysing import reanalyse
from search.saved.keeping import forget_unconfirmed

# Longer than anything counts as new (``matching.NEW_FOR``): so long a hit must be known, lest it be told again.
KEEP = timedelta(days=90)


@receives("search_appeared", tells=True)
def match_new(kind: str, ids: str) -> None:
    """Find out for whom it is new."""
    matching.match(kind, map(int, ids.split(",")))


@receives("saved_hits_found")
def tell_at_once() -> None:
    """Write to those who want to know at once."""
    digests.gather(found_within=timedelta(hours=1))


@receives("saved_mail_written", tries=80)
def send_saved_mail(mail_id: int) -> None:
    """Send it."""
    mails.send(mail_id)


@due(every=timedelta(minutes=5))
def gather_mails() -> None:
    """Write the mails that are due."""
    digests.gather()


@due(every=timedelta(minutes=5))
def read_anew() -> None:
    """Read searches anew after a change of the analyser."""
    reanalyse()


@due(every=timedelta(hours=6))
def forget_old() -> None:
    """Forget what nobody confirmed, and what was found and written long ago."""
    forget_unconfirmed()
    long_ago = timezone.now() - KEEP
    SavedHit.objects.filter(found_at__lt=long_ago).delete()
    SavedMail.objects.filter(created_at__lt=long_ago).delete()
