"""How somebody looks at a discussion: its order, and comments of one kind only; all of it stands in the address."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ideas.models import Campaign, Comment
from ideas.models.comment import CommentQuerySet
from ideas.queries.facets import unknown_value
from ideas.rules import counts_shown

OLDEST, NEWEST, BEST = "alt", "neu", "beste"
ORDERS: dict[str, Any] = {OLDEST: _("Oldest"), NEWEST: _("Newest"), BEST: _("Best")}
_FIELDS = {OLDEST: ("pk",), NEWEST: ("-pk",), BEST: ("-rank", "-pk")}
# Words in an address for the kinds of comments.
STANCES = {
    "dafuer": Comment.Stance.PRO,
    "dagegen": Comment.Stance.CONTRA,
    "frage": Comment.Stance.QUESTION,
    "verbesserung": Comment.Stance.IMPROVEMENT,
}


@dataclass(frozen=True)
class View:
    """An order, a kind of comments ("" for all) and the comment a page begins with (None: from the start)."""

    sort: str = OLDEST
    stance: str = ""
    start: Comment | None = None

    def of(self, comments: CommentQuerySet) -> CommentQuerySet:
        """Return the comments of this view, in its order, from its start on."""
        if self.stance:
            comments = comments.filter(stance=STANCES[self.stance])
        return self._from(comments).order_by(*_FIELDS[self.sort])

    def _from(self, comments: CommentQuerySet) -> CommentQuerySet:
        if self.start is None:
            return comments
        pk, rank = self.start.pk, self.start.rank
        if self.sort == OLDEST:
            return comments.filter(pk__gte=pk)
        if self.sort == NEWEST:
            return comments.filter(pk__lte=pk)
        return comments.filter(Q(rank__lt=rank) | Q(rank=rank, pk__lte=pk), rank__lte=rank)

    def query(self, **more: object) -> str:
        """Return the part of an address that says this, without the start; "" for the ordinary view."""
        said: dict[str, object] = {}
        if self.sort != OLDEST:
            said["sort"] = self.sort
        if self.stance:
            said["haltung"] = self.stance
        said |= {name: value for name, value in more.items() if value}
        return f"?{urlencode(said)}" if said else ""


DISCUSSION = View()


def read_view(params: Mapping[str, str], campaign: Campaign) -> View:
    """Return the view in an address; raises ``Refused`` (400) for words that no discussion knows.

    While numbers are hidden there is no order "best": it would tell them.
    """
    sort, stance = params.get("sort") or OLDEST, params.get("haltung") or ""
    if sort not in orders(campaign):
        raise unknown_value("sort")
    if stance and stance not in STANCES:
        raise unknown_value("haltung")
    return View(sort, stance)


def orders(campaign: Campaign) -> dict[str, Any]:
    """Return the orders that this campaign's discussions have now, with their names."""
    return ORDERS if counts_shown(campaign) else {sort: ORDERS[sort] for sort in (OLDEST, NEWEST)}


def order_links(view: View, campaign: Campaign) -> list[dict[str, Any]]:
    """Return a link for each order, with the kind of comments kept."""
    return [
        {"label": label, "url": replace(view, sort=sort, start=None).query(), "active": sort == view.sort}
        for sort, label in orders(campaign).items()
    ]
