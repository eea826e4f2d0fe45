"""One idea with what its page shows, in few statements."""

from typing import TYPE_CHECKING

from django.contrib.auth.models import AnonymousUser
from django.core.cache import caches
from django.db.models import Prefetch

from ideas.models import Idea, IdeaVersion, OfficialAnswer, Phase, VersionPicture
from ideas.models.idea import IdeaQuerySet
from ideas.queries.cards import card, for_cards
from search.queries import similar

if TYPE_CHECKING:
    from accounts.models import User

SIMILAR, SIMILAR_SECONDS = 3, 600
JOINS = ("campaign", "author", "topic", "goal", "district", "merged_into", "approved_version", "latest_version")


def for_page(ideas: IdeaQuerySet) -> IdeaQuerySet:
    """Return the queryset with what the page needs."""
    return ideas.select_related(*JOINS).prefetch_related(Prefetch("campaign__phases", Phase.objects.all()))


def visible_idea(user: "User | AnonymousUser", pk: int) -> Idea | None:
    """Return the idea if this person may see it."""
    return for_page(Idea.objects.visible_to(user)).filter(pk=pk).first()


def pictures_of(version_id: int | None) -> list[VersionPicture]:
    """Return the pictures of a version, in order."""
    return list(VersionPicture.objects.filter(version=version_id).select_related("picture")) if version_id else []


def answers_to(idea: Idea) -> list[OfficialAnswer]:
    """Return the town's answers, the newest first."""
    return list(idea.answers.all())


def versions_of(idea: Idea) -> list[IdeaVersion]:
    """Return the versions that were written up to the public one; pending words are nobody's business."""
    upto = idea.approved_version or idea.latest_version
    return list(idea.versions.filter(number__lte=upto.number).defer("text").order_by("number")) if upto else []


def similar_to(idea: Idea) -> list[dict[str, object]]:
    """Return cards of the ideas most like this one; which ones is remembered for a while, whether they are public is not."""
    ids = _remembered(idea)
    found = {other.pk: other for other in for_cards(Idea.objects.listed().filter(pk__in=ids))}
    return [card(found[pk]) for pk in ids if pk in found][:SIMILAR]


def _remembered(idea: Idea) -> list[int]:
    key, cache = f"similar:{idea.pk}:{idea.approved_version_id}", caches["fast"]
    try:
        if (ids := cache.get(key)) is not None:
            return ids
    except Exception:  # a cache that is away costs time, not the page
        return []
    likes = similar(
        AnonymousUser(), idea.campaign.slug, idea.title, idea.teaser, exclude=f"idea:{idea.pk}", limit=SIMILAR + 2
    )
    ids = [like.hit.object_id for like in likes]
    cache.set(key, ids, SIMILAR_SECONDS)
    return ids
