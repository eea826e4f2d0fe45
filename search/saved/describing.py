"""A saved search in words: for pages, mails and the suggested name."""

from collections.abc import Iterable
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from search.models import SavedSearch
from search.registry import builders, facet_labels
from search.saved.keeping import Wish

# Names of the index → names in the address of the search page.
IN_ADDRESS = {"kind": "art", "category": "thema", "district": "stadtteil", "campaign": "kampagne", "status": "status"}


def labels_of(facet: str, values: Iterable[str]) -> list[str]:
    """Return the words for values of a facet, in their order."""
    kinds = {builder.kind: str(builder.label_plural) for builder in builders()}
    known = kinds if facet == "kind" else facet_labels(facet, values)
    return [known.get(value, value) for value in values]


def in_metres(radius: int) -> str:
    """Return "500 m" or "2 km"."""
    return f"{radius // 1000} km" if radius >= 1000 else f"{radius} m"


def parts_of(search: SavedSearch | Wish) -> list[tuple[str, str]]:
    """Return what a search asks for, as (what, value)."""
    titles = {
        "kind": _("Kind"), "category": _("Topic"), "district": _("District"), "campaign": _("Campaign"), "status": _("Status"),
    }  # fmt: skip
    parts = [(_("Words"), search.text)] if search.text else []
    parts += [
        (titles[name], ", ".join(labels_of(name, search.filters[name]))) for name in titles if search.filters.get(name)
    ]
    if search.radius:
        around = search.place or _("the chosen point")
        parts.append(
            (_("Nearby"), _("%(radius)s around %(place)s") % {"radius": in_metres(search.radius), "place": around})
        )
    return parts


def suggested_name(wish: Wish) -> str:
    """Return a name made of what is asked for."""
    return ", ".join(value for _what, value in parts_of(wish))[:80]


def search_url(search: SavedSearch) -> str:
    """Return the search page with the same question, newest first; empty where it knows no such question."""
    if not search.text:
        return ""
    pairs: list[tuple[str, Any]] = [("q", search.text)]
    pairs += [
        (IN_ADDRESS[name], value) for name, values in search.filters.items() for value in values if name in IN_ADDRESS
    ]
    pairs += [("genau", "1")] if search.is_exact else []
    return f"{reverse('search')}?{urlencode([*pairs, ('sort', 'neu')])}"
