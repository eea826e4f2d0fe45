"""Decisions that count: not those taken back within the minutes in which nobody was told yet, nor the entries that take back."""

from django.db.models import QuerySet

from moderation.models import BulkItem, Decision


def standing(rows: "QuerySet[Decision] | None" = None) -> "QuerySet[Decision]":
    """Return the decisions (among ``rows``, or all) that count in figures, reports and what is concluded from them."""
    back = BulkItem.objects.filter(undo__isnull=False, decision__isnull=False).values("decision")
    found = Decision.objects.all() if rows is None else rows
    return found.exclude(decision=Decision.Kind.UNDO).exclude(pk__in=back)
