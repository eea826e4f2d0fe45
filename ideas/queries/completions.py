"""Topics, districts and tags that are offered while somebody types a search; only those that a public idea has."""

from collections.abc import Sequence
from urllib.parse import urlencode

from django.contrib.auth.models import AnonymousUser
from django.contrib.contenttypes.models import ContentType
from django.core.cache import cache
from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils.translation import gettext as _
from taggit.models import Tag, TaggedItem

from ideas.models import District, Idea, Topic
from ideas.models.idea import IdeaQuerySet
from search.completing import begins
from search.registry import Name

_KEY, _SECONDS = "search:names", 60
_MODELS = {"thema": Topic, "stadtteil": District, "schlagwort": Tag}
_ICONS = {"thema": "list", "stadtteil": "pin", "schlagwort": "tag"}


def names_beginning(words: Sequence[str], limit: int) -> list[Name]:
    """Return the names that begin with these folded words: topics first, then districts, then tags.

    The list of all names may be a minute old; whether something public has one is asked each time.
    """
    fitting = [row for row in _known() if begins(row[3], words)][: limit * 3]
    shown = {(facet, pk) for facet in _MODELS for pk in _used(facet, [row[1] for row in fitting if row[0] == facet])}
    labels = {"thema": _("Topic"), "stadtteil": _("District"), "schlagwort": _("Tag")}
    found = [row for row in fitting if (row[0], row[1]) in shown][:limit]
    return [
        Name(name, f"{reverse('ideas:ideas')}?{urlencode({facet: slug})}", labels[facet], _ICONS[facet])
        for facet, _pk, slug, name in found
    ]


def _known() -> list[tuple[str, int, str, str]]:
    """Return (facet, key, slug, name) of everything that can be named."""
    known = cache.get(_KEY)
    if known is None:
        known = [
            (facet, *row)
            for facet, model in _MODELS.items()
            for row in model._default_manager.values_list("pk", "slug", "name")
        ]
        cache.set(_KEY, known, _SECONDS)
    return list(known)


def _used(facet: str, keys: list[int]) -> set[int]:
    """Return those of the keys that a public idea has."""
    if not keys:
        return set()
    found = _MODELS[facet]._default_manager.filter(Exists(_public(facet)), pk__in=keys)
    return set(found.values_list("pk", flat=True))


def _public(facet: str) -> IdeaQuerySet:
    ideas = Idea.objects.visible_to(AnonymousUser()).filter(state=Idea.State.PUBLIC)
    if facet == "schlagwort":
        kind = ContentType.objects.get_for_model(Idea)
        tagged = TaggedItem.objects.filter(content_type=kind, tag=OuterRef(OuterRef("pk")), object_id=OuterRef("pk"))
        return ideas.filter(Exists(tagged))
    return ideas.filter(**{"topic" if facet == "thema" else "district": OuterRef("pk")})
