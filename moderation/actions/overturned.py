"""What falls with a warning that was overturned after a complaint: the pause or block that rested on it (DSA, Art. 23)."""

from django.utils.translation import gettext as _

from accounts.models import User
from common.database import lock, now
from common.events import announce
from moderation import record
from moderation.actions.decisions import about
from moderation.models import Case, CaseEvent, Decision, Sanction
from moderation.queries.profiles import PROFILE
from moderation.registry import moderated


def end_what_rested_on(warning: Decision, actor: User) -> list[Decision]:
    """End every stop in force that needed this warning; each end is an entry of the record, and a letter.

    What was manifestly illegal needed no warning, and stands. Call it in the transaction that overturns the warning, with its
    entry written.
    """
    lock(f"moderation.person.{warning.object_id}")
    stops = Sanction.objects.stops().filter(after_warning__decision=warning, is_manifest=False)
    return [ended(stop, actor) for stop in stops.order_by("pk")]


def ended(stop: Sanction, actor: User) -> Decision:
    """End one stop before its time."""
    case = decided_case(stop)
    CaseEvent.objects.create(case=case, kind=CaseEvent.Kind.DECIDED, actor=actor)
    state = moderated(PROFILE).states([stop.person_id])[stop.person_id]
    entry = record.append(
        **about(case, actor), decision=Decision.Kind.LIFT, source=Decision.Source.COMPLAINT, state_before=state, state_after=state,
        reason=_("It rested on a warning, and the warning was overturned after a complaint."),
    )  # fmt: skip
    Sanction.objects.filter(pk=stop.pk, lifted_at=None).update(lifted_at=entry.decided_at, lifted_by=entry)
    announce("decision_made", decision_id=entry.pk)
    return entry


def decided_case(stop: Sanction) -> Case:
    """Return a case for the entry, decided at once: one that waits about the same person is about something else."""
    first, moment = stop.decision.case, now()
    return Case.objects.create(
        kind=PROFILE, object_id=stop.person_id, subject_version=stop.decision.subject_version, reason=Case.Reason.COMPLAINT,
        state=Case.State.DECIDED, title=first.title, author=stop.person, author_name=stop.person.display_name,
        opened_at=moment, decided_at=moment,
    )  # fmt: skip
