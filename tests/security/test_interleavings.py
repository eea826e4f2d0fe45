"""Two hundred courses of events on PostgreSQL (thirty on SQLite), drawn by chance but repeatable: never a word nobody approved, anywhere.

Every version carries a number of its own in title, text, place, tag, picture and file. Beside the site stands a plain
account of what moderators let through; whatever a visitor is answered holds numbers of that account only.
"""

import random
import re
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import Client

from accounts.models import User
from common.errors import Refused
from ideas.actions import accept_invitation, change_idea, invite_by_link, submit_idea, withdraw_idea
from ideas.content import IdeaContent
from ideas.models import Campaign, Idea, IdeaFile, IdeaPicture
from moderation.actions import decide, open_case, write_rule
from moderation.models import Case, RuleVersion
from tests import factories
from tests.soak import by_database

SEEDS, TOGETHER, STEPS = by_database(30, 200), 10, 10
NUMBER = re.compile(rb"wort(\d{6})", re.IGNORECASE)
OWN = ("verlauf", "fassungen", "aushang", "einbetten")
EVERYWHERE = (
    "/", "/ideen/", "/ideen/?sort=neu", "/ideen/feed/", "/ideen/karte/", "/ideen/karte.geojson?bbox=7,51,9,53",
    "/mitmachen/spielraeume/", "/suche/?q=Segel", "/suche/?q=Segel&sort=neu", "/ideen/einbetten/?kampagne=spielraeume",
    "/ideen/neu/aehnlich/?campaign=spielraeume&title=Segel+am+Ufer+bauen", "/sitemap.xml",
)  # fmt: skip


@dataclass
class Town:
    """The people, and the numbers given so far."""

    campaign: Campaign
    lead: User
    friend: User
    moderator: User
    rule: RuleVersion
    last: int = 0

    def content(self) -> tuple[int, IdeaContent]:
        """Return new words under a new number."""
        self.last += 1
        word = f"Wort{self.last:06d}"
        picture = IdeaPicture.objects.create(file=f"{word}.webp", width=4, height=3, sha256=word, uploader=None)
        file = IdeaFile.objects.create(file=word, name=f"{word}.pdf", kind="pdf", size=9, sha256=word)
        words = IdeaContent(
            title=f"Ein Segel am Ufer {word}", text=f"Das Segel {word} spendet Schatten am Ufer.", place=f"Ufer {word}",
            tags=(word,), latitude=51.6, longitude=8.3, pictures=((picture, f"Bild {word}"),), files=(file,),
        )  # fmt: skip
        return self.last, words


@dataclass
class Course:
    """One idea, and the account of what was let through."""

    town: Town
    idea: Idea
    waiting: int | None
    approved: int | None = None
    allowed: set[int] = field(default_factory=set)
    state: str = "waiting"
    seen: tuple[int, int, str, int | None] | None = None

    def edit(self, by: User) -> None:
        number, words = self.town.content()
        change_idea(idea=self.idea, editor=by, content=words)
        assert self.state in ("waiting", "public")
        self.waiting = number

    def look(self) -> None:
        """Let a moderator open the form, to be sent later."""
        case = Case.objects.filter(kind="idea", object_id=self.idea.pk, state="open").first()
        self.seen = (case.pk, case.version, self.state, self.waiting) if case else None

    def send(self, decision: str) -> None:
        """Send the form; what changed since it was opened is refused, whatever was decided."""
        if self.seen is None:
            return
        case_id, version, state, waiting = self.seen
        is_stale = (state, waiting) != (self.state, self.waiting)
        case = Case.objects.get(pk=case_id)
        is_stale = is_stale or case.version != version or case.state != "open"
        try:
            decide(
                case_id=case_id, version=version, actor=self.town.moderator, decision=decision,
                rule_version=self.town.rule, reason="Weil es so ist.",
            )  # fmt: skip
        except Refused:  # 409 or 422: it was not carried out
            return
        assert not is_stale, "a decision went through on something that was not seen"
        self.account_for(decision)

    def account_for(self, decision: str) -> None:
        if decision == "approve" and self.state in ("waiting", "public"):
            self.approved, self.waiting, self.state = self.waiting or self.approved, None, "public"
            self.allowed.add(self.approved or 0)
        elif decision == "refuse":
            self.state = "refused" if self.state == "waiting" else self.state
            self.waiting = None if self.state == "public" else self.waiting
        elif decision == "hide":
            self.state = "hidden"
        elif decision == "restore" and self.state == "refused":
            self.approved, self.waiting, self.state = self.waiting, None, "public"
            self.allowed.add(self.approved or 0)
        elif decision == "restore":
            self.state = "public"

    def case(self) -> None:
        """Let a moderator bring the idea up of their own accord."""
        open_case("idea", self.idea.pk, reason="own")

    def withdraw(self) -> None:
        withdraw_idea(idea=self.idea, by=self.town.lead)
        self.state = "withdrawn" if self.state == "public" else "closed"

    def steps(self) -> list[Callable[[], None]]:
        """Return what can happen, the usual more often."""
        usual = [lambda: self.edit(self.town.lead), lambda: self.edit(self.town.friend), self.look, self.case]
        sent = [
            lambda what=what: self.send(what) for what in ("approve", "approve", "approve", "refuse", "hide", "restore")
        ]
        return [*usual, *usual, self.look, *sent, *sent, self.withdraw]

    @property
    def is_readable(self) -> bool:
        return self.state in ("public", "withdrawn")


