"""One decision on many cases: each is an entry of the record of its own, and all can be taken back for ten minutes.

So long nobody is told: who was told cannot be un-told. What is to be seen changes at once; letters, outcomes of reports and
news about it go out when the way back is over, and only for what was not taken back.
"""

from collections.abc import Mapping
from datetime import timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils import translation
from django.utils.translation import gettext as _

from accounts.models import User
from common.database import now
from common.errors import Refused
from common.events import announce, held_until
from moderation import record, rules
from moderation.actions.cases import log_event, wait_again
from moderation.actions.decisions import about
from moderation.actions.proposals import decide_or_propose
from moderation.models import BulkItem, BulkRun, Case, CaseEvent, Decision, Proposal, RuleVersion
from moderation.queries.bulk import MOST, OFFERED
from moderation.registry import moderated

UNDO = timedelta(minutes=10)
#: longer than a way back that began at the last moment takes
GRACE = timedelta(minutes=1)


def decide_many(
    *,
    actor: User,
    request_key: UUID,
    chosen: Mapping[int, int],
    decision: str,
    rule_version: RuleVersion | None = None,
    reason: str = "",
) -> BulkRun:
    """Decide each chosen case (number → version seen) by ``decide``, each in a transaction of its own.

    Where the rule needs two people each becomes a proposal, and nothing is decided. What cannot be decided is left alone, and
    its item says why. The same key again goes on where the first time ended.
    Raises ``Refused``: 403 without the right, 422 when decision, rule or reason are missing, or there are more than 100.
    """
    rules.require_moderator(actor)
    rules.require_reasons(decision, rule_version, reason)
    if decision not in OFFERED or not 0 < len(chosen) <= MOST:
        raise Refused(_("Please choose a decision."), code="unknown_decision", status=422, field="decision")
    wanted = {"decision": decision, "rule_version": rule_version, "reason": reason.strip()}
    fresh = {"actor": actor, "undo_until": now() + UNDO, **wanted}
    run, _new = BulkRun.objects.get_or_create(request_key=request_key, defaults=fresh)
    if run.actor_id != actor.pk:
        raise Refused(_("Please choose again."), code="foreign", status=422)
    done = set(run.items.values_list("case_id", flat=True))
    cases = Case.objects.visible_to(actor).filter(pk__in=set(chosen) - done).order_by("opened_at", "pk")
    for case in cases:
        decide_one(run, case, chosen[case.pk])
    return run


def decide_one(run: BulkRun, case: Case, version: int) -> None:
    """Decide one case of a run, or write down why not."""
    try:
        with transaction.atomic(), held_until(run.undo_until + GRACE):
            before = moderated(case.kind).as_it_is(case.object_id)
            entry, proposal = decide_or_propose(
                case_id=case.pk, version=version, actor=run.actor, decision=run.decision, rule_version=run.rule_version,
                reason=run.reason,
            )  # fmt: skip
            item = BulkItem(run=run, case=case, decision=entry, proposal=proposal)
            item.before = before if entry else None
            item.save()
    except Refused as refusal:
        BulkItem.objects.create(run=run, case=case, refused=str(refusal)[:300])


def undo_many(*, run_id: int, actor: User) -> tuple[int, list[str]]:
    """Take back what one has decided in one go; return how many, and in words what stays and why.

    Each way back is an entry of the record; the cases wait again. Raises ``Refused``: 403, 404 unknown or somebody else's,
    410 after ten minutes.
    """
    rules.require_moderator(actor)
    run = BulkRun.objects.filter(pk=run_id, actor=actor).first()
    if run is None:
        raise Refused(_("There is no such decision on many."), code="missing", status=404)
    if now() > run.undo_until:
        raise Refused(_("The ten minutes are over. Please decide on each by itself."), code="too_late", status=410)
    count, stays = 0, []
    wanted = Q(decision__isnull=False, undo=None) | Q(proposal__isnull=False)
    for item in run.items.filter(wanted).select_related("case", "decision", "proposal__case"):
        try:
            count += undo_proposal(item.proposal, actor) if item.proposal else undo_one(item, actor)
        except Refused as refusal:
            stays.append(f"{item.case.title}: {refusal}")
    BulkRun.objects.filter(pk=run.pk, undone_at=None).update(undone_at=now())
    return count, stays


@transaction.atomic
def undo_proposal(proposal: Proposal, actor: User) -> bool:
    """Take back one proposal that nobody has answered yet; return False when that was done already."""
    rows = Proposal.objects.filter(pk=proposal.pk, proposer=actor)
    if rows.filter(state=Proposal.State.OPEN).update(state=Proposal.State.UNDONE):
        log_event(proposal.case, CaseEvent.Kind.REOPENED, actor, _("the proposal was taken back"))
        return True
    if rows.filter(state=Proposal.State.UNDONE).exists():
        return False
    raise Refused(_("Another person has answered the proposal already."), code="answered", status=409)


@transaction.atomic
def undo_one(item: BulkItem, actor: User) -> bool:
    """Take back one decision, if nothing else has happened since; return False when that was done already."""
    entry = item.decision
    if entry is None or not Case.objects.visible_to(actor).filter(pk=item.case_id).exists():
        raise Refused(_("It is not yours to decide any more."), code="not_theirs", status=403)
    adapter = moderated(entry.kind)
    if not BulkItem.objects.select_for_update().filter(pk=item.pk, undo=None).exists():
        return False
    last = Decision.objects.filter(kind=entry.kind, object_id=entry.object_id).values_list("pk", flat=True).first()
    if last != entry.pk or adapter.states([entry.object_id]).get(entry.object_id) != entry.state_after:
        raise Refused(_("It was changed since then, so it stays as it is."), code="moved_on", status=409)
    with translation.override(settings.LANGUAGE_CODE):
        adapter.take_back(entry.decision, entry.object_id, entry.subject_version, before=item.before or {}, actor=actor)
        wait_again(item.case, actor)
        back = record.append(
            **about(item.case, actor), decision=Decision.Kind.UNDO, source=entry.source,
            state_before=entry.state_after, state_after=adapter.states([entry.object_id])[entry.object_id],
        )  # fmt: skip
    if not BulkItem.objects.filter(pk=item.pk, undo=None).update(undo=back):
        raise Refused(_("It was taken back already."), code="again", status=409)
    announce("decision_made", decision_id=back.pk)
    return True
