"""What links in mails carry: signed, each for one purpose, so that nobody can make one up and no database is asked in vain."""

import uuid
from dataclasses import dataclass
from datetime import timedelta

from django.core import signing
from django.urls import reverse

from search.models import SavedReader, SavedSearch

CONFIRM_WITHIN = timedelta(days=3)
# Each mail brings a new one.
PAGE_FOR = timedelta(days=400)
_CONFIRM, _PAGE, _LEAVE = (f"search.saved.{purpose}" for purpose in ("confirm", "page", "leave"))


@dataclass(frozen=True)
class Whom:
    """Whose mails end: those about one search, those of an account, or those of a reader."""

    search: int | None = None
    person: int | None = None
    reader: uuid.UUID | None = None


class Ended(Exception):
    """A link that was right, but whose time is over."""


def confirm_url(search: SavedSearch) -> str:
    """Return the address at which a search is confirmed; good for three days."""
    return reverse("confirm_saved_search", args=[signing.dumps(search.pk, salt=_CONFIRM)])


def page_token(reader: SavedReader) -> str:
    """Return what opens the page of somebody without an account."""
    return signing.dumps(reader.key.hex, salt=_PAGE)


def leave_url(*, person_id: int | None = None, reader: SavedReader | None = None, search_id: int | None = None) -> str:
    """Return the address at which mails end: of one search, or all of an owner. It never ends."""
    whom = {"s": search_id} if search_id else {"p": person_id} if person_id else {"r": reader.key.hex if reader else ""}
    return reverse("leave_saved_searches", args=[signing.dumps(whom, salt=_LEAVE)])


def read_confirm(token: str) -> int:
    """Return the number of the search; raises ``Ended``, or ``LookupError`` for what we have not signed."""
    return int(str(_read(token, _CONFIRM, CONFIRM_WITHIN)))


def read_page(token: str) -> uuid.UUID:
    """Return the key of the reader; raises like ``read_confirm``."""
    return uuid.UUID(str(_read(token, _PAGE, PAGE_FOR)))


def read_leave(token: str) -> Whom:
    """Return whose mails end; raises ``LookupError``."""
    found = _read(token, _LEAVE, None)
    if not isinstance(found, dict):
        raise LookupError(token[:20])
    reader = found.get("r")
    return Whom(found.get("s"), found.get("p"), uuid.UUID(reader) if reader else None)


def _read(token: str, salt: str, within: timedelta | None) -> object:
    try:
        return signing.loads(token, salt=salt, max_age=within)
    except signing.SignatureExpired as error:
        raise Ended from error
    except (signing.BadSignature, ValueError) as error:
        raise LookupError(token[:20]) from error
