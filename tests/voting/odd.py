"""Many votes with their traces, written at once so that everything that is counted agrees."""

import itertools
import random
from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db.models import F

from common.database import now
from ideas.models import Idea
from voting import voter_keys
from voting.actions.writing import commitment
from voting.circumstances import _hashed
from voting.models import Ballot, Vote, VoteEvent, VoteTrace

_voters = itertools.count(1)


def hour(ago: int = 0) -> datetime:
    """The beginning of the hour that was so many hours ago, by the clock that may stand (``standing_clock``)."""
    return now().replace(minute=0, second=0, microsecond=0) - timedelta(hours=ago)


def network(number: int, at: datetime) -> str:
    return _hashed("network", f"10.{number // 250}.{number % 250}.0/24", at)


def domain(name: str, at: datetime) -> str:
    return _hashed("domain", name, at)


class Town:
    """A town with some ideas, on which people of many networks vote."""

    def __init__(self, ideas: Sequence[Idea], seed: int = 7) -> None:
        self.ideas, self.dice = list(ideas), random.Random(seed)
        self.campaign = ideas[0].campaign
        voter_keys.make_secret(self.campaign.pk)

    def votes(self, idea: Idea, number: int, *, at: datetime | None = None, networks=range(1, 400), fresh=0.05, mail="",
              keys: Sequence[str] = ()) -> list[str]:  # fmt: skip
        """Give an idea so many votes of new voters, or of those named; return their keys."""
        at = at or hour()
        found = list(keys) or [f"{next(_voters):064d}" for _one in range(number)]
        traces, votes, events = [], [], []
        for key in found:
            chance = self.dice.random()
            fields = {"campaign": self.campaign, "idea": idea, "voter_key": key}
            where = network(self.dice.choice(networks), at)
            traces.append(
                VoteTrace(
                    **fields, network=where, mail_domain=mail and domain(mail, at), is_fresh=chance < fresh, at=at
                )
            )
            votes.append(Vote(**fields))
            version = 1 + Ballot.objects.filter(voter_key=key).count() if keys else 1
            proof = commitment(idea, key, version)
            events.append(VoteEvent(campaign=self.campaign, idea=idea, change=1, hour=at, commitment=proof))
        Vote.objects.bulk_create(votes)
        VoteTrace.objects.bulk_create(traces)
        VoteEvent.objects.bulk_create(events)
        self._ballots(found, again=bool(keys))
        Idea.objects.filter(pk=idea.pk).update(support_count=F("support_count") + len(found))
        return found

    def _ballots(self, keys: Sequence[str], *, again: bool) -> None:
        if again and Ballot.objects.filter(campaign=self.campaign, voter_key__in=keys).exists():
            rows = Ballot.objects.filter(campaign=self.campaign, voter_key__in=keys)
            rows.update(used=F("used") + 1, version=F("version") + 1)
            return
        Ballot.objects.bulk_create([Ballot(campaign=self.campaign, voter_key=key, used=1, version=1) for key in keys])

    def ordinary_week(self, per_hour: float = 1.0) -> None:
        """Let votes come as they do: few at night, more in the evening, popular ideas more than others."""
        for place, idea in enumerate(self.ideas):
            popularity = 3 / (1 + place % 10)
            for ago in range(24 * 6, 2, -24):
                number = int(24 * per_hour * popularity * self.dice.choice((0.5, 0.8, 1.2, 1.5)) + self.dice.random())
                if number:
                    self.votes(idea, number, at=hour(ago))
