"""The closed room as a member sees it. Whoever is no member gets nothing, whatever else they may do on this site."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING

from allauth.account.models import EmailAddress
from django.db.models import Count, Prefetch, QuerySet
from django.utils import timezone

from boards.models import Meeting, Paper, Poll, PollOption, Published, ResultPage, Room, Seat, Voice
from common.database import now
from ideas.models import Campaign, Idea, Member
from ideas.rules import allowed_now

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from accounts.models import User

MOST = 100
FEWEST_SECRET = 3


@dataclass(frozen=True)
class Inside:
    """The room for one of its members."""

    room: Room
    own: Member
    seat: Seat | None

    @property
    def is_host(self) -> bool:
        return self.own.role == Member.Role.HOST

    @property
    def campaign(self) -> Campaign:
        return self.room.campaign

    @property
    def takes_drafts(self) -> bool:
        """Tell whether the campaign takes drafts now."""
        return allowed_now(self.campaign, "ideas")


def inside(user: "User | AnonymousUser") -> Inside | None:
    """Return the room if the person is a member at this moment."""
    room = Room.objects.visible_to(user).select_related("board", "campaign").order_by("pk").first()
    if room is None or not user.is_authenticated:
        return None
    own = room.campaign.members.filter(person=user).first()
    return Inside(room, own, seat_of(room, user)) if own else None


def seat_of(room: Room, user: "User") -> Seat | None:
    """Return the person's seat on the board: the one tied to the account, or the one with its confirmed address."""
    seats = Seat.objects.filter(board=room.board_id)
    own = seats.filter(person=user).first()
    confirmed = EmailAddress.objects.filter(user=user, email__iexact=user.email, verified=True)
    if own or not user.email or not confirmed.exists():
        return own
    return seats.filter(person=None, email__iexact=user.email).first()


def drafts(room: Room) -> QuerySet[Idea]:
    """Return the drafts, the latest first."""
    found = Idea.objects.filter(campaign=room.campaign_id, state=Idea.State.PUBLIC)
    return found.select_related("author").order_by("-published_at", "-pk")[:MOST]


def papers(room: Room, user: "User") -> QuerySet[Paper]:
    """Return the papers that the person may have, the latest first."""
    found = Paper.objects.visible_to(user).filter(room=room)
    return found.select_related("uploader", "meeting")[:MOST]


def meetings(room: Room) -> list[Meeting]:
    """Return the meetings that are still to come, and the last ones, internal ones too."""
    rows = Meeting.objects.filter(board=room.board_id).defer("minutes", "agenda")
    coming = list(rows.filter(ends_at__gt=timezone.now()).order_by("starts_at", "pk")[:10])
    return coming + list(rows.filter(ends_at__lte=timezone.now())[:6])


def published(room: Room) -> list[Published]:
    """Return what came out of the room; ``waits`` says that its page is not public (yet)."""
    rows = list(room.published.all()[:MOST])
    pages = [row.target_id for row in rows if row.target == Published.Target.PAGE]
    waiting = set(ResultPage.objects.filter(pk__in=pages, live=False).values_list("pk", flat=True)) if pages else set()
    for row in rows:
        row.waits = row.target == Published.Target.PAGE and row.target_id in waiting
    return rows


def is_waiting(entry: Published) -> bool:
    """Tell whether a page that was just published waits for a second person."""
    return entry.target == Published.Target.PAGE and ResultPage.objects.filter(pk=entry.target_id, live=False).exists()


@dataclass(frozen=True)
class Line:
    """One answer of a poll with what may be told about it."""

    option: PollOption
    count: int
    percent: int
    names: list[str]


@dataclass(frozen=True)
class Ballot:
    """A poll for one member: whether it is open, whether the person has voted, the result as soon as it is over."""

    poll: Poll
    is_open: bool
    is_over: bool
    voices: int
    own: Voice | None
    lines: list[Line]

    @property
    def is_too_small(self) -> bool:
        """Tell whether so few voted in secret that a result would tell who."""
        return self.poll.is_secret and self.voices < FEWEST_SECRET


def polls(room: Room, user: "User") -> list[Ballot]:
    """Return the polls, those that end last first; four statements."""
    return [ballot(poll, user, at) for at in (now(),) for poll in _with_voices(room.polls.all())[:MOST]]


def poll(user: "User", pk: int) -> Ballot | None:
    """Return one poll of a room that the person may enter."""
    found = next(iter(_with_voices(Poll.objects.visible_to(user)).filter(pk=pk)), None)
    return ballot(found, user, now()) if found else None


def _with_voices(rows: QuerySet[Poll]) -> QuerySet[Poll]:
    voices = Prefetch("voices", Voice.objects.select_related("person"))
    options = Prefetch("options", PollOption.objects.annotate(open_count=Count("voices")))
    return rows.select_related("author", "room__campaign").prefetch_related(options, voices)


def ballot(poll: Poll, user: "User", at: datetime) -> Ballot:
    """Return the poll as the person may see it at that moment; there is no result before the end."""
    voices = list(poll.voices.all())
    own = next((voice for voice in voices if voice.person_id == user.pk), None)
    made = Ballot(poll, poll.is_open(at), poll.is_over(at), len(voices), own, [])
    if not made.is_over or made.is_too_small:
        return made
    lines = [line(option, poll, voices) for option in poll.options.all()]
    return replace(made, lines=lines)


def line(option: PollOption, poll: Poll, voices: list[Voice]) -> Line:
    """Return the result of one answer, with names only where the poll was open."""
    count = option.secret_count if poll.is_secret else getattr(option, "open_count", 0)
    chosen = [] if poll.is_secret else [voice for voice in voices if voice.option_id == option.pk]
    names = sorted(voice.person.display_name for voice in chosen if voice.person)
    return Line(option, count, round(100 * count / len(voices)) if voices else 0, names)
