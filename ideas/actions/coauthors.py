"""Writing an idea together: invite, accept, decline, leave, take back. The lead (``Idea.author``) decides who is asked."""

import hashlib
import secrets
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext as _

from common.database import now
from common.errors import Refused
from common.events import announce
from ideas.actions.publishing import locked
from ideas.events import COAUTHOR_ACCEPTED, COAUTHOR_DECLINED, COAUTHOR_INVITED, COAUTHOR_LEFT, COAUTHOR_REMOVED
from ideas.models import CoAuthor, Comment, Idea
from ideas.rules import MOST_COAUTHORS, may_join, require_lead, require_open
from moderation.measures import require_may_write

if TYPE_CHECKING:
    from accounts.models import User

State = CoAuthor.State
VALID_FOR = timedelta(days=14)
# Invitations one person may send within a day: enough for every idea, too few to pester a town.
MOST_A_DAY = 20


def fingerprint(token: str) -> str:
    """Return what is kept of an invitation's link."""
    return hashlib.sha256(token.encode()).hexdigest()


@transaction.atomic
def invite_by_link(*, idea: Idea, lead: "User") -> tuple[CoAuthor, str]:
    """Make an invitation for whoever gets the link; return it with the token, which is not kept."""
    idea = _with_room(idea, lead)
    token = secrets.token_urlsafe(32)
    return _invite(idea, lead, token_sha256=fingerprint(token)), token


@transaction.atomic
def invite_commenter(*, idea: Idea, lead: "User", comment: Comment) -> CoAuthor:
    """Ask somebody who has commented on the idea in public; nobody who said no is asked again."""
    idea = _with_room(idea, lead)
    person = comment.author
    if comment.idea_id != idea.pk or comment.state != Comment.State.PUBLIC or person is None or person.pk == lead.pk:
        raise Refused(_("This person cannot be invited."), code="not_invitable", status=404)
    before = set(idea.coauthors.filter(person=person).values_list("state", flat=True))
    if before - {State.REVOKED}:
        message = _("This person is invited already, or has answered.")
        raise Refused(message, code="asked_before")
    if not (person.is_active and may_join(person, idea.campaign)):
        raise Refused(_("This person cannot be invited."), code="not_invitable", status=404)
    row = _invite(idea, lead, person=person)
    announce(COAUTHOR_INVITED, coauthor_id=row.pk)
    return row


def _with_room(idea: Idea, lead: "User") -> Idea:
    """Return the idea, held, if its lead may invite one more; refuse otherwise."""
    idea = locked(idea.pk)
    require_lead(lead, idea)
    require_may_write(lead)
    require_open(idea.campaign, "ideas")
    moment = now()
    waiting = idea.coauthors.filter(state=State.INVITED, ends_at__gt=moment).count()
    if idea.coauthors.filter(state=State.ACCEPTED).count() + waiting >= MOST_COAUTHORS:
        message = _("An idea has at most %(count)d co-authors; open invitations count, too.")
        raise Refused(message % {"count": MOST_COAUTHORS}, code="full")
    day = moment - timedelta(days=1)
    if CoAuthor.objects.filter(invited_by=lead, created_at__gt=day).count() >= MOST_A_DAY:
        raise Refused(
            _("You have sent very many invitations today. Please go on tomorrow."), code="too_many", status=429
        )
    return idea


def _invite(idea: Idea, lead: "User", **whom: Any) -> CoAuthor:
    return CoAuthor.objects.create(idea=idea, invited_by=lead, ends_at=now() + VALID_FOR, **whom)


@transaction.atomic
def accept_invitation(*, invitation: CoAuthor, person: "User") -> Idea:
    """Let the person write along. An invitation is good for one person and one time."""
    idea, row = _answerable(invitation, person)
    if idea.state not in (Idea.State.WAITING, Idea.State.PUBLIC) or idea.author_id is None:
        raise gone()
    require_may_write(person)
    require_open(idea.campaign, "ideas")
    others = idea.coauthors.filter(person=person).exclude(pk=row.pk)
    if idea.author_id == person.pk or others.filter(state=State.ACCEPTED).exists():
        raise Refused(_("You write this idea already."), code="writes_already")
    others.filter(state=State.INVITED).update(state=State.REVOKED)
    _answer(row, person, State.ACCEPTED)
    recount_coauthors(idea.pk)
    announce(COAUTHOR_ACCEPTED, coauthor_id=row.pk)
    return idea


@transaction.atomic
def decline_invitation(*, invitation: CoAuthor, person: "User") -> None:
    """Say no; the lead is told."""
    _idea, row = _answerable(invitation, person)
    _answer(row, person, State.DECLINED)
    announce(COAUTHOR_DECLINED, coauthor_id=row.pk)


def _answerable(invitation: CoAuthor, person: "User") -> tuple[Idea, CoAuthor]:
    """Return idea and invitation as they stand now, held, if this person may answer."""
    idea = locked(invitation.idea_id)
    row = idea.coauthors.filter(pk=invitation.pk, state=State.INVITED, ends_at__gt=now()).first()
    if row is None or row.person_id not in (None, person.pk) or not may_join(person, idea.campaign):
        raise gone()
    return idea, row


def gone() -> Refused:
    """Return the refusal of an invitation that is used, taken back, too old or not this person's."""
    return Refused(_("This invitation is no longer valid."), code="gone", status=410)


def _answer(row: CoAuthor, person: "User", state: str) -> None:
    row.person, row.state, row.answered_at = person, state, now()
    row.save(update_fields=["person", "state", "answered_at"])


@transaction.atomic
def leave_idea(*, idea: Idea, person: "User") -> None:
    """End writing along; what was written stays."""
    idea = locked(idea.pk)
    row = idea.coauthors.filter(person=person, state=State.ACCEPTED).first()
    if row is None:
        raise Refused(_("You do not write along with this idea."), code="not_writing", status=404)
    _end(row, State.LEFT)
    announce(COAUTHOR_LEFT, coauthor_id=row.pk)


@transaction.atomic
def remove_coauthor(*, idea: Idea, lead: "User", row_id: int) -> None:
    """Take an invitation back, or end somebody's writing along; the lead can do that at any time."""
    idea = locked(idea.pk)
    require_lead(lead, idea, anytime=True)
    row = idea.coauthors.filter(pk=row_id, state__in=(State.INVITED, State.ACCEPTED)).first()
    if row is None:
        raise Refused(_("There is no such invitation (any more)."), code="gone", status=404)
    was_writing = row.state == State.ACCEPTED
    _end(row, State.REVOKED)
    if was_writing:
        announce(COAUTHOR_REMOVED, coauthor_id=row.pk)


def _end(row: CoAuthor, state: str) -> None:
    row.state, row.answered_at, row.lead_offered_at = state, now(), None
    row.save(update_fields=["state", "answered_at", "lead_offered_at"])
    recount_coauthors(row.idea_id)


def recount_coauthors(idea_id: int) -> None:
    """Count those who write along and keep the number in the idea's row; callers hold the row."""
    rows = CoAuthor.objects.filter(idea=idea_id, state=State.ACCEPTED, person__isnull=False)
    Idea.objects.filter(pk=idea_id).update(coauthor_count=rows.count())
