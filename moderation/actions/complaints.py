"""Complaining against a decision – its author, or whoever reported something in vain –, and the second look by another person."""

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import translation
from django.utils.translation import gettext as _

from accounts.models import User
from common.database import now
from common.errors import Refused
from common.events import announce
from moderation import record, rules
from moderation.actions.cases import open_case
from moderation.actions.decisions import about, settle
from moderation.actions.overturned import end_what_rested_on
from moderation.actions.second_look import hide_after_all, put_right, two_of
from moderation.models import Case, Complaint, Decision, Proposal, Report, RuleVersion, Sanction
from moderation.queries import why_not
from moderation.queries.reports import decision_on
from moderation.queries.standing import standing
from theme.dates import day


@transaction.atomic
def complain(*, code: str, text: str) -> Complaint:
    """Complain, as its author, against the decision with that code; it gets a case of its own.

    Raises ``Refused``: 404 unknown code or nothing to complain about, 410 too late, 409 there is one already, 422 no words.
    """
    decision = standing().filter(code=code, decision__in=Decision.CONTESTABLE).first()
    if decision is None or decision.complaint_until is None:
        raise Refused(_("There is no decision here that you could complain about."), code="missing", status=404)
    rules.require_in_time(decision)
    return keep(decision, None, text)


@transaction.atomic
def complain_as_reporter(*, code: str, text: str) -> Complaint:
    """Complain, as the sender of the report with that code, that it changed nothing (DSA, Art. 20(1)).

    Raises ``Refused``: 404 unknown code, 409 not decided yet, acted upon, or there is one already, 410 too late, 422 no words.
    """
    report = Report.objects.select_related("case").filter(code=code).first()
    if report is None:
        raise Refused(_("There is no report with this code."), code="missing", status=404)
    decision = decision_on(report)
    if decision is None:
        raise Refused(_("Your report is not decided yet."), code="undecided", status=409)
    if decision.decision in Decision.RESTRICTIVE:
        raise Refused(_("We have acted on your report; there is nothing to complain about."), code="acted", status=409)
    require_reporter_in_time(decision)
    return keep(decision, report, text)


def require_reporter_in_time(decision: Decision) -> None:
    """Raise ``Refused`` (410) when the six months are over, saying when they ended."""
    until = rules.complaint_until(decision.decided_at)
    if now() > until:
        words = _("The time for a complaint ended on %(day)s.") % {"day": day(until)}
        raise Refused(words, code="too_late", status=410)


def keep(decision: Decision, report: Report | None, text: str) -> Complaint:
    """Keep a complaint and let it wait for another person."""
    if not text.strip():
        raise Refused(_("Please write why you think the decision is wrong."), code="no_text", status=422, field="text")
    try:
        with transaction.atomic():
            complaint = Complaint.objects.create(
                decision=decision, report=report, first_actor_id=decision.actor_id, text=text.strip()
            )
    except IntegrityError:
        raise Refused(_("There is a complaint against this decision already."), code="again", status=409) from None
    open_case(Case.COMPLAINT_KIND, complaint.pk, reason=Case.Reason.COMPLAINT)
    announce("complaint_received", complaint_id=complaint.pk)
    return complaint


