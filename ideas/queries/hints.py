"""Ideas that are perhaps the same as the one being written: few, and really alike."""

from typing import TYPE_CHECKING

from ideas.models import Campaign, Idea
from search.queries import alike_among, similar, titles_alike
from search.types import VERY_SIMILAR

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from accounts.models import User

MOST, CANDIDATES, MOST_INSIDE = 3, 8, 200
SHORTEST_TITLE, WORDS_OF_A_TEXT = 8, 12
# How much of the draft's telling words another idea must have. Measured on 2,586 contributions (docs/schreiben.md): with a
# text, .60 finds every paraphrase and shows something beside 9 % of other drafts. A title alone says little – .65 of it
# stands in two thirds of all drafts' neighbours –, so there the titles themselves must say the same.
BY_TEXT, BY_TITLE, SAME_TITLE = 0.60, VERY_SIMILAR, 0.65


def alike(user: "User | AnonymousUser", campaign: Campaign, title: str, text: str = "") -> list[Idea]:
    """Return up to three public ideas of the campaign that are much like the draft, the most similar first.

    Only what the person may see, never their own, and only what can still be supported. Whether the person may see the
    campaign is asked before.
    """
    if len(title.strip()) < SHORTEST_TITLE:
        return []
    has_text = len(text.split()) >= WORDS_OF_A_TEXT
    least = BY_TEXT if has_text else BY_TITLE
    find = inside if campaign.is_closed else in_index
    ideas = [idea for idea in find(user, campaign, title, text, least) if is_for(user, idea, campaign)]
    if not has_text:
        same = {idea.pk: titles_alike(title, idea.title) for idea in ideas}
        ideas = sorted((idea for idea in ideas if same[idea.pk] >= SAME_TITLE), key=lambda idea: -same[idea.pk])
    return ideas[:MOST]


def in_index(user: "User | AnonymousUser", campaign: Campaign, title: str, text: str, least: float) -> list[Idea]:
    """Return what search finds alike."""
    found = similar(user, campaign.slug, title, text, limit=CANDIDATES)
    return [one.hit.object for one in found if one.likeness >= least and isinstance(one.hit.object, Idea)]


def inside(user: "User | AnonymousUser", campaign: Campaign, title: str, text: str, least: float) -> list[Idea]:
    """Return what is alike in a closed group, of which the index holds nothing: its latest ideas are read one by one."""
    latest = Idea.objects.visible_to(user).listed(campaign).order_by("-pk")[:MOST_INSIDE]
    rows = {pk: (head, teaser) for pk, head, teaser in latest.values_list("pk", "title", "teaser")}
    shares = alike_among(title, text, rows)
    best = sorted((pk for pk in rows if shares.get(pk, 0) >= least), key=lambda pk: -shares[pk])[:CANDIDATES]
    ideas = Idea.objects.filter(pk__in=best).select_related("campaign", "district")
    return sorted(ideas, key=lambda idea: best.index(idea.pk))


def is_for(user: "User | AnonymousUser", idea: Idea, campaign: Campaign) -> bool:
    """Tell whether the idea can be offered to somebody who writes for that campaign."""
    own = user.is_authenticated and idea.author_id == user.pk
    return idea.state == Idea.State.PUBLIC and idea.campaign_id == campaign.pk and not own
