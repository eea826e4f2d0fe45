"""What this room does when something has happened."""

from typing import Any

from django.db.models.signals import pre_delete
from django.dispatch import receiver

from accounts.models import User
from common.events import receives
from moderation.actions.contact import send_contact_mail
from moderation.actions.forgetting import forget_person
from moderation.actions.remembering import remember
from moderation.actions.reminders import send_reminder
from moderation.actions.report_mails import send_report_mail, tell_answer, tell_outcome
from moderation.models import Decision
from moderation.queries.bulk import was_taken_back


@receives("decision_made", tells=True)
def tell_reporters(decision_id: int) -> None:
    """Tell everybody who reported into the case what became of it, unless it was taken back."""
    if was_taken_back(decision_id):
        return
    case_id = Decision.objects.filter(pk=decision_id).values_list("case_id", flat=True).first()
    if case_id is not None:
        tell_outcome(case_id)


@receives("case_closed")
def tell_reporters_of_end(case_id: int) -> None:
    """Tell them as well when there was nothing left to decide on."""
    tell_outcome(case_id)


@receives("complaint_decided")
def tell_complaining_reporter(complaint_id: int) -> None:
    """Tell a reporter who complained what a second person said."""
    tell_answer(complaint_id)


@receives("report_mail_written", tries=80)
def mail_reporter(mail_id: int) -> None:
    """Send it."""
    send_report_mail(mail_id)


@receives("decision_made")
def remember_decision(decision_id: int) -> None:
    """Note beside the marks how the case ended, and keep by which words it is found again."""
    remember(decision_id)


@receives("reminder_written", tries=80)
def mail_reminder(mail_id: int) -> None:
    """Mail the reminder; when the mail server is down, for about three days again and again."""
    send_reminder(mail_id)


@receives("contact_mail_written", tries=80)
def mail_writer(mail_id: int) -> None:
    """Send it."""
    send_contact_mail(mail_id)


@receiver(pre_delete, sender=User, dispatch_uid="moderation.forget_person")
def before_account_goes(instance: User, **_more: Any) -> None:
    """Take the person's names out of cases and reports, in the transaction that deletes the account."""
    forget_person(instance)
