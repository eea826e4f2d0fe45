"""The address of a search: read strictly, written back with one thing changed."""

import re
from dataclasses import dataclass, field, replace
from urllib.parse import urlencode

from django.http import QueryDict

from search.registry import is_kind
from search.types import MAX_PAGES, Choice, Sort

SORTS: dict[str, Sort] = {"passend": "relevance", "neu": "newest"}
FACET_NAMES = {
    "thema": "category",
    "stadtteil": "district",
    "status": "status",
    "jahr": "year",
    "kampagne": "campaign",
}
_VALUE, _YEAR = re.compile(r"[\w.:-]{1,80}"), re.compile(r"(19|20)[0-9]{2}")
_MAX_VALUES = 20
LONGEST = 200


class Senseless(Exception):
    """An address that no link of ours leads to."""


@dataclass(frozen=True)
class Address:
    """What an address asks for."""

    text: str = ""
    kinds: tuple[str, ...] = ()
    sort: str = "passend"
    page: int = 1
    exact: bool = False
    facets: dict[str, tuple[str, ...]] = field(default_factory=dict)
    is_cut: bool = False  # the text was longer than what is read of it

    @property
    def filters(self) -> dict[str, tuple[str, ...]]:
        """The chosen values, by the names of the index."""
        kinds = {"kind": self.kinds} if self.kinds else {}
        return {FACET_NAMES[name]: values for name, values in self.facets.items()} | kinds

    @property
    def order(self) -> Sort:
        """The chosen order, by the name of the index."""
        return SORTS[self.sort]

    def url(self) -> str:
        """Return the address as a link on the page."""
        pairs: list[tuple[str, str]] = [("q", self.text)]
        pairs += [("art", kind) for kind in self.kinds]
        pairs += [(name, value) for name, values in self.facets.items() for value in values]
        pairs += [("sort", self.sort)] if self.sort != "passend" else []
        pairs += [("genau", "1")] if self.exact else []
        pairs += [("seite", str(self.page))] if self.page > 1 else []
        return "?" + urlencode(pairs)

    def but(self, **changes: object) -> "Address":
        """Return the same address with something changed, from its first page."""
        return replace(self, **{"page": 1, **changes})  # type: ignore[arg-type]

    def without(self, name: str) -> "Address":
        """Return the same address without what was chosen of a facet (its name in the address)."""
        if name == "art":
            return self.but(kinds=())
        return self.but(facets={facet: values for facet, values in self.facets.items() if facet != name})

    def toggled(self, name: str, choice: Choice) -> "Address":
        """Return the same address with one value of a facet added, or taken away when it was chosen."""
        old = self.kinds if name == "art" else self.facets.get(name, ())
        new = tuple(value for value in old if value != choice.value) if choice.chosen else (*old, choice.value)
        if name == "art":
            return self.but(kinds=new)
        return self.but(facets={facet: values for facet, values in {**self.facets, name: new}.items() if values})


def read(data: QueryDict) -> Address:
    """Return what an address asks for; raises ``Senseless`` for pages, kinds, orders and values that cannot be."""
    sort, page = data.get("sort", "passend"), data.get("seite", "1")
    kinds = _values("art", data.getlist("art"))
    if not all(map(is_kind, kinds)):
        raise Senseless("art")
    if sort not in SORTS:
        raise Senseless("sort")
    if not re.fullmatch(r"[1-9][0-9]?", page) or int(page) > MAX_PAGES:
        raise Senseless("seite")
    if data.get("genau", "") not in {"", "1"}:
        raise Senseless("genau")
    facets = {name: _values(name, data.getlist(name)) for name in FACET_NAMES if any(data.getlist(name))}
    typed = data.get("q", "")
    text = " ".join(typed[: 10 * LONGEST].replace("\x00", " ").split())
    is_cut = len(text) > LONGEST or len(typed) > 10 * LONGEST
    return Address(text[:LONGEST], kinds, sort, int(page), data.get("genau") == "1", facets, is_cut)


def _values(name: str, values: list[str]) -> tuple[str, ...]:
    chosen = tuple(dict.fromkeys(value for value in values if value))
    shape = _YEAR if name == "jahr" else _VALUE
    if len(chosen) > _MAX_VALUES or not all(shape.fullmatch(value) for value in chosen):
        raise Senseless(name)
    return chosen
