"""Four eyes: one person proposes a restriction, another one agrees or declines with a word; both stand in the record."""

from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts.models import User
from common.database import now
from common.errors import Refused
from moderation import rules
from moderation.actions.cases import free_for, log_event
from moderation.actions.decisions import decide
from moderation.measures import require_terms
from moderation.models import Case, CaseEvent, Decision, Proposal, RuleVersion
from moderation.queries import choices, rules_in_force, why_not


def decide_or_propose(
    *, decision: str, rule_version: RuleVersion | None = None, **given: Any
) -> tuple[Decision | None, Proposal | None]:
    """Decide a case, or propose it where the rule needs two people; return what came of it. Takes what ``decide`` takes."""
    if not rules.needs_second(decision, rule_version):
        return decide(decision=decision, rule_version=rule_version, **given), None
    return None, propose(decision=decision, rule_version=rule_version, **given)


@transaction.atomic
def propose(
    *,
    case_id: int,
    version: int | None,
    actor: User,
    decision: str,
    rule_version: RuleVersion | None,
    reason: str = "",
    note: str = "",
    target: str = "",
) -> Proposal:
    """Propose a decision on the case as ``actor`` saw it, and let go of the case, so that another person can look.

    Raises ``Refused`` as ``decide`` does, and 409 when another proposal is open on the same version of the case.
    """
    rules.require_moderator(actor)
    version = rules.require_version(version)
    rules.require_reasons(decision, rule_version, reason)
    require_terms(decision, target, rule_version)
    mine = Case.objects.visible_to(actor).filter(free_for(actor), pk=case_id, version=version, state=Case.State.OPEN)
    case = mine.first()
    if case is None or rule_version is None:
        raise why_not(case_id, actor)
    if decision not in dict(choices(case)):
        raise Refused(_("This decision does not fit here."), code="unfit_decision", status=422, field="decision")
    open_ones = Proposal.objects.filter(case=case, state=Proposal.State.OPEN)
    open_ones.exclude(case_version=version).update(state=Proposal.State.STALE)
    try:
        with transaction.atomic():
            made = Proposal.objects.create(
                case=case, case_version=version, proposer=actor, decision_kind=decision, rule_version=rule_version,
                reason=reason.strip(), note=note.strip(), target=target[:200],
            )  # fmt: skip
    except IntegrityError:
        words = _("There is a proposal on this case already. Another person has to answer it first.")
        raise Refused(words, code="proposed", status=409) from None
    Case.objects.filter(pk=case.pk, claimed_by=actor).update(claimed_by=None, claimed_until=None)
    log_event(case, CaseEvent.Kind.PROPOSED, actor, f"{made.get_decision_kind_display()} ({rule_version})")
    return made


@transaction.atomic
def agree(*, proposal_id: int, actor: User, word: str = "") -> Decision:
    """Agree to another person's proposal: now it is decided, and the record names both.

    Raises ``Refused``: 403 for the proposer and without the right, 404, 409 when it is answered, or case or rule have changed.
    """
    proposal = answerable(proposal_id, actor)
    said = {
        "first": proposal.proposer.display_name,
        "second": actor.display_name,
        "word": word.strip() or _("(no word on it)"),
    }
    if not rules_in_force().filter(pk=proposal.rule_version_id).exists():
        words = _("The rule of this proposal is no longer in force as it was. Please decline, and decide anew.")
        raise Refused(words, code="rule_ended", status=409)
    both = _("Decided by two people: proposed by %(first)s, agreed to by %(second)s: %(word)s") % said
    entry = decide(
        case_id=proposal.case_id, version=proposal.case_version, actor=actor, decision=proposal.decision_kind,
        rule_version=proposal.rule_version, reason=proposal.reason, target=proposal.target, agreed=proposal,
        note="\n\n".join(filter(None, [proposal.note, both])),
    )  # fmt: skip
    answer(proposal, actor, word, state=Proposal.State.AGREED, decision=entry)
    log_event(proposal.case, CaseEvent.Kind.CONFIRMED, actor, word)
    return entry


@transaction.atomic
def decline(*, proposal_id: int, actor: User, word: str) -> Proposal:
    """Decline another person's proposal with a word; the case goes on waiting. Raises ``Refused`` as ``agree``, 422 no word."""
    proposal = answerable(proposal_id, actor)
    if not word.strip():
        words = _("Please say in a word why you do not agree.")
        raise Refused(words, code="no_word", status=422, field="word")
    answer(proposal, actor, word, state=Proposal.State.DECLINED)
    log_event(proposal.case, CaseEvent.Kind.DECLINED, actor, word)
    return proposal


def answerable(proposal_id: int, actor: User) -> Proposal:
    """Return a proposal that ``actor`` may answer now."""
    rules.require_moderator(actor)
    seen = Proposal.objects.filter(pk=proposal_id, case__in=Case.objects.visible_to(actor))
    proposal = seen.select_related("case", "proposer", "rule_version__rule").first()
    if proposal is None:
        raise Refused(_("There is no such proposal."), code="missing", status=404)
    if proposal.proposer_id == actor.pk:
        words = _("This is your own proposal. Another person has to look at it.")
        raise Refused(words, code="same_person", status=403)
    if proposal.state != Proposal.State.OPEN:
        raise Refused(_("This proposal is answered already."), code="answered", status=409)
    if proposal.case.state != Case.State.OPEN or proposal.case.version != proposal.case_version:
        words = _("The case has changed since this was proposed. Please look at it once more and decide anew.")
        raise Refused(words, code="stale", status=409)
    return proposal


def answer(proposal: Proposal, actor: User, word: str, **values: Any) -> None:
    """Write down the answer; of two who answer at once, one gets through."""
    rows = Proposal.objects.filter(pk=proposal.pk, state=Proposal.State.OPEN)
    if not rows.update(second=actor, word=word.strip()[:500], answered_at=now(), **values):
        raise Refused(_("This proposal is answered already."), code="answered", status=409)
