"""Reporting a contribution, with or without an account."""

from django.contrib.auth.models import AnonymousUser
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from accounts.models import User
from common.errors import Refused
from common.events import announce
from moderation import rules
from moderation.actions.cases import open_case
from moderation.models import Case, Report
from moderation.registry import moderated


@transaction.atomic
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
) -> Report:
    """Keep a report together with what was reported as it stands now; equal reports share one open case.

    Raises ``Refused`` (404) when the person cannot see the contribution – whether it exists or not.
    """
    adapter = moderated(kind)
    seen = adapter.reportable(object_id, reporter or AnonymousUser())
    snapshot = adapter.as_read(object_id) if seen else None
    if snapshot is None:
        raise Refused(_("This contribution is not public (any more)."), code="gone", status=404)
    case = open_case(kind, object_id, reason=Case.Reason.REPORT)
    Case.objects.filter(pk=case.pk).update(report_count=F("report_count") + 1)
    entry = Report.objects.create(
        code=rules.new_code(), case=case, kind=kind, object_id=object_id, snapshot=f"{snapshot.title}\n\n{snapshot.excerpt}",
        reason=reason, text=text, name=name, email=email, good_faith=good_faith, reporter=reporter,
    )  # fmt: skip
    announce("report_received", report_id=entry.pk)
    return entry
