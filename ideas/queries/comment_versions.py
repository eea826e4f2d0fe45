"""The versions of a comment that were public, with what changed from one to the next."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from ideas.models import Comment, CommentVersion
from ideas.queries.differences import Budget
from ideas.queries.versions import Change, in_values, in_words
from ideas.rules import Person, is_author
from moderation.models import Decision
from moderation.rules import may_decide_in

AT_ONCE = 20


@dataclass(frozen=True)
class Words:
    """What a comment said at one time."""

    number: int
    text: str
    stance: str
    when: datetime | None


@dataclass(frozen=True)
class Row:
    """A version as its page shows it; ``changes`` is None for the first one."""

    words: Words
    is_now: bool
    compared_with: int | None
    changes: list[Change] | None


def newest_words(comment: Comment) -> tuple[str, str]:
    """Return text and stance of the newest version, which may wait."""
    if comment.latest != comment.version:
        found = comment.versions.filter(number=comment.latest).values_list("text", "stance").first()
        if found:
            return found
    return comment.text, comment.stance


def may_read_versions(user: Person, comment: Comment) -> bool:
    """Tell whether the person may compare: all where the campaign says so; the author and moderators always."""
    if comment.state == Comment.State.DELETED:
        return False
    if comment.idea.campaign.shows_comment_edits or is_author(user, comment):
        return True
    return may_decide_in(user, comment.idea.campaign_id)


def public_versions(comment: Comment) -> list[Row]:
    """Return the versions that were public, the newest first; what never was is nobody's business."""
    found = comment.versions.filter(published_at__isnull=False).order_by("-number")[:AT_ONCE]
    texts = [words_of(version) for version in found]
    if not texts:
        texts = [Words(comment.version, comment.text, comment.stance, comment.published_at)]
    budget, rows = Budget(), []
    for place, words in enumerate(texts):
        before = texts[place + 1] if place + 1 < len(texts) else None
        rows.append(
            Row(
                words=words,
                is_now=words.number == comment.version,
                compared_with=before.number if before else None,
                changes=changes(before, words, budget) if before else None,
            )
        )
    return rows


def words_of(version: CommentVersion) -> Words:
    """Return the words of one version."""
    return Words(version.number, version.text, version.stance, version.published_at or version.created_at)


def changes(old: Words, new: Words, budget: Budget | None = None) -> list[Change]:
    """Return what is different in ``new``."""
    found = [
        in_words(_("Text"), old.text, new.text, budget or Budget()),
        in_values(_("Kind of comment"), stance_of(old), stance_of(new)),
    ]
    return [change for change in found if change is not None]


def stance_of(words: Words) -> list[str]:
    """Return the stance in words."""
    return [str(Comment.Stance(words.stance).label)] if words.stance else []


def version_seen(comment: Comment, number: int) -> Words:
    """Return the version on which somebody decides."""
    version = comment.versions.filter(number=number).first()
    if version is not None:
        return words_of(version)
    return Words(comment.version, comment.text, comment.stance, comment.published_at or comment.created_at)


def approved_before(comment: Comment, number: int) -> Words | None:
    """Return the last version before this one that a moderator has let through, else the first one there was."""
    kinds = (Decision.Kind.APPROVE, Decision.Kind.APPROVE_WITH_NOTE, Decision.Kind.RESTORE)
    decided = Decision.objects.filter(kind="comment", object_id=comment.pk, decision__in=kinds)
    approved = decided.filter(subject_version__lt=number).order_by("-subject_version")
    last = approved.values_list("subject_version", flat=True).first()
    earlier = comment.versions.filter(number__lt=number).order_by("number")
    version = earlier.filter(number=last).first() if last else None
    version = version or earlier.first()
    return words_of(version) if version else None
