"""The words of a saved search as something that can be asked of one text, without the index: as lists, for the database.

The same question as the strict step of the search page: every word as itself, as its correction, or with the parts of a
compound close together. ``"tok"`` is a word; the others are ``["near" | "row" | "all" | "any" | "but", …]``.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from search.models import SearchDocument
from search.query import parse, strict
from search.types import All, AnyOf, Near, Node, Phrase, Without, Word

WINDOW = 5  # the same as NEAR(…, 4) of the backends: so far the first and the last word may be apart
Condition = Any  # str | list["Condition"]


def condition_of(text: str, *, exact: bool = False) -> Condition | None:
    """Return what a text asks for; None when it has no word that means something."""
    query = parse(text, exact=exact)
    return as_lists(strict(query)[0]) if query else None


def as_lists(node: Node) -> Condition:
    """Return a condition as plain lists."""
    match node:
        case Word(token):
            return token
        case Near(tokens):
            return ["near", *dict.fromkeys(tokens)]
        case Phrase(tokens):
            return ["row", *tokens]
        case All(nodes) | AnyOf(nodes) if len(nodes) == 1:
            return as_lists(nodes[0])
        case All(nodes):
            return ["all", *map(as_lists, nodes)]
        case AnyOf(nodes):
            return ["any", *map(as_lists, nodes)]
        case Without(inner, excluded):
            return ["but", as_lists(inner), *map(as_lists, excluded)]
    raise TypeError(node)


@dataclass(frozen=True)
class Text:
    """The tokens of one document."""

    title: tuple[str, ...]
    body: tuple[str, ...]
    others: frozenset[str]

    @classmethod
    def of(cls, row: SearchDocument) -> "Text":
        """Return the text of a row of the index."""
        parts = frozenset((*row.title_parts.split(), *row.body_parts.split()))
        return cls(tuple(row.title_terms.split()), tuple(row.body_terms.split()), parts)

    @cached_property
    def tokens(self) -> frozenset[str]:
        """All tokens, those of parts of compounds too."""
        return self.others | frozenset(self.title) | frozenset(self.body)

    @cached_property
    def places(self) -> tuple[dict[str, list[int]], ...]:
        """Where each token stands, in the title and in the running text."""
        return tuple(_places(column) for column in (self.title, self.body))


def _places(column: tuple[str, ...]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for place, token in enumerate(column):
        found.setdefault(token, []).append(place)
    return found


def fits(text: Text, condition: Condition) -> bool:
    """Tell whether a text has what a condition asks for."""
    if isinstance(condition, str):
        return condition in text.tokens
    kind, *inner = condition
    if kind == "all":
        return all(fits(text, one) for one in inner)
    if kind == "any":
        return any(fits(text, one) for one in inner)
    if kind == "but":
        return fits(text, inner[0]) and not any(fits(text, one) for one in inner[1:])
    return any(_together(places, inner, in_order=kind == "row") for places in text.places)


def _together(places: Mapping[str, list[int]], tokens: list[str], *, in_order: bool) -> bool:
    """Tell whether tokens stand together: one after the other, or close in any order."""
    if any(token not in places for token in tokens):
        return False
    if in_order:
        rest = [set(places[token]) for token in tokens[1:]]
        return any(all(first + gap in there for gap, there in enumerate(rest, 1)) for first in places[tokens[0]])
    return _is_close(sorted((place, token) for token in tokens for place in places[token]), len(tokens))


def _is_close(stands: list[tuple[int, str]], wanted: int) -> bool:
    """Tell whether some stretch of the text has all tokens: a window that moves on once through their places."""
    begin, inside = 0, dict[str, int]()
    for place, token in stands:
        inside[token] = inside.get(token, 0) + 1
        while place - stands[begin][0] > WINDOW:
            inside[stands[begin][1]] -= 1
            begin += 1
        if sum(count > 0 for count in inside.values()) == wanted:
            return True
    return False


def all_tokens(condition: Condition) -> Iterator[str]:
    """Yield every token of a condition that a text may have to have."""
    if isinstance(condition, str):
        yield condition
        return
    kind, *inner = condition
    for one in inner[:1] if kind == "but" else inner:
        yield from all_tokens(one)


def anchors_of(condition: Condition, rarity: Mapping[str, int]) -> frozenset[str]:
    """Return the rarest tokens of which every fitting text has at least one."""
    return _anchors(condition, rarity)[1]


def _anchors(condition: Condition, rarity: Mapping[str, int]) -> tuple[int, frozenset[str]]:
    """Return the same with how many texts have them; of two equally rare the longer word is the rarer one in the end."""
    if isinstance(condition, str):
        return rarity.get(condition, 0) * 100 + max(0, 60 - len(condition)), frozenset({condition})
    kind, *inner = condition
    if kind == "but":
        return _anchors(inner[0], rarity)
    found = [_anchors(one, rarity) for one in inner]
    if kind == "any":
        return sum(cost for cost, _tokens in found), frozenset[str]().union(*(tokens for _cost, tokens in found))
    return min(found, key=lambda one: (one[0], sorted(one[1])))
