"""The public record: roots, the entries under them, results, and where a receipt stands."""

from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from ideas.models import Campaign, Idea
from ideas.rules import counts_shown
from voting import merkle
from voting.entries import COLUMNS, Entry, entry_of, leaves, spelled
from voting.models import LogSalt, MerkleRoot, Reopening, Result, VoteEvent
from voting.paper import values_of

BATCH = 2000


@dataclass(frozen=True)
class Found:
    """The entry a receipt belongs to, with what proves that it is in the list. ``root`` is None within the first hour."""

    entry: Entry
    kind: str
    change: int
    words: str
    shown: bool
    idea: Idea | None
    root: MerkleRoot | None
    place: int
    path: list[merkle.Step]


def salts() -> dict[int, str]:
    """Return the salt of each campaign that has entries under a root."""
    return dict(LogSalt.objects.values_list("campaign_id", "salt"))


def shown_campaigns() -> set[int]:
    """Return the campaigns of whose entries everybody can read what they say: public, and no longer hidden."""
    now = timezone.now()
    public = Campaign.objects.filter(is_public=True).only("counts_hidden_until")
    return {campaign.pk for campaign in public if counts_shown(campaign, now)}


def entries_of(root: MerkleRoot) -> Iterator[Entry]:
    """Yield the entries under a root in their order."""
    known = salts()
    rows = VoteEvent.objects.filter(pk__gte=root.first_event, pk__lte=root.last_event).order_by("pk")
    yield from (entry_of(row, known) for row in rows.values_list(*COLUMNS).iterator(BATCH))


def directory() -> dict[str, Any]:
    """Return the list of roots, and the sealed results with their hashes, as everybody can download it."""
    roots = [
        {"number": row.number, "first": row.first_event, "last": row.last_event, "count": row.count, "root": row.root,
         "former": row.former, "made": spelled(row.made_at), "entries": f"verzeichnis/{row.number}.json"}
        for row in MerkleRoot.objects.order_by("number")
    ]  # fmt: skip
    shown = shown_campaigns()
    results = [
        {"campaign": row.snapshot["campaign"], "phase": row.phase_id, "sealed": spelled(row.sealed_at),
         "sha256": row.sha256, "snapshot": row.snapshot}
        for row in Result.objects.filter(campaign__in=shown).order_by("pk")
    ]  # fmt: skip
    opened = Reopening.objects.filter(phase__campaign__in=shown).order_by("pk")
    reopened = [{"phase": row.phase_id, "at": spelled(row.at), "because": row.because} for row in opened]
    return {"version": 1, "roots": roots, "results": results, "reopened": reopened}


def find(receipt: str) -> Found | None:
    """Return the entry that belongs to a receipt (64 hexadecimal digits); None if there is none."""
    events = VoteEvent.objects.select_related("campaign", "phase", "idea__campaign")
    event = events.filter(commitment=sha256(receipt.encode()).hexdigest()).first()
    if event is None:
        return None
    shown = event.campaign.is_public and counts_shown(event.campaign)
    root = MerkleRoot.objects.filter(first_event__lte=event.pk, last_event__gte=event.pk).first()
    entry, place, path = _proof(event.pk, root) if root else (_lonely(event), 0, [])
    readable = shown and event.idea.state in Idea.READABLE
    return Found(
        entry=entry, kind=event.get_kind_display(), change=event.change, words=_words(event), shown=shown,
        idea=event.idea if readable else None, root=root, place=place, path=path,
    )  # fmt: skip


def _proof(number: int, root: MerkleRoot) -> tuple[Entry, int, list[merkle.Step]]:
    entries = list(entries_of(root))
    place = next(place for place, entry in enumerate(entries, start=1) if entry.number == number)
    return entries[place - 1], place, merkle.path(leaves(root.number, root.former, entries), place)


def _words(event: VoteEvent) -> str:
    """Return what was answered, where there was a choice."""
    if event.kind == VoteEvent.Kind.COMMENT:
        return _("agree") if event.value > 0 else _("disagree")
    if event.kind == VoteEvent.Kind.OPINION and event.phase:
        return str(values_of(event.phase).get(event.value, event.value))
    return ""


def _lonely(event: VoteEvent) -> Entry:
    """Return the entry of an event that no root covers yet, without a salt."""
    return Entry(event.pk, event.hour, event.commitment, (), "")
