"""Complaining against a decision, and the second look by another person."""

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import translation
from django.utils.translation import gettext as _

from accounts.models import User
from common.errors import Refused
from common.events import announce
from moderation import record, rules
from moderation.actions.cases import open_case
from moderation.actions.decisions import about, settle
from moderation.models import Case, Complaint, Decision
from moderation.queries import why_not
from moderation.registry import moderated

# Decisions that are not about the words: a later version changes nothing about them.
KEEPS_WORDS = (Decision.Kind.HIDE, *Decision.TARGETED)


@transaction.atomic
def complain(*, code: str, text: str) -> Complaint:
    """Complain against the decision with that code; it gets a case of its own.

    Raises ``Refused``: 404 unknown code or nothing to complain about, 410 too late, 409 there is one already, 422 no words.
    """
    decision = Decision.objects.filter(code=code, decision__in=Decision.CONTESTABLE).first()
    if decision is None or decision.complaint_until is None:
        raise Refused(_("There is no decision here that you could complain about."), code="missing", status=404)
    rules.require_in_time(decision)
    if not text.strip():
        raise Refused(_("Please write why you think the decision is wrong."), code="no_text", status=422, field="text")
    try:
        with transaction.atomic():
            complaint = Complaint.objects.create(decision=decision, first_actor_id=decision.actor_id, text=text.strip())
    except IntegrityError:
        raise Refused(_("There is a complaint against this decision already."), code="again", status=409) from None
    open_case(Case.COMPLAINT_KIND, complaint.pk, reason=Case.Reason.COMPLAINT)
    announce("complaint_received", complaint_id=complaint.pk)
    return complaint


@transaction.atomic
def decide_complaint(
    *, complaint_id: int, version: int | None, actor: User, outcome: str, answer: str, note: str = ""
) -> Complaint:
    """Say whether a decision stands (``upheld``) or is changed (``overturned``), with an answer; both go into the record.

    Raises ``Refused``: 403 without the right and for whoever decided first, 404, 409 as ``decide`` does, 422.
    """
    rules.require_moderator(actor)
    complaint = Complaint.objects.select_related("decision__rule_version").filter(pk=complaint_id).first()
    if complaint is None:
        raise Refused(_("There is no such complaint."), code="missing", status=404)
    require_second_person(complaint, actor)
    require_answer(version, outcome, answer)
    case = Case.objects.filter(kind=Case.COMPLAINT_KIND, object_id=complaint.pk).latest("pk")
    if case.state != Case.State.OPEN or case.version != version:
        raise why_not(case.pk, actor)
    with translation.override(settings.LANGUAGE_CODE):
        entry = second_entry(case, complaint, actor, outcome=outcome, answer=answer.strip(), note=note.strip())
    complaint.outcome, complaint.answer, complaint.decided_by = outcome, answer.strip(), actor
    complaint.decided_at, complaint.second_decision = entry.decided_at, entry
    complaint.save()
    announce("decision_made", decision_id=entry.pk)
    announce("complaint_decided", complaint_id=complaint.pk)
    return complaint


def require_second_person(complaint: Complaint, actor: User) -> None:
    """Raise ``Refused`` (403) for the person whose decision it was; the database refuses it as well."""
    if complaint.first_actor_id == actor.pk:
        words = _("You made this decision. Another person has to look at the complaint.")
        raise Refused(words, code="same_person", status=403)


def require_answer(version: int | None, outcome: str, answer: str) -> None:
    """Raise ``Refused`` (422) when something is missing."""
    rules.require_version(version)
    if outcome not in (Complaint.Outcome.UPHELD, Complaint.Outcome.OVERTURNED):
        raise Refused(_("Please choose how you decide."), code="unknown_outcome", status=422, field="outcome")
    if not answer.strip():
        raise Refused(_("Please write an answer; the author reads it."), code="no_answer", status=422, field="answer")


def second_entry(case: Case, complaint: Complaint, actor: User, *, outcome: str, answer: str, note: str) -> Decision:
    """Carry out the outcome and add it to the record; it is about the contribution, not about the complaint."""
    first = complaint.decision
    kind, before, after = Decision.Kind.UPHOLD, *two_of(first)
    if outcome == Complaint.Outcome.OVERTURNED:
        kind, before, after = put_right(first, actor)
    settle(case, actor)
    subject = {
        **about(case, actor),
        "kind": first.kind,
        "object_id": first.object_id,
        "subject_version": first.subject_version,
        "subject_title": first.subject_title,
    }
    return record.append(
        **subject, decision=kind, rule_version=first.rule_version, ground=first.ground, reason=answer, note=note,
        source=Decision.Source.COMPLAINT, state_before=before, state_after=after,
    )  # fmt: skip


def two_of(first: Decision) -> tuple[str, str]:
    """Return the present state of the contribution twice: nothing changes."""
    now_there = moderated(first.kind).describe(first.object_id)
    state = now_there.state if now_there else first.state_after
    return state, state


def put_right(first: Decision, actor: User) -> tuple[Decision.Kind, str, str]:
    """Undo a decision, unless the author took the contribution away meanwhile or wrote a new version (which waits itself)."""
    adapter, instead = moderated(first.kind), rules.INSTEAD[Decision.Kind(first.decision)]
    there, state = adapter.describe(first.object_id), adapter.states([first.object_id]).get(first.object_id)
    # An older version there means that the one decided on was put aside, not that the author went on.
    moved_on = there is not None and there.version > first.subject_version and first.decision not in KEEPS_WORDS
    if there is None or state in adapter.by_author or moved_on:
        return instead, *two_of(first)
    # Where it came from, for what was moved.
    target = str(first.case.campaign_id_copy or "") if instead == Decision.Kind.MOVE else ""
    done = adapter.act(instead, first.object_id, first.subject_version, actor=actor, target=target, second=True)
    return instead, done.before, done.after
