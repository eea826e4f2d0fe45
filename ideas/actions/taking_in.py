"""Ideas that staff write down for others, and how those take them over with the code on their receipt."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from common.database import lock, now
from common.errors import Refused
from common.events import announce
from ideas.actions.publishing import locked, publish_idea, show_version
from ideas.actions.submitting import add_version
from ideas.content import IdeaContent
from ideas.events import IDEA_CLAIMED, IDEA_SUBMITTED
from ideas.models import Campaign, Idea, Intake, Phase
from ideas.receipt_codes import digest, new_code, normal
from ideas.rules import may_know_of, may_take_in
from moderation import record
from moderation.actions import open_case, rename_author
from moderation.models import Act, Case
from search.actions import touch

if TYPE_CHECKING:
    from accounts.models import User

# How long after a phase that takes ideas what came in by then can still be written down.
LATEST = timedelta(days=30)


@dataclass(frozen=True)
class Received:
    """How an idea came in."""

    channel: str
    received_on: date
    occasion: str = ""


@dataclass(frozen=True)
class Taken:
    """What was written down. The code is known only here and on the receipt; None when it was written down before."""

    intake: Intake
    code: str | None


@transaction.atomic
def take_in_idea(
    *, by: "User", campaign: Campaign, content: IdeaContent, received: Received, request_key: str = ""
) -> Taken:
    """Write down an idea for somebody else. It has no author, nobody gets an account, and the campaign's checks hold."""
    moment = now()
    _require_desk(by, campaign)
    require_received_in_time(campaign, received.received_on, moment)
    lock(f"ideas:intake:{by.pk}")  # a second click waits here and finds what the first one made
    key = f"intake:{by.pk}:{request_key}"[:64] if request_key else None
    if key and (before := Intake.objects.filter(idea__request_key=key, entered_by=by).first()):
        return Taken(before, None)
    idea = Idea(campaign=campaign, channel=received.channel, request_key=key, created_at=moment)
    idea.save()
    version = add_version(idea, None, content, 1, moment)
    show_version(idea, version, content.pictures[0][0] if content.pictures else None)
    idea.latest_version = version
    idea.save()
    code = new_code()
    intake = Intake.objects.create(
        idea=idea,
        channel=received.channel,
        occasion=received.occasion,
        received_on=received.received_on,
        entered_by=by,
        code_sha256=digest(code),
    )
    announce(IDEA_SUBMITTED, idea_id=idea.pk)
    if campaign.check_ideas == Campaign.Check.AFTER:
        record.without_decision(
            "idea", idea.pk, Act.Name.CHECKED_LATER, idea.state, publish_idea(idea.pk, version.number).state
        )
    open_case("idea", idea.pk, reason=Case.Reason.NEW, subject_version=version.number)
    return Taken(intake, code)


def require_received_in_time(campaign: Campaign, received_on: date, moment: datetime) -> None:
    """Raise ``Refused`` unless the campaign took ideas on that day and it is not too long ago.

    What counts is when the idea came in, not when somebody found the time to type it.
    """
    if received_on > timezone.localdate(moment):
        raise Refused(_("This day is still to come."), code="to_come", status=422, field="received_on")
    start = timezone.make_aware(datetime.combine(received_on, time.min))
    phases = Phase.objects.filter(
        campaign=campaign, allows_ideas=True, opens_at__lt=start + timedelta(days=1), closes_at__gt=start
    )
    ends = [phase.closes_at for phase in phases]
    if not campaign.is_published or not ends:
        message = _("The campaign did not take ideas on that day.")
        raise Refused(message, code="closed", status=409, field="received_on")
    if moment > max(ends) + LATEST:
        message = _("The campaign stopped taking ideas more than %(days)d days ago.") % {"days": LATEST.days}
        raise Refused(message, code="too_late", status=409, field="received_on")


@transaction.atomic
def renew_code(*, intake: Intake, by: "User") -> str:
    """Return a new code for a lost receipt; the old one no longer works."""
    intake = Intake.objects.select_for_update(of=("self",)).select_related("idea__campaign").get(pk=intake.pk)
    _require_desk(by, intake.idea.campaign)
    if intake.claimed_at is not None or intake.idea.author_id is not None:
        raise Refused(_("This idea has been taken over already."), code="claimed", status=409)
    code = new_code()
    intake.code_sha256 = digest(code)
    intake.save(update_fields=["code_sha256"])
    return code


@transaction.atomic
def claim_idea(*, by: "User", code: str) -> Idea:
    """Make ``by`` the author of the idea whose receipt has this code. One refusal for every reason, so that it tells nothing."""
    refusal = Refused(
        _("This code does not open anything. Perhaps it has a slip of the pen in it, was replaced, or has been used."),
        code="wrong_code", status=422, field="code",
    )  # fmt: skip
    intake = Intake.objects.filter(code_sha256=digest(code)).first() if normal(code) else None
    if intake is None:
        raise refusal
    idea = locked(intake.idea_id)
    if not may_know_of(by, idea.campaign):
        raise refusal
    if idea.author_id == by.pk:
        return idea
    # The condition lets one person in, however many come at once; the row of the idea is held.
    claimed = Intake.objects.filter(pk=intake.pk, code_sha256=intake.code_sha256, claimed_at=None)
    if idea.author_id is not None or not claimed.update(claimed_at=now()):
        raise refusal
    idea.author, idea.request_key = by, None
    idea.save(update_fields=["author", "request_key"])
    rename_author("idea", idea.pk)
    if idea.state == Idea.State.PUBLIC:
        touch("idea", idea.pk)
    announce(IDEA_CLAIMED, idea_id=idea.pk)
    return idea


def _require_desk(by: "User", campaign: Campaign) -> None:
    if not may_take_in(by) or not may_know_of(by, campaign):
        raise Refused(_("You cannot take in ideas here."), code="not_allowed", status=403)
