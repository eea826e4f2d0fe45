"""Joining two ideas that want the same, and taking that back. Nobody's support moves with it: supporters are asked."""

from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import F

from common.database import now
from common.events import announce
from ideas.actions.counting import change_idea_count
from ideas.actions.publishing import locked, touch_discussion
from ideas.events import IDEA_MERGED, IDEA_UNMERGED
from ideas.mergeable import require_mergeable, require_undoable
from ideas.models import Idea, Merge
from ideas.registry import followers
from search.actions import touch

if TYPE_CHECKING:
    from accounts.models import User

UNDO_FOR = timedelta(days=30)


@transaction.atomic
def merge_ideas(*, source: Idea, target: Idea, reason: str, actor: "User") -> Merge:
    """Join ``source`` into ``target``: its page stays and leads on, its supporters are asked what they want.

    A change of the source that waits is put aside and waits again after an undo. Raises ``Refused``.
    """
    hold(source.campaign_id, target.campaign_id)
    source, target = both_locked(source.pk, target.pk)
    require_mergeable(source, target)
    for follower in followers():
        follower.join(source, target)
    moment = now()
    merge = Merge.objects.create(
        source=source, target=target, reason=reason, actor=actor, created_at=moment, undo_until=moment + UNDO_FOR,
        source_supports=source.support_count, target_supports=target.support_count,
    )  # fmt: skip
    source.state, source.merged_into = Idea.State.MERGED, target
    source.save(update_fields=["state", "merged_into"])
    Idea.objects.filter(pk=target.pk).update(merged_count=F("merged_count") + 1)
    change_idea_count(source.campaign_id, -1)
    _touch(source, target)
    announce(IDEA_MERGED, idea_id=source.pk, merge_id=merge.pk)
    return merge


@transaction.atomic
def undo_merge(*, merge: Merge, actor: "User", late: bool = False) -> Merge:
    """Set two joined ideas apart again, with every support where it was; ``late``: after the time too, for a complaint.

    What people did by themselves since the merge stays as they did it. Raises ``Refused``.
    """
    hold(merge.source.campaign_id)
    source, target = both_locked(merge.source_id, merge.target_id)
    merge = Merge.objects.select_for_update(of=("self",)).get(pk=merge.pk)
    moment = now()
    require_undoable(merge, target, None if late else moment)
    for follower in followers():
        follower.set_apart(merge)
    merge.undone_at, merge.undone_by = moment, actor
    merge.save(update_fields=["undone_at", "undone_by"])
    _stand_alone(source)
    Idea.objects.filter(pk=target.pk).update(merged_count=F("merged_count") - 1)
    _touch(source, target)
    announce(IDEA_UNMERGED, idea_id=source.pk, merge_id=merge.pk)
    return merge


def _stand_alone(source: Idea) -> None:
    """Bring the source back; what was hidden meanwhile stays so."""
    source.merged_into = None
    if source.state == Idea.State.MERGED:
        source.state = Idea.State.PUBLIC
        change_idea_count(source.campaign_id, +1)
    # Only these: its counter has just been moved by other statements.
    source.save(update_fields=["state", "merged_into"])


@transaction.atomic(savepoint=False)
def change_merge_tally(merge_id: int, *, carried: int = 0, doubled: int = 0, left: int = 0) -> None:
    """Move the numbers of a merge; only ``voting`` calls this, with the choice it has written down."""
    Merge.objects.filter(pk=merge_id).update(
        carried=F("carried") + carried, doubled=F("doubled") + doubled, left=F("left") + left
    )


def hold(*campaign_ids: int) -> None:
    """Keep supports from changing meanwhile, before any row is locked."""
    for follower in followers():
        follower.hold(*sorted(set(campaign_ids)))


def both_locked(one: int, other: int) -> tuple[Idea, Idea]:
    """Return both ideas, their rows held, always in the same order."""
    rows = {pk: locked(pk) for pk in sorted({one, other})}
    return rows[one], rows[other]


def _touch(source: Idea, target: Idea) -> None:
    touch("idea", source.pk, target.pk)
    touch_discussion(source)
