"""What a decision on many would do to each of them, before it is made; and what became of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import F, QuerySet
from django.utils.translation import gettext as _

from common.database import now
from common.errors import Refused
from moderation import rules
from moderation.models import BulkItem, BulkRun, Case, Decision, Proposal, RuleVersion
from moderation.queries.cases import choices, holding
from moderation.registry import kinds

if TYPE_CHECKING:
    from accounts.models import User

MOST = 100
#: what can be decided on many: nothing that needs a target of its own
OFFERED = (
    Decision.Kind.APPROVE,
    Decision.Kind.APPROVE_WITH_NOTE,
    Decision.Kind.REQUEST_CHANGE,
    Decision.Kind.REFUSE,
    Decision.Kind.HIDE,
    Decision.Kind.RESTORE,
)


@dataclass(frozen=True)
class Forecast:
    """What would become of one chosen case."""

    case_id: int
    version: int
    title: str
    kind: str
    can: bool
    words: str
    #: whether it would only become a proposal, for another person to agree to
    is_proposal: bool = False

    @property
    def value(self) -> str:
        """Return what a form says to mean this case as it was seen."""
        return f"{self.case_id}-{self.version}"


def read_chosen(values: list[str]) -> dict[int, int]:
    """Return the version seen of each chosen case; raises ``Refused`` (422) for nothing, too many, or what no form says."""
    chosen: dict[int, int] = {}
    for value in values:
        case, _dash, version = value.partition("-")
        if not all(part.isascii() and part.isdigit() and len(part) < 10 for part in (case, version)):
            raise Refused(_("This choice cannot be read. Please choose again."), code="broken", status=422)
        chosen[int(case)] = int(version)
    if not chosen:
        raise Refused(_("Please choose at least one case."), code="nothing", status=422)
    if len(chosen) > MOST:
        words = _("At most %(most)d cases can be decided in one go; you chose %(count)d.")
        raise Refused(words % {"most": MOST, "count": len(chosen)}, code="too_many", status=422)
    return chosen


def forecasts(
    user: "User", chosen: Mapping[int, int], decision: str, rule_version: RuleVersion | None = None
) -> list[Forecast]:
    """Return what the decision would do to each chosen case ``user`` may see, oldest first; an empty decision only lists them."""
    cases = Case.objects.visible_to(user).filter(pk__in=chosen).select_related("claimed_by").order_by("opened_at", "pk")
    labels, second = kinds(), rules.needs_second(decision, rule_version)
    proposed = set(proposed_already(chosen)) if second else set()
    found = []
    for case in cases:
        hurdle = hurdle_of(case, user, chosen[case.pk], decision)
        if not hurdle and case.pk in proposed:
            hurdle = _("There is a proposal on it already; another person has to answer it first.")
        words = hurdle or (outcome(decision, second=second) if decision else "")
        label = str(labels.get(case.kind, case.kind))
        found.append(Forecast(case.pk, chosen[case.pk], case.title, label, not hurdle, words, second and not hurdle))
    return found


def proposed_already(chosen: Mapping[int, int]) -> QuerySet[Proposal, int]:
    """Return the numbers of chosen cases on which a proposal waits for an answer, as they stand now."""
    rows = Proposal.objects.filter(case__in=chosen, state=Proposal.State.OPEN, case_version=F("case__version"))
    return rows.values_list("case_id", flat=True)


def hurdle_of(case: Case, user: "User", version: int, decision: str) -> str:
    """Return in words why a case cannot be decided so; empty when it can."""
    if case.kind == Case.COMPLAINT_KIND:
        return _("Complaints are decided on their own page.")
    if case.kind == Case.CONTACT_KIND:
        return _("Messages are answered on their own page.")
    if case.state != Case.State.OPEN:
        return _("Somebody has decided it meanwhile.")
    if case.version != version:
        return _("It has changed since you saw it.")
    if holding(case, user, now()) == "other":
        return _("%(name)s is working on it.") % {"name": case.claimed_by}
    if decision and decision not in dict(choices(case)):
        return _("This decision does not fit: it is in another state.")
    return ""


def outcome(decision: str, *, second: bool = False) -> str:
    """Return what a decision does, in a few words; ``second``: what the proposal does that becomes of it."""
    if second:
        return _("Needs a second person: it becomes a proposal. Nothing changes until another person agrees.")
    words = {
        "approve": _("Everybody can read it. The author is told."),
        "approve_with_note": _("Everybody can read it. The author is told, with your note."),
        "request_change": _("It stays unseen. The author is asked for a change, with a letter."),
        "refuse": _("It does not appear. The author gets a letter and can complain."),
        "hide": _("It vanishes everywhere. The author gets a letter and can complain."),
        "restore": _("It is there again, as it was. The author is told."),
    }
    return words[decision]


def runs_of(user: "User") -> QuerySet[BulkRun]:
    """Return what ``user`` has decided in one go, newest first."""
    return BulkRun.objects.filter(actor=user).select_related("rule_version__rule").order_by("-pk")


def was_taken_back(decision_id: int) -> bool:
    """Tell whether a decision of a go was taken back: then there is nothing to tell anybody."""
    return BulkItem.objects.filter(decision=decision_id, undo__isnull=False).exists()
