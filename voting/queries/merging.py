"""What can be asked about merged ideas: where a support would go, what somebody has chosen, what is said about all."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.contrib.auth.models import AnonymousUser

from ideas.models import Idea, Merge
from voting import voter_keys
from voting.models import Ballot, MergeChoice, Vote
from voting.queries.support import is_open, shown_count

if TYPE_CHECKING:
    from accounts.models import User

LONGEST_PATH = 50


def live_merge(idea: Idea) -> Merge | None:
    """Return the merge by which the idea was joined into another one, if it holds."""
    found = Merge.objects.filter(source=idea, undone_at=None)
    return found.select_related("source__campaign", "target", "actor").first()


def path_of(merge: Merge) -> list[Merge]:
    """Return the merges from this one on, as its target was merged on; empty when it does not hold any more."""
    found: list[Merge] = []
    joins = ("source__campaign", "target__campaign")
    live = Merge.objects.filter(undone_at=None).select_related(*joins).order_by()
    step = live.filter(pk=merge.pk).first()
    while step is not None and len(found) < LONGEST_PATH:
        found.append(step)
        step = live.filter(source=step.target_id).first() if step.target.merged_into_id else None
    return found


@dataclass(frozen=True)
class Standing:
    """How a person stands to a merged idea.

    ``name``: signed_out · none (nothing to choose) · asked · left · carried · doubled · ended · gone (made anonymous)
    """

    name: str
    #: whether a choice can be made now
    is_open: bool
    #: carried over, the support would be one the person has already
    has_both: bool = False

    @property
    def over(self) -> bool:
        return self.name in ("carried", "doubled")

    @property
    def may_choose(self) -> bool:
        return self.is_open and self.name in ("asked", "left", "carried", "doubled")


def standing(user: "User | AnonymousUser", path: list[Merge]) -> Standing:
    """Return how ``user`` stands to the idea at the beginning of the path; few statements, nothing changes."""
    source, end = path[0].source, path[-1].target
    open_now = is_open(source.campaign)
    if not user.is_authenticated:
        return Standing("signed_out", open_now)
    if not voter_keys.has_secret(source.campaign_id):
        return Standing("gone" if Ballot.objects.filter(campaign=source.campaign_id).exists() else "none", open_now)
    key = voter_keys.voter_key(source.campaign_id, user)
    voted = set(Vote.objects.filter(idea__in=(source, end), voter_key=key).values_list("idea_id", flat=True))
    chosen = MergeChoice.objects.filter(merge=path[0], voter_key=key).values_list("state", flat=True).first()
    name = chosen or ("asked" if source.pk in voted else "none")
    return Standing(name, open_now, has_both=voted == {source.pk, end.pk})


@dataclass(frozen=True)
class Account:
    """A merge in numbers, for everybody. Numbers of supports are None while they are hidden."""

    merge: Merge
    source_now: int | None
    target_now: int | None

    @property
    def open(self) -> int:
        """How many have not said anything yet."""
        return max(0, (self.source_now or 0) - self.merge.left)


def account(merge: Merge) -> Account:
    """Return the numbers of a merge as they are now; costs no statement beyond the merge's own joins."""
    return Account(merge, shown_count(merge.source), shown_count(merge.target))


def merged_here(idea: Idea, user: "User | AnonymousUser") -> list[Account]:
    """Return what was merged into an idea, as far as ``user`` may read it; asks only where there is something."""
    if not idea.merged_count:
        return []
    readable = Idea.objects.visible_to(user).filter(merged_into=idea)
    merges = Merge.objects.filter(target=idea, undone_at=None, source__in=readable)
    return [account(merge) for merge in merges.select_related("source__campaign", "target__campaign").order_by("pk")]
