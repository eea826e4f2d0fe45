"""The discussion: what people said about an idea in particular, and a stock of remarks that suit many."""

import random
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

from accounts.models import User
from config.demo.clock import ago, daytime, evening, office_hours
from config.demo.ideas import HOURS, Story, approve, open_case_of
from config.demo.people import People
from config.demo.replay import History, awake, spread
from config.demo.texts import Entry, campaigns, read
from config.demo.town import rule_called
from ideas.actions import delete_comment, write_comment
from ideas.models import Comment
from moderation.actions import decide, report

TOTAL = 300
STOCK = {"draussen-zu-hause": "place", "schulwege": "way", "radverkehr": "way", "alte-muehle": "house"}
# Who says this tells something about themselves: such words do not suit any name.
PERSONAL = re.compile(
    r"\b(Mann|Frau|Vater|Mutter|Gro(ß|ss)\w+|Enkel\w*|Kinder|Sohn|Tochter|Schwester|Familie|Haushalt|arbeite|ohne Kinder"
    r"|\d+-?jährig\w*|zwölf|77|Als \w+|bin (neu|Schreiner|zwölf|\d+)|Jahre|Lotse|Azubis|Rollator|Augen|höre)\b"
)
# Comments of the last hours still wait for a look.
UNCHECKED = timedelta(hours=20)


@dataclass
class Remark:
    """A comment that is going to be written, and was."""

    story: Story
    author: User
    text: str
    stance: str = ""
    parent: "Remark | None" = None
    # Words of the one it answers.
    quote: str = ""
    # Taken back later by who wrote it; the replies stay.
    is_gone: bool = False
    written: Comment | None = None
    at: datetime | None = None

    @property
    def comment(self) -> Comment:
        """Return the comment, once it was written."""
        if self.written is None:
            raise LookupError(f"Not written yet: {self.text[:40]}")
        return self.written

    def write(self) -> None:
        parent = self.parent.comment if self.parent else None
        self.written = write_comment(
            author=self.author,
            idea=self.story.idea,
            text=self.text,
            stance=self.stance,
            parent=parent,
            quote=parent if self.quote else None,
            quote_text=self.quote,
        )

    def check(self, by: User) -> None:
        approve(open_case_of("comment", self.comment.pk), by)

    def take_back(self) -> None:
        delete_comment(comment=self.comment, by=self.author)


