"""Measures about people: what they stop, how long they hold, and what has to come before (DSA, Art. 23)."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.translation import gettext as _

from common.errors import Refused
from moderation.models import Decision, RuleVersion, Sanction
from theme.dates import day

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from accounts.models import User

Kind = Decision.Kind
#: what can be decided about a person, from the mildest on
MEASURES = (Kind.ADVISE, Kind.WARN, Kind.PAUSE, Kind.BLOCK, Kind.LIFT)
#: a warning stays in force for so long
WARNING_DAYS = 365
LONGEST_PAUSE, LONGEST_BLOCK = 90, 1095
MANIFEST = "manifest"


@dataclass(frozen=True)
class Terms:
    """How long a pause or a block is to last, and whether the content was manifestly illegal."""

    days: int | None = None
    is_manifest: bool = False

    @classmethod
    def read(cls, target: str) -> "Terms":
        """Return the terms written in the target of a decision: ``14``, ``14 manifest``, ``manifest`` or nothing."""
        parts = target.split()
        days = next((int(part) for part in parts if part.isascii() and part.isdigit() and len(part) < 6), None)
        return cls(days, MANIFEST in parts)

    def __str__(self) -> str:
        return " ".join(filter(None, [str(self.days or ""), MANIFEST if self.is_manifest else ""]))


def require_terms(decision: str, target: str, rule_version: RuleVersion | None) -> None:
    """Raise ``Refused`` (422) when a pause has no end, something lasts too long, or no law stands behind „manifestly"."""
    if decision not in (Kind.PAUSE, Kind.BLOCK):
        return
    terms = Terms.read(target)
    most = LONGEST_PAUSE if decision == Kind.PAUSE else LONGEST_BLOCK
    if (decision == Kind.PAUSE and not terms.days) or (terms.days is not None and not 1 <= terms.days <= most):
        words = _("Please say for how many days: at least one, at most %(most)d.")
        raise Refused(words % {"most": most}, code="no_days", status=422, field="days")
    if terms.is_manifest and (rule_version is None or rule_version.ground != RuleVersion.Ground.LAW):
        words = _("Only a rule with a legal ground can have been broken in a manifestly illegal way.")
        raise Refused(words, code="not_illegal", status=422, field="is_manifest")


def end_of(decision: str, terms: Terms, moment: datetime) -> datetime | None:
    """Return when a measure ends: at the end of its last day, in the town's time; None without an end."""
    days = WARNING_DAYS if decision == Kind.WARN else terms.days
    if decision == Kind.ADVISE or days is None:
        return None
    last: date = timezone.localtime(moment).date() + timedelta(days=days)
    return timezone.make_aware(datetime.combine(last, time(23, 59, 59)))


def reach(decision: str, ends_at: datetime | None) -> tuple[str, str]:
    """Return where and for how long a measure holds, in words."""
    until = _("until the end of %(day)s") % {"day": day(ends_at)} if ends_at else _("without a time limit")
    if decision == Kind.WARN:
        return _("for your account"), until
    if decision in (Kind.PAUSE, Kind.BLOCK):
        return _("for writing here: ideas, changes, comments and reports with your account"), until
    return "", ""


def warning_of(person_id: int) -> Sanction | None:
    """Return the newest warning in force."""
    return Sanction.objects.in_force().filter(person_id=person_id, step=Sanction.Step.WARNING).first()


def require_warned(person_id: int, terms: Terms) -> None:
    """Raise ``Refused`` (409) for a stop without a warning in force; the database refuses it as well."""
    if not terms.is_manifest and warning_of(person_id) is None:
        words = _("This needs a warning first. Only manifestly illegal content can be answered at once.")
        raise Refused(words, code="no_warning", status=422, field="decision")


def stop_of(user: "User | AnonymousUser | None") -> Sanction | None:
    """Return the measure that keeps ``user`` from writing now, the longest if there are several."""
    if user is None or not user.is_authenticated:
        return None
    return Sanction.objects.stops().filter(person_id=user.pk).select_related("decision__rule_version__rule").first()


def require_may_write(user: "User | AnonymousUser | None") -> None:
    """Raise ``Refused`` (403) while a pause or a block holds, by the database's clock: every surface of writing asks here.

    Reading, supporting and voting are nobody's to take.
    """
    if (stop := stop_of(user)) is not None:
        raise Refused(stop_words(stop), code="paused", status=403)


def stop_words(stop: Sanction) -> str:
    """Return what somebody reads who may not write now: until when, why, and what can be done."""
    words = _("You cannot write here at the moment: your writing is paused until the end of %(day)s.")
    if stop.ends_at is None:
        words = _("You cannot write here at the moment: your account is blocked for writing.")
    said = words % {"day": day(stop.ends_at) if stop.ends_at else ""}
    more = _(
        "The reasons, and how to complain, are in our letter under “Mein Bereich”, “Letters”. "
        "Your text stays here and can be kept as a draft. You can go on reading and supporting."
    )
    return f"{said} {more}"
