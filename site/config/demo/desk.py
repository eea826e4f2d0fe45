"""What came in by telephone and at a festival, and what ideas are linked with."""

import random
from datetime import datetime, timedelta
from functools import partial

from django.utils import timezone

from config.demo.clock import ago, daytime
from config.demo.ideas import approve, mark, open_case_of
from config.demo.people import People
from config.demo.replay import History
from config.demo.texts import Entry, read
from ideas.actions import Received, claim_idea, link_idea, take_in_idea
from ideas.content import IdeaContent
from ideas.models import Campaign, District, Idea, IdeaLink, Intake, Topic
from search.actions import touch


def plan_desk(people: People, history: History) -> None:
    """Put intakes, their decisions and links into the history."""
    for entry in read("links")["intakes"]:
        Card(entry, people).plan(history)
    for entry in read("links")["links"]:
        moment = daytime(ago(entry["days"]))
        history.add(moment, partial(link, entry, people, moment))


class Card:
    """One idea that staff wrote down."""

    def __init__(self, entry: Entry, people: People) -> None:
        self.entry, self.people, self.code = entry, people, ""
        self.idea_id = 0

    def plan(self, history: History) -> None:
        """Put what happens to it into the history."""
        written = daytime(ago(self.entry["days"]))
        history.add(written, partial(self.write_down, written))
        history.add(daytime(written + timedelta(hours=5)), self.let_through)
        if claimed := self.entry.get("claimed"):
            history.add(daytime(ago(claimed["days"])), self.claim)

    def write_down(self, moment: datetime) -> None:
        entry = self.entry
        content = IdeaContent(
            title=entry["title"],
            text=entry["text"].strip(),
            topic=Topic.objects.get(slug=entry["topic"]),
            district=District.objects.get(slug=entry["district"]),
            place=entry["place"],
        )
        taken = take_in_idea(
            by=self.people.who(entry["by"]),
            campaign=Campaign.objects.get(slug=entry["campaign"]),
            content=content,
            received=Received(entry["channel"], timezone.localdate(moment), entry["occasion"]),
            request_key=entry["key"],
        )
        self.code, self.idea_id = taken.code or "", taken.intake.idea_id
        Intake.objects.filter(pk=taken.intake.pk).update(created_at=moment)

    def let_through(self) -> None:
        approve(open_case_of("idea", self.idea_id), self.people.moderators[0])
        draw = random.Random(self.entry["key"])  # noqa: S311 – the same town every time
        Idea.objects.filter(pk=self.idea_id).update(fair_rank=draw.randrange(2**31 - 1))
        touch("idea", self.idea_id)

    def claim(self) -> None:
        claim_idea(by=self.people.who(self.entry["claimed"]["who"]), code=self.code)


def link(entry: Entry, people: People, moment: datetime) -> None:
    """Link one idea, as an office does."""
    idea = Idea.objects.get(request_key=mark(entry["idea"]))
    other = Idea.objects.get(request_key=mark(entry["with"])).pk if "with" in entry else None
    made = link_idea(
        idea=idea,
        by=people.moderators[0],
        kind=entry["kind"],
        object_id=other,
        title=entry.get("title", ""),
        address=entry.get("address", ""),
    )
    IdeaLink.objects.filter(pk=made.pk).update(created_at=moment)
