"""What makes an idea public, and what takes it from sight. The moderation's adapter and the campaign's rule decide when."""

import math
import secrets
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _
from taggit.models import TaggedItem

from common.database import now
from common.errors import Refused
from common.events import announce
from ideas.actions.counting import TREND_SECONDS, change_idea_count
from ideas.actions.pictures import first_picture
from ideas.content import slug_for, teaser_for
from ideas.events import IDEA_CHANGED, IDEA_HIDDEN, IDEA_PUBLISHED
from ideas.models import Idea, IdeaPicture, IdeaVersion
from ideas.queries.statuses import first_status
from moderation.actions import open_case
from moderation.models import Case
from search.actions import touch

FAIR_PLACES = 2**31 - 1


def locked(idea_id: int) -> Idea:
    """Return the idea, its row held until the transaction ends."""
    return (
        Idea.objects.select_for_update(of=("self",))
        .select_related("latest_version", "approved_version")
        .annotate(first_status_id=first_status())
        .get(pk=idea_id)
    )


def show_version(idea: Idea, version: IdeaVersion, picture: IdeaPicture | None) -> None:
    """Copy what lists need from a version and its first picture to the idea's row (not saved)."""
    idea.title, idea.slug, idea.teaser = version.title, slug_for(version.title), teaser_for(version.text)
    idea.topic_id, idea.goal_id, idea.district_id = version.topic_id, version.goal_id, version.district_id
    idea.latitude, idea.longitude = version.latitude, version.longitude
    idea.picture = picture


def trend_at(moment: datetime, supports: int, comments: int) -> float:
    """Return the place in the trend order of an idea published at that moment."""
    return moment.timestamp() / TREND_SECONDS + math.log(1 + supports + 2 * comments)


@transaction.atomic
def publish_idea(idea_id: int, version_number: int | None = None) -> Idea:
    """Make that version the public one (default: the latest). Twice is the same as once."""
    idea = locked(idea_id)
    version = _to_publish(idea, version_number)
    if idea.withdrawn_at or idea.state not in (Idea.State.WAITING, Idea.State.REFUSED, Idea.State.PUBLIC):
        raise Refused(_("This idea cannot be published now."), code="wrong_state", status=409)
    was_public, had_version = idea.state == Idea.State.PUBLIC, idea.approved_version_id
    if was_public and had_version == version.pk:
        return idea
    show_version(idea, version, first_picture(version))
    idea.approved_version = idea.latest_version = version
    idea.state = Idea.State.PUBLIC
    if idea.published_at is None:
        idea.published_at = now()
        idea.fair_rank = secrets.randbelow(FAIR_PLACES)
        idea.status_id = idea.status_id or idea.first_status_id  # type: ignore[attr-defined]
        idea.trend = trend_at(idea.published_at, idea.support_count, idea.comment_count)
    idea.save()
    IdeaVersion.objects.filter(pk=version.pk, published_at=None).update(published_at=now())
    set_tags(idea, version.tags)
    if not was_public:
        change_idea_count(idea.campaign_id, +1)
    touch("idea", idea.pk)
    if was_public:
        touch_discussion(idea)  # answers are found by the idea's title, and an old one must not live on there
    if was_public:
        announce(IDEA_CHANGED, idea_id=idea.pk, version=version.number)
    else:
        announce(IDEA_PUBLISHED, idea_id=idea.pk)
    return idea


def _to_publish(idea: Idea, number: int | None) -> IdeaVersion:
    """Return the latest version if it has that number – or a change that was refused, which a second look lets through."""
    latest = idea.latest_version
    version = latest if number is None else idea.versions.filter(number=number).first()
    if version is not None and latest is not None:
        was_refused = version.number > latest.number and not idea.has_pending_change
        if version == latest or was_refused:
            return version
    raise Refused(_("The idea was changed in the meantime. Please look at the new version."), code="stale", status=409)


