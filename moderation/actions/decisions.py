"""Deciding a case: checked, carried out, written into the record – all or nothing."""

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils import translation
from django.utils.translation import gettext as _

from accounts.models import User
from common.database import now
from common.errors import Refused
from common.events import announce
from moderation import record, rules
from moderation.actions.cases import free_for, log_event
from moderation.measures import require_terms
from moderation.models import Case, CaseEvent, Decision, Proposal, RuleVersion
from moderation.queries import choices, why_not
from moderation.registry import Done, moderated


@transaction.atomic
def decide(
    *,
    case_id: int,
    version: int | None,
    actor: User,
    decision: str,
    rule_version: RuleVersion | None = None,
    reason: str = "",
    note: str = "",
    source: str = "",
    target: str = "",
    agreed: Proposal | None = None,
) -> Decision:
    """Decide the case as ``actor`` saw it (``version``), carry it out and record it.

    ``target`` says where to, for ``merge`` (the other contribution) and ``move`` (the campaign), and how long, for measures
    about people (``measures.Terms``). ``agreed`` is the proposal of another person, for rules that need two. ``source`` is ``own``,
    ``report`` or ``complaint``; left out, it says whether reports came in. Raises ``Refused``: 403 without the right, 404
    unknown case, 409 when it was decided, changed or taken meanwhile (and by whom), 422 when version, decision, rule,
    reason or target are missing or do not fit.
    """
    rules.require_moderator(actor)
    version = rules.require_version(version)
    rules.require_reasons(decision, rule_version, reason)
    rules.require_target(decision, target)
    require_terms(decision, target, rule_version)
    if agreed is None and rules.needs_second(decision, rule_version):
        words = _("A decision by this rule is for two people: propose it, and another person agrees.")
        raise Refused(words, code="needs_second", status=422, field="rule")
    case = (
        Case.objects.visible_to(actor)
        .filter(free_for(actor), pk=case_id, version=version, state=Case.State.OPEN)
        .first()
    )
    if case is None:
        raise why_not(case_id, actor)
    if case.kind in Case.OWN_PAGE:
        words = _("Complaints and messages have their own page.")
        raise Refused(words, code="own_page", status=422, field="decision")
    with translation.override(settings.LANGUAGE_CODE):
        done = carry_out(case, actor, decision, target, reason.strip())
        settle(case, actor)
        entry = record.append(
            **about(case, actor),
            decision=decision,
            rule_version=rule_version,
            ground=rule_version.ground if rule_version else "",
            reason=reason.strip(),
            note=note.strip(),
            source=source or (Decision.Source.REPORT if case.report_count else Decision.Source.OWN),
            state_before=done.before,
            state_after=done.after,
            scope=done.scope[:200],
            duration=done.duration[:120],
        )
    moderated(case.kind).recorded(entry, target)
    overtaken = Proposal.objects.filter(case=case, state=Proposal.State.OPEN)
    overtaken.exclude(pk=agreed.pk if agreed else 0).update(state=Proposal.State.STALE)
    announce("decision_made", decision_id=entry.pk)
    return entry


def carry_out(case: Case, actor: User, decision: str, target: str, reason: str) -> Done:
    """Let the contribution's own room do it; it locks its row before the case's, as everybody who changes it does.

    When it refuses because another moderator was faster, that is what is said.
    """
    try:
        if decision not in dict(choices(case)):
            raise Refused(_("This decision does not fit here."), code="unfit_decision", status=422, field="decision")
        adapter = moderated(case.kind)
        return adapter.act(decision, case.object_id, case.subject_version, actor=actor, target=target, reason=reason)
    except Refused:
        if not Case.objects.filter(pk=case.pk, version=case.version, state=Case.State.OPEN).exists():
            raise why_not(case.pk, actor) from None
        raise


def settle(case: Case, actor: User) -> None:
    """Mark the case decided, if it is still as it was seen: of two who decide at once, one gets through."""
    rows = Case.objects.filter(free_for(actor), pk=case.pk, version=case.version, state=Case.State.OPEN)
    if not rows.update(
        state=Case.State.DECIDED, version=F("version") + 1, decided_at=now(), claimed_by=None, claimed_until=None
    ):
        raise why_not(case.pk, actor)
    log_event(case, CaseEvent.Kind.DECIDED, actor)


def about(case: Case, actor: User) -> dict[str, object]:
    """Return what an entry of the record says about its case and who decided."""
    return {
        "case": case,
        "kind": case.kind,
        "object_id": case.object_id,
        "subject_version": case.subject_version,
        "subject_title": moderated(case.kind).recorded_title(case),
        "actor": actor,
        "actor_role": (actor.office or _("Moderation"))[:60],
    }
