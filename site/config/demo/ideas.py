"""The ideas and what became of each: sent in, decided on, changed, answered, withdrawn, merged."""

import random
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

from django.utils import timezone

from accounts.models import User
from config.demo.clock import ago, office_hours
from config.demo.people import People
from config.demo.pictures import IdeaPictures
from config.demo.points import point_of
from config.demo.questions import answers_of, papers_of
from config.demo.replay import History
from config.demo.texts import Entry
from config.demo.town import rule_called
from ideas.actions import change_idea, publish_answer, submit_idea, withdraw_idea
from ideas.content import IdeaContent
from ideas.models import Campaign, District, Goal, Idea, Topic
from moderation.actions import decide
from moderation.actions.cases import open_case
from moderation.models import Case, Decision
from search.actions import touch

PROGRESS = {
    "new": "new", "discussed": "discussed", "checked": "reviewed", "building": "planned", "done": "done", "not_feasible": "declined",
}  # fmt: skip
# How long a moderator takes: most cases within a working day.
HOURS = (2, 3, 4, 5, 7, 14, 16, 18, 20, 22)


def mark(key: str) -> str:
    """Return the mark by which an idea of the demo town is found again: the key of the request that sent it in."""
    return f"demo:{key}"


def approve(case: Case, by: User) -> Decision:
    """Approve what waits in a case."""
    return decide(case_id=case.pk, version=case.version, actor=by, decision="approve")


def open_case_of(kind: str, object_id: int) -> Case:
    """Return the case that waits."""
    return Case.objects.get(kind=kind, object_id=object_id, state=Case.State.OPEN)


@dataclass
class Story:
    """One idea on its way through the town."""

    entry: Entry
    people: People
    pictures: IdeaPictures
    history: History
    sent_in: Idea | None = None
    votable: Idea | None = None

    @property
    def idea(self) -> Idea:
        """Return the idea, once it was sent in."""
        if self.sent_in is None:
            raise LookupError(f"{self.entry['key']} has not been sent in yet.")
        return self.sent_in

    @property
    def sent(self) -> datetime:
        """Return when it was sent in: at a time of day people are awake."""
        day = timezone.localtime(ago(self.entry["days"])).replace(hour=7, minute=0)
        return min(day + timedelta(minutes=self.draw_once("sent", 14 * 60)), ago(0.02))

    @property
    def decided(self) -> datetime:
        """Return when a moderator looked at it."""
        taken = timedelta(hours=HOURS[self.draw_once("hours", len(HOURS))], minutes=self.draw_once("minutes", 55))
        return office_hours(self.sent + taken)

    @property
    def answered(self) -> datetime | None:
        """Return when the town answered."""
        return office_hours(ago(self.entry["answer"]["days"])) if "answer" in self.entry else None

    def draw_once(self, what: str, below: int) -> int:
        """Return a number that is always the same for this idea."""
        return random.Random(f"{self.entry['key']}/{what}").randrange(below)  # noqa: S311

    @property
    def joined(self) -> datetime:
        """Return when it was merged into another one."""
        return office_hours(self.decided + timedelta(days=2))

    @property
    def author(self) -> User:
        """Return whose idea it is."""
        return self.people.who(self.entry["author"])

    def plan(self) -> None:
        """Put everything that happens to the idea into the history."""
        add = partial(self.history.add, told=self.author in self.people.trying)
        state = self.entry.get("state", "public")
        add(self.sent, self.send)
        plans = {
            "waiting": (),
            "refused": ((self.decided, partial(self.turn_down, "refuse")),),
            "change_requested": ((self.decided, partial(self.turn_down, "request_change")),),
        }
        for moment, step in plans.get(state, ((self.decided, self.let_through),)):
            add(moment, step)
        later = {
            "hidden": (office_hours(self.decided + timedelta(days=3)), self.take_from_sight),
            "withdrawn": (self.decided + timedelta(days=12), self.take_back),
            "merged": (self.joined, self.join),
        }
        if state in later:
            add(*later[state])
        if self.answered:
            add(self.answered, self.answer)
        if "pending_change" in self.entry:
            add(ago(0.4 + self.draw_once("change", 10) / 10), self.change)

    def content(self, text: str) -> IdeaContent:
        """Return what the author writes."""
        entry = self.entry
        picture = entry.get("picture")
        latitude, longitude = point_of(entry)
        return IdeaContent(
            title=entry["title"],
            text=text.strip(),
            topic=Topic.objects.get(slug=entry["topic"]),
            goal=Goal.objects.get(slug=entry["goal"]),
            district=District.objects.get(slug=entry["district"]),
            place=entry.get("place", ""),
            latitude=latitude,
            longitude=longitude,
            tags=tuple(entry["tags"]),
            pictures=((self.pictures.get(picture, self.author), entry["alt"]),) if picture else (),
            files=papers_of(entry["key"], self.author),
            answers=answers_of(entry["key"], Campaign.objects.get(slug=entry["campaign"])),
        )

    def send(self) -> None:
        campaign = Campaign.objects.get(slug=self.entry["campaign"])
        content = self.content(self.entry["text"])
        self.sent_in = submit_idea(
            author=self.author, campaign=campaign, content=content, request_key=mark(self.entry["key"])
        )

    @property
    def moderator(self) -> User:
        return self.people.moderators[self.draw_once("moderator", 5) // 4]

    def let_through(self) -> None:
        approve(open_case_of("idea", self.idea.pk), self.moderator)
        # Chance decides the place in the fair order; here it always decides alike. Progress without a letter is a click.
        self.idea.refresh_from_db()
        self.idea.fair_rank = self.draw_once("fair", 2**31 - 1)
        if "answer" not in self.entry:
            self.idea.progress = PROGRESS[self.entry.get("status", "new")]
        self.idea.save(update_fields=["fair_rank", "progress"])
        touch("idea", self.idea.pk)

    def turn_down(self, decision: str) -> None:
        case = open_case_of("idea", self.idea.pk)
        rule = rule_called(self.entry["rule"])
        decide(
            case_id=case.pk,
            version=case.version,
            actor=self.moderator,
            decision=decision,
            rule_version=rule,
            reason=self.entry["reason"],
        )

    def take_from_sight(self) -> None:
        open_case("idea", self.idea.pk, reason=Case.Reason.OWN)
        self.turn_down("hide")

    def take_back(self) -> None:
        withdraw_idea(idea=self.idea, by=self.author, kind=self.entry.get("kind", "other"), reason=self.entry["reason"])
        if Case.objects.filter(kind="idea", object_id=self.idea.pk, state=Case.State.OPEN).exists():
            approve(open_case_of("idea", self.idea.pk), self.moderator)  # the words of the reason

    def join(self) -> None:
        """Merge into the idea that says the same, as a moderator does."""
        target = Idea.objects.get(request_key=mark(self.entry["into"]))
        case = open_case("idea", self.idea.pk, reason=Case.Reason.OWN)
        decide(
            case_id=case.pk, version=case.version, actor=self.moderator, decision="merge", target=str(target.pk),
            reason=self.entry["because"],
        )  # fmt: skip

    def answer(self) -> None:
        entry = self.entry["answer"]
        by = self.people.offices[entry["office"]]
        result, measure = PROGRESS[entry["result"]], entry.get("measure", "")
        publish_answer(
            idea=self.idea,
            author=by,
            text=entry["text"].strip(),
            progress=result,
            signed_by=by.display_name,
            measure=measure,
        )

    def change(self) -> None:
        change_idea(idea=self.idea, editor=self.author, content=self.content(self.entry["pending_change"]))
