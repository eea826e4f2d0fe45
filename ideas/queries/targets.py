"""Where an idea could go by a decision: ideas it may be merged with, campaigns it may be moved to."""

import re
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ideas.models import Campaign, Idea
from ideas.models.idea import IdeaQuerySet
from ideas.rules import counts_shown
from moderation.registry import Target
from search.queries import search, similar

if TYPE_CHECKING:
    from accounts.models import User

MOST = 6
# A number by itself, or an address of an idea.
_NUMBER = re.compile(r"^\s*(\d{1,18})\s*$|/ideen/(\d{1,18})/")


def number_in(words: str) -> int | None:
    """Return the number of the idea that the words name, by itself or in an address."""
    found = _NUMBER.search(words)
    return int(found.group(1) or found.group(2)) if found else None


def mergeable_with(idea: Idea, user: "User") -> IdeaQuerySet:
    """Return the ideas that an idea could be merged with, as far as ``user`` may read them."""
    ideas = Idea.objects.visible_to(user).filter(campaign=idea.campaign_id, state=Idea.State.PUBLIC)
    return ideas.exclude(pk=idea.pk)


def merge_targets(idea: Idea, words: str, user: "User") -> list[Target]:
    """Return what the words name or find in the idea's campaign; without words, the ideas most like it."""
    possible = mergeable_with(idea, user)
    if (number := number_in(words)) is not None:
        ids = [number]
    elif words.strip():
        page = search(user, words, filters={"campaign": [idea.campaign.slug]}, size=20)
        ids = [hit.object_id for hit in page.hits if hit.kind == "idea"]
        # A closed campaign is in no index; its members find by the title.
        ids = ids or list(possible.filter(title__icontains=words.strip()).values_list("pk", flat=True)[:MOST])
    else:
        likes = similar(user, idea.campaign.slug, idea.title, idea.teaser, exclude=f"idea:{idea.pk}", limit=MOST)
        ids = [like.hit.object_id for like in likes]
    found = {other.pk: other for other in possible.filter(pk__in=ids).select_related("campaign")}
    return [_as_target(found[pk]) for pk in ids if pk in found][:MOST]


def _as_target(idea: Idea) -> Target:
    supports = ""
    if counts_shown(idea.campaign):
        supports = ngettext("%(n)d support", "%(n)d supports", idea.support_count) % {"n": idea.support_count}
    comments = ngettext("%(n)d comment", "%(n)d comments", idea.comment_count) % {"n": idea.comment_count}
    facts = " · ".join(filter(None, [_("Idea %(number)s") % {"number": idea.pk}, supports, comments, _pending(idea)]))
    return Target(str(idea.pk), idea.title, facts, idea.teaser, idea.get_absolute_url())


def _pending(idea: Idea) -> str:
    return str(_("a change waits for review")) if idea.has_pending_change else ""


def move_targets(idea: Idea, user: "User") -> list[Target]:
    """Return the campaigns an idea could be moved to."""
    if idea.support_count or idea.merged_count or idea.campaign.is_closed:
        return []
    others = Campaign.objects.filter(is_public=True).exclude(pk=idea.campaign_id)
    return [Target(str(campaign.pk), campaign.title, url=campaign.get_absolute_url()) for campaign in others]
