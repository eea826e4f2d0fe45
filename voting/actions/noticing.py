"""Finding the supporters of an idea among all people, chunk by chunk, without ever writing down whose support is whose.

For each person at hand the voter key is computed and compared; what stays is a row under that key, which says that its
voter was told. The rows of a chunk are written in a random order.
"""

import secrets
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.db.models import F
from django.utils import timezone

from common.database import now
from ideas.models import Idea, Merge
from ideas.queries.coauthors import writers_of
from ideas.rules import counts_shown
from voting import voter_keys
from voting.models import MergeChoice, NoticeRound, SupporterNotice, Vote
from voting.models.notice import NoticeKind
from voting.queries.support import is_open

if TYPE_CHECKING:
    from accounts.models import User

MOST_WALKS = 6
BETWEEN_WALKS = timedelta(minutes=10)
# Of changes to one idea, supporters hear once in this time.
BETWEEN_CHANGES = timedelta(days=1)
REMIND_AFTER = timedelta(days=7)


def begin_round(kind: str, idea_id: int, number: int) -> NoticeRound:
    """Let the supporters of an idea be told, once; of another change within a day they hear after that day."""
    at = now()
    if kind == NoticeKind.CHANGED:
        earlier = NoticeRound.objects.filter(kind=kind, idea=idea_id)
        waiting = earlier.filter(started_at=None, number__lt=number).first()
        if waiting is not None and not earlier.filter(number=number).exists():
            waiting.number = number  # nobody has heard of the older change yet: one word for both
            waiting.save(update_fields=["number"])
            return waiting
        last = earlier.exclude(started_at=None).order_by("-started_at").first()
        if last is not None and last.started_at is not None:
            at = max(at, last.started_at + BETWEEN_CHANGES)
    made, _new = NoticeRound.objects.get_or_create(kind=kind, idea_id=idea_id, number=number, defaults={"next_at": at})
    return made


def due_rounds() -> list[NoticeRound]:
    """Return the walks whose time has come."""
    return list(NoticeRound.objects.filter(done_at=None, next_at__lte=now()).order_by("next_at")[:100])


def begin_reminders() -> int:
    """Let those be reminded who have not said anything a week after a merge; return how many rounds began."""
    old = Merge.objects.filter(undone_at=None, created_at__lte=now() - REMIND_AFTER)
    done = NoticeRound.objects.filter(kind=NoticeKind.REMINDER).values("number")
    rows = old.exclude(pk__in=done).select_related("source__campaign")
    for merge in rows:
        begin_round(NoticeKind.REMINDER, merge.source_id, merge.pk)
    return len(rows)


def has_point(one: NoticeRound) -> bool:
    """Tell whether what is to be told still holds: asked before each chunk."""
    idea = Idea.objects.select_related("campaign").get(pk=one.idea_id)
    if one.kind == NoticeKind.CHANGED:
        version = idea.approved_version
        return idea.state == Idea.State.PUBLIC and version is not None and version.number == one.number
    if one.kind == NoticeKind.REACHED:
        return idea.state in Idea.READABLE and counts_shown(idea.campaign)
    merge = Merge.objects.select_related("target").get(pk=one.number)
    if one.kind == NoticeKind.UNMERGED:
        return merge.undone_at is not None and idea.state in Idea.READABLE
    holds = merge.undone_at is None and idea.state == Idea.State.MERGED and merge.target.state in Idea.READABLE
    return holds and (one.kind == NoticeKind.MERGED or is_open(idea.campaign))


def notices_for(one: NoticeRound, people: Iterable["User"]) -> list[tuple["User", SupporterNotice]]:
    """Return, in a random order, who of the people is to be told and the row that says so; rows are made where missing."""
    idea = Idea.objects.only("campaign_id", "author_id").get(pk=one.idea_id)
    if not voter_keys.has_secret(idea.campaign_id):
        return []
    keys = {voter_keys.voter_key(idea.campaign_id, person): person for person in people}
    if one.kind == NoticeKind.CHANGED:
        keys = {key: person for key, person in keys.items() if person.pk != idea.author_id}
    if one.kind == NoticeKind.REACHED:  # those who write it are told by name
        writers = {person.pk for person in writers_of(idea)}
        keys = {key: person for key, person in keys.items() if person.pk not in writers}
    found = list(_addressed(one, list(keys)))
    secrets.SystemRandom().shuffle(found)
    today = timezone.localdate()
    SupporterNotice.objects.bulk_create(
        [
            SupporterNotice(voter_key=key, kind=one.kind, idea_id=one.idea_id, number=one.number, told_on=today)
            for key in found
        ],
        ignore_conflicts=True,
    )
    rows = SupporterNotice.objects.filter(kind=one.kind, idea=one.idea_id, number=one.number, mailed_at=None)
    waiting = {row.voter_key: row for row in rows.filter(voter_key__in=found)}
    return [(keys[key], waiting[key]) for key in found if key in waiting]


def _addressed(one: NoticeRound, keys: Sequence[str]) -> set[str]:
    voted = Vote.objects.filter(idea=one.idea_id, voter_key__in=keys).values_list("voter_key", flat=True)
    if one.kind in (NoticeKind.CHANGED, NoticeKind.REACHED):
        return set(voted)
    chosen = MergeChoice.objects.filter(merge=one.number, voter_key__in=keys).values_list("voter_key", flat=True)
    return set(voted) | set(chosen) if one.kind == NoticeKind.UNMERGED else set(voted) - set(chosen)


def went_on(one: NoticeRound, cursor: int, failed: int) -> None:
    """Remember how far the walk has come; a second process that walks behind changes nothing."""
    rows = NoticeRound.objects.filter(pk=one.pk, cursor=one.cursor)
    rows.update(cursor=cursor, failed=F("failed") + failed, started_at=one.started_at or now())


def end_walk(one: NoticeRound, at: datetime) -> None:
    """End a round, or walk once more where mails could not be handed over."""
    rows = NoticeRound.objects.filter(pk=one.pk, done_at=None)
    if one.failed and one.walks < MOST_WALKS:
        rows.update(cursor=0, failed=0, walks=F("walks") + 1, next_at=at + BETWEEN_WALKS)
    else:
        rows.update(done_at=at, started_at=one.started_at or at)


def mark_mailed(notice: SupporterNotice) -> None:
    """Keep the day only: the moment beside a mail server's log would say whose row it is."""
    day = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    SupporterNotice.objects.filter(pk=notice.pk).update(mailed_at=day, mail_claimed_until=None)
