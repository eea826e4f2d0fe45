"""The letter that goes with a decision: all parts of a statement of reasons, for page, mail and print."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

from django.conf import settings
from django.urls import reverse

from moderation import rules
from moderation.models import Case, Complaint, Decision, RuleVersion
from moderation.queries.letter_parts import Step
from moderation.queries.letter_words import complaint_url, ground, heading, how, opening, rule_name, steps
from moderation.queries.profiles import PROFILE
from moderation.registry import moderated
from theme.dates import day, local, short_day

if TYPE_CHECKING:
    from accounts.models import User


@dataclass(frozen=True)
class Letter:
    """What the author reads. Texts are plain; dates are written out."""

    code: str
    reference: str
    date: str
    recipient: str
    kind: str
    title: str
    excerpt: str
    heading: str
    opening: str
    reason: str
    rule: str
    rule_text: str
    ground: str
    how: tuple[str, ...]
    steps: tuple[Step, ...]
    restrictive: bool
    #: whether it is said how the decision came about
    explained: bool
    url: str
    complaint_url: str
    complaint_until: str
    check: str
    #: the whole address of the complaint, to be typed off a printed letter
    paper_address: str = ""
    #: about a person, not a contribution
    is_person: bool = False
    #: False when nothing changed for the author (a report that came to nothing)
    wanted: bool = field(default=True)


def letter(decision: Decision) -> Letter:
    """Return the letter about a decision; it works before the decision is saved, too (for the preview)."""
    subject, adapter = subject_case(decision), moderated(decision.kind)
    rule = decision.rule_version
    return Letter(
        code=decision.code,
        reference=reference(decision),
        date=short_day(decision.decided_at),
        recipient=subject.author_name,
        kind=str(adapter.label),
        title=subject.title if decision.kind == PROFILE else decision.subject_title,
        excerpt=subject.excerpt,
        heading=heading(decision, str(adapter.yours)),
        opening=opening(decision),
        reason=decision.reason,
        rule=rule_name(decision),
        rule_text=rule.text if rule else "",
        ground=ground(decision),
        how=how(decision),
        steps=steps(decision),
        restrictive=decision.decision in Decision.RESTRICTIVE,
        explained=decision.decision in Decision.CONTESTABLE or decision.source == Decision.Source.COMPLAINT,
        url=reverse("moderation:letter", args=[decision.code]) if decision.code else "",
        complaint_url=complaint_url(decision),
        complaint_until=day(decision.complaint_until) if decision.complaint_until else "",
        check=f"{decision.hash[:4]}-{decision.hash[4:8]}".upper() if decision.hash else "",
        paper_address=f"{settings.SITE_URL}{complaint_url(decision)}" if complaint_url(decision) else "",
        is_person=decision.kind == PROFILE,
        wanted=is_wanted(decision),
    )


def is_wanted(decision: Decision) -> bool:
    """Tell whether the author is to be told: not of what changed nothing, nor of an answer to somebody else's complaint."""
    if decision.source == Decision.Source.COMPLAINT or decision.decision == Decision.Kind.UPHOLD:
        return not Complaint.objects.filter(second_decision=decision.pk, report__isnull=False).exists()
    return decision.state_before != decision.state_after or decision.decision not in ("approve", "restore")


def draft(
    case: Case,
    actor: "User",
    decision: str,
    rule_version: RuleVersion | None,
    reason: str,
    now: datetime,
    scope: str = "",
    target: str = "",
) -> Decision:
    """Return an unsaved decision, for the letter as it would be sent."""
    adapter = moderated(case.kind)
    there = adapter.describe(case.object_id)
    state = there.state if there else ""
    source = Decision.Source.REPORT if case.report_count else Decision.Source.OWN
    entry = Decision(
        case=case, kind=case.kind, object_id=case.object_id, subject_version=case.subject_version, subject_title=case.title,
        decision=decision, actor=actor, rule_version=rule_version, ground=rule_version.ground if rule_version else "",
        reason=reason, source=source, decided_at=now, state_before=state, state_after=after(case.kind, decision, state),
        scope=scope,
    )  # fmt: skip
    if decision in Decision.TARGETED:
        entry.complaint_until = rules.complaint_until(now)
    if decision in Decision.RESTRICTIVE:
        entry.complaint_until = rules.complaint_until(now)
        entry.scope, entry.duration = adapter.terms(decision, target)
        if not entry.duration:
            entry.scope, entry.duration = rules.reach(decision, entry.state_after)
    return entry


def after(kind: str, decision: str, state: str) -> str:
    """Return, for a letter that is not sent yet, the state after a decision, as far as its words depend on it."""
    if kind == PROFILE and decision == Decision.Kind.REFUSE:
        return "public"
    return state if state in ("public", "withdrawn") else ""


def reference(decision: Decision) -> str:
    """Return the sign under which the decision is filed: ``M-2026-0417``."""
    return f"M-{local(decision.decided_at).year}-{decision.sequence:04d}" if decision.sequence else ""


def subject_case(decision: Decision) -> Case:
    """Return the case that holds the copy of the contribution (for a complaint: the first decision's)."""
    if decision.case.kind != Case.COMPLAINT_KIND:
        return decision.case
    first = Decision.objects.select_related("case").filter(complaints=decision.case.object_id).first()
    return first.case if first else decision.case
