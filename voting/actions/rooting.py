"""Adding up the record: every hour a root over the new events, chained to the former one."""

import secrets

from django.db import transaction
from django.db.models import Max

from common.database import lock, now
from ideas.models import Campaign
from voting import merkle
from voting.actions.locks import lock_name
from voting.entries import COLUMNS, Entry, entry_of, leaves
from voting.models import LogSalt, MerkleRoot, VoteEvent

# So many entries at most stand under one root: a page of the list stays small, and a proof is quickly made.
MOST = 10_000
LOCK = "voting:roots"


def build_roots(most: int = MOST) -> list[MerkleRoot]:
    """Make roots over all events that no root covers yet; return those made. Not inside a transaction.

    Events get their numbers before they are committed, so a smaller number can appear after a larger one. Whoever
    writes an event shares its campaign's lock from before it gets the number until the commit. So, once each lock was
    held alone for a moment, all numbers up to a horizon seen before are there or never will be.
    """
    horizon = VoteEvent.objects.aggregate(last=Max("pk"))["last"] or 0
    if horizon <= last_covered():
        return []
    for campaign in Campaign.objects.order_by("pk").values_list("pk", flat=True):
        with transaction.atomic():
            lock(lock_name(campaign))
    made = []
    while root := _next_root(horizon, most):
        made.append(root)
    return made


def last_covered() -> int:
    """Return the number of the last event under a root."""
    return MerkleRoot.objects.aggregate(last=Max("last_event"))["last"] or 0


@transaction.atomic
def _next_root(horizon: int, most: int) -> MerkleRoot | None:
    lock(LOCK)
    former = MerkleRoot.objects.order_by("-number").first()
    after = former.last_event if former else 0
    rows = list(VoteEvent.objects.filter(pk__gt=after, pk__lte=horizon).order_by("pk").values_list(*COLUMNS)[:most])
    if not rows:
        return None
    salts = _salts({row[3] for row in rows})
    return _write(former, [entry_of(row, salts) for row in rows])


def _write(former: MerkleRoot | None, entries: list[Entry]) -> MerkleRoot:
    number, hash_before = (former.number + 1, former.root) if former else (1, "")
    return MerkleRoot.objects.create(
        number=number,
        first_event=entries[0].number,
        last_event=entries[-1].number,
        count=len(entries),
        root=merkle.root(leaves(number, hash_before, entries)),
        former=hash_before,
        made_at=now(),
    )


def _salts(campaigns: set[int]) -> dict[int, str]:
    """Return the salts of campaigns; those that have none yet get one."""
    known = dict(LogSalt.objects.filter(campaign__in=campaigns).values_list("campaign_id", "salt"))
    new = [LogSalt(campaign_id=pk, salt=secrets.token_hex(32)) for pk in sorted(campaigns - known.keys())]
    LogSalt.objects.bulk_create(new)
    return known | {row.campaign_id: row.salt for row in new}
