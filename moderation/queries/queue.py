"""The queue: what waits, counted for the filters, page by page from the oldest on."""

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.db.models import Count, Min, Q

from common.database import now
from moderation.deadlines import complaints_due_before, is_late, late_before
from moderation.models import Case, Complaint
from moderation.models.case import CaseQuerySet
from moderation.queries.facets import Choice, ages, facets, grouped, summed
from moderation.queries.filters import Filters, behind, chosen, cursor_of, free, kept_for, mine, read_cursor
from moderation.queries.rows import Row, row, waiting

if TYPE_CHECKING:
    from accounts.models import User

MOST_COUNTED = 100


@dataclass(frozen=True)
class Queue:
    """A page of the queue; ``first`` holds what is kept for this moderator, and stands above the rest."""

    first: list[Row]
    rows: list[Row]
    facets: list[tuple[str, list[Choice]]]
    total: int
    shown: int
    next_query: str

    @property
    def sign(self) -> str:
        """Return a short sign that changes when the page would show something else (for conditional requests)."""
        rows = [
            (row.case.pk, row.case.version, row.holder, row.late, row.first, row.marks)
            for row in (*self.first, *self.rows)
        ]
        counts = [[(choice.query, choice.count) for choice in choices] for _title, choices in self.facets]
        return hashlib.sha256(repr((rows, counts, self.next_query)).encode()).hexdigest()[:24]


@dataclass(frozen=True)
class Overview:
    """What waits, in figures."""

    waiting: int
    mine: int
    first: int
    late: int
    complaints: int
    messages: int
    due: int
    oldest: str
    is_late: bool


def overview(user: "User") -> Overview:
    """Return the figures of the admin's start page, in one statement.

    Late and due are judged by working days (``deadlines``).
    Complaints against decisions of ``user`` are for somebody else and are not counted.
    """
    moment = now()
    own = Complaint.objects.filter(first_actor=user).values("pk")
    for_me = Q(kind=Case.COMPLAINT_KIND) & ~Q(object_id__in=own)
    found = (
        Case.objects.visible_to(user)
        .filter(state=Case.State.OPEN)
        .aggregate(
            waiting=Count("pk"),
            mine=Count("pk", filter=mine(user, moment)),
            first=Count("pk", filter=kept_for(user, moment)),
            late=Count("pk", filter=Q(opened_at__lte=late_before(moment))),
            complaints=Count("pk", filter=for_me),
            messages=Count("pk", filter=Q(kind=Case.CONTACT_KIND)),
            due=Count("pk", filter=for_me & Q(opened_at__lte=complaints_due_before(moment))),
            oldest=Min("opened_at"),
        )
    )
    oldest = found.pop("oldest")
    age = moment - oldest if oldest else timedelta(0)
    return Overview(
        **found, oldest=waiting(age) if oldest else "", is_late=oldest is not None and is_late(oldest, moment)
    )


def how_many(user: "User") -> int:
    """Return how many cases wait, for the menu: nobody counts further than a hundred there."""
    return Case.objects.visible_to(user).waiting()[:MOST_COUNTED].count()


def queue(user: "User", wanted: Filters) -> Queue:
    """Return one page; a fixed number of statements, however long the queue is."""
    moment = now()
    rows, first = chosen(user, wanted, moment).select_related("claimed_by", "first_for"), []
    if wanted.bei != "zuerst":
        kept = kept_for(user, moment)
        first = [] if wanted.nach else list(rows.filter(kept)[: wanted.size])
        # Written so that it holds where there is nothing: NOT (NULL = 1) would be NULL.
        rows = rows.filter(Q(first_for=None) | ~Q(first_for=user) | Q(first_until__lte=moment))
    if wanted.nach and (last := read_cursor(wanted.nach)):
        rows = behind(rows, last)
    found = list(rows[: wanted.size + 1])
    page, more = found[: wanted.size], len(found) > wanted.size
    return put_together(user, wanted, moment, first, page, cursor_of(page[-1]) if more else "")


def put_together(
    user: "User", wanted: Filters, moment: datetime, first: list[Case], page: list[Case], following: str
) -> Queue:
    """Return the page with its filters and their counts."""
    groups = grouped(user, wanted, moment)
    by_age = ages(user, wanted, moment)
    return Queue(
        first=[row(case, user, moment) for case in first],
        rows=[row(case, user, moment) for case in page],
        facets=facets(groups, by_age, wanted),
        total=sum(group["n"] for group in groups),
        shown=summed(groups, wanted),
        next_query=wanted.query(nach=following) if following else "",
    )


def next_case(user: "User", wanted: Filters, after: Case) -> Case | None:
    """Return the next case nobody else works on: what is kept for ``user``, then behind ``after``, else from the beginning.

    Complaints are left out: they have their own list, and some of them are for others.
    """
    moment = now()
    rows: CaseQuerySet = chosen(user, wanted, moment).exclude(kind=Case.COMPLAINT_KIND).exclude(pk=after.pk)
    rows = rows.filter(free(user, moment) | mine(user, moment))
    return rows.filter(kept_for(user, moment)).first() or behind(rows, after.pk).first() or rows.first()