class Talk:
    """Plans all comments of the town."""

    def __init__(self, stories: list[Story], people: People, history: History) -> None:
        self.people, self.history = people, history
        self.stories = {
            story.entry["key"]: story for story in stories if story.entry.get("state", "public") == "public"
        }
        self.draw = random.Random(1871)  # noqa: S311
        self.left = (
            TOTAL
            - len(read("comments")["hidden"])
            - sum(len(s.entry.get("comments", ())) for s in self.stories.values())
        )
        self.speakers: dict[str, set[User]] = {}
        self.spoken: Counter[User] = Counter()
        nicknames = read("citizens")["nicknames"]
        self.nicknames = [people.by_name[name] for name in nicknames if name in people.by_name]

    def plan(self) -> None:
        """Put every comment and its check into the history."""
        extra = self.deal()
        for key, story in self.stories.items():
            remarks = list(self.own(story))
            start, end = self.window(story)
            # What was said for this idea was said before the town answered, unless it has a day of its own.
            moments = awake(
                spread(len(remarks), start, min(end, story.answered or end), self.draw, haste=1.4), self.draw
            )
            for (remark, days), moment in zip(remarks, moments, strict=True):
                self.say(remark, ago(days) if days else moment)
            self.plan_leaving([remark for remark, _days in remarks])
            self.plan_stock(story, extra.get(key, []))
        for entry in read("comments")["hidden"]:
            self.plan_hidden(entry)

    def plan_leaving(self, remarks: list[Remark]) -> None:
        """Let people take back what they said, once everything was said."""
        said = [remark.at for remark in remarks if remark.at]
        for remark in remarks:
            if remark.is_gone:
                self.history.add(max(said) + timedelta(hours=2), remark.take_back)

    def window(self, story: Story) -> tuple[datetime, datetime]:
        """Return from when until when the idea can be commented."""
        campaign = next(one for one in campaigns() if one["slug"] == story.entry["campaign"])
        until = max(evening(phase["to"]) for phase in campaign["phases"] if phase.get("comments"))
        start = story.decided + timedelta(hours=2)
        return start, min(until - timedelta(hours=3), ago(0.05))

    def own(self, story: Story) -> Iterator[tuple[Remark, float]]:
        """Return what is written for this idea alone, in its order."""
        said: list[Remark] = []
        for entry in story.entry.get("comments", ()):
            parent = said[entry["reply"]] if "reply" in entry else None
            remark = Remark(story, self.people.who(entry["by"]), entry["text"], entry.get("stance", ""), parent)
            remark.quote, remark.is_gone = entry.get("quote", ""), entry.get("gone", False)
            self.speakers.setdefault(story.entry["key"], {story.author}).add(remark.author)
            said.append(remark)
            yield remark, entry.get("days", 0)

    def deal(self) -> dict[str, list[Entry]]:
        """Deal the stock of remarks out to the ideas they suit, evenly, each once."""
        dealt: dict[str, list[Entry]] = {}
        for kind in ("place", "way", "house"):
            open_to = [
                s
                for s in self.stories.values()
                if s.entry.get("stock", True) and STOCK.get(s.entry["campaign"]) == kind
            ]
            for entry in self.draw.sample(read("comments")[kind], len(read("comments")[kind])):
                suiting = [s for s in open_to if s.entry["key"] not in entry.get("unless", ())]
                least = min(
                    suiting,
                    key=lambda s: (len(dealt.get(s.entry["key"], ())) - s.entry.get("weight", 3) / 4, s.entry["key"]),
                )
                dealt.setdefault(least.entry["key"], []).append(entry)
        return dealt

    def plan_stock(self, story: Story, entries: list[Entry]) -> None:
        moments = awake(spread(len(entries), *self.window(story), self.draw), self.draw)
        for entry, moment in zip(entries, moments, strict=True):
            if self.left <= 0:
                return
            first = Remark(story, self.somebody(story, entry["text"]), entry["text"], entry["stance"])
            self.say(first, moment)
            self.left -= 1
            if "reply" in entry and self.left > 0:
                answer = Remark(story, self.somebody(story, entry["reply"]), entry["reply"], parent=first)
                self.say(
                    answer,
                    min(moment + timedelta(hours=self.draw.choice(HOURS)), self.window(story)[1] + timedelta(hours=1)),
                )
                self.left -= 1

    def somebody(self, story: Story, text: str) -> User:
        """Return somebody who has not yet spoken here, and not too often elsewhere; the name must suit the words."""
        said = self.speakers.setdefault(story.entry["key"], {story.author})
        among = self.nicknames if PERSONAL.search(text) else self.people.crowd
        free = [person for person in among if person not in said]
        least = min(self.spoken[person] for person in free)
        found = self.draw.choice([person for person in free if self.spoken[person] == least])
        said.add(found)
        self.spoken[found] += 1
        return found

    def say(self, remark: Remark, moment: datetime) -> None:
        """Let it be written, and looked at by a moderator a few hours later."""
        if remark.parent and remark.parent.at:
            moment = max(moment, remark.parent.at + timedelta(minutes=40))
        remark.at = moment = min(office_hours(moment) if remark.author.office else moment, ago(0))
        told = bool({remark.author, remark.story.author} & set(self.people.trying))
        self.history.add(moment, remark.write, told=told)
        checked = daytime(moment + timedelta(hours=self.draw.choice(HOURS), minutes=self.draw.randrange(50)))
        if not remark.is_gone and not remark.author.office and moment < ago(0) - UNCHECKED and checked < ago(0):
            by = self.draw.choice([*self.people.moderators, self.people.moderators[0]])
            self.history.add(checked, partial(remark.check, by), told=told)

    def plan_hidden(self, entry: Entry) -> None:
        """Plan a comment that somebody reports and a moderator takes from sight."""
        story = self.stories[entry["idea"]]
        remark = Remark(story, self.somebody(story, entry["text"]), entry["text"], "contra")
        written = story.decided + (self.window(story)[1] - story.decided) * 0.4
        self.history.add(written, remark.write)
        self.history.add(written + timedelta(hours=3), partial(self.report, remark, entry))
        self.history.add(written + timedelta(hours=6), partial(self.hide, remark, entry))

    def report(self, remark: Remark, entry: Entry) -> None:
        by = self.draw.choice(self.people.named)
        report(kind="comment", object_id=remark.comment.pk, reason=entry["report"], reporter=by, good_faith=True)

    def hide(self, remark: Remark, entry: Entry) -> None:
        case = open_case_of("comment", remark.comment.pk)
        rule = rule_called(entry["rule"])
        by = self.people.moderators[0]
        decide(
            case_id=case.pk, version=case.version, actor=by, decision="hide", rule_version=rule, reason=entry["reason"]
        )
