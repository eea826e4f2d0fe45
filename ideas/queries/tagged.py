"""Tags as a facet: those that were chosen, and those that most of the fitting ideas have."""

from collections.abc import Iterable
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Count, Q, QuerySet
from taggit.models import Tag, TaggedItem

from ideas.models import Idea
from ideas.models.idea import IdeaQuerySet
from ideas.queries import tally

OFFERED = 10
# Of so many ideas tags are counted; no tally tells their number.
COUNTED = 1000
KEPT_SECONDS = 60
Counts = dict[str, tuple[int, int, str]]
"""Slug → key, number of ideas, name."""


def chosen_tags(slugs: Iterable[str]) -> dict[str, tuple[Any, str]]:
    """Return the chosen tags that exist."""
    wanted = [slug for slug in slugs if slug.isprintable() and len(slug) <= 100]
    if not wanted:
        return {}
    found = {
        slug: (pk, name) for pk, slug, name in Tag.objects.filter(slug__in=wanted).values_list("pk", "slug", "name")
    }
    return {slug: found[slug] for slug in wanted if slug in found}


def tagged_with(tags: Iterable[int]) -> QuerySet[TaggedItem, int]:
    """Return the keys of the ideas that have one of these tags."""
    kind = ContentType.objects.get_for_model(Idea)
    return TaggedItem.objects.filter(content_type=kind, tag__in=list(tags)).values_list("object_id", flat=True)


def tagged_keys(tags: Iterable[int]) -> list[int]:
    """Return the keys of up to a thousand ideas that have one of these tags."""
    return list(tagged_with(tags)[:COUNTED])


def tag_numbers(ideas: IdeaQuerySet, chosen: Iterable[int], key: tuple[Any, ...] | None) -> tuple[Counts, bool]:
    """Return the most frequent tags of these ideas and the chosen ones, and whether only a part of the ideas was counted."""
    name, kept = tally.remembered(("tags", key, sorted(chosen))) if key else ("", None)
    if kept is not None:
        return kept  # type: ignore[return-value]
    some = list(ideas.order_by().values_list("pk", flat=True)[: COUNTED + 1])
    kind = ContentType.objects.get_for_model(Idea)
    rows = TaggedItem.objects.filter(content_type=kind, object_id__in=some[:COUNTED]).order_by()
    numbers = rows.values_list("tag_id").annotate(number=Count("pk")).order_by("-number", "tag_id")
    most = dict(numbers[:OFFERED])
    if missing := set(chosen) - most.keys():
        most |= dict(numbers.filter(tag__in=missing))
    names = Tag.objects.filter(Q(pk__in=most)).values_list("pk", "slug", "name") if most else []
    found = {slug: (pk, most[pk], words) for pk, slug, words in names}
    ordered = dict(sorted(found.items(), key=lambda entry: (-entry[1][1], entry[1][2])))
    if name:
        tally.remember(name, (ordered, len(some) > COUNTED), KEPT_SECONDS)
    return ordered, len(some) > COUNTED
