"""Telling those who support an idea of a merge or a change. Who they are is computed person by person, and kept nowhere.

No message row, no line in a log and no subject names person and idea together: the mail alone does, to its reader.
"""

import time
from dataclasses import dataclass
from datetime import date
from types import SimpleNamespace
from typing import TYPE_CHECKING

import structlog
from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from accounts.models import User
from common.database import now
from common.events import announce
from common.mail import compose, send_once
from ideas.models import Idea
from notifications.models import Message
from notifications.rules import wants_mail
from theme.town import town_for
from voting.actions import noticing
from voting.models import NoticeRound, SupporterNotice
from voting.models.notice import NoticeKind
from voting.queries.clocks import clock
from voting.queries.notices import readable_notices
from voting.wording import promised

if TYPE_CHECKING:
    from django.db.models import QuerySet

log = structlog.get_logger()
CHUNK, SECONDS = 200, 40.0
WALK_ON = "notice_walk"


@dataclass(frozen=True)
class Told:
    """A notice as the person reads it."""

    subject: str
    url: str
    idea: Idea
    told_on: date
    is_read: bool


def told(person: User) -> list[Told]:
    """Return what a person was told as a supporter, as far as its ideas may be read now."""
    return [
        Told(subject_of(row.kind), url_of(row.kind, row.idea), row.idea, row.told_on, row.is_read)
        for row in readable_notices(person)
    ]


@transaction.atomic
def start(kind: str, idea_id: int, number: int) -> None:
    """Begin to tell the supporters of an idea."""
    one = noticing.begin_round(kind, idea_id, number)
    if one.next_at <= now():
        announce(WALK_ON, round_id=one.pk)


@transaction.atomic
def announce_due() -> None:
    """Go on where it is time to."""
    for one in noticing.due_rounds():
        announce(WALK_ON, round_id=one.pk)


@transaction.atomic
def remind() -> None:
    """Begin reminders that are due."""
    if noticing.begin_reminders():
        announce_due()


def walk(round_id: int) -> None:
    """Tell the next people, for less than a minute; then let the outbox call again. Bears being called twice or killed."""
    end = time.monotonic() + SECONDS
    while time.monotonic() < end:
        one = NoticeRound.objects.filter(pk=round_id, done_at=None, next_at__lte=now()).first()
        if one is None:
            return
        people = list(User.objects.filter(pk__gt=one.cursor, is_active=True).order_by("pk")[:CHUNK])
        if not people or not noticing.has_point(one):
            noticing.end_walk(one, now())
            return
        noticing.went_on(one, people[-1].pk, tell_some(one, people))
    with transaction.atomic():
        announce(WALK_ON, round_id=round_id)


def tell_some(one: NoticeRound, people: list[User]) -> int:
    """Tell those of the people whom it concerns; return how many mails could not be handed over."""
    idea, failed = Idea.objects.select_related("campaign").get(pk=one.idea_id), 0
    for person, notice in noticing.notices_for(one, people):
        if not wants_mail(person, kind_of(one.kind)) or not may_read(person, idea):
            continue
        try:
            rows: QuerySet[SupporterNotice] = SupporterNotice.objects.filter(pk=notice.pk)
            if send_once(rows, lambda person=person, notice=notice: mail_for(person, notice, idea)):  # type: ignore[misc]
                noticing.mark_mailed(notice)
        except Exception:  # one mailbox that refuses must not keep the others waiting; what it said names its owner
            failed += 1
    if failed:
        log.warning("mails to supporters not handed over", number=failed, round=one.pk)
    return failed


def may_read(person: User, idea: Idea) -> bool:
    """Tell, at the moment of sending, whether the person may read the idea."""
    if idea.campaign.is_public:
        return idea.state in Idea.READABLE
    return Idea.objects.visible_to(person).filter(pk=idea.pk, state__in=Idea.READABLE).exists()


def kind_of(kind: str) -> str:
    """Return under which name people can switch such mails off."""
    if kind == NoticeKind.REACHED:
        return Message.Kind.ANSWER
    return Message.Kind.CHANGE if kind == NoticeKind.CHANGED else Message.Kind.MERGE


def subject_of(kind: str) -> str:
    """Return the subject; it names no idea, as mail servers write subjects down beside addresses."""
    words = {
        NoticeKind.MERGED: _("An idea you support was merged: what is to happen with your support?"),
        NoticeKind.REMINDER: _("Reminder: what is to happen with your support?"),
        NoticeKind.UNMERGED: _("The merge of an idea you supported was undone"),
        NoticeKind.CHANGED: _("An idea you support was changed"),
        NoticeKind.REACHED: _("An idea you support has reached its goal: the town must answer"),
    }
    return words[NoticeKind(kind)]


def url_of(kind: str, idea: Idea) -> str:
    """Return where the person goes on: to the choice, to the words that changed, or to the idea."""
    if kind == NoticeKind.REACHED:
        return idea.get_absolute_url()
    name = "ideas:versions" if kind == NoticeKind.CHANGED else "voting:merging"
    return reverse(name, args=[idea.pk])


def text_of(kind: str, idea: Idea) -> str:
    """Return what the mail says."""
    if kind == NoticeKind.REACHED:
        return text_of_goal(idea)
    words = {
        NoticeKind.MERGED: _(
            "You support “%(idea)s”. It was merged with another idea that wants the same. Your support has not been "
            "moved: you decide whether it is carried over or stays where it is. One click is enough:"
        ),
        NoticeKind.REMINDER: _(
            "A week ago, “%(idea)s” was merged with another idea. You have not said yet whether your support is to be "
            "carried over or to stay. If you say nothing, it stays where it is. We do not remind you again."
        ),
        NoticeKind.UNMERGED: _(
            "The merge of “%(idea)s” with another idea was undone. Your support is where it was before. What you did "
            "by yourself meanwhile stays as you did it."
        ),
        NoticeKind.CHANGED: _(
            "“%(idea)s”, which you support, has a new text. Please look at what has changed. If you do not agree any "
            "more, you can take your support back on the idea's page."
        ),
    }
    return words[NoticeKind(kind)] % {"idea": idea.title}


def text_of_goal(idea: Idea) -> str:
    """Return what the mail says when an idea has reached the number that obliges an answer."""
    found = clock(idea)
    words = _("“%(idea)s”, which you support, has enough supports now: the town must answer in public.")
    said = words % {"idea": idea.title}
    return f"{said} {promised(found)}" if found else said


def mail_for(person: User, notice: SupporterNotice, idea: Idea) -> EmailMultiAlternatives:
    """Return the mail, under an id that says nothing."""
    with translation.override(settings.LANGUAGE_CODE):
        subject = subject_of(notice.kind)
        message = SimpleNamespace(
            text=text_of(notice.kind, idea), url=url_of(notice.kind, idea), kind=kind_of(notice.kind)
        )
        said = {
            "subject": subject, "messages": [message], "person": person, "town": town_for(None),
            "site_url": settings.SITE_URL, "always": False,
        }  # fmt: skip
        text, html = (render_to_string(f"notifications/mail.{ending}", said) for ending in ("txt", "html"))
        return compose(to=person.email, subject=subject, text=text, html=html, message_id=f"notice-{notice.pk.hex}")
