"""One case: what may be decided, and what stands in the way."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from common.database import now
from common.errors import Refused
from moderation.models import Case, CaseEvent, Complaint, Decision, RuleVersion
from moderation.registry import moderated
from theme.dates import clock, moment

if TYPE_CHECKING:
    from accounts.models import User


def choices(case: Case) -> list[tuple[str, str]]:
    """Return the decisions that fit the contribution as it stands now, with their words."""
    adapter = moderated(case.kind)
    there = adapter.describe(case.object_id)
    if there is None:
        return []
    names = adapter.decisions_on(case.object_id, there.state)
    return [(name, str(adapter.label_of(name, there.state) or Decision.Kind(name).label)) for name in names]


def holding(case: Case, user: "User", moment: datetime) -> str:
    """Return ``mine``, ``other``, ``kept`` (somebody else is to see it first) or ``free``: who has the case now."""
    if case.claimed_by_id is None or case.claimed_until is None or case.claimed_until <= moment:
        kept = case.first_for_id not in (None, user.pk) and case.first_until is not None and case.first_until > moment
        return "kept" if kept else "free"
    return "mine" if case.claimed_by_id == user.pk else "other"


def last_word(case: Case) -> CaseEvent | None:
    """Return the last word with which somebody gave a case back or handed it over."""
    said = case.events.filter(kind__in=(CaseEvent.Kind.RELEASED, CaseEvent.Kind.HANDED)).exclude(text="")
    return said.select_related("actor").last()


def decided_on(case: Case) -> Decision | None:
    """Return the decision on a decided case."""
    if case.state != Case.State.DECIDED:
        return None
    return Decision.objects.select_related("actor", "rule_version__rule").filter(case=case).first()


def complaint_of(decision: Decision) -> Complaint | None:
    """Return the author's complaint against a decision."""
    return Complaint.objects.select_related("second_decision").filter(decision=decision, report=None).first()


def rules_in_force() -> QuerySet[RuleVersion]:
    """Return the present words of every rule that holds, by number."""
    newest = RuleVersion.objects.filter(valid_from__lte=now(), rule__ended_at=None)
    numbers = newest.order_by("rule__number", "-number").distinct()
    kept: dict[int, int] = {}
    for pk, rule_id in numbers.values_list("pk", "rule_id"):
        kept.setdefault(rule_id, pk)
    return RuleVersion.objects.filter(pk__in=kept.values()).select_related("rule").order_by("rule__number")


def why_not(case_id: int, actor: "User") -> Refused:
    """Return, for a case that could not be taken or decided, what happened to it and through whom."""
    case = Case.objects.visible_to(actor).select_related("claimed_by").filter(pk=case_id).first()
    if case is None:
        return Refused(_("There is no such case."), code="missing", status=404)
    if case.state == Case.State.CLOSED:
        return Refused(_("This case is closed: the contribution was withdrawn meanwhile."), code="closed", status=409)
    if case.state == Case.State.DECIDED:
        return Refused(who_decided(case), code="decided", status=409)
    if case.claimed_by and case.claimed_by != actor and case.claimed_until and case.claimed_until > now():
        words = _("%(name)s is working on this case until %(time)s.")
        said = {"name": case.claimed_by.display_name, "time": clock(case.claimed_until)}
        return Refused(words % said, code="held", status=409)
    return Refused(_("The case has changed meanwhile. Please look at it once more."), code="stale", status=409)


def who_decided(case: Case) -> str:
    """Return who decided a case how and when, in a sentence."""
    decision = Decision.objects.select_related("actor").filter(case=case).first()
    if decision is None:
        return _("This case is decided already.")
    said = {
        "name": decision.actor.display_name,
        "decision": decision.get_decision_display(),
        "when": moment(decision.decided_at),
    }
    return _("%(name)s has already decided this case: %(decision)s (%(when)s).") % said
