"""Measures about people: each is a decision on the case of their profile; here is what follows from it."""

from allauth.usersessions.models import UserSession
from django.utils.translation import gettext as _

from accounts.models import User
from common.database import lock, now
from common.errors import Refused
from moderation import measures
from moderation.measures import Terms
from moderation.models import Decision, Sanction
from moderation.registry import Done

Kind = Decision.Kind


def begin_measure(decision: str, person: User, terms: Terms, state: str) -> Done:
    """Check that a measure may be taken now; return where and for how long it will hold. Nobody of the town is measured."""
    lock(f"moderation.person.{person.pk}")
    if person.is_staff:
        words = _("Measures are for citizens. About the town's staff their superiors decide.")
        raise Refused(words, code="staff", status=403)
    if decision in (Kind.PAUSE, Kind.BLOCK):
        measures.require_warned(person.pk, terms)
    return Done(state, state, *measures.reach(decision, measures.end_of(decision, terms, now())))


def lift_measure(person: User, target: str, state: str, *, second: bool = False) -> Done:
    """End a measure before its time; ``target`` is the number of its decision, left out: whatever stops writing now.

    ``second``: after a complaint; then it may have ended by itself meanwhile.
    """
    lock(f"moderation.person.{person.pk}")
    found = Sanction.objects.in_force().filter(person=person)
    row = found.filter(decision_id=int(target)).first() if is_number(target) else found.stops().first() or found.first()
    if row is None and second:
        return Done(state, state)
    if row is None:
        raise Refused(_("No measure is in force."), code="no_measure", status=409)
    Sanction.objects.filter(pk=row.pk, lifted_at=None).update(lifted_at=now())
    return Done(state, state)


def is_number(text: str) -> bool:
    """Tell whether a text is the number of a row."""
    return text.isascii() and text.isdigit() and len(text) < 19


def keep_measure(entry: Decision, target: str) -> None:
    """Write down the measure that rests on an entry of the record; a block ends the person's sessions on all devices."""
    step = str(entry.decision)
    if step not in Sanction.Step.values:
        Sanction.objects.filter(person_id=entry.object_id, lifted_at__isnull=False, lifted_by=None).update(
            lifted_by=entry
        )
        return
    terms = Terms.read(target)
    needs_warning = step in Sanction.STOPPING and not terms.is_manifest
    Sanction.objects.create(
        person_id=entry.object_id,
        step=step,
        decision=entry,
        starts_at=entry.decided_at,
        ends_at=measures.end_of(step, terms, entry.decided_at),
        after_warning=measures.warning_of(entry.object_id) if needs_warning else None,
        is_manifest=terms.is_manifest and step in Sanction.STOPPING,
    )
    if step == Sanction.Step.BLOCK:
        end_sessions(entry.object_id)


def end_sessions(person_id: int) -> None:
    """Sign somebody out everywhere."""
    for session in UserSession.objects.filter(user_id=person_id):
        session.end()
