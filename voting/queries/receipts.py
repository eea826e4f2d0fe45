"""One's own receipts: found by computing what only the voter's key gives, and looking which of it stands in the record."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import TYPE_CHECKING

from ideas.models import Campaign, Idea
from voting import voter_keys
from voting.models import Ballot, Basket, BasketItem, CommentVote, Opinion, Vote, VoteEvent
from voting.receipts import in_groups

if TYPE_CHECKING:
    from accounts.models import User

MOST = 200
CHUNK = 2000
Kind = VoteEvent.Kind
# The receipt, where it belongs (kind, phase, number of the idea or comment), and which change it was.
Candidate = tuple[str, tuple[str, int, int], int]


@dataclass(frozen=True)
class OwnReceipt:
    """A receipt of one's own for a vote that stands."""

    code: str
    kind: str
    idea: Idea | None
    campaign: Campaign
    hour: datetime


def own_receipts(user: "User", campaigns: Iterable[Campaign] | None = None) -> list[OwnReceipt]:
    """Return receipts for all votes of ``user`` that stand and can still be told, the latest first."""
    found = Campaign.objects.visible_to(user) if campaigns is None else campaigns
    wanted = {campaign.pk: campaign for campaign in found if voter_keys.has_secret(campaign.pk)}
    keys = {voter_keys.voter_key(pk, user): pk for pk in wanted}
    candidates = [*_supports(keys), *_opinions(keys), *_baskets(keys), *_comments(keys)]
    standing = _standing(candidates)
    ideas = _ideas(user, {event.idea_id for _receipt, event in standing})
    rows = sorted(standing, key=lambda pair: -pair[1].pk)[:MOST]
    return [
        OwnReceipt(in_groups(receipt), event.get_kind_display(), ideas.get(event.idea_id), wanted[event.campaign_id], event.hour)
        for receipt, event in rows
    ]  # fmt: skip


def receipt_of(user: "User", idea: Idea) -> str:
    """Return the receipt of one's own support of an idea in groups; empty if there is none, or nobody can tell."""
    if not voter_keys.has_secret(idea.campaign_id):
        return ""
    key = voter_keys.voter_key(idea.campaign_id, user)
    ballot = Ballot.objects.filter(campaign=idea.campaign_id, voter_key=key).first()
    if ballot is None:
        return ""
    found = _standing(_of_object(idea.campaign_id, key, idea.pk, range(1, ballot.version + 1)))
    return in_groups(found[0][0]) if found else ""


def _supports(keys: dict[str, int]) -> Iterator[Candidate]:
    versions = dict(Ballot.objects.filter(voter_key__in=keys).values_list("voter_key", "version"))
    votes = Vote.objects.filter(voter_key__in=keys).order_by("-pk").values_list("voter_key", "idea_id")[:MOST]
    for key, idea in votes:
        yield from _of_object(keys[key], key, idea, range(1, versions.get(key, 0) + 1))


def _opinions(keys: dict[str, int]) -> Iterator[Candidate]:
    rows = Opinion.objects.filter(voter_key__in=keys).exclude(value=0).order_by("-pk")
    for key, phase, idea, version in rows.values_list("voter_key", "phase_id", "idea_id", "version")[:MOST]:
        yield from _of_object(keys[key], key, idea, [version], Kind.OPINION, phase)


def _comments(keys: dict[str, int]) -> Iterator[Candidate]:
    rows = CommentVote.objects.filter(voter_key__in=keys).exclude(value=0).order_by("-pk")
    for key, comment, version in rows.values_list("voter_key", "comment_id", "version")[:MOST]:
        yield from _of_object(keys[key], key, comment, [version], Kind.COMMENT)


def _baskets(keys: dict[str, int]) -> Iterator[Candidate]:
    baskets = {row.pk: row for row in Basket.objects.filter(voter_key__in=keys)}
    items = BasketItem.objects.filter(basket__in=baskets).values_list("basket_id", "project__idea_id")
    for basket_id, idea in items:
        row = baskets[basket_id]
        versions = range(1, row.version + 1)
        yield from _of_object(row.campaign_id, row.voter_key, idea, versions, Kind.PROJECT, row.phase_id)


def _of_object(
    campaign: int, key: str, number: int, versions: Iterable[int], kind: str = Kind.SUPPORT, phase: int = 0
) -> Iterator[Candidate]:
    for version in versions:
        receipt = voter_keys.receipt(campaign, key, number, version, kind=str(kind), phase=phase)
        yield receipt, (str(kind), phase, number), version


def _standing(candidates: Iterable[Candidate]) -> list[tuple[str, VoteEvent]]:
    """Return, for each thing voted on, the receipt of its latest entry, if that gave and took nothing back."""
    known = {sha256(receipt.encode()).hexdigest(): (receipt, place, version) for receipt, place, version in candidates}
    latest: dict[tuple[str, int, int], tuple[int, str, VoteEvent]] = defaultdict(lambda: (0, "", VoteEvent()))
    wanted = list(known)
    for start in range(0, len(wanted), CHUNK):
        for event in VoteEvent.objects.filter(commitment__in=wanted[start : start + CHUNK]):
            receipt, place, version = known[event.commitment]
            if version > latest[place][0]:
                latest[place] = (version, receipt, event)
    return [(receipt, event) for _version, receipt, event in latest.values() if event.change == 1]


def _ideas(user: "User", numbers: set[int]) -> dict[int, Idea]:
    """Return the ideas that the person may read."""
    return Idea.objects.visible_to(user).filter(pk__in=numbers).select_related("campaign").in_bulk()
