"""Opening, moving on, closing, taking and giving back a case."""

from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Case as Either
from django.db.models import F, Q, Value, When
from django.utils.translation import gettext as _

from accounts.models import User
from common.database import now
from common.errors import Refused
from common.events import announce
from moderation import rules
from moderation.assistance import keep, marks_for, text_of
from moderation.models import Case, CaseEvent, Decision
from moderation.queries import why_not
from moderation.registry import Snapshot, moderated

GRAVE = {"illegal", "child"}


def open_case(
    kind: str,
    object_id: int,
    *,
    reason: str = Case.Reason.NEW,
    subject_version: int | None = None,
    marks: tuple[str, ...] = (),
    is_first: bool = False,
) -> Case:
    """Let a contribution wait for a decision, in the transaction of its change; an open case moves on to its newest version.

    ``is_first``: the contribution was made in this transaction, so nobody can have opened a case for it.
    Raises ``TransactionManagementError`` outside a transaction and ``Refused`` (404) when there is nothing to decide on.
    """
    if not transaction.get_connection().in_atomic_block:
        raise transaction.TransactionManagementError("A case is opened in the transaction of the change it belongs to.")
    snapshot = moderated(kind).describe(object_id)
    if snapshot is None:
        raise Refused(_("There is nothing to decide on any more."), code="gone", status=404)
    copies = {**copied(snapshot), "subject_version": subject_version or snapshot.version}
    found = marks_for(snapshot, kind, object_id, reason) if kind not in Case.OWN_PAGE else []
    copies["marks"] = [*snapshot.marks, *marks, *(mark.words for mark in found)]
    copies["risk"] = Case.Risk.HINT if copies["marks"] else Case.Risk.NONE
    if is_first:
        case = told(Case.objects.create(kind=kind, object_id=object_id, reason=reason, **copies))
    else:
        case = move_on(kind, object_id, reason, copies) or begin(kind, object_id, reason, copies)
    keep(case, found, text_of(snapshot))
    return case


def copied(snapshot: Snapshot) -> dict[str, Any]:
    """Return what a case keeps of a contribution."""
    return {
        "title": snapshot.title[:200],
        "excerpt": snapshot.excerpt,
        "author_id": snapshot.author_id,
        "author_name": snapshot.author_name[:60],
        "campaign_id_copy": snapshot.campaign_id,
        "campaign_title": snapshot.campaign_title[:120],
    }


def move_on(kind: str, object_id: int, reason: str, copies: dict[str, Any]) -> Case | None:
    """Bring the open case up to date; whoever looks at it now has to look again. None when there is no open one."""
    open_ones = Case.objects.filter(kind=kind, object_id=object_id, state=Case.State.OPEN)
    # What reports made of it stays: marks come and go with the versions, reports do not.
    weight = Either(When(risk__gte=Case.Risk.REPORTED, then=F("risk")), default=Value(int(copies["risk"])))
    if not open_ones.update(**{**copies, "version": F("version") + 1, "risk": weight}):
        return None
    case = open_ones.get()
    log_event(case, CaseEvent.Kind.REPORTED if reason == Case.Reason.REPORT else CaseEvent.Kind.CHANGED)
    return case


def begin(kind: str, object_id: int, reason: str, copies: dict[str, Any]) -> Case:
    """Make a case; if another request was faster, move that one on."""
    first = asked_for_it(kind, object_id) if reason != Case.Reason.REPORT else {}
    try:
        with transaction.atomic():
            case = Case.objects.create(kind=kind, object_id=object_id, reason=reason, **copies, **first)
    except IntegrityError:
        if (other := move_on(kind, object_id, reason, copies)) is None:
            raise
        return other
    return told(case)


def asked_for_it(kind: str, object_id: int) -> dict[str, Any]:
    """Return who sees the case first, and until when: whoever asked for the change that now comes in."""
    last = Decision.objects.select_related("actor").filter(kind=kind, object_id=object_id).first()
    if last is None or last.decision != Decision.Kind.REQUEST_CHANGE or not rules.may_decide(last.actor):
        return {}
    return {"first_for": last.actor, "first_until": now() + rules.FIRST_LOOK}


def risk_of_report(reason: str) -> int:
    """Return how urgent a report makes its case: grave where it says that something is against the law."""
    return Case.Risk.GRAVE if reason in GRAVE else Case.Risk.REPORTED


def told(case: Case) -> Case:
    """Put the beginning of a case on record and announce it."""
    log_event(case, CaseEvent.Kind.OPENED)
    announce("case_opened", case_id=case.pk)
    return case


