"""A page of a list of ideas: what was asked for, what is shown, and where the links lead."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from django.contrib.contenttypes.models import ContentType
from django.db.models import Q
from django.utils import timezone
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from taggit.models import TaggedItem

from common.errors import Refused
from ideas.models import Campaign, Idea
from ideas.models.idea import IdeaQuerySet
from ideas.queries.cards import card, for_cards
from ideas.queries.cursor import seal, unseal
from ideas.queries.facets import FACETS, Facet, facets_for
from ideas.queries.orders import DEFAULT_ORDER, ORDERS, TELLING
from ideas.rules import counts_shown

PAGE_SIZE = 20
COUNT_UP_TO = 1000
MOST_VALUES = 20
Params = Mapping[str, Sequence[str]]


@dataclass(frozen=True)
class Wish:
    """What somebody asks of a list; made by ``read_wish`` from the address."""

    chosen: dict[str, tuple[str, ...]] = field(default_factory=dict)
    sort: str = DEFAULT_ORDER
    place: dict[str, Any] | None = None

    def url(
        self, path: str, changed: Mapping[str, tuple[str, ...]] | None = None, *, sort: str = "", nach: str = ""
    ) -> str:
        """Return the address of the list with changed choices, from its beginning."""
        chosen, sort = {**self.chosen, **(changed or {})}, sort or self.sort
        pairs = [(name, value) for name, values in chosen.items() for value in values]
        pairs += [("sort", sort)] if sort != DEFAULT_ORDER else []
        pairs += [("nach", nach)] if nach else []
        return f"{path}?{urlencode(pairs)}" if pairs else path


@dataclass(frozen=True)
class Listing:
    """One page of ideas with everything around it."""

    cards: list[dict[str, object]]
    facets: list[Facet]
    orders: list[dict[str, Any]]
    sentence: str
    active: list[dict[str, str]]
    clear_url: str
    first_url: str
    next_url: str
    total: int
    total_is_bound: bool
    is_filtered: bool

    @property
    def count_text(self) -> str:
        """Return how many ideas there are, in words."""
        number = number_format(self.total, force_grouping=True)
        if self.total_is_bound:
            return _("More than %(number)s ideas") % {"number": number}
        if self.is_filtered:
            return ngettext("%(number)s idea fits", "%(number)s ideas fit", self.total) % {"number": number}
        return ngettext("%(number)s idea", "%(number)s ideas", self.total) % {"number": number}


def read_wish(params: Params) -> Wish:
    """Return the wish in an address; raises ``Refused`` (400) for values that no list knows."""
    chosen = {}
    for name in FACETS:
        values = tuple(dict.fromkeys(value for value in params.get(name, ()) if value))
        if len(values) > MOST_VALUES:
            raise _unknown(name)
        if values:
            chosen[name] = values
    sort = _last(params, "sort") or DEFAULT_ORDER
    if sort not in ORDERS:
        raise _unknown("sort")
    word = _last(params, "nach")
    return Wish(chosen=chosen, sort=sort, place=unseal(word, sort) if word else None)


def listing(wish: Wish, path: str, campaign: Campaign | None = None, size: int = PAGE_SIZE) -> Listing:
    """Return a page of public ideas, of all campaigns or of one."""
    now = timezone.now()
    facets = facets_for(wish, path)
    ideas = filtered(Idea.objects.listed(campaign), wish, facets)
    ideas = _without_hidden_counts(ideas, wish, campaign)
    order = ORDERS[wish.sort]
    rows = order.page(for_cards(ideas), wish.place, size + 1)
    more = order.place(rows[size - 1], wish.place) if len(rows) > size else None
    total = ideas.order_by()[: COUNT_UP_TO + 1].count()
    return Listing(
        cards=[card(idea, now) for idea in rows[:size]],
        facets=facets,
        orders=_order_links(wish, path, campaign),
        sentence=str(order.sentence),
        active=[option for facet in facets for option in facet.active],
        clear_url=wish.url(path, dict.fromkeys(wish.chosen, ())),
        first_url=wish.url(path) if wish.place else "",
        next_url=wish.url(path, nach=seal(more)) if more else "",
        total=min(total, COUNT_UP_TO),
        total_is_bound=total > COUNT_UP_TO,
        is_filtered=bool(wish.chosen),
    )


def filtered(ideas: IdeaQuerySet, wish: Wish, facets: list[Facet]) -> IdeaQuerySet:
    """Return the ideas that fit: alternatives within a facet, all facets together."""
    for facet in facets:
        if facet.values:
            ideas = ideas.filter(**{f"{facet.column}__in": facet.values})
    if tags := wish.chosen.get("schlagwort"):
        tagged = TaggedItem.objects.filter(content_type=ContentType.objects.get_for_model(Idea), tag__slug__in=tags)
        ideas = ideas.filter(pk__in=tagged.values("object_id"))
    return ideas


def _without_hidden_counts(ideas: IdeaQuerySet, wish: Wish, campaign: Campaign | None) -> IdeaQuerySet:
    """Keep an order by numbers from telling numbers that are still hidden."""
    if wish.sort not in TELLING:
        return ideas
    if campaign is not None and not counts_shown(campaign):
        raise _unknown("sort")
    until = "campaign__counts_hidden_until"
    return ideas.filter(Q(**{f"{until}__isnull": True}) | Q(**{f"{until}__lte": timezone.now()}))


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


def _unknown(name: str) -> Refused:
    message = _("The list does not know this value of “%(name)s”.") % {"name": name}
    return Refused(message, code="unknown_value", status=400)
