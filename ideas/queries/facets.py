"""By what a list can be narrowed; every choice is a link that says how many ideas it would leave."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from common.errors import Refused
from ideas.models import Campaign
from ideas.models.idea import IdeaQuerySet
from ideas.queries.looks import SLUG_STATUS, status_labels
from ideas.queries.numbers import COUNTED, Numbers, by_tally, one_by_one
from ideas.queries.scope import Scope, scope_of
from ideas.queries.tagged import chosen_tags, tag_numbers, tagged_keys, tagged_with
from ideas.queries.tally import stamp
from ideas.queries.terms import Known
from ideas.queries.words import MOST, found_by_words

if TYPE_CHECKING:
    from ideas.queries.listing import Wish

# Name in the address → column of the idea.
FACETS = {
    "kampagne": "campaign_id",
    "thema": "topic_id",
    "ziel": "goal_id",
    "stadtteil": "district_id",
    "status": "progress",
    "schlagwort": "",
}
"""Name in the address → value of the column, and words."""


@dataclass(frozen=True)
class Facet:
    """One group of choices."""

    name: str
    label: str
    column: str
    options: list[dict[str, Any]]
    values: list[Any]
    # Own statuses: which of them an idea without one counts for, by its progress.
    stands_for: Mapping[str, int] = field(default_factory=dict)

    @property
    def active(self) -> list[dict[str, Any]]:
        return [option for option in self.options if option["active"]]

    @property
    def condition(self) -> Q:
        """Return what an idea must meet: one of the chosen values."""
        if self.name == "schlagwort":
            return Q(pk__in=tagged_with(self.values))
        found = Q(**{f"{self.column}__in": self.values})
        if without := [progress for progress, status in self.stands_for.items() if status in self.values]:
            found |= Q(status_id__isnull=True, progress__in=without)
        return found


@dataclass(frozen=True)
class Narrowing:
    """The facets of a list, and the numbers that go with what was chosen."""

    facets: list[Facet]
    numbers: Numbers
    scope: Scope


def facets_for(wish: "Wish", path: str, campaign: Campaign | None = None) -> list[Facet]:
    """Return all facets with their links; raises ``Refused`` (400) for a value that does not exist."""
    return narrow(wish, path, scope_of(campaign)).facets


def narrow(wish: "Wish", path: str, scope: Scope) -> Narrowing:
    """Return the facets of a list with the number of ideas that each choice would leave."""
    known: dict[str, Known] = {"kampagne": scope.known, **scope.terms, "status": statuses_of(scope)}
    own = scope.stands_for if scope.has_own_statuses else None
    known["schlagwort"] = chosen_tags(wish.chosen.get("schlagwort", ()))
    facets = [_facet(name, known[name], wish, path, own) for name in FACETS if name != "kampagne" or not scope.campaign]
    if scope.campaign and wish.chosen.get("kampagne", (scope.campaign.slug,)) != (scope.campaign.slug,):
        raise unknown_value("kampagne")
    if wish.words:
        facets.append(_words(wish, path, scope))
    mark = stamp(scope.campaign)
    numbers = numbers_of(wish, scope, facets, own, mark)
    for facet in facets:
        for option in facet.options:
            option["count"] = numbers.by.get(facet.name, {}).get(option["value"], 0)
            option["at_least"] = numbers.is_bound
    _add_tags(facets, wish, path, scope, mark)
    return Narrowing(facets, numbers, scope)


def numbers_of(wish: "Wish", scope: Scope, facets: list[Facet], own: Mapping[str, int] | None, mark: int) -> Numbers:
    """Return the numbers from the tally; with words or tags from the ideas that have them."""
    picks = {facet.name: frozenset(facet.values) for facet in facets if facet.values and facet.name in COUNTED}
    narrowing = [facet for facet in facets if facet.name not in COUNTED and (facet.values or facet.name == "q")]
    if not narrowing:
        return by_tally(scope.ids, picks, own, mark)
    words = next((facet.values for facet in narrowing if facet.name == "q"), None)
    keys = tagged_keys(narrowing[0].values) if words is None else words
    ideas = scope.ideas().filter(pk__in=keys)
    return one_by_one(
        ideas if words is None else filtered(ideas, wish, narrowing), picks, own, is_part=len(keys) >= MOST
    )


def filtered(ideas: IdeaQuerySet, wish: "Wish", facets: list[Facet]) -> IdeaQuerySet:
    """Return the ideas that fit: alternatives within a facet, all facets together."""
    for facet in facets:
        if facet.values or facet.name == "q":
            ideas = ideas.filter(facet.condition)
    return ideas


def statuses_of(scope: Scope) -> Known:
    """Return a campaign's own statuses, else those that all share."""
    if scope.has_own_statuses:
        return {status.slug: (status.pk, status.name) for status in scope.statuses}
    return {slug: (progress, status_labels()[slug]) for slug, progress in SLUG_STATUS.items()}


