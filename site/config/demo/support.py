"""Two thousand supports: few ideas have many, many have few, and nobody gives more than the campaign allows."""

import math
import random
from collections import Counter
from datetime import datetime
from functools import partial

from accounts.models import User
from config.demo.clock import ago, evening
from config.demo.ideas import Story
from config.demo.people import People
from config.demo.replay import History, awake, spread
from config.demo.texts import Entry, campaigns
from ideas.models import Idea
from voting.actions import give_support

QUOTAS = {"draussen-zu-hause": 554, "schulwege": 480, "alte-muehle": 330, "radverkehr": 170, "kuehle-plaetze": 460}
STEEPNESS = 0.32
# What the two accounts for trying out have given already; the rest is theirs to give.
OWN = {
    "Hanna vom Deich": ("toiletten", "schaukel-fuer-alle", "zebrastreifen-feldstrasse"),
    "Cem aus Nordfeld": ("skatemulde", "lernraum"),
}


class Support:
    """Plans all supports of the town."""

    def __init__(
        self, stories: list[Story], people: People, history: History, elsewhere: dict[str, list[User]] | None = None
    ) -> None:
        """``elsewhere``: who gives another support in a campaign by another part of the plan."""
        self.people, self.history, self.elsewhere = people, history, elsewhere or {}
        self.stories = [story for story in stories if story.entry.get("state", "public") == "public"]
        self.draw = random.Random(1913)  # noqa: S311

    def plan(self) -> int:
        """Put every support into the history; return how many."""
        return sum(self.plan_campaign(entry) for entry in campaigns())

    def plan_campaign(self, campaign: Entry) -> int:
        stories = [story for story in self.stories if story.entry["campaign"] == campaign["slug"]]
        shares = self.shares(stories, QUOTAS[campaign["slug"]])
        used = Counter(self.elsewhere.get(campaign["slug"], ()))
        limit = campaign.get("support_limit") or 99
        given = 0
        for story in sorted(stories, key=lambda one: -shares[one.entry["key"]]):
            first = [who for name, keys in OWN.items() if story.entry["key"] in keys for who in [self.people.who(name)]]
            voters = [*first, *self.voters(story, used, limit, shares[story.entry["key"]] - len(first))]
            used.update(voters)
            moments = awake(spread(len(voters), *self.window(story, campaign), self.draw, haste=1.3), self.draw)
            for voter, moment in zip(voters, moments, strict=True):
                self.history.add(moment, partial(self.give, story, voter), quiet=True)
            given += len(voters)
        return given

    def shares(self, stories: list[Story], quota: int) -> dict[str, int]:
        """Divide a quota: every step of weight multiplies the share; what rounding leaves goes to the first."""
        weights = {story.entry["key"]: math.exp(STEEPNESS * story.entry.get("weight", 3)) for story in stories}
        total = sum(weights.values())
        found = {key: round(quota * weight / total) for key, weight in weights.items()}
        found[max(found, key=lambda key: found[key])] += quota - sum(found.values())
        return found

    def voters(self, story: Story, used: Counter[User], limit: int, count: int) -> list[User]:
        """Return people who still may, other than the author and the two for trying out."""
        free = [one for one in (*self.people.named, *self.people.crowd) if used[one] < limit and one != story.author]
        return self.draw.sample(free, count)

    def window(self, story: Story, campaign: Entry) -> tuple[datetime, datetime]:
        """Return from when until when this idea can be supported."""
        phases = [phase for phase in campaign["phases"] if phase.get("support")]
        start = max(story.decided, evening(min(phase["from"] for phase in phases)))
        return start, min(evening(max(phase["to"] for phase in phases)), ago(0.01))

    def give(self, story: Story, voter: User) -> None:
        give_support(voter=voter, idea=self.fresh(story))

    def fresh(self, story: Story) -> Idea:
        """Return the public idea, read once with its campaign and phases."""
        if story.votable is None:
            rows = Idea.objects.select_related("campaign").prefetch_related("campaign__phases")
            story.votable = rows.get(pk=story.idea.pk)
        return story.votable
