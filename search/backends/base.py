"""What a backend can do. It returns kinds and ids only; what is shown comes from the objects themselves."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Protocol

from django.conf import settings
from django.db import connection
from django.utils import timezone

from search.types import Ask, Counts, Found, Node, Scope

# Of titles that begin like two or three typed letters there may be very many: the newest of them are looked at.
LOOKED_AT = 1_000
Filters = Mapping[str, frozenset[str]]


class Unavailable(Exception):
    """The backend cannot answer just now; ``is_new`` is false while it is not even asked."""

    def __init__(self, reason: str, *, is_new: bool = True) -> None:
        super().__init__(reason)
        self.is_new = is_new


class Backend(Protocol):
    """One way of asking the index."""

    name: str

    def counts(self, node: Node, scope: Scope, filters: Filters | None = None, limit: int = 0) -> Counts:
        """Return how many visible documents match, by the values of all facets (in the order of ``FACETS``).

        With a limit only so many of them are looked at, whichever come first.
        """
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


COLUMNS = ("kind", "campaign", "category", "district", "status")


def year() -> str:
    """Return the SQL of the year in which a document appeared, by the clock of the town; nothing when it has no date.

    Whether a moment belongs to the old year or the new is decided by the hours of winter, in summer they do not matter.
    """
    if connection.vendor == "postgresql":
        return f"coalesce(to_char(d.published_at AT TIME ZONE '{settings.TIME_ZONE}', 'YYYY'), '')"
    ahead = datetime(2026, 1, 1, tzinfo=timezone.get_default_timezone()).utcoffset()
    minutes = int(ahead.total_seconds() // 60) if ahead else 0
    return f"coalesce(strftime('%%Y', d.published_at, '{minutes:+d} minutes'), '')"


def cube() -> str:
    """Return the SQL of all facets, in their order."""
    return ", ".join([*(f"d.{column}" for column in COLUMNS), f"{year()} AS year"])


def at_most(limit: int) -> str:
    """Return the SQL by which at most so many rows are looked at; all without a limit."""
    return f"LIMIT {int(limit)}" if limit else ""


def conditions(scope: Scope, filters: Filters) -> tuple[str, list[str]]:
    """Return the SQL and its parameters for visibility, scope and filters; ``d`` is the document.

    Names of columns come from our own code; everything a person typed is a parameter.
    """
    sql, params = ["d.visible"], []
    sets = {"kind": [scope.kinds], "campaign": [] if scope.campaigns is None else [scope.campaigns]}
    for column, chosen in filters.items():
        sets.setdefault(column, []).append(chosen)
    for column in (*COLUMNS, "year"):
        for values in sets.get(column, []):
            marks = ", ".join(["%s"] * len(values))
            name = year() if column == "year" else f"d.{column}"
            sql.append(f"{name} IN ({marks})" if values else "1 = 0")
            params.extend(sorted(values))
    return " AND ".join(sql), params
