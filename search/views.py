"""The page on which everything is found."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from search.address import FACET_NAMES, SORTS, Address, Senseless, read
from search.queries import search
from search.types import Page
from theme import errors


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
    return render(
        request, "search/page.html", {"header_query": address.text, "answer": answer, **choices(address, answer)}
    )


def choices(address: Address, answer: Page) -> dict[str, Any]:
    """Return the links of the page: tabs, facets, orders, pages, and the question without corrections."""
    orders = {"passend": _("Best match"), "neu": _("Newest first")}
    first = (answer.number - 1) * answer.size
    return {
        "address": address,
        "tabs": list(_tabs(address, answer)),
        "groups": list(_groups(address, answer)),
        "orders": [(orders[name], address.but(sort=name).url(), name == address.sort) for name in SORTS],
        "first": first + 1,
        "until": first + len(answer.hits),
        "exact_url": address.but(exact=True).url(),
        "all_url": Address(address.text, exact=address.exact).url(),
        "is_narrowed": bool(address.facets or address.kind),
        "previous_url": address.but(page=answer.number - 1).url() if answer.number > 1 else "",
        "next_url": address.but(page=answer.number + 1).url() if answer.number < answer.last else "",
    }


def _tabs(address: Address, answer: Page) -> Iterator[tuple[str, int, str, bool]]:
    """Yield (text, count, link, chosen) of each tab; kinds without hits have none unless chosen."""
    kinds = answer.facets.get("kind", [])
    yield _("All"), sum(kind.count for kind in kinds), address.but(kind="").url(), not address.kind
    for kind in kinds:
        yield kind.label, kind.count, address.but(kind=kind.value).url(), kind.chosen


def _groups(address: Address, answer: Page) -> Iterator[tuple[str, list[tuple[str, int, str, bool]]]]:
    """Yield (title, choices) of each facet that has something to choose from."""
    titles = {"stadtteil": _("District"), "thema": _("Topic"), "kampagne": _("Campaign")}
    for name, title in titles.items():
        offered = answer.facets.get(FACET_NAMES[name], [])
        if len(offered) > 1 or any(choice.chosen for choice in offered):
            yield (
                title,
                [
                    (choice.label, choice.count, address.toggled(name, choice).url(), choice.chosen)
                    for choice in offered
                ],
            )
