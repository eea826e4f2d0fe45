"""The page on which everything is found, and what is offered while somebody types."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import Resolver404, resolve
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from search.address import FACET_NAMES, SORTS, Address, Senseless, read
from search.completing import complete
from search.editors.poor import note as note_poor
from search.nearest import nearest
from search.queries import search
from search.types import Choice, Page
from theme import errors

FOLLOW = "/suche/merken/"


@require_safe
def search_page(request: HttpRequest) -> HttpResponse:
    """Show what a text finds; the address says everything, and every choice on the page is a link."""
    try:
        address = read(request.GET)
    except Senseless:
        why = _("Something in the address is not as it should be. Please search once more.")
        return errors.page(request, 400, title=_("We cannot search like this"), text=why)
    answer = search(
        request.user, address.text, filters=address.filters, sort=address.order, page=address.page, exact=address.exact
    )
    if address.page > answer.last:
        return errors.page(request, 404)
    if not address.filters:
        note_poor(request, answer)
    context = {"header_query": address.text, "answer": answer, **choices(address, answer)}
    if not (answer.hits or answer.similar_hits):
        context["nearest"] = [(near.word, address.but(text=near.text).url()) for near in nearest(request.user, answer)]
    return render(request, "search/page.html", context)


@require_safe
def suggestions(request: HttpRequest) -> HttpResponse:
    """Return as JSON what begins like the words typed so far: titles, topics, places, tags; never more than eight."""
    found = complete(request.user, request.GET.get("q", ""))
    answer = JsonResponse(
        {"suggestions": [{"text": one.title, "kind": one.label, "icon": one.icon, "url": one.url} for one in found]}
    )
    answer["Cache-Control"] = "private, max-age=20"
    return answer


@dataclass(frozen=True)
class Link:
    """A choice on the page: what it says, how many hits it leaves, where it leads, whether it is chosen, its name for scripts."""

    label: str
    count: int
    url: str
    chosen: bool
    key: str
    at_least: bool = False


def choices(address: Address, answer: Page) -> dict[str, Any]:
    """Return the links of the page: tabs, facets, orders, pages, and the question without corrections."""
    orders = {"passend": _("Best match"), "neu": _("Newest first")}
    first = (answer.number - 1) * answer.size
    groups = list(_groups(address, answer))
    return {
        "address": address,
        "tabs": _tabs(address, answer),
        "groups": groups,
        "chosen": [link for _title, links in groups for link in links if link.chosen],
        "orders": [(orders[name], address.but(sort=name).url(), name == address.sort, name) for name in SORTS],
        "first": first + 1,
        "until": first + len(answer.hits),
        "exact_url": address.but(exact=True).url(),
        "all_url": Address(address.text, exact=address.exact).url(),
        "is_narrowed": bool(address.facets or address.kinds),
        "wider": _wider(address, answer),
        "follow_url": f"{FOLLOW}{address.but().url()}" if can_follow() else "",
        "previous_url": address.but(page=answer.number - 1).url() if answer.number > 1 else "",
        "next_url": address.but(page=answer.number + 1).url() if answer.number < answer.last else "",
    }


@lru_cache(maxsize=1)
def can_follow() -> bool:
    """Tell whether searches can be kept here."""
    try:
        resolve(FOLLOW)
    except Resolver404:
        return False
    return True


def _tabs(address: Address, answer: Page) -> list[Link]:
    """Return the tabs; kinds without hits have none unless chosen."""
    kinds = answer.facets.get("kind", [])
    everything, rough = sum(kind.count for kind in kinds), any(kind.at_least for kind in kinds)
    return [
        Link(_("All"), everything, address.but(kinds=()).url(), not address.kinds, "art:", rough),
        *(
            Link(one.label, one.count, address.but(kinds=(one.value,)).url(), one.chosen, f"art:{one.value}", rough)
            for one in kinds
        ),
    ]


def facet_titles() -> dict[str, str]:
    """Return the headings of the facets, in their order, by their names in the address."""
    return {
        "thema": _("Topic"),
        "stadtteil": _("District"),
        "status": _("Status"),
        "jahr": _("Year"),
        "kampagne": _("Campaign"),
        "art": _("Kind"),
    }


def _groups(address: Address, answer: Page) -> list[tuple[str, list[Link]]]:
    """Return title and choices of each facet that has something to choose from."""
    found = []
    for name, title in facet_titles().items():
        offered = answer.facets.get(FACET_NAMES.get(name, "kind"), [])
        if len(offered) > 1 or any(choice.chosen for choice in offered):
            found.append((title, [_link(address, name, choice) for choice in offered]))
    return found


def _link(address: Address, name: str, choice: Choice) -> Link:
    key = f"{name}:{choice.value}"
    return Link(choice.label, choice.count, address.toggled(name, choice).url(), choice.chosen, key, choice.at_least)


def _wider(address: Address, answer: Page) -> list[Link]:
    """Return, for a search that finds nothing, which single choice stands in the way, and how much there is without it."""
    if answer.hits:
        return []
    names = {column: name for name, column in FACET_NAMES.items()} | {"kind": "art"}
    titles = facet_titles()
    return [
        Link(titles[names[facet]], count, address.without(names[facet]).url(), chosen=False, key=f"ohne:{names[facet]}")
        for facet, count in answer.without.items()
        if count
    ]
