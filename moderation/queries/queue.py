"""The queue: what waits, counted for the filters, page by page from the oldest on."""

import base64
import binascii
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.db.models import Count, Max, Min, Q, Subquery
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from common.database import now
from common.errors import Refused
from moderation.models import Case
from moderation.models.case import CaseQuerySet
from moderation.registry import kinds

if TYPE_CHECKING:
    from accounts.models import User

PAGE_SIZE = 25
LATE = timedelta(hours=24)
Group = dict[str, Any]


@dataclass(frozen=True)
class Filters:
    """What a moderator wants to see; the names are those of the address."""

    art: str = ""
    kampagne: str = ""
    grund: str = ""
    bei: str = ""
    nach: str = ""

    def query(self, **changes: str) -> str:
        """Return the part of an address that says these filters."""
        pairs = {**self.__dict__, "nach": "", **changes}
        return "&".join(f"{name}={value}" for name, value in pairs.items() if value)


@dataclass(frozen=True)
class Choice:
    """One filter as a link, with what it would show."""

    text: str
    query: str
    count: int
    chosen: bool


@dataclass(frozen=True)
class Row:
    """One case in the list, in words."""

    case: Case
    kind: str
    waiting: str
    late: bool
    holder: str
    mine: bool
    marks: list[tuple[str, str]] = field(default_factory=list)


@dataclass(frozen=True)
class Queue:
    """A page of the queue."""

    rows: list[Row]
    facets: list[tuple[str, list[Choice]]]
    total: int
    shown: int
    next_query: str


def read_filters(values: dict[str, str]) -> Filters:
    """Return the filters of an address; raises ``Refused`` (400) for what nobody can have clicked."""
    wanted = Filters(**{name: values.get(name, "")[:80] for name in Filters.__dataclass_fields__})
    known = (
        wanted.art in ("", *kinds())
        and wanted.grund in ("", *Case.Reason.values)
        and wanted.bei in ("", "mir", "niemandem")
        and (
            not wanted.kampagne
            or (wanted.kampagne.isascii() and wanted.kampagne.isdigit() and len(wanted.kampagne) < 19)
        )
    )
    if not known or (wanted.nach and read_cursor(wanted.nach) is None):
        raise Refused(_("This list does not exist."), code="unknown_filter", status=400)
    return wanted


def free(user: "User") -> Q:
    """Return the condition for cases nobody else is working on."""
    return Q(claimed_by=None) | Q(claimed_until__lte=now())


@dataclass(frozen=True)
class Overview:
    """What waits, in three figures."""

    waiting: int
    mine: int
    complaints: int
    oldest: str
    late: bool


def overview(user: "User") -> Overview:
    """Return the figures of the admin's menu and start page, in one statement."""
    moment = now()
    found = (
        Case.objects.visible_to(user)
        .filter(state=Case.State.OPEN)
        .aggregate(
            waiting=Count("pk"),
            mine=Count("pk", filter=Q(claimed_by=user, claimed_until__gt=moment)),
            complaints=Count("pk", filter=Q(kind=Case.COMPLAINT_KIND)),
            oldest=Min("opened_at"),
        )
    )
    oldest = found.pop("oldest")
    age = moment - oldest if oldest else timedelta(0)
    return Overview(**found, oldest=waiting(age) if oldest else "", late=age > LATE)


def chosen(user: "User", wanted: Filters) -> CaseQuerySet:
    """Return the waiting cases that fit the filters, oldest first."""
    rows = Case.objects.visible_to(user).waiting()
    if wanted.art:
        rows = rows.filter(kind=wanted.art)
    if wanted.kampagne:
        rows = rows.filter(campaign_id_copy=int(wanted.kampagne))
    if wanted.grund:
        rows = rows.filter(reason=wanted.grund)
    if wanted.bei:
        rows = rows.filter(Q(claimed_by=user, claimed_until__gt=now()) if wanted.bei == "mir" else free(user))
    return rows


def queue(user: "User", wanted: Filters) -> Queue:
    """Return one page; five statements, however long the queue is."""
    rows = chosen(user, wanted)
    if wanted.nach and (last := read_cursor(wanted.nach)):
        rows = behind(rows, last)
    found = list(rows.select_related("claimed_by")[: PAGE_SIZE + 1])
    page, more, moment = found[:PAGE_SIZE], len(found) > PAGE_SIZE, now()
    groups = grouped(user)
    return Queue(
        rows=[row(case, user, moment) for case in page],
        facets=facets(groups, wanted),
        total=sum(group["n"] for group in groups),
        shown=summed(groups, wanted),
        next_query=wanted.query(nach=cursor_of(page[-1])) if more else "",
    )


def grouped(user: "User") -> list[Group]:
    """Return how many wait by kind, campaign and reason: the filters count from this, in one statement."""
    mine = Count("pk", filter=Q(claimed_by=user, claimed_until__gt=now()))
    rows = Case.objects.visible_to(user).filter(state=Case.State.OPEN)
    by = rows.values("kind", "campaign_id_copy", "reason").order_by()
    counted = by.annotate(n=Count("pk"), mine=mine, free=Count("pk", filter=free(user)), campaign=Max("campaign_title"))
    return [dict(group) for group in counted]


