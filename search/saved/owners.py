"""Whose searches: an account's, or those of somebody without one who has confirmed an address."""

import uuid
from dataclasses import dataclass

from django.contrib.auth.models import AnonymousUser
from django.db.models import Count, F, Q, QuerySet
from django.urls import reverse

from accounts.models import User
from search.models import SavedHit, SavedReader, SavedSearch
from search.saved import links


@dataclass(frozen=True)
class Owner:
    """One of the two; what may be seen is judged for ``user``."""

    person: User | None = None
    reader: SavedReader | None = None

    @property
    def user(self) -> User | AnonymousUser:
        """For whom visibility is checked: people without an account see what everybody sees."""
        return self.person or AnonymousUser()

    @property
    def columns(self) -> dict[str, User | SavedReader | None]:
        """The owner as columns of a row."""
        return {"person": self.person, "reader": self.reader}

    @property
    def name(self) -> str:
        """A name for locks and limits that is the same for all requests of this owner."""
        return f"person:{self.person.pk}" if self.person else f"reader:{self.reader.pk}" if self.reader else ""

    @property
    def address(self) -> str:
        """Where mails go; empty when none may be sent."""
        if self.person:
            return self.person.email if self.person.is_active else ""
        return self.reader.address if self.reader else ""

    def searches(self) -> QuerySet[SavedSearch]:
        """Return the owner's searches that are confirmed, with the number of their new hits, the newest search first."""
        rows = SavedSearch.objects.exclude(state=SavedSearch.State.WAITING)
        mine = rows.filter(person=self.person) if self.person else rows.filter(reader=self.reader)
        fresh = Count("hits", filter=Q(hits__found_at__gt=F("seen_at")))
        return mine.annotate(fresh=fresh).order_by("-created_at", "-pk")

    def url(self, search: SavedSearch | None = None, *, act: bool = False) -> str:
        """Return the address of the owner's page, of a search, or of what can be done with it."""
        name = "saved_searches" if search is None else "saved_search_act" if act else "saved_search"
        args: list[object] = [] if search is None else [search.pk]
        if self.reader:
            return reverse(f"{name}_by_link", args=[links.page_token(self.reader), *args])
        return reverse(name, args=args)


def reader_by(key: uuid.UUID) -> SavedReader | None:
    """Return the reader a link belongs to."""
    return SavedReader.objects.filter(key=key).first()


def fresh_count(person: User) -> int:
    """Return how many hits an account has not seen yet, one statement."""
    rows = SavedHit.objects.filter(search__person=person, found_at__gt=F("search__seen_at"))
    return rows.exclude(search__state=SavedSearch.State.WAITING).count()