def label_of(name: str) -> str:
    """Return the heading of a facet."""
    labels = {
        "kampagne": _("Campaign"),
        "thema": _("Topic"),
        "stadtteil": _("District"),
        "ziel": _("Goal"),
        "status": pgettext("of an idea", "Status"),
        "schlagwort": _("Tag"),
    }
    return labels[name]


def unknown_value(name: str) -> Refused:
    """Return what is raised for a value that no list knows."""
    message = _("The list does not know this value of “%(name)s”.") % {"name": name}
    return Refused(message, code="unknown_value", status=400)


def _facet(name: str, known: Known, wish: "Wish", path: str, own: Mapping[str, int] | None) -> Facet:
    chosen = wish.chosen.get(name, ())
    if any(value not in known for value in chosen):
        raise unknown_value(name)
    options = [option(name, slug, value, words, wish, path) for slug, (value, words) in known.items()]
    column = "status_id" if name == "status" and own is not None else FACETS[name]
    values = [known[slug][0] for slug in chosen]
    return Facet(name, label_of(name), column, options, values, own or {} if name == "status" else {})


def option(name: str, slug: str, value: Any, words: str, wish: "Wish", path: str) -> dict[str, Any]:
    """Return one choice: its link adds it to what is chosen, or takes it away again."""
    chosen = wish.chosen.get(name, ())
    active = slug in chosen
    rest = tuple(other for other in chosen if other != slug) if active else (*chosen, slug)
    url = wish.url(path, {name: rest})
    return {"key": f"{name}:{slug}", "slug": slug, "value": value, "label": words, "active": active, "url": url}


def _words(wish: "Wish", path: str, scope: Scope) -> Facet:
    """Return the words as something that can be taken away like any choice."""
    label = _("“%(words)s”") % {"words": wish.words}
    chosen = {
        "key": "q",
        "slug": wish.words,
        "value": "",
        "label": label,
        "active": True,
        "url": wish.url(path, words=""),
    }
    return Facet("q", "", "pk", [chosen], found_by_words(wish.words, scope))


def _add_tags(facets: list[Facet], wish: "Wish", path: str, scope: Scope, mark: int) -> None:
    """Let the facet of tags offer those that most of the fitting ideas have."""
    facet = next(facet for facet in facets if facet.name == "schlagwort")
    others = wish.without("schlagwort")
    ideas = filtered(scope.ideas(), others, [other for other in facets if other is not facet])
    key = None if wish.words else (mark, scope.ids, sorted(others.chosen.items()))
    found, is_part = tag_numbers(ideas, [entry["value"] for entry in facet.options], key)
    for entry in facet.options:
        entry["count"], entry["at_least"] = found.pop(entry["slug"], (0, 0, ""))[1], is_part
    for slug, (pk, number, words) in found.items():
        facet.options.append(option("schlagwort", slug, pk, words, wish, path) | {"count": number, "at_least": is_part})