def summed(groups: list[Group], wanted: Filters) -> int:
    """Return how many cases fit the filters."""
    counted = {"": "n", "mir": "mine", "niemandem": "free"}[wanted.bei]
    return sum(group[counted] for group in groups if fits(group, wanted))


def fits(group: Group, wanted: Filters) -> bool:
    return (
        wanted.art in ("", group["kind"])
        and wanted.grund in ("", group["reason"])
        and wanted.kampagne in ("", str(group["campaign_id_copy"] or ""))
    )


def facets(groups: list[Group], wanted: Filters) -> list[tuple[str, list[Choice]]]:
    """Return the filters as rows of links, each with the count it leads to."""
    campaigns = {str(group["campaign_id_copy"]): group["campaign"] for group in groups if group["campaign_id_copy"]}
    reasons = {group["reason"] for group in groups}
    present = {group["kind"] for group in groups}
    offered: list[tuple[str, str, dict[str, str]]] = [
        (pgettext("queue", "With"), "bei", {"": _("everybody"), "mir": _("me"), "niemandem": _("nobody")}),
        (
            _("Kind"),
            "art",
            {"": _("all"), **{k: str(v) for k, v in kinds().items() if k in present or k == wanted.art}},
        ),
        (
            _("Why"),
            "grund",
            {"": _("all"), **{r: str(Case.Reason(r).label) for r in Case.Reason.values if r in reasons}},
        ),
        (_("Campaign"), "kampagne", {"": _("all"), **dict(sorted(campaigns.items(), key=lambda pair: pair[1]))}),
    ]
    return [(title, links(groups, wanted, name, values)) for title, name, values in offered]


def links(groups: list[Group], wanted: Filters, name: str, values: dict[str, str]) -> list[Choice]:
    def choice(value: str, text: str) -> Choice:
        would = replace(wanted, nach="", **{name: value})
        return Choice(text, would.query(), summed(groups, would), getattr(wanted, name) == value)

    return [choice(value, text) for value, text in values.items()]


def row(case: Case, user: "User", moment: datetime) -> Row:
    """Return a case as the list shows it."""
    labels = kinds()
    held = case.claimed_by is not None and case.claimed_until is not None and case.claimed_until > moment
    return Row(
        case=case,
        kind=str(labels.get(case.kind, case.kind)),
        waiting=waiting(moment - case.opened_at),
        late=moment - case.opened_at > LATE,
        holder=holder(case, user, moment) if held else pgettext("claim", "free"),
        mine=held and case.claimed_by_id == user.pk,
        marks=marks(case),
    )


def marks(case: Case) -> list[tuple[str, str]]:
    """Return the risks of a case as (strength, words): ``strong`` for reports, ``hint`` for the rest."""
    reported = ngettext("%(count)d report", "%(count)d reports", case.report_count) % {"count": case.report_count}
    return [("strong", reported)] * bool(case.report_count) + [("hint", str(mark)) for mark in case.marks]


def waiting(time: timedelta) -> str:
    """Return "40 Min.", "5 Std." or "3 Tage"."""
    minutes = max(0, int(time.total_seconds() // 60))
    if minutes < 60:
        return _("%(count)d min.") % {"count": minutes}
    if minutes < 48 * 60:
        return _("%(count)d hrs.") % {"count": minutes // 60}
    return ngettext("%(count)d day", "%(count)d days", minutes // 1440) % {"count": minutes // 1440}


def holder(case: Case, user: "User", moment: datetime) -> str:
    """Return who has taken a case, and for how long still."""
    assert case.claimed_until is not None  # noqa: S101
    name = _("You") if case.claimed_by_id == user.pk else str(case.claimed_by)
    left = max(1, int((case.claimed_until - moment).total_seconds() // 60) + 1)
    return _("%(name)s, %(count)d min. left") % {"name": name, "count": left}


def next_case(user: "User", wanted: Filters, after: Case) -> Case | None:
    """Return the next case nobody else works on: behind ``after`` in the order of the queue, else from its beginning.

    Complaints are left out: they have their own list, and some of them are for others.
    """
    rows = chosen(user, wanted).exclude(kind=Case.COMPLAINT_KIND).exclude(pk=after.pk)
    rows = rows.filter(free(user) | Q(claimed_by=user))
    return behind(rows, after.pk).first() or rows.first()


def behind(rows: CaseQuerySet, pk: int) -> CaseQuerySet:
    """Return the part of the queue behind that case.

    The times are compared inside the database: SQLite keeps those it gave itself in a shorter form than ours.
    """
    at = Subquery(Case.objects.filter(pk=pk).values("opened_at"))
    return rows.filter(opened_at__gte=at).exclude(opened_at=at, id__lte=pk)


def cursor_of(case: Case) -> str:
    """Return an opaque mark of where a page ended."""
    return base64.urlsafe_b64encode(f"fall-{case.pk}".encode()).decode().rstrip("=")


def read_cursor(text: str) -> int | None:
    """Return the case a mark means, or None for a forged one."""
    try:
        name, _dash, pk = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)).decode("ascii").partition("-")
    except (ValueError, binascii.Error):
        return None
    return int(pk) if name == "fall" and pk.isdigit() and len(pk) < 19 and int(pk) else None