def close_case(kind: str, object_id: int) -> bool:
    """End an open case without a decision, because its contribution is gone; return whether there was one."""
    with transaction.atomic():
        case = Case.objects.filter(kind=kind, object_id=object_id, state=Case.State.OPEN).first()
        if case is None or not Case.objects.filter(pk=case.pk, state=Case.State.OPEN).update(
            state=Case.State.CLOSED, version=F("version") + 1, claimed_by=None, claimed_until=None
        ):
            return False
        log_event(case, CaseEvent.Kind.CLOSED)
        announce("case_closed", case_id=case.pk)
    return True


@transaction.atomic
def rename_author(kind: str, object_id: int) -> None:
    """Copy who the author is to the cases of a contribution that somebody has taken over; letters go there from now on."""
    snapshot = moderated(kind).describe(object_id)
    if snapshot is not None:
        cases = Case.objects.filter(kind=kind, object_id=object_id)
        cases.update(author_id=snapshot.author_id, author_name=snapshot.author_name[:60])


def free_for(actor: User) -> Q:
    """Return the condition under which ``actor`` may take or decide a case, by the database's clock."""
    return Q(claimed_by=None) | Q(claimed_by=actor) | Q(claimed_until__lte=now())


@transaction.atomic
def claim_case(*, case_id: int, actor: User) -> Case:
    """Take a case for 15 minutes, or prolong it; raises ``Refused``: 404 not theirs, 409 somebody else has it or it is decided.

    What is kept for somebody else for the moment may be taken; the log says so, as it does for a claim that ran out.
    """
    rules.require_moderator(actor)
    seen = Case.objects.visible_to(actor).filter(pk=case_id).first()
    rows = Case.objects.visible_to(actor).filter(free_for(actor), pk=case_id, state=Case.State.OPEN)
    if not rows.update(claimed_by=actor, claimed_until=now() + rules.LEASE) or seen is None:
        raise why_not(case_id, actor)
    case = Case.objects.select_related("claimed_by").get(pk=case_id)
    if seen.claimed_by_id != actor.pk:
        taken_over = seen.claimed_by_id or kept_for_another(seen, actor)
        log_event(case, CaseEvent.Kind.TAKEN_OVER if taken_over else CaseEvent.Kind.CLAIMED, actor)
    return case


def kept_for_another(case: Case, user: User) -> bool:
    """Tell whether somebody else is to see the case first, still."""
    waits = case.first_for_id is not None and case.first_until is not None and case.first_until > now()
    return waits and case.first_for_id != user.pk


@transaction.atomic
def release_case(*, case_id: int, actor: User, text: str = "") -> bool:
    """Give back a case one has taken, perhaps with a word for the next; return whether one had it."""
    rows = Case.objects.filter(pk=case_id, claimed_by=actor, state=Case.State.OPEN)
    if not rows.update(claimed_by=None, claimed_until=None):
        return False
    log_event(Case.objects.get(pk=case_id), CaseEvent.Kind.RELEASED, actor, text)
    return True


@transaction.atomic
def hand_over(*, case_id: int, actor: User, to: User, text: str = "") -> Case:
    """Give a case to a colleague with a word; they see it first for a while.

    Raises ``Refused``: 404 not the actor's, 409 somebody else has it or it is decided, 422 when it is nothing for the colleague.
    """
    rules.require_moderator(actor)
    mine = Case.objects.visible_to(actor).filter(free_for(actor), pk=case_id, state=Case.State.OPEN)
    if to == actor or not Case.objects.visible_to(to).filter(pk=case_id).exists():
        words = _("Please choose somebody else who may decide this case.")
        raise Refused(words, code="not_theirs", status=422, field="to")
    first = {"first_for": to, "first_until": now() + rules.FIRST_LOOK}
    if not mine.update(claimed_by=None, claimed_until=None, **first):
        raise why_not(case_id, actor)
    case = Case.objects.get(pk=case_id)
    log_event(
        case,
        CaseEvent.Kind.HANDED,
        actor,
        _("to %(name)s") % {"name": to} + (f": {text.strip()}" if text.strip() else ""),
    )
    return case


@transaction.atomic
def wait_again(case: Case, actor: User) -> Case:
    """Let a decided case wait once more, in its old place; if its contribution waits in another case already, that one does.

    Used when a decision is taken back.
    """
    others = Case.objects.filter(kind=case.kind, object_id=case.object_id, state=Case.State.OPEN)
    if other := others.first():
        return other
    rows = Case.objects.filter(pk=case.pk, state=Case.State.DECIDED)
    rows.update(state=Case.State.OPEN, version=F("version") + 1, decided_at=None, claimed_by=None, claimed_until=None)
    log_event(case, CaseEvent.Kind.REOPENED, actor)
    return Case.objects.get(pk=case.pk)


def log_event(case: Case, kind: str, actor: User | None = None, text: str = "") -> None:
    """Write into the log of a case."""
    CaseEvent.objects.create(case=case, kind=kind, actor=actor, text=text[:500])