@pytest.fixture
def town(campaign: Campaign) -> Town:
    lead, friend = (factories.make_person(f"{name}@example.org", name) for name in ("Federwolke", "Lippespatz"))
    moderator = factories.make_person("mira@example.org", "Mira Moor", groups=["Moderation"])
    rule = write_rule(
        actor=moderator, number=None, title="Fair bleiben", text="Niemand wird beleidigt.", ground="terms"
    )
    return Town(campaign, lead, friend, moderator, rule)


def begin(town: Town) -> Course:
    number, words = town.content()
    idea = submit_idea(author=town.lead, campaign=town.campaign, content=words)
    row, _token = invite_by_link(idea=idea, lead=town.lead)
    accept_invitation(invitation=row, person=town.friend)
    return Course(town, idea, number)


def numbers(visitor: Client, path: str) -> tuple[int, set[int]]:
    """Return the status and every number in what a visitor is answered: body, addresses led to, headers."""
    answer = visitor.get(path, follow=True)
    said = answer.getvalue() + repr((answer.redirect_chain, answer.headers)).encode()  # type: ignore[attr-defined]
    return answer.status_code, {int(number) for number in NUMBER.findall(said)}


def shown_of(courses: list[Course]) -> set[int]:
    """Return the numbers that stand in lists now."""
    return {course.approved for course in courses if course.state == "public" and course.approved}


def check(course: Course, visitor: Client, shown: set[int], *suffixes: str) -> None:
    """Ask for the idea's own pages as a visitor does; similar ideas stand beside it."""
    for suffix in ("", *(f"{name}/" for name in suffixes)):
        status, found = numbers(visitor, f"/ideen/{course.idea.pk}/{suffix}")
        found -= shown - course.allowed
        assert found <= course.allowed, (suffix, found - course.allowed)
        assert status in ((200, 404, 410) if course.is_readable else (404, 410)), (suffix, status, course.state)
        if not course.is_readable:
            assert not found
        elif not suffix:
            assert course.approved in found


def check_media(course: Course) -> None:
    """Ask for pictures and files of every version."""
    shown = {f"Wort{course.approved:06d}"} if course.state == "public" and course.approved else set()
    for model in (IdeaPicture, IdeaFile):
        uses = model.objects.visible_to(AnonymousUser()).filter(uses__version__idea=course.idea)
        assert set(uses.values_list("sha256", flat=True)) == shown


@pytest.mark.parametrize("first", range(0, SEEDS, TOGETHER))
def test_nothing_unapproved_is_ever_public(first: int, town: Town) -> None:
    visitor = Client()
    courses = [begin(town) for _seed in range(TOGETHER)]
    for step in range(STEPS):
        for place, course in enumerate(courses):
            chance = random.Random(f"{first + place}/{step}")
            with suppress(Refused):
                chance.choice(course.steps())()
            check(course, visitor, shown_of(courses))
        for path in chance.sample(EVERYWHERE, 3) if step < STEPS - 1 else EVERYWHERE:
            _status, found = numbers(visitor, path)
            # Tags are counted anew when an idea comes, goes or changes its kind; until then an approved one may linger.
            lingering = set().union(*(course.allowed for course in courses if course.state == "public"))
            assert found <= shown_of(courses) | lingering, (path, found)
    for course in courses:
        course.idea.refresh_from_db()
        assert course.idea.state == ("refused" if course.state == "closed" else course.state)
        check(course, visitor, shown_of(courses), *OWN)
        check_media(course)
