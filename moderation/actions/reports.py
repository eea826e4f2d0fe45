"""Reporting a contribution, with or without an account (DSA, Art. 16)."""

from datetime import timedelta
from uuid import UUID

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import IntegrityError, transaction
from django.db.models import F, Value
from django.db.models.functions import Greatest
from django.utils import translation
from django.utils.translation import gettext as _

from accounts.models import User
from common.database import now
from common.errors import Refused
from common.events import announce
from moderation import rules
from moderation.actions.cases import log_event, open_case, risk_of_report
from moderation.actions.pace import Sender, admit
from moderation.measures import require_may_write
from moderation.models import Case, CaseEvent, Report, ReportMail
from moderation.registry import Snapshot, moderated

# From here on a case says that something may be organised; nothing else follows from it.
RUSH, FRESH = 10, 5
FRESH_FOR = timedelta(days=7)


def report(
    *,
    kind: str,
    object_id: int,
    reason: str,
    text: str = "",
    name: str = "",
    email: str = "",
    good_faith: bool = False,
    reporter: User | None = None,
    request_key: UUID | None = None,
    sender: Sender | None = None,
) -> Report:
    """Keep a report together with what was reported as it stands now; all reports on one thing share its open case.

    The same form sent twice is one report. ``sender``: counted against the limits of an hour (None: not counted).
    Raises ``Refused``: 404 when the person cannot see the contribution – whether it exists or not –, 429 too many.
    """
    if sent := of_form(request_key):
        return sent
    require_may_write(reporter)
    if sender is not None:
        admit(sender)
    try:
        with transaction.atomic():
            case, snapshot, words = take_in(kind, object_id, reason, reporter)
            entry = Report.objects.create(
                code=rules.new_code(), case=case, kind=kind, object_id=object_id, snapshot=words, reason=reason, text=text,
                name=name, email=email, good_faith=good_faith, reporter=reporter, request_key=request_key,
                subject_version=snapshot.version, address=f"{settings.SITE_URL}{snapshot.url}"[:300],
            )  # fmt: skip
            flag(case)
            write_mail(entry, ReportMail.Kind.RECEIPT)
            announce("report_received", report_id=entry.pk)
    except IntegrityError:
        if sent := of_form(request_key):
            return sent
        raise
    return entry


def of_form(request_key: UUID | None) -> Report | None:
    """Return the report that came from that form already."""
    return Report.objects.filter(request_key=request_key).first() if request_key else None


def take_in(kind: str, object_id: int, reason: str, reporter: User | None) -> tuple[Case, Snapshot, str]:
    """Return the case, and what there is to be seen now; raises ``Refused`` (404)."""
    adapter = moderated(kind)
    seen = adapter.reportable(object_id, reporter or AnonymousUser())
    snapshot = adapter.as_read(object_id) if seen else None
    if snapshot is None:
        raise Refused(_("This contribution is not public (any more)."), code="gone", status=404)
    return case_for(kind, object_id, risk_of_report(reason)), snapshot, adapter.words(object_id)


def case_for(kind: str, object_id: int, risk: int) -> Case:
    """Count the report on the open case, or open one.

    The case keeps its version: whoever is deciding can go on, so that a flood of reports cannot keep a decision away.
    """
    more = {"report_count": F("report_count") + 1, "risk": Greatest(F("risk"), Value(risk))}
    open_ones = Case.objects.filter(kind=kind, object_id=object_id, state=Case.State.OPEN)
    if open_ones.update(**more):
        case = open_ones.get()
        log_event(case, CaseEvent.Kind.REPORTED)
        return case
    case = open_case(kind, object_id, reason=Case.Reason.REPORT)
    Case.objects.filter(pk=case.pk).update(**more)
    return case


def flag(case: Case) -> None:
    """Mark a case on which very many reports came in; the contribution stays as it is."""
    found = Case.objects.get(pk=case.pk)
    if found.report_count < FRESH:
        return
    fresh = case.reports.filter(reporter__date_joined__gt=now() - FRESH_FOR).count()
    with translation.override(settings.LANGUAGE_CODE):
        wanted = [_("very many reports")] if found.report_count >= RUSH else []
        wanted += [_("many reports from new accounts")] if fresh >= FRESH else []
    if new := [mark for mark in wanted if mark not in found.marks]:
        Case.objects.filter(pk=case.pk).update(marks=[*found.marks, *new])


def write_mail(entry: Report, kind: str) -> ReportMail | None:
    """Let a mail go out to the reporter, once, if there is an address; it is written when it goes."""
    if not address_of(entry):
        return None
    mail, is_new = ReportMail.objects.get_or_create(report=entry, kind=kind)
    if is_new:
        announce("report_mail_written", mail_id=mail.pk)
    return mail


def address_of(entry: Report) -> str:
    """Return where the reporter reads mail, or nothing."""
    return entry.email or (entry.reporter.email if entry.reporter and entry.reporter.is_active else "")
