"""Who may decide, what a decision must bring along, and how long things hold."""

import secrets
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.translation import gettext as _

from common.database import now
from common.errors import Refused
from moderation.models import Decision, Remit, RuleVersion
from theme.dates import day

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from accounts.models import User

LEASE = timedelta(minutes=15)
# So long a case is kept for whoever asked for the change, or was named by a colleague.
FIRST_LOOK = timedelta(hours=24)
# Six months never have more days than this; the window is closed at the end of the last one.
COMPLAINT_DAYS = 184
LONGEST_REASON = 4000
# Without signs that look alike, so that a code can be read out and typed.
CODE_SIGNS, CODE_LENGTH = "abcdefghjkmnpqrstuvwxyz23456789", 24
NEEDS_WORDS = (
    *Decision.CONTESTABLE,
    Decision.Kind.APPROVE_WITH_NOTE,
    Decision.Kind.ADVISE,
    Decision.Kind.LIFT,
)
#: what a successful complaint does instead
INSTEAD = {
    Decision.Kind.HIDE: Decision.Kind.RESTORE,
    Decision.Kind.REFUSE: Decision.Kind.APPROVE,
    Decision.Kind.REQUEST_CHANGE: Decision.Kind.APPROVE,
    Decision.Kind.MERGE: Decision.Kind.RESTORE,
    Decision.Kind.MOVE: Decision.Kind.MOVE,
    Decision.Kind.WARN: Decision.Kind.LIFT,
    Decision.Kind.PAUSE: Decision.Kind.LIFT,
    Decision.Kind.BLOCK: Decision.Kind.LIFT,
}


def new_code() -> str:
    """Return a code nobody can guess (118 bits)."""
    return "".join(secrets.choice(CODE_SIGNS) for _sign in range(CODE_LENGTH))


def may_decide(user: "User | AnonymousUser") -> bool:
    """Tell whether ``user`` works on cases."""
    return bool(user.is_active and user.has_perm("moderation.decide"))


def may_decide_in(user: "User | AnonymousUser", campaign_id: int | None) -> bool:
    """Tell whether ``user`` moderates that campaign: all without a remit, else those in it (None: for those without only)."""
    if not user.is_authenticated or not may_decide(user):
        return False
    campaigns = remit_of(user)
    return campaigns is None or campaign_id in campaigns


def remit_of(user: "User") -> frozenset[int] | None:
    """Return the campaigns of somebody's remit, None without one; asked once per person and request, as rights are."""
    if "_remit" not in user.__dict__:
        remit = Remit.objects.filter(person=user).first()
        found = remit.campaigns.values_list("campaign_id_copy", flat=True) if remit else None
        user.__dict__["_remit"] = frozenset(found) if found is not None else None
    known: frozenset[int] | None = user.__dict__["_remit"]
    return known


def require_moderator_of(user: "User | AnonymousUser", campaign_id: int | None) -> None:
    """Raise ``Refused`` (403) for everybody who does not moderate that campaign."""
    if not may_decide_in(user, campaign_id):
        raise Refused(_("Only moderators can do this."), code="not_allowed", status=403)


def require_moderator(user: "User | AnonymousUser") -> None:
    """Raise ``Refused`` for everybody else."""
    if not may_decide(user):
        raise Refused(_("Only moderators can do this."), code="not_allowed", status=403)


def require_version(version: int | None) -> int:
    """Return the version of the case that was looked at; raise ``Refused`` (422) when it is not said."""
    if version is None:
        raise Refused(
            _("It is missing which version of the case you saw."), code="no_version", status=422, field="version"
        )
    return version


def require_reasons(decision: str, rule_version: RuleVersion | None, reason: str) -> None:
    """Raise ``Refused`` for an unknown decision, and for one that lacks the rule or the words it needs."""
    if decision not in Decision.Kind.values or decision in (Decision.Kind.UPHOLD, Decision.Kind.UNDO):
        raise Refused(_("Please choose a decision."), code="unknown_decision", status=422, field="decision")
    if decision in Decision.RESTRICTIVE and rule_version is None:
        raise Refused(_("Please choose the rule this decision rests on."), code="no_rule", status=422, field="rule")
    if decision in NEEDS_WORDS and not reason.strip():
        raise Refused(
            _("Please write down the reason; the author reads it."), code="no_reason", status=422, field="reason"
        )
    if len(reason) > LONGEST_REASON:
        words = _("The reason is too long: at most %(most)s characters, it has %(now)s.")
        raise Refused(words % {"most": LONGEST_REASON, "now": len(reason)}, code="too_long", status=422, field="reason")


def needs_second(decision: str, rule_version: RuleVersion | None) -> bool:
    """Tell whether a decision by that rule is for two people: one proposes, another agrees."""
    return decision in Decision.RESTRICTIVE and rule_version is not None and bool(rule_version.rule.needs_second)


def require_target(decision: str, target: str) -> None:
    """Raise ``Refused`` when a decision does not say where to."""
    if decision in Decision.TARGETED and not target.strip():
        words = _("Please choose where to.")
        raise Refused(words, code="no_target", status=422, field="target")


def complaint_until(decided_at: datetime) -> datetime:
    """Return the last moment for a complaint: at least six months on, at the end of that day."""
    last_day = timezone.localtime(decided_at).date() + timedelta(days=COMPLAINT_DAYS)
    return timezone.make_aware(datetime.combine(last_day, time(23, 59, 59)))


def require_in_time(decision: Decision) -> None:
    """Raise ``Refused`` (410) when the time for a complaint is over, saying when it ended."""
    if decision.complaint_until is not None and now() > decision.complaint_until:
        words = _("The time for a complaint ended on %(day)s.") % {"day": day(decision.complaint_until)}
        raise Refused(words, code="too_late", status=410)


def redress(until: datetime) -> str:
    """Return in words what somebody can do against a restriction."""
    words = _(
        "You can complain to us free of charge until %(day)s; then another person decides. "
        "You can also turn to a certified out-of-court dispute settlement body or to a court."
    )
    return words % {"day": day(until)}


def reach(decision: str, state_after: str) -> tuple[str, str]:
    """Return where and for how long a restriction holds, in words."""
    if decision == Decision.Kind.REQUEST_CHANGE:
        return _("for this version"), _("until we have approved a changed version")
    if decision == Decision.Kind.HIDE:
        return _("everywhere on this site"), _("without a time limit")
    if state_after == "public":
        return _("for the new version; the earlier one stays public"), _("without a time limit")
    if state_after == "withdrawn":
        return _("for the words with which you gave your reason"), _("without a time limit")
    return _("for this version, everywhere on this site"), _("without a time limit")
