"""A page of a list of ideas: what was asked for, what is shown, and where the links lead."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import urlencode

from django.utils import timezone
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ideas.models import Campaign
from ideas.queries.cards import card, for_cards
from ideas.queries.cursor import seal, unseal
from ideas.queries.facets import FACETS, Facet, facets_for, filtered, narrow, unknown_value
from ideas.queries.orders import DEFAULT_ORDER, ORDERS, TELLING
from ideas.queries.scope import scope_of
from ideas.rules import counts_shown

__all__ = ["Listing", "Wish", "facets_for", "filtered", "listing", "read_wish"]

PAGE_SIZE = 20
MOST_VALUES = 20
MOST_LETTERS = 200
Params = Mapping[str, Sequence[str]]


@dataclass(frozen=True)
class Wish:
    """What somebody asks of a list; made by ``read_wish`` from the address."""

    chosen: dict[str, tuple[str, ...]] = field(default_factory=dict)
    sort: str = DEFAULT_ORDER
    place: dict[str, Any] | None = None
    words: str = ""

    def url(
        self,
        path: str,
        changed: Mapping[str, tuple[str, ...]] | None = None,
        *,
        sort: str = "",
        nach: str = "",
        words: str | None = None,
    ) -> str:
        """Return the address of the list with changed choices, from its beginning."""
        pairs = self.pairs(
            {**self.chosen, **(changed or {})}, self.words if words is None else words, sort or self.sort
        )
        pairs += [("nach", nach)] if nach else []
        return f"{path}?{urlencode(pairs)}" if pairs else path

    @staticmethod
    def pairs(chosen: Mapping[str, tuple[str, ...]], words: str, sort: str) -> list[tuple[str, str]]:
        """Return names and values of an address."""
        found = [("q", words)] if words else []
        found += [(name, value) for name, values in chosen.items() for value in values]
        return found + ([("sort", sort)] if sort != DEFAULT_ORDER else [])

    def without(self, name: str) -> "Wish":
        """Return the wish without the choices of one facet."""
        return replace(self, chosen={facet: values for facet, values in self.chosen.items() if facet != name})


@dataclass(frozen=True)
class Listing:
    """One page of ideas with everything around it."""

    cards: list[dict[str, object]]
    facets: list[Facet]
    orders: list[dict[str, Any]]
    sentence: str
    active: list[dict[str, Any]]
    clear_url: str
    first_url: str
    next_url: str
    total: int
    total_is_bound: bool
    is_filtered: bool
    words: str = ""
    # What a form for words sends along, so that it keeps the choices.
    kept: list[tuple[str, str]] = field(default_factory=list)

    @property
    def count_text(self) -> str:
        """Return how many ideas there are, in words."""
        number = number_format(self.total, force_grouping=True)
        if self.total_is_bound:
            return _("At least %(number)s ideas") % {"number": number}
        if self.is_filtered:
            return ngettext("%(number)s idea fits", "%(number)s ideas fit", self.total) % {"number": number}
        return ngettext("%(number)s idea", "%(number)s ideas", self.total) % {"number": number}


def read_wish(params: Params) -> Wish:
    """Return the wish in an address; raises ``Refused`` (400) for values that no list knows."""
    chosen = {}
    for name in FACETS:
        values = tuple(dict.fromkeys(value for value in params.get(name, ()) if value))
        if len(values) > MOST_VALUES:
            raise unknown_value(name)
        if values:
            chosen[name] = values
    sort = _last(params, "sort") or DEFAULT_ORDER
    if sort not in ORDERS:
        raise unknown_value("sort")
    word = _last(params, "nach")
    words = " ".join(_last(params, "q")[: 4 * MOST_LETTERS].split())[:MOST_LETTERS].strip()
    return Wish(chosen=chosen, sort=sort, place=unseal(word, sort) if word else None, words=words)


def listing(
    wish: Wish, path: str, campaign: Campaign | None = None, size: int = PAGE_SIZE, *, start: int | None = None
) -> Listing:
    """Return a page of public ideas, of all campaigns or of one; ``start`` is where the fair order begins for the visitor."""
    now = timezone.now()
    if wish.sort in TELLING and campaign is not None and not counts_shown(campaign, now):
        raise unknown_value("sort")
    scope = scope_of(campaign)
    found = narrow(wish, path, scope.telling(now) if wish.sort in TELLING else scope)
    order, numbers = ORDERS[wish.sort], found.numbers
    ideas = filtered(for_cards(found.scope.ideas()), wish, found.facets)
    few = numbers.few if wish.chosen or wish.words else None
    rows = []
    if numbers.total or numbers.is_bound:
        rows = order.page(ideas, wish.place, size + 1, few=few, some=numbers.some, start=start)
    more = order.place(rows[size - 1], wish.place, start) if len(rows) > size else None
    nothing = replace(wish, chosen={}, words="")
    return Listing(
        cards=[card(idea, now) for idea in rows[:size]],
        facets=[facet for facet in found.facets if facet.name != "q"],
        orders=_order_links(wish, path, campaign),
        sentence=str(order.sentence),
        active=[option for facet in found.facets for option in facet.active],
        clear_url=nothing.url(path),
        first_url=wish.url(path) if wish.place else "",
        next_url=wish.url(path, nach=seal(more)) if more else "",
        total=max(numbers.total, len(rows)) if numbers.is_bound else numbers.total,
        total_is_bound=numbers.is_bound and bool(rows),
        is_filtered=bool(wish.chosen or wish.words),
        words=wish.words,
        kept=wish.pairs(wish.chosen, "", wish.sort),
    )


def _order_links(wish: Wish, path: str, campaign: Campaign | None) -> list[dict[str, Any]]:
    hidden = TELLING if campaign is not None and not counts_shown(campaign) else ()
    return [
        {"label": order.label, "url": wish.url(path, sort=slug), "active": slug == wish.sort}
        for slug, order in ORDERS.items()
        if slug not in hidden
    ]


def _last(params: Params, name: str) -> str:
    values = params.get(name) or [""]
    return values[-1]
