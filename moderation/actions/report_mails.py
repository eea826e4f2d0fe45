"""Mails to people who reported something: receipt, outcome, answer to their complaint (DSA, Art. 16(4), (5))."""

from django.conf import settings
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from common.mail import compose, send_once
from moderation.actions.reports import address_of, write_mail
from moderation.models import Case, Complaint, Report, ReportMail
from moderation.queries.reports import outcome


@transaction.atomic
def tell_outcome(case_id: int) -> int:
    """Let everybody who reported into a case that is over know; return how many mails go out."""
    found = Report.objects.filter(case_id=case_id).exclude(case__state=Case.State.OPEN)
    mails = [write_mail(report, ReportMail.Kind.OUTCOME) for report in found.select_related("reporter")]
    return sum(mail is not None for mail in mails)


@transaction.atomic
def tell_answer(complaint_id: int) -> None:
    """Let the reporter who complained know what a second person said."""
    complaint = Complaint.objects.select_related("report__reporter").filter(pk=complaint_id).first()
    if complaint and complaint.report:
        write_mail(complaint.report, ReportMail.Kind.ANSWER)


def send_report_mail(mail_id: int) -> None:
    """Send the mail unless it went out already; raises what the mail server's refusal raises, to be tried again."""
    rows = ReportMail.objects.filter(pk=mail_id)
    mail = rows.select_related("report__case", "report__reporter").filter(mailed_at=None).first()
    if mail is None or not (to := address_of(mail.report)):
        return
    with translation.override(settings.LANGUAGE_CODE):
        subject, text = wording(mail)
    message = compose(to=to, subject=subject, text=text, message_id=f"report-{mail.pk}")
    send_once(rows, lambda: message)


def wording(mail: ReportMail) -> tuple[str, str]:
    """Return subject and text; the words of the report itself are not repeated."""
    found = outcome(mail.report)
    subjects = {
        ReportMail.Kind.RECEIPT: _("We have your report"),
        ReportMail.Kind.OUTCOME: _("Your report: %(outcome)s") % {"outcome": found.heading},
        ReportMail.Kind.ANSWER: _("The answer to your complaint"),
    }
    said = {
        "mail": mail, "report": mail.report, "outcome": found, "title": mail.report.snapshot.partition("\n")[0],
        "url": settings.SITE_URL + reverse("moderation:receipt", args=[mail.report.code]),
        "complaint_url": settings.SITE_URL + found.complaint_url if found.complaint_url else "",
    }  # fmt: skip
    return subjects[ReportMail.Kind(mail.kind)], render_to_string("moderation/report_mail.txt", said)
