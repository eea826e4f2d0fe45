"""The address of a search: read strictly, written back with one thing changed."""

import re
from dataclasses import dataclass, field, replace
from urllib.parse import urlencode

from django.http import QueryDict

from search.registry import is_kind
from search.types import MAX_PAGES, Choice, Sort

SORTS: dict[str, Sort] = {"passend": "relevance", "neu": "newest"}
FACET_NAMES = {"kampagne": "campaign", "thema": "category", "stadtteil": "district"}
_VALUE = re.compile(r"[\w.:-]{1,80}")
_MAX_VALUES = 20


class Senseless(Exception):
    """An address that no link of ours leads to."""


@dataclass(frozen=True)
class Address:
    """What an address asks for."""

    text: str = ""
    kind: str = ""
    sort: str = "passend"
    page: int = 1
    exact: bool = False
    facets: dict[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def filters(self) -> dict[str, tuple[str, ...]]:
        """The chosen values, by the names of the index."""
        kinds = {"kind": (self.kind,)} if self.kind else {}
        return {FACET_NAMES[name]: values for name, values in self.facets.items()} | kinds

    @property
    def order(self) -> Sort:
        """The chosen order, by the name of the index."""
        return SORTS[self.sort]

    def url(self) -> str:
        """Return the address as a link on the page."""
        pairs: list[tuple[str, str]] = [("q", self.text)]
        pairs += [("art", self.kind)] if self.kind else []
        pairs += [(name, value) for name, values in self.facets.items() for value in values]
        pairs += [("sort", self.sort)] if self.sort != "passend" else []
        pairs += [("genau", "1")] if self.exact else []
        pairs += [("seite", str(self.page))] if self.page > 1 else []
        return "?" + urlencode(pairs)

    def but(self, **changes: object) -> "Address":
        """Return the same address with something changed, from its first page."""
        return replace(self, **{"page": 1, **changes})  # type: ignore[arg-type]

    def toggled(self, name: str, choice: Choice) -> "Address":
        """Return the same address with one value of a facet added, or taken away when it was chosen."""
        old = self.facets.get(name, ())
        new = tuple(value for value in old if value != choice.value) if choice.chosen else (*old, choice.value)
        return self.but(facets={facet: values for facet, values in {**self.facets, name: new}.items() if values})


def read(data: QueryDict) -> Address:
    """Return what an address asks for; raises ``Senseless`` for pages, kinds, orders and values that cannot be."""
    kind, sort, page = data.get("art", ""), data.get("sort", "passend"), data.get("seite", "1")
    if kind and not is_kind(kind):
        raise Senseless("art")
    if sort not in SORTS:
        raise Senseless("sort")
    if not re.fullmatch(r"[1-9][0-9]?", page) or int(page) > MAX_PAGES:
        raise Senseless("seite")
    if data.get("genau", "") not in {"", "1"}:
        raise Senseless("genau")
    facets = {name: _values(name, data.getlist(name)) for name in FACET_NAMES if any(data.getlist(name))}
    text = " ".join(data.get("q", "")[:2_000].replace("\x00", " ").split())[:200]
    return Address(text, kind, sort, int(page), data.get("genau") == "1", facets)


def _values(name: str, values: list[str]) -> tuple[str, ...]:
    chosen = tuple(dict.fromkeys(value for value in values if value))
    if len(chosen) > _MAX_VALUES or not all(_VALUE.fullmatch(value) for value in chosen):
        raise Senseless(name)
    return chosen
