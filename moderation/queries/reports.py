"""What became of a report, as its sender reads it on the status page and in the mail."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from django.urls import reverse
from django.utils.translation import gettext as _

from common.database import now
from moderation import rules
from moderation.models import Case, Complaint, Decision, Report
from moderation.queries.letter_words import rule_name
from theme.dates import day, moment


class Stage(StrEnum):
    """Where a report stands."""

    OPEN, KEPT, REMOVED, ACTED, GONE = "open", "kept", "removed", "acted", "gone"


@dataclass(frozen=True)
class Outcome:
    """What was decided on a report and why, in plain words; nothing about the author or other reporters."""

    stage: Stage
    heading: str
    text: str
    reason: str
    how: str
    complaint: Complaint | None
    complaint_url: str
    #: until when one can complain, written out; empty when one cannot
    complaint_until: str
    elsewhere: str


def outcome(report: Report) -> Outcome:
    """Return what became of a report."""
    decision = decision_on(report)
    stage = stage_of(report, decision)
    heading, text = words(stage)
    complaint = Complaint.objects.select_related("second_decision").filter(report=report).first()
    until = open_until(report, decision) if complaint is None else None
    is_decided = stage in (Stage.KEPT, Stage.REMOVED, Stage.ACTED)
    return Outcome(
        stage=stage, heading=heading, text=text, reason=reason(stage, decision), how=how(decision) if is_decided else "",
        complaint=complaint, complaint_url=reverse("moderation:report_complaint", args=[report.code]) if until else "",
        complaint_until=day(until) if until else "",
        elsewhere=_("You can also turn to a certified out-of-court dispute settlement body or to a court.") if is_decided else "",
    )  # fmt: skip


def decision_on(report: Report) -> Decision | None:
    """Return the decision on the case the report is part of."""
    if report.case.state != Case.State.DECIDED:
        return None
    return (
        Decision.objects.select_related("rule_version__rule").filter(case=report.case_id).order_by("-sequence").first()
    )


def stage_of(report: Report, decision: Decision | None) -> Stage:
    """Return where the report stands."""
    if decision is not None and decision.decision in Decision.RESTRICTIVE:
        return Stage.REMOVED if decision.state_after in ("hidden", "refused") else Stage.ACTED
    if decision is not None:
        return Stage.KEPT
    return Stage.GONE if report.case.state == Case.State.CLOSED else Stage.OPEN


def words(stage: Stage) -> tuple[str, str]:
    """Return heading and first sentence."""
    return {
        Stage.OPEN: (
            _("We are looking at your report"),
            _("A person from the moderation team will look at it, as a rule within two working days."),
        ),
        Stage.KEPT: (
            _("We have looked at it"),
            _(
                "The contribution stays. It keeps to the rules, as far as we can see. "
                "Thank you for telling us all the same."
            ),
        ),
        Stage.REMOVED: (
            _("We have looked at it"),
            _("The contribution can no longer be read. Thank you for telling us."),
        ),
        Stage.ACTED: (
            _("We have looked at it"),
            _("You were right; we have done something about it. Thank you for telling us."),
        ),
        Stage.GONE: (
            _("The contribution is gone"),
            _("Its author took it back before we decided. There is nothing left to do."),
        ),
    }[stage]


def reason(stage: Stage, decision: Decision | None) -> str:
    """Return why, without what is meant for the author only."""
    if stage in (Stage.REMOVED, Stage.ACTED) and decision is not None:
        said = {"rule": rule_name(decision), "what": decision.get_decision_display()}
        return _("Decision: %(what)s. Ground: %(rule)s.") % said
    if stage == Stage.KEPT:
        return _(
            "In our judgement it breaks neither a rule of this site nor a law, and many opinions have their place here."
        )
    return ""


def how(decision: Decision | None) -> str:
    """Return how and when it was decided (Art. 16(6))."""
    if decision is None:
        return ""
    return _("Decided on %(when)s by a person; no program took part.") % {"when": moment(decision.decided_at)}


def open_until(report: Report, decision: Decision | None) -> datetime | None:
    """Return until when the reporter can complain (Art. 20(1)), or None when there is nothing (any more) to complain about."""
    if decision is None or decision.decision in Decision.RESTRICTIVE:
        return None
    until = rules.complaint_until(decision.decided_at)
    return until if now() <= until else None
