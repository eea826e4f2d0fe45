"""One idea with what its page shows, in few statements."""

from typing import TYPE_CHECKING

from django.contrib.auth.models import AnonymousUser
from django.core.cache import caches
from django.db.models import Prefetch
from django.urls import reverse
from django.utils.translation import gettext as _
from taggit.models import Tag

from ideas.models import Idea, IdeaFile, IdeaVersion, OfficialAnswer, Phase, VersionFile, VersionPicture, Withdrawal
from ideas.models.idea import IdeaQuerySet
from ideas.queries.cards import card, for_cards
from ideas.queries.looks import status_chip
from moderation.models import Decision
from search.queries import similar
from theme.markdown import as_html

if TYPE_CHECKING:
    from accounts.models import User

SIMILAR, SIMILAR_SECONDS = 3, 600
VERSION_JOINS = ("topic", "goal", "district")
VERSIONS = tuple(f"{version}__{term}" for version in ("approved_version", "latest_version") for term in VERSION_JOINS)
JOINS = ("campaign", "author", "merged_into", "status", *VERSIONS)


def for_page(ideas: IdeaQuerySet) -> IdeaQuerySet:
    """Return the queryset with what the page needs."""
    return ideas.select_related(*JOINS).prefetch_related(Prefetch("campaign__phases", Phase.objects.all()))


def visible_idea(user: "User | AnonymousUser", pk: int) -> Idea | None:
    """Return the idea if this person may see it."""
    # Not first(): the order it adds makes Django compare each of the seventy columns of this statement.
    return next(iter(for_page(Idea.objects.visible_to(user)).filter(pk=pk)), None)


def pictures_of(version_id: int | None) -> list[VersionPicture]:
    """Return the pictures of a version, in order."""
    return list(VersionPicture.objects.filter(version=version_id).select_related("picture")) if version_id else []


def figures_of(version: IdeaVersion | None) -> list[dict[str, object]]:
    """Return the pictures of a version as the page shows them, without those that are hidden."""
    uses = pictures_of(version.pk) if version else []
    return [use.picture.figure(use.alt) for use in uses if use.picture.hidden_at is None]


def files_of(version: IdeaVersion | None) -> list[IdeaFile]:
    """Return the files of a version, in order; asks only where there are any."""
    if version is None or not version.file_count:
        return []
    return [use.file for use in VersionFile.objects.filter(version=version).select_related("file").defer("file__text")]


def tag_links(version: IdeaVersion) -> list[dict[str, str]]:
    """Return the tags of a version with their address names."""
    return [{"name": name, "slug": slug} for name in version.tags if (slug := tag_slug(name))]


def tag_slug(name: str) -> str:
    """Return the address name that the tag library gives a tag."""
    return Tag().slugify(name)


def answer_box(answer: OfficialAnswer) -> dict[str, object]:
    """Return what ``theme/parts/town_answer.html`` shows."""
    return {
        "id": f"antwort-{answer.pk}",
        "office": answer.office,
        "date": answer.published_at,
        "chip": status_chip(answer),
        "result": answer.measure,
        "html": as_html(answer.text),
        "signed": _("Signed: %(name)s") % {"name": answer.signed_by} if answer.signed_by else "",
    }


def letter_url(idea: Idea) -> str:
    """Return where the reasons stand why the idea is not public; empty while there are none."""
    is_refused = idea.state == Idea.State.REFUSED and not idea.withdrawn_at
    if not is_refused and idea.state != Idea.State.HIDDEN:
        return ""
    code = Decision.objects.filter(kind="idea", object_id=idea.pk).values_list("code", flat=True).first()
    return reverse("moderation:letter", args=[code]) if code else ""


def unread_reason(idea: Idea) -> Withdrawal | None:
    """Return why an idea was withdrawn in words that are not public."""
    if not idea.withdrawn_at:
        return None
    found = Withdrawal.objects.filter(idea=idea).exclude(words="").first()
    return found if found and found.words != idea.withdrawn_because else None


def answers_to(idea: Idea) -> list[OfficialAnswer]:
    """Return the town's answers, the newest first."""
    return list(idea.answers.select_related("status"))


def versions_of(idea: Idea) -> list[IdeaVersion]:
    """Return the versions that were public; what waits or was refused is nobody's business.

    Where the first is the approved one there are no others, and it is at hand.
    """
    if idea.approved_version is not None and idea.approved_version.number == 1:
        return [idea.approved_version]
    public = idea.versions.filter(published_at__isnull=False)
    return list(public.defer("text", "answers").select_related("author").order_by("number"))


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
