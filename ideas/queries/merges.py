"""What an idea's trail says about merges that hold."""

from datetime import datetime

from django.db.models import Q
from django.utils.translation import gettext as _

from ideas.models import Idea, Merge

Entry = dict[str, object]


def merge_entries(idea: Idea) -> list[tuple[datetime, Entry]]:
    """Return the entries about what the idea was merged into, and what was merged into it; asks only where there is something."""
    if idea.merged_into_id is None and not idea.merged_count:
        return []
    merges = Merge.objects.filter(Q(source=idea) | Q(target=idea), undone_at=None)
    found = merges.select_related("source", "target").only(
        "created_at", "source__title", "source__slug", "source__state", "target__title", "target__slug", "target__state"
    )
    return [(merge.created_at, _entry(idea, merge)) for merge in found.order_by("pk")]


def _entry(idea: Idea, merge: Merge) -> Entry:
    is_source = merge.source_id == idea.pk
    other = merge.target if is_source else merge.source
    if other.state not in Idea.READABLE:
        return {"verb": _("Merged"), "text": _("with an idea that is not public now."), "by": "town", "icon": "merge"}
    words = _("into “%(title)s”.") if is_source else _("“%(title)s” was merged into this idea.")
    said = {"verb": _("Merged"), "text": words % {"title": other.title}, "by": "town", "icon": "merge"}
    return {**said, "url": other.get_absolute_url()}
