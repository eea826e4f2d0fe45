"""Reminding moderators of what waits: each stage once, everything that is due for a person in one mail."""

from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from common.database import lock, now
from common.events import announce
from common.mail import compose, send_once
from moderation.deadlines import complaints_due_before, late_before, very_late_before
from moderation.models import Case, Reminder, ReminderMail
from moderation.models.case import CaseQuerySet
from moderation.queries.responsible import Team, cases_of, complaints_for, team
from moderation.registry import kinds
from theme.dates import moment

LOCK = "moderation.reminders"
MOST_LINES = 15
Stage = Reminder.Stage


@transaction.atomic
def remind() -> int:
    """Write down what moderators are to be reminded of now, and let one mail each go out; return how many mails.

    Run twice, or by two processes at once, it tells nobody twice: the second waits, and finds the rows of the first.
    """
    lock(LOCK)
    at, people = now(), team()
    return sum(remind_one(person, people, at) for person in people.people)


def remind_one(person: User, people: Team, at: datetime) -> bool:
    """Remind one person of all that came due since the last time."""
    due = [(stage, pk) for stage, rows in due_rows(person, people, at) for pk in fresh(rows, person, stage)]
    if not due:
        return False
    mail = ReminderMail.objects.create(person=person)
    rows = [Reminder(mail=mail, case_id=pk, person=person, stage=stage) for stage, pk in due]
    Reminder.objects.bulk_create(rows, batch_size=1000)
    announce("reminder_written", mail_id=mail.pk)
    return True


def due_rows(person: User, people: Team, at: datetime) -> list[tuple[str, CaseQuerySet]]:
    """Return the cases of each stage; complaints have a time of their own."""
    own = cases_of(person, people).exclude(kind=Case.COMPLAINT_KIND)
    with_deputies = cases_of(person, people, with_deputies=True)
    return [
        (Stage.FIRST, own.filter(opened_at__lte=late_before(at))),
        (Stage.SECOND, with_deputies.exclude(kind=Case.COMPLAINT_KIND).filter(opened_at__lte=very_late_before(at))),
        (Stage.COMPLAINT, complaints_for(person, with_deputies).filter(opened_at__lte=complaints_due_before(at))),
    ]


def fresh(rows: CaseQuerySet, person: User, stage: str) -> list[int]:
    """Return the cases the person has not been reminded of at that stage."""
    told = Reminder.objects.filter(case=OuterRef("pk"), person=person, stage=stage)
    return list(rows.exclude(Exists(told)).order_by("opened_at", "pk").values_list("pk", flat=True))


def send_reminder(mail_id: int) -> bool:
    """Send a mail unless it went out, or everything in it was decided meanwhile; return whether it went now."""
    rows = ReminderMail.objects.filter(pk=mail_id)
    mail = rows.select_related("person").filter(mailed_at=None).first()
    if mail is None or not mail.person.is_active or not mail.person.email:
        return False
    with translation.override(settings.LANGUAGE_CODE):
        sections, count = sections_of(mail)
        if not count:
            return False
        subject = ngettext("%(count)d case waits for you", "%(count)d cases wait for you", count) % {"count": count}
        link = settings.SITE_URL + reverse("moderation_cms:queue")
        text = "\n\n".join([_("Good day,"), *sections, _("To the list: %(link)s") % {"link": link}])
    to = mail.person.email
    return send_once(rows, lambda: compose(to=to, subject=subject, text=text, message_id=f"reminder-{mail.pk}"))


def sections_of(mail: ReminderMail) -> tuple[list[str], int]:
    """Return what the mail says, stage by stage, and of how many cases; each case is named once, where it is latest."""
    hours = {Stage.FIRST: settings.REMIND_AFTER_HOURS, Stage.SECOND: settings.REMIND_DEPUTIES_AFTER_HOURS}
    words = {
        Stage.COMPLAINT: _("Complaints that should have been answered:"),
        Stage.SECOND: _("Longer than %(hours)d hours on working days (deputies are told as well):"),
        Stage.FIRST: _("Longer than %(hours)d hours on working days:"),
    }
    seen: set[int] = set()
    sections = []
    for stage, title in words.items():
        reminders = mail.reminders.filter(stage=stage, case__state=Case.State.OPEN).exclude(case__in=list(seen))
        cases = [reminder.case for reminder in reminders.select_related("case").order_by("case__opened_at", "case_id")]
        seen |= {case.pk for case in cases}
        if cases:
            sections.append(title % {"hours": hours.get(stage, 0)} + "\n" + "\n".join(lines(cases)))
    return sections, len(seen)


def lines(cases: list[Case]) -> list[str]:
    """Return a line for each case: kind and campaign, no names and no words of the contribution – mail is not safe."""
    labels = kinds()
    said = [
        "– "
        + _("%(kind)s, %(where)s, since %(when)s")
        % {
            "kind": labels.get(case.kind, case.kind),
            "where": case.campaign_title or _("without a campaign"),
            "when": moment(case.opened_at),
        }
        for case in cases[:MOST_LINES]
    ]
    more = len(cases) - MOST_LINES
    return said + (
        [ngettext("– and %(count)d more", "– and %(count)d more", more) % {"count": more}] if more > 0 else []
    )
