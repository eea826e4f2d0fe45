"""Opening, moving on, closing, taking and giving back a case."""

from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F, Q
from django.utils.translation import gettext as _

from accounts.models import User
from common.database import now
from common.errors import Refused
from common.events import announce
from moderation import rules
from moderation.models import Case, CaseEvent
from moderation.queries import why_not
from moderation.registry import Snapshot, moderated


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
    copies["marks"] = [*snapshot.marks, *marks]
    if is_first:
        return told(Case.objects.create(kind=kind, object_id=object_id, reason=reason, **copies))
    return move_on(kind, object_id, reason, copies) or begin(kind, object_id, reason, copies)


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
    if not open_ones.update(version=F("version") + 1, **copies):
        return None
    case = open_ones.get()
    log_event(case, CaseEvent.Kind.REPORTED if reason == Case.Reason.REPORT else CaseEvent.Kind.CHANGED)
    return case


def begin(kind: str, object_id: int, reason: str, copies: dict[str, Any]) -> Case:
    """Make a case; if another request was faster, move that one on."""
    try:
        with transaction.atomic():
            case = Case.objects.create(kind=kind, object_id=object_id, reason=reason, **copies)
    except IntegrityError:
        if (other := move_on(kind, object_id, reason, copies)) is None:
            raise
        return other
    return told(case)


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
    """Take a case for 15 minutes, or prolong it; raises ``Refused`` (409) when somebody else has it or it is decided."""
    rules.require_moderator(actor)
    before = Case.objects.filter(pk=case_id).values_list("claimed_by_id", flat=True).first()
    rows = Case.objects.filter(free_for(actor), pk=case_id, state=Case.State.OPEN)
    if not rows.update(claimed_by=actor, claimed_until=now() + rules.LEASE):
        raise why_not(case_id, actor)
    case = Case.objects.select_related("claimed_by").get(pk=case_id)
    if before != actor.pk:
        log_event(case, CaseEvent.Kind.TAKEN_OVER if before else CaseEvent.Kind.CLAIMED, actor)
    return case


@transaction.atomic
def release_case(*, case_id: int, actor: User, text: str = "") -> bool:
    """Give back a case one has taken, perhaps with a word for the next; return whether one had it."""
    rows = Case.objects.filter(pk=case_id, claimed_by=actor, state=Case.State.OPEN)
    if not rows.update(claimed_by=None, claimed_until=None):
        return False
    log_event(Case.objects.get(pk=case_id), CaseEvent.Kind.RELEASED, actor, text)
    return True


def log_event(case: Case, kind: str, actor: User | None = None, text: str = "") -> None:
    """Write into the log of a case."""
    CaseEvent.objects.create(case=case, kind=kind, actor=actor, text=text[:500])
