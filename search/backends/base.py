"""What a backend can do. It returns kinds and ids only; what is shown comes from the objects themselves."""

from collections.abc import Mapping, Sequence
from typing import Protocol

from search.types import Ask, Counts, Found, Node, Scope


class Unavailable(Exception):
    """The backend cannot answer just now; ``is_new`` is false while it is not even asked."""

    def __init__(self, reason: str, *, is_new: bool = True) -> None:
        super().__init__(reason)
        self.is_new = is_new


class Backend(Protocol):
    """One way of asking the index."""

    name: str

    def counts(self, node: Node, scope: Scope) -> Counts:
        """Return how many visible documents match, by kind, campaign, category and district."""
        ...

    def find(self, ask: Ask, scope: Scope) -> list[Found]:
        """Return the matching rows that were asked for, best first."""
        ...

    def titles(self, words: Sequence[str], scope: Scope, limit: int) -> list[Found]:
        """Return rows whose titles have all these folded words, the last one perhaps unfinished."""
        ...

    def candidates(self, terms: Sequence[str], scope: Scope, kind: str, limit: int) -> list[Found]:
        """Return rows of a kind that have at least one of these terms, those with most of the rare ones first."""
        ...


def conditions(scope: Scope, filters: Mapping[str, frozenset[str]]) -> tuple[str, list[str]]:
    """Return the SQL and its parameters for visibility, scope and filters; ``d`` is the document.

    Names of columns come from our own code; everything a person typed is a parameter.
    """
    sql, params = ["d.visible"], []
    sets = {"kind": [scope.kinds], "campaign": [] if scope.campaigns is None else [scope.campaigns]}
    for column, chosen in filters.items():
        sets.setdefault(column, []).append(chosen)
    for column in ("kind", "campaign", "category", "district", "status"):
        for values in sets.get(column, []):
            marks = ", ".join(["%s"] * len(values))
            sql.append(f"d.{column} IN ({marks})" if values else "1 = 0")
            params.extend(sorted(values))
    return " AND ".join(sql), params
