"""Telling an authority of a grave case (DSA, Art. 18): one person secures and proposes, another one confirms."""

import hashlib

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts.models import User
from common.database import now
from common.errors import Refused
from moderation import rules
from moderation.actions.cases import log_event
from moderation.models import Case, CaseEvent, Escalation, EvidencePackage
from moderation.queries.evidence import evidence_package


@transaction.atomic
def escalate(*, case_id: int, actor: User, reason: str) -> Escalation:
    """Propose a case for the authorities; what is there is packed and kept at once, whatever happens to it later.

    Raises ``Refused``: 403, 404 not the actor's, 409 proposed already, 422 no reason.
    """
    case = visible_case(case_id, actor)
    if case.kind in Case.OWN_PAGE:
        raise Refused(_("This decision does not fit here."), code="complaint", status=422)
    if not reason.strip():
        words = _("Please write why a life or somebody's safety is in danger.")
        raise Refused(words, code="no_reason", status=422, field="reason")
    at = now()
    try:
        with transaction.atomic():
            made = Escalation.objects.create(case=case, reason=reason.strip()[:4000], first=actor, first_at=at)
    except IntegrityError:
        raise Refused(_("This case was proposed already."), code="again", status=409) from None
    data = evidence_package(case, at)
    EvidencePackage.objects.create(
        escalation=made, data=data, sha256=hashlib.sha256(data).hexdigest(), size=len(data), made_at=at
    )
    Case.objects.filter(pk=case.pk).update(risk=Case.Risk.GRAVE)
    log_event(case, CaseEvent.Kind.ESCALATED, actor, reason.strip())
    return made


@transaction.atomic
def settle_escalation(*, escalation_id: int, actor: User, confirm: bool, answer: str = "") -> Escalation:
    """Confirm or decline what somebody else proposed.

    Raises ``Refused``: 403 without the right and for whoever proposed it, 404, 409 settled already, 422 declined without a word.
    """
    found = visible_escalation(escalation_id, actor)
    if found.first_id == actor.pk:
        words = _("You proposed this. Another person has to look at it.")
        raise Refused(words, code="same_person", status=403)
    if not confirm and not answer.strip():
        raise Refused(_("Please write why not."), code="no_answer", status=422, field="answer")
    state = Escalation.State.CONFIRMED if confirm else Escalation.State.DECLINED
    open_ones = Escalation.objects.filter(pk=found.pk, state=Escalation.State.PROPOSED)
    if not open_ones.update(state=state, second=actor, second_at=now(), answer=answer.strip()[:4000]):
        raise Refused(_("Somebody else was faster: this is settled."), code="settled", status=409)
    log_event(found.case, CaseEvent.Kind.CONFIRMED if confirm else CaseEvent.Kind.DECLINED, actor, answer.strip())
    found.refresh_from_db()
    return found


@transaction.atomic
def hand_out_evidence(*, escalation_id: int, actor: User) -> EvidencePackage:
    """Return the package of a confirmed case; each time is written into the log of the case, with the hash.

    Raises ``Refused``: 403, 404, 409 not confirmed.
    """
    found = visible_escalation(escalation_id, actor)
    if found.state != Escalation.State.CONFIRMED:
        raise Refused(_("Two people have to agree first."), code="unconfirmed", status=409)
    log_event(found.case, CaseEvent.Kind.DOWNLOADED, actor, found.package.sha256)
    return found.package


def visible_case(case_id: int, actor: User) -> Case:
    """Return the case if it is the actor's to work on."""
    rules.require_moderator(actor)
    case = Case.objects.visible_to(actor).filter(pk=case_id).first()
    if case is None:
        raise Refused(_("There is no such case."), code="missing", status=404)
    return case


def visible_escalation(escalation_id: int, actor: User) -> Escalation:
    """Return the grave case if it is the actor's to work on."""
    rules.require_moderator(actor)
    found = Escalation.objects.select_related("case").filter(case__in=Case.objects.visible_to(actor), pk=escalation_id)
    escalation = found.first()
    if escalation is None:
        raise Refused(_("There is no such case."), code="missing", status=404)
    return escalation
