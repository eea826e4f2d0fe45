"""The letter that goes with a decision: all parts of a statement of reasons, for page, mail and print."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _

from moderation import rules
from moderation.models import Case, Decision, RuleVersion
from moderation.registry import moderated
from theme.dates import day, moment, short_day

if TYPE_CHECKING:
    from accounts.models import User

RESTRICTIVE = Decision.RESTRICTIVE
# The state in which a contribution is part of another one.
MERGED = "merged"


@dataclass(frozen=True)
class Step:
    """One thing the author can do, with an address if there is one."""

    title: str
    text: str
    url: str = ""
    url_text: str = ""


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
        title=decision.subject_title,
        excerpt=subject.excerpt,
        heading=heading(decision, str(adapter.yours)),
        opening=opening(decision),
        reason=decision.reason,
        rule=rule_name(decision),
        rule_text=rule.text if rule else "",
        ground=ground(decision),
        how=how(decision),
        steps=steps(decision),
        restrictive=decision.decision in RESTRICTIVE,
        explained=decision.decision in Decision.CONTESTABLE or decision.source == Decision.Source.COMPLAINT,
        url=reverse("moderation:letter", args=[decision.code]) if decision.code else "",
        complaint_url=complaint_url(decision),
        complaint_until=day(decision.complaint_until) if decision.complaint_until else "",
        check=f"{decision.hash[:4]}-{decision.hash[4:8]}".upper() if decision.hash else "",
        wanted=decision.state_before != decision.state_after or decision.decision not in ("approve", "restore"),
    )


def draft(
    case: Case,
    actor: "User",
    decision: str,
    rule_version: RuleVersion | None,
    reason: str,
    now: datetime,
    scope: str = "",
) -> Decision:
    """Return an unsaved decision, for the letter as it would be sent."""
    there = moderated(case.kind).describe(case.object_id)
    state = there.state if there else ""
    source = Decision.Source.REPORT if case.report_count else Decision.Source.OWN
    entry = Decision(
        case=case, kind=case.kind, object_id=case.object_id, subject_version=case.subject_version, subject_title=case.title,
        decision=decision, actor=actor, rule_version=rule_version, ground=rule_version.ground if rule_version else "",
        reason=reason, source=source, decided_at=now, state_before=state, state_after=state if state in ("public", "withdrawn") else "",
        scope=scope,
    )  # fmt: skip
    if decision in Decision.TARGETED:
        entry.complaint_until = rules.complaint_until(now)
    if decision in RESTRICTIVE:
        entry.complaint_until = rules.complaint_until(now)
        entry.scope, entry.duration = rules.reach(decision, entry.state_after)
    return entry


def reference(decision: Decision) -> str:
    """Return the sign under which the decision is filed: ``M-2026-0417``."""
    return f"M-{decision.decided_at.year}-{decision.sequence:04d}" if decision.sequence else ""


def subject_case(decision: Decision) -> Case:
    """Return the case that holds the copy of the contribution (for a complaint: the first decision's)."""
    if decision.case.kind != Case.COMPLAINT_KIND:
        return decision.case
    first = Decision.objects.select_related("case").filter(complaints=decision.case.object_id).first()
    return first.case if first else decision.case


def heading(decision: Decision, yours: str) -> str:
    """Return what happened, as a sentence."""
    if decision.source == Decision.Source.COMPLAINT and decision.decision != Decision.Kind.UPHOLD:
        return _("Your complaint was successful")
    if decision.decision == Decision.Kind.REFUSE and decision.state_after == "public":
        return _("We have not published the new version")
    if decision.decision == Decision.Kind.REFUSE and decision.state_after == "withdrawn":
        return _("We have not published the reason for your withdrawal")
    if decision.decision == Decision.Kind.RESTORE and decision.state_before == MERGED:
        return _("We have undone the merge of %(yours)s") % {"yours": yours}
    words = {
        "approve": _("We have approved %(yours)s"),
        "approve_with_note": _("We have approved %(yours)s and have a note for you"),
        "request_change": _("Please change %(yours)s"),
        "refuse": _("We have not published %(yours)s"),
        "hide": _("We have hidden %(yours)s"),
        "restore": _("We show %(yours)s again"),
        "merge": _("We have merged %(yours)s with another contribution"),
        "move": _("We have moved %(yours)s"),
        "uphold": _("Our decision stands"),
    }
    return words[decision.decision] % {"yours": yours}


def opening(decision: Decision) -> str:
    """Return the first sentences: since when, and what this letter explains."""
    said = {"when": moment(decision.decided_at)}
    if decision.decision == Decision.Kind.HIDE:
        return _("Since %(when)s others can no longer read it. Here we explain why – and what you can do.") % said
    if decision.decision == Decision.Kind.REQUEST_CHANGE:
        return (
            _("We looked at it on %(when)s. It cannot appear as it is – but nearly. Here we say what is missing.")
            % said
        )
    if decision.decision in RESTRICTIVE:
        return _("We looked at it on %(when)s. Here we explain why it does not appear – and what you can do.") % said
    if decision.decision == Decision.Kind.UPHOLD:
        return (
            _("You complained; another person looked at everything once more on %(when)s. Here is the answer.") % said
        )
    if decision.decision == Decision.Kind.MERGE:
        return (
            _(
                "Since %(when)s it no longer stands by itself. Its page and its discussion stay and lead on to the other "
                "contribution. Nobody's support was moved: everybody who gave one is asked. Here we explain why – and "
                "what you can do."
            )
            % said
        )
    if decision.decision == Decision.Kind.MOVE:
        return _("Since %(when)s you find it elsewhere. Here we explain why – and what you can do.") % said
    if decision.decision == Decision.Kind.RESTORE and decision.state_before == MERGED:
        return _("Since %(when)s it stands by itself again, with its supports as they were.") % said
    return _("Since %(when)s everybody can read it. Thank you for taking part!") % said


def rule_name(decision: Decision) -> str:
    """Return the rule with number, title and version."""
    if not (rule := decision.rule_version):
        return ""
    said = {"number": rule.rule.number, "title": rule.title, "day": short_day(rule.valid_from)}
    return _("rule %(number)s, “%(title)s” (version of %(day)s)") % said


def ground(decision: Decision) -> str:
    """Return whether a law or only the rules of this site are the ground."""
    if not (rule := decision.rule_version) or decision.decision not in RESTRICTIVE:
        return ""
    if rule.ground == rule.Ground.LAW:
        return _("In our judgement it also breaks a law: %(provision)s.") % {"provision": rule.provision}
    return _("In our judgement you have not broken a law with it.")


def how(decision: Decision) -> tuple[str, ...]:
    """Return how the decision came about, where and for how long it holds."""
    sources = {
        "own": _("It came up when we looked through new contributions ourselves."),
        "report": _("Somebody reported it. We do not tell who."),
        "complaint": _("You complained. It was decided by another person than the first time."),
    }
    person = _("A person from the moderation team decided; no program took part.")
    if decision.automated_detection:
        person = _("A program pointed it out; a person from the moderation team decided.")
    said = [sources[decision.source], person]
    if decision.scope and decision.decision in Decision.TARGETED:
        said.append(decision.scope)
        said.append(decision.duration)
    elif decision.scope:
        reach = {"scope": decision.scope, "duration": decision.duration}
        said.append(_("This holds %(scope)s, %(duration)s. Your account is not restricted.") % reach)
    return tuple(filter(None, said))


def steps(decision: Decision) -> tuple[Step, ...]:
    """Return what the author can do, in the order in which it is easiest."""
    elsewhere = Step(
        _("Turn to somebody else."),
        _("You can go to a certified out-of-court dispute settlement body or to a court."),
    )
    if decision.decision == Decision.Kind.UPHOLD:
        return (elsewhere,)
    if decision.complaint_until is None:
        return ()
    until = {"day": day(decision.complaint_until)}
    complain = Step(
        _("Complain, free of charge until %(day)s.") % until,
        _("Then another person decides."),
        complaint_url(decision),
        _("Write a complaint"),
    )
    again = Step(_("Write it anew."), _("You can say the same thing within the rules, at any time."))
    if decision.decision == Decision.Kind.REQUEST_CHANGE:
        again = Step(_("Change it."), _("Under “Mein Bereich” you can change the text and send it again."))
    return (complain, elsewhere) if decision.decision in Decision.TARGETED else (again, complain, elsewhere)


def complaint_url(decision: Decision) -> str:
    """Return where to complain, or nothing when there is nothing to complain about."""
    if decision.complaint_until is None or not decision.code:
        return ""
    return reverse("moderation:complaint", args=[decision.code])


def statement(decision: Decision) -> dict[str, object]:
    """Return the decision with the field names of the EU's transparency database; nobody is named in it."""
    law = decision.ground == "law"
    rule = decision.rule_version
    words: dict[str, object] = {
        "decision_visibility": ["DECISION_VISIBILITY_CONTENT_DISABLED"] if decision.decision in RESTRICTIVE else [],
        "decision_ground": "DECISION_GROUND_ILLEGAL_CONTENT" if law else "DECISION_GROUND_INCOMPATIBLE_CONTENT",
        "decision_facts": decision.reason,
        "content_type": ["CONTENT_TYPE_TEXT"],
        "content_language": "DE",
        "territorial_scope": ["DE"],
        "application_date": decision.decided_at.date().isoformat(),
        "source_type": "SOURCE_ARTICLE_16" if decision.source == "report" else "SOURCE_VOLUNTARY",
        "automated_detection": "Yes" if decision.automated_detection else "No",
        "automated_decision": "AUTOMATED_DECISION_NOT_AUTOMATED",
        "puid": decision.hash,
    }
    if rule and law:
        words |= {"illegal_content_legal_ground": rule.provision, "illegal_content_explanation": rule.text}
    elif rule:
        words |= {"incompatible_content_ground": rule_name(decision), "incompatible_content_explanation": rule.text}
    return words
