"""What links in mails carry: signed, each for one purpose, so that nobody can make one up and no database is asked in vain."""

import uuid
from datetime import timedelta

from django.core import signing
from django.urls import reverse

from news.models import Subscriber, Wish

CONFIRM_WITHIN = timedelta(days=3)
# Each mail brings a new one.
PAGE_FOR = timedelta(days=400)
_CONFIRM, _PAGE, _LEAVE = (f"news.newsletter.{purpose}" for purpose in ("confirm", "page", "leave"))


class Ended(Exception):
    """A link that was right, but whose time is over."""


def confirm_url(wish: Wish) -> str:
    """Return the address at which a wish is confirmed; good for three days."""
    return reverse("news:newsletter_confirm", args=[signing.dumps(wish.pk, salt=_CONFIRM)])


def page_token(subscriber: Subscriber) -> str:
    """Return what opens the page of somebody without an account."""
    return signing.dumps(subscriber.key.hex, salt=_PAGE)


def leave_token(subscriber: Subscriber) -> str:
    """Return what ends the mails by one click. It never ends."""
    return signing.dumps(subscriber.key.hex, salt=_LEAVE)


def read_confirm(token: str) -> int:
    """Return the number of the wish; raises ``Ended``, or ``LookupError`` for what we have not signed."""
    return int(str(_read(token, _CONFIRM, CONFIRM_WITHIN)))


def read_page(token: str) -> uuid.UUID:
    """Return the key of the subscriber; raises like ``read_confirm``."""
    return uuid.UUID(str(_read(token, _PAGE, PAGE_FOR)))


def read_leave(token: str) -> uuid.UUID:
    """Return the key of the subscriber; raises ``LookupError``."""
    return uuid.UUID(str(_read(token, _LEAVE, None)))


def _read(token: str, salt: str, within: timedelta | None) -> object:
    try:
        return signing.loads(token, salt=salt, max_age=within)
    except signing.SignatureExpired as error:
        raise Ended from error
    except (signing.BadSignature, ValueError) as error:
        raise LookupError(token[:20]) from error
