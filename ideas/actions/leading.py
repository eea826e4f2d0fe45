"""Passing the lead of an idea on: offered by the one who leads, taken by the one who wants to."""

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from common.database import now
from common.errors import Refused
from common.events import announce
from ideas.actions.coauthors import recount_coauthors
from ideas.actions.publishing import locked
from ideas.events import LEAD_OFFERED, LEAD_PASSED
from ideas.models import CoAuthor, Idea
from ideas.rules import CHANGEABLE, require_lead
from moderation.actions import open_case
from moderation.models import Case

if TYPE_CHECKING:
    from accounts.models import User

State = CoAuthor.State


@transaction.atomic
def offer_lead(*, idea: Idea, lead: "User", row_id: int) -> CoAuthor:
    """Ask a co-author to take over. Nothing changes until that person says yes; a new offer replaces an older one."""
    idea = locked(idea.pk)
    require_lead(lead, idea)
    row = idea.coauthors.filter(pk=row_id, state=State.ACCEPTED, person__is_active=True).first()
    if row is None:
        raise Refused(_("Only somebody who writes along can take over."), code="not_writing", status=404)
    idea.coauthors.update(lead_offered_at=None)
    row.lead_offered_at = now()
    row.save(update_fields=["lead_offered_at"])
    announce(LEAD_OFFERED, coauthor_id=row.pk)
    return row


@transaction.atomic
def take_back_offer(*, idea: Idea, lead: "User") -> None:
    """Keep the lead after all."""
    idea = locked(idea.pk)
    require_lead(lead, idea, anytime=True)
    idea.coauthors.update(lead_offered_at=None)


@transaction.atomic
def decline_lead(*, idea: Idea, person: "User") -> None:
    """Say no to the lead and go on writing along."""
    idea = locked(idea.pk)
    idea.coauthors.filter(person=person, state=State.ACCEPTED).update(lead_offered_at=None)


@transaction.atomic
def take_lead(*, idea: Idea, person: "User") -> Idea:
    """Lead the idea from now on: on an offer, or where its lead has left the site. Who led before writes along."""
    idea = locked(idea.pk)
    row = idea.coauthors.filter(person=person, state=State.ACCEPTED).first()
    if row is None or idea.state not in CHANGEABLE or (idea.author_id is not None and row.lead_offered_at is None):
        raise Refused(_("The lead of this idea is not offered to you (any more)."), code="not_offered", status=403)
    before = idea.author_id
    # The place of the new lead among the co-authors becomes the old one's; without an old one it ends.
    row.person_id, row.state = (before, State.ACCEPTED) if before else (person.pk, State.LEFT)
    row.lead_offered_at, row.answered_at = None, now()
    row.save(update_fields=["person", "state", "lead_offered_at", "answered_at"])
    # The key of the request that once sent it in belongs to the person who did.
    idea.author, idea.request_key = person, None
    idea.save(update_fields=["author", "request_key"])
    recount_coauthors(idea.pk)
    _tell_moderators(idea)
    announce(LEAD_PASSED, coauthor_id=row.pk)
    return idea


def _tell_moderators(idea: Idea) -> None:
    """Bring an open case up to date: its letter goes to the author that stands in it."""
    case = Case.objects.filter(kind="idea", object_id=idea.pk, state=Case.State.OPEN).first()
    if case is not None:
        open_case("idea", idea.pk, reason=Case.Reason.CHANGE, subject_version=case.subject_version)
