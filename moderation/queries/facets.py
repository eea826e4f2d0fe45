"""The filters of the queue as links, each with the count it leads to; all counted in two statements."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db.models import Count, Max, Q
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from moderation.models import Case
from moderation.queries.filters import AGES, Filters, chosen, free, kept_for, mine
from moderation.registry import kinds

if TYPE_CHECKING:
    from accounts.models import User

Group = dict[str, Any]
COLUMN = {"": "n", "mir": "mine", "niemandem": "free", "zuerst": "first"}


@dataclass(frozen=True)
class Choice:
    """One filter as a link, with what it would show."""

    text: str
    query: str
    count: int
    chosen: bool


def grouped(user: "User", wanted: Filters, moment: datetime) -> list[Group]:
    """Return how many wait by kind, campaign, reason and risk: most filters count from this, in one statement."""
    rows = chosen(user, Filters(seit=wanted.seit), moment)
    by = rows.order_by().values("kind", "campaign_id_copy", "reason", "risk")
    counted = by.annotate(
        n=Count("pk"),
        mine=Count("pk", filter=mine(user, moment)),
        first=Count("pk", filter=kept_for(user, moment)),
        free=Count("pk", filter=free(user, moment)),
        campaign=Max("campaign_title"),
    )
    return [dict(group) for group in counted]


def ages(user: "User", wanted: Filters, moment: datetime) -> dict[str, int]:
    """Return how many of the chosen cases have waited how long, in one statement; the key is the filter's word."""
    rows = chosen(user, replace(wanted, seit=""), moment).order_by()
    counted = {f"age{word}": Count("pk", filter=Q(opened_at__lte=before(moment))) for word, before in AGES.items()}
    found = rows.aggregate(age=Count("pk"), **counted)
    return {name.removeprefix("age"): n for name, n in found.items()}


def summed(groups: list[Group], wanted: Filters) -> int:
    """Return how many cases fit the filters."""
    return sum(group[COLUMN[wanted.bei]] for group in groups if fits(group, wanted))


def fits(group: Group, wanted: Filters) -> bool:
    """Tell whether a group is among those that are wanted."""
    return (
        wanted.art in ("", group["kind"])
        and wanted.grund in ("", group["reason"])
        and wanted.risiko in ("", str(group["risk"]))
        and wanted.kampagne in ("", str(group["campaign_id_copy"] or ""))
    )


def facets(groups: list[Group], by_age: dict[str, int], wanted: Filters) -> list[tuple[str, list[Choice]]]:
    """Return the filters as rows of links, each with the count it leads to."""
    found = [(title, links(groups, wanted, name, values)) for title, name, values in offered(groups, wanted)]
    return [*found[:1], waits(by_age, wanted), *found[1:]]


def offered(groups: list[Group], wanted: Filters) -> list[tuple[str, str, dict[str, str]]]:
    """Return the filters that count from the groups: title, name in the address, and words by value."""
    campaigns = {str(group["campaign_id_copy"]): group["campaign"] for group in groups if group["campaign_id_copy"]}
    here = {name: {str(group[name]) for group in groups} for name in ("kind", "reason", "risk")}
    labels = {k: str(v) for k, v in kinds().items() if k in here["kind"] or k == wanted.art}
    reasons = {r: str(Case.Reason(r).label) for r in Case.Reason.values if r in here["reason"]}
    risks = {str(r): str(Case.Risk(r).label) for r in reversed(Case.Risk.values) if str(r) in here["risk"]}
    people = {
        "": pgettext("assigned to", "everybody"),
        "mir": _("me"),
        "zuerst": _("first for you"),
        "niemandem": _("nobody"),
    }
    every = {"": _("all")}
    return [
        (pgettext("queue", "With"), "bei", people),
        (_("Risk"), "risiko", every | risks),
        (_("Kind"), "art", every | labels),
        (_("Why"), "grund", every | reasons),
        (_("Campaign"), "kampagne", every | dict(sorted(campaigns.items(), key=lambda pair: pair[1]))),
    ]


def links(groups: list[Group], wanted: Filters, name: str, values: dict[str, str]) -> list[Choice]:
    """Return one filter's links."""

    def choice(value: str, text: str) -> Choice:
        would = replace(wanted, nach="", **{name: value})
        return Choice(text, would.query(), summed(groups, would), getattr(wanted, name) == value)

    return [choice(value, text) for value, text in values.items()]


def waits(by_age: dict[str, int], wanted: Filters) -> tuple[str, list[Choice]]:
    """Return the links by how long something has waited."""
    words = {"": _("all"), "1": _("late: over 24 hours"), "3": _("over 72 hours")}
    found = [
        Choice(text, replace(wanted, nach="", seit=word).query(), by_age[word], wanted.seit == word)
        for word, text in words.items()
    ]
    return _("Waits"), found
