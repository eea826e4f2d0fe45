"""The published ends of the record."""

from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet

from moderation.models import Anchor

MOST_AT_ONCE = 1000


def anchors() -> QuerySet[Anchor]:
    """Return all anchors, newest first."""
    return Anchor.objects.order_by("-sequence")


def statement_of(rows: Iterable[Anchor]) -> dict[str, Any]:
    """Return anchors as plain data; times are ISO 8601 in UTC."""
    names = ("sequence", "hash", "count", "changes")
    return {
        "method": "SHA-256",
        "anchors": [
            {**{name: getattr(row, name) for name in names}, "taken_at": row.taken_at.isoformat()} for row in rows
        ],
    }