@transaction.atomic
def decide_complaint(
    *,
    complaint_id: int,
    version: int | None,
    actor: User,
    outcome: str,
    answer: str,
    note: str = "",
    rule_version: RuleVersion | None = None,
    reason: str = "",
) -> Complaint:
    """Say whether a decision stands (``upheld``) or is changed (``overturned``), with an answer; both go into the record.

    When a reporter's complaint succeeds, the contribution is hidden: that takes a rule and a reason for its author.
    Raises ``Refused``: 403 without the right and for whoever decided first, 404, 409 as ``decide`` does, 422.
    """
    rules.require_moderator(actor)
    mine = Complaint.objects.filter(pk=complaint_id, decision__case__in=Case.objects.visible_to(actor))
    complaint = mine.select_related("decision__rule_version", "decision__case", "report").first()
    if complaint is None:
        raise Refused(_("There is no such complaint."), code="missing", status=404)
    require_second_person(complaint, actor)
    require_answer(version, outcome, answer)
    if complaint.report and outcome == Complaint.Outcome.OVERTURNED:
        rules.require_reasons(Decision.Kind.HIDE, rule_version, reason)
    case = Case.objects.filter(kind=Case.COMPLAINT_KIND, object_id=complaint.pk).latest("pk")
    if case.state != Case.State.OPEN or case.version != version:
        raise why_not(case.pk, actor)
    with translation.override(settings.LANGUAGE_CODE):
        done = carry_out(complaint, actor, outcome, rule_version, reason.strip() or answer.strip())
        entry = second_entry(case, complaint, actor, done, note.strip())
    complaint.outcome, complaint.answer, complaint.decided_by = outcome, answer.strip(), actor
    complaint.decided_at, complaint.second_decision = entry.decided_at, entry
    complaint.save()
    announce("decision_made", decision_id=entry.pk)
    if complaint.decision.decision == Decision.Kind.WARN and outcome == Complaint.Outcome.OVERTURNED:
        with translation.override(settings.LANGUAGE_CODE):
            Sanction.objects.filter(decision=complaint.decision_id, lifted_by=None).update(lifted_by=entry)
            end_what_rested_on(complaint.decision, actor)
    announce("complaint_decided", complaint_id=complaint.pk)
    return complaint


def require_second_person(complaint: Complaint, actor: User) -> None:
    """Raise ``Refused`` (403) for the person whose decision it was, and for who had proposed it.

    The database refuses the first as well.
    """
    both = Proposal.objects.filter(decision=complaint.decision_id, proposer=actor).exists()
    if complaint.first_actor_id == actor.pk or both:
        words = _("You made this decision. Another person has to look at the complaint.")
        raise Refused(words, code="same_person", status=403)


def require_answer(version: int | None, outcome: str, answer: str) -> None:
    """Raise ``Refused`` (422) when something is missing."""
    rules.require_version(version)
    if outcome not in (Complaint.Outcome.UPHELD, Complaint.Outcome.OVERTURNED):
        raise Refused(_("Please choose how you decide."), code="unknown_outcome", status=422, field="outcome")
    if not answer.strip():
        raise Refused(
            _("Please write an answer; whoever complained reads it."), code="no_answer", status=422, field="answer"
        )


def carry_out(
    complaint: Complaint, actor: User, outcome: str, rule_version: RuleVersion | None, reason: str
) -> dict[str, object]:
    """Change what has to be changed; return what the record says about it."""
    first, source = complaint.decision, Decision.Source.COMPLAINT
    if outcome == Complaint.Outcome.UPHELD:
        kind, before, after = Decision.Kind.UPHOLD, *two_of(first)
    elif complaint.report:
        kind, before, after = hide_after_all(first, actor)
        # For the author it is the first decision against them, and it came up by a report: they can complain in turn.
        source = Decision.Source.REPORT if kind in Decision.RESTRICTIVE else source
    else:
        kind, before, after = put_right(first, actor)
    rule = rule_version or first.rule_version
    words = {"decision": kind, "source": source, "reason": reason, "state_before": before, "state_after": after}
    return {**words, "rule_version": rule, "ground": rule.ground if rule else ""}


def second_entry(case: Case, complaint: Complaint, actor: User, done: dict[str, object], note: str) -> Decision:
    """Add the second decision to the record; it is about the contribution, not about the complaint."""
    first = complaint.decision
    settle(case, actor)
    subject = {
        **about(case, actor),
        "kind": first.kind,
        "object_id": first.object_id,
        "subject_version": first.subject_version,
        "subject_title": first.subject_title,
    }
    return record.append(**subject, note=note, **done)
