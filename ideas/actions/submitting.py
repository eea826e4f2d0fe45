"""What authors do with their ideas."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from common.database import now
from common.errors import Refused
from common.events import announce
from ideas.actions.publishing import locked, publish_idea, show_version
from ideas.content import IdeaContent
from ideas.events import IDEA_SUBMITTED
from ideas.models import Campaign, Idea, IdeaVersion, VersionFile, VersionPicture
from ideas.queries.places import require_place
from ideas.rules import is_exempt, require_changeable, require_member, require_open, skips_waiting
from moderation import record
from moderation.actions import open_case
from moderation.measures import require_may_write
from moderation.models import Act, Case

if TYPE_CHECKING:
    from accounts.models import User


def submit_idea(*, author: "User", campaign: Campaign, content: IdeaContent, request_key: str | None = None) -> Idea:
    """Send in an idea; the same request key of the same person gives the first result again."""
    try:
        return _submit(author, campaign, content, request_key)
    except (IntegrityError, Refused):  # the same request came before, perhaps when the campaign was still open
        if found := sent_before(author, request_key):
            return found
        raise


def sent_before(author: "User", request_key: str | None) -> Idea | None:
    """Return the idea this request made already."""
    return Idea.objects.filter(author=author, request_key=request_key).first() if request_key else None


@transaction.atomic
def _submit(author: "User", campaign: Campaign, content: IdeaContent, request_key: str | None) -> Idea:
    moment = now()
    require_member(author, campaign)
    require_may_write(author)
    require_open(campaign, "ideas", moment)
    require_place(content)
    idea = Idea(campaign=campaign, author=author, request_key=request_key or None, created_at=moment)
    idea.save()
    version = add_version(idea, author, content, 1, moment)
    show_version(idea, version, content.pictures[0][0] if content.pictures else None)
    idea.latest_version = version
    idea.save()
    announce(IDEA_SUBMITTED, idea_id=idea.pk)
    return _check_or_publish(idea, author, Case.Reason.NEW, is_first=True)


def _check_or_publish(idea: Idea, editor: "User", reason: str, *, is_first: bool = False) -> Idea:
    """Let the latest version wait, or show it at once, as the campaign says; moderators see it either way."""
    version: IdeaVersion = idea.latest_version  # type: ignore[assignment]
    exempt = is_exempt(editor, idea.campaign_id) and not _holds_unread_words(idea, editor)
    if idea.campaign.check_ideas == Campaign.Check.AFTER or exempt or _is_trusted(idea, editor, is_first):
        before, idea = idea.state, publish_idea(idea.pk, version.number)
        record.without_decision(
            "idea", idea.pk, Act.Name.EXEMPT if exempt else Act.Name.CHECKED_LATER, before, idea.state
        )
    if not exempt or Case.objects.filter(kind="idea", object_id=idea.pk, state=Case.State.OPEN).exists():
        open_case("idea", idea.pk, reason=reason, subject_version=version.number, is_first=is_first)
    return idea


def _is_trusted(idea: Idea, editor: "User", is_first: bool) -> bool:
    """Tell whether a trusted author's version need not wait. What waits already goes on waiting, whoever changes it."""
    may = is_first or idea.approved_version_id is not None
    return may and skips_waiting(editor, idea.campaign) and not _holds_unread_words(idea, editor)


def _holds_unread_words(idea: Idea, editor: "User") -> bool:
    """Tell whether others wrote since the last approval: who needs no check for own words does not let theirs through."""
    since = idea.approved_version.number if idea.approved_version else 0
    return idea.versions.filter(number__gt=since).exclude(author=editor).exists()


def add_version(idea: Idea, author: "User | None", content: IdeaContent, number: int, moment: datetime) -> IdeaVersion:
    """Write down one version with its pictures."""
    version = IdeaVersion.objects.create(
        idea=idea,
        number=number,
        author=author,
        title=content.title,
        text=content.text,
        topic=content.topic,
        goal=content.goal,
        district=content.district,
        place=content.place,
        latitude=content.latitude,
        longitude=content.longitude,
        tags=list(content.tags),
        answers=list(content.answers),
        file_count=len(content.files),
        created_at=moment,
    )
    uses = [
        VersionPicture(version=version, picture=picture, alt=alt, position=position)
        for position, (picture, alt) in enumerate(content.pictures)
    ]
    VersionPicture.objects.bulk_create(uses)
    VersionFile.objects.bulk_create(
        VersionFile(version=version, file=file, position=position) for position, file in enumerate(content.files)
    )
    return version


@transaction.atomic
def change_idea(*, idea: Idea, editor: "User", content: IdeaContent, seen_version: int | None = None) -> Idea:
    """Write a new version. What was approved stays public until the new one is, where the campaign checks first.

    ``seen_version`` is the number of the version the person started from; another one since then is refused.
    """
    idea = locked(idea.pk)
    require_changeable(editor, idea)
    require_may_write(editor)
    latest = idea.latest_version
    if seen_version is not None and latest is not None and latest.number != seen_version:
        raise Refused(changed_meanwhile(latest, editor), code="stale", status=409)
    if latest is not None and IdeaContent.of(latest) == content:
        return idea
    require_place(content)
    number = (idea.versions.aggregate(top=Max("number"))["top"] or 0) + 1
    idea.latest_version = add_version(idea, editor, content, number, now())
    if idea.approved_version_id is None:
        show_version(idea, idea.latest_version, content.pictures[0][0] if content.pictures else None)
    idea.save()
    return _check_or_publish(idea, editor, Case.Reason.CHANGE if idea.approved_version_id else Case.Reason.NEW)


def changed_meanwhile(latest: IdeaVersion, editor: "User") -> str:
    """Return who was faster."""
    if latest.author is None or latest.author_id == editor.pk:
        return _("The idea was changed in another window. Please compare and send again.")
    words = _("%(name)s has changed the idea in the meantime. Please compare and send again.")
    return words % {"name": latest.author.display_name}
