"""What a moderator wants to see of the queue: the filters of an address, and the waiting cases that fit them."""

import base64
import binascii
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.db.models import Q, Subquery
from django.utils.translation import gettext as _

from common.errors import Refused
from moderation.deadlines import late_before, very_late_before
from moderation.models import Case
from moderation.models.case import CaseQuerySet
from moderation.registry import kinds

if TYPE_CHECKING:
    from accounts.models import User

#: how long something has waited at least, by the word in the address
AGES = {"1": late_before, "3": very_late_before}
#: how many stand on a page, by the word in the address; as many as can be decided in one go
SIZES = {"": 25, "100": 100}
WITH = ("mir", "zuerst", "niemandem")


@dataclass(frozen=True)
class Filters:
    """What a moderator wants to see; the names are those of the address."""

    art: str = ""
    kampagne: str = ""
    grund: str = ""
    risiko: str = ""
    seit: str = ""
    bei: str = ""
    je: str = ""
    nach: str = ""

    @property
    def size(self) -> int:
        """Return how many cases stand on a page."""
        return SIZES[self.je]

    @property
    def larger(self) -> str:
        """Return the address of the same list with more on a page; empty when it is as long as can be."""
        return "" if self.je else self.query(je="100")

    def query(self, **changes: str) -> str:
        """Return the part of an address that says these filters."""
        pairs = {**self.__dict__, "nach": "", **changes}
        return "&".join(f"{name}={value}" for name, value in pairs.items() if value)


def read_filters(values: dict[str, str]) -> Filters:
    """Return the filters of an address; raises ``Refused`` (400) for what nobody can have clicked."""
    wanted = Filters(**{name: values.get(name, "")[:80] for name in Filters.__dataclass_fields__})
    risks = [str(risk) for risk in Case.Risk.values]
    known = (
        wanted.art in ("", *kinds())
        and wanted.grund in ("", *Case.Reason.values)
        and wanted.risiko in ("", *risks)
        and wanted.seit in ("", *AGES)
        and wanted.je in SIZES
        and wanted.bei in ("", *WITH)
        and (not wanted.kampagne or is_number(wanted.kampagne))
    )
    if not known or (wanted.nach and read_cursor(wanted.nach) is None):
        raise Refused(_("This list does not exist."), code="unknown_filter", status=400)
    return wanted


def is_number(text: str) -> bool:
    """Tell whether a text is a number that fits a row's."""
    return text.isascii() and text.isdigit() and len(text) < 19


def mine(user: "User", moment: datetime) -> Q:
    """Return the condition for cases ``user`` has taken."""
    return Q(claimed_by=user, claimed_until__gt=moment)


def kept_for(user: "User", moment: datetime) -> Q:
    """Return the condition for cases ``user`` is to see first: a changed version asked for, or handed over by a colleague."""
    return Q(first_for=user, first_until__gt=moment)


def free(user: "User", moment: datetime) -> Q:
    """Return the condition for cases nobody works on, and that are not kept for somebody else."""
    nobody = Q(claimed_by=None) | Q(claimed_until__lte=moment)
    return nobody & (Q(first_for=None) | Q(first_for=user) | Q(first_until__lte=moment))


def chosen(user: "User", wanted: Filters, moment: datetime) -> CaseQuerySet:
    """Return the waiting cases that fit the filters, oldest first."""
    rows = Case.objects.visible_to(user).waiting()
    if wanted.art:
        rows = rows.filter(kind=wanted.art)
    if wanted.kampagne:
        rows = rows.filter(campaign_id_copy=int(wanted.kampagne))
    if wanted.grund:
        rows = rows.filter(reason=wanted.grund)
    if wanted.risiko:
        rows = rows.filter(risk=int(wanted.risiko))
    if wanted.seit:
        rows = rows.filter(opened_at__lte=AGES[wanted.seit](moment))
    if wanted.bei:
        rows = rows.filter({"mir": mine, "zuerst": kept_for, "niemandem": free}[wanted.bei](user, moment))
    return rows


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
    return int(pk) if name == "fall" and is_number(pk) and int(pk) else None