def set_tags(idea: Idea, names: list[str]) -> None:
    """Tag the idea as its public version says."""
    if names or TaggedItem.objects.filter(object_id=idea.pk, content_type__app_label="ideas").exists():
        idea.tags.set(names)


@transaction.atomic
def refuse_idea(idea_id: int, version_number: int | None = None) -> Idea:
    """Refuse the waiting version: a new idea is refused, a changed one stays public as it was."""
    idea = locked(idea_id)
    if idea.latest_version is None or version_number not in (None, idea.latest_version.number):
        raise Refused(
            _("The idea was changed in the meantime. Please look at the new version."), code="stale", status=409
        )
    if idea.state == Idea.State.PUBLIC and idea.has_pending_change:
        idea.latest_version = idea.approved_version
    elif idea.state == Idea.State.WAITING:
        idea.state = Idea.State.REFUSED
    else:
        raise Refused(_("There is nothing to refuse here."), code="wrong_state", status=409)
    idea.save(update_fields=["latest_version", "state"])
    return idea


@transaction.atomic
def hide_idea(idea_id: int) -> Idea:
    """Take a public idea, or what is left of a withdrawn or merged one, from sight everywhere; nothing of it is lost."""
    idea = locked(idea_id)
    if idea.state not in Idea.READABLE:
        raise Refused(_("Only a public idea can be hidden."), code="wrong_state", status=409)
    counted = -1 if idea.state == Idea.State.PUBLIC else 0
    idea.state = Idea.State.HIDDEN
    idea.save(update_fields=["state"])
    _changed_sight(idea, counted)
    announce(IDEA_HIDDEN, idea_id=idea.pk)
    return idea


@transaction.atomic
def restore_idea(idea_id: int) -> Idea:
    """Bring a hidden idea back as it was, or publish a refused one after all."""
    idea = locked(idea_id)
    if idea.state == Idea.State.REFUSED:
        return publish_idea(idea_id)
    if idea.state != Idea.State.HIDDEN:
        raise Refused(_("Only a hidden idea can be restored."), code="wrong_state", status=409)
    idea.state = _state_before_hiding(idea)
    idea.save(update_fields=["state"])
    _changed_sight(idea, +1 if idea.state == Idea.State.PUBLIC else 0)
    if idea.state != Idea.State.WITHDRAWN:
        announce(IDEA_PUBLISHED, idea_id=idea.pk)
    return idea


def _state_before_hiding(idea: Idea) -> str:
    if idea.withdrawn_at is not None:
        return Idea.State.WITHDRAWN
    return Idea.State.MERGED if idea.merged_into_id is not None else Idea.State.PUBLIC


@transaction.atomic
def bring_up_change(idea_id: int) -> None:
    """Let an idea or its change wait for its decision again that was waiting when it was hidden, merged or moved."""
    idea = locked(idea_id)
    is_waiting = Case.objects.filter(kind="idea", object_id=idea_id, state=Case.State.OPEN).exists()
    if is_waiting or idea.latest_version is None:
        return
    if idea.state == Idea.State.PUBLIC and idea.has_pending_change:
        open_case("idea", idea_id, reason=Case.Reason.CHANGE, subject_version=idea.latest_version.number)
    elif idea.state == Idea.State.WAITING and idea.withdrawn_at is None:
        open_case("idea", idea_id, reason=Case.Reason.NEW, subject_version=idea.latest_version.number)


def _changed_sight(idea: Idea, by: int) -> None:
    if by:
        change_idea_count(idea.campaign_id, by)
    touch("idea", idea.pk)
    touch_discussion(idea)


def touch_discussion(idea: Idea) -> None:
    """Bring comments and answers of an idea into the index again, or out of it, with the idea."""
    if comments := list(idea.comments.filter(published_at__isnull=False).values_list("pk", flat=True)):
        touch("comment", *comments)
    if answers := list(idea.answers.values_list("pk", flat=True)):
        touch("answer", *answers)
