"""Taking an idea back, with a reason. Its page says so and the discussion stays; a decision of moderators is still possible."""

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from common.database import now
from common.errors import Refused
from common.events import announce
from ideas.actions.counting import change_idea_count
from ideas.actions.publishing import locked, touch_discussion
from ideas.events import IDEA_WITHDRAWN
from ideas.models import Campaign, Idea, Withdrawal
from ideas.rules import is_exempt, may_withdraw
from moderation import record
from moderation.actions import close_case, open_case
from moderation.measures import require_may_write
from moderation.models import Act, Case
from search.actions import touch

if TYPE_CHECKING:
    from accounts.models import User


@transaction.atomic
def withdraw_idea(*, idea: Idea, by: "User", kind: str = Withdrawal.Kind.OTHER, reason: str = "") -> Idea:
    """Take an idea back: before publication it is only closed, later its page says so and the discussion stays.

    ``kind`` is a reason of the list, which everybody reads at once; ``reason`` are the author's own words, which are read
    by a moderator before everybody reads them, where the campaign checks first.
    """
    idea = locked(idea.pk)
    if not may_withdraw(by, idea):
        raise Refused(_("This idea cannot be withdrawn any more."), code="not_withdrawable", status=403)
    if reason:  # taking back is always possible, with a reason from the list; own words are writing
        require_may_write(by)
    before, was_public = idea.state, idea.state == Idea.State.PUBLIC
    checked = bool(reason) and was_public and not is_exempt(by, idea.campaign_id)
    waits = checked and idea.campaign.check_ideas == Campaign.Check.BEFORE
    withdrawal = Withdrawal.objects.create(idea=idea, kind=kind, words=reason, is_waiting=waits)
    idea.state = Idea.State.WITHDRAWN if was_public else Idea.State.REFUSED
    idea.withdrawn_at, idea.withdrawn_because = now(), public_words(withdrawal) if was_public else ""
    had_change, idea.latest_version = idea.has_pending_change, idea.approved_version or idea.latest_version
    idea.save(update_fields=["state", "withdrawn_at", "withdrawn_because", "latest_version"])
    settle_case(idea, had_change=had_change, has_words=checked)
    if was_public:
        change_idea_count(idea.campaign_id, -1)
        touch("idea", idea.pk)
        touch_discussion(idea)
    record.without_decision("idea", idea.pk, Act.Name.WITHDRAWN, before, idea.state)
    announce(IDEA_WITHDRAWN, idea_id=idea.pk)
    return idea


def public_words(withdrawal: Withdrawal) -> str:
    """Return the reason as everybody reads it."""
    if withdrawal.words and not withdrawal.is_waiting:
        return withdrawal.words
    with translation.override(settings.LANGUAGE_CODE):
        return str(Withdrawal.Kind(withdrawal.kind).label)


def settle_case(idea: Idea, *, had_change: bool, has_words: bool) -> None:
    """Close the idea's case where nothing is left to decide on; title, page and own words are still everybody's to read."""
    case = Case.objects.filter(kind="idea", object_id=idea.pk, state=Case.State.OPEN).first()
    is_only_change = case is not None and had_change and case.reason == Case.Reason.CHANGE and not case.report_count
    is_needed = idea.state == Idea.State.WITHDRAWN and (has_words or (case is not None and not is_only_change))
    if not is_needed:
        close_case("idea", idea.pk)
    elif idea.approved_version is not None:
        open_case("idea", idea.pk, reason=Case.Reason.CHANGE, subject_version=idea.approved_version.number)


@transaction.atomic
def let_reason_through(idea_id: int) -> Idea:
    """Show the author's own words to everybody, if they wait; otherwise there is nothing to object to."""
    idea = locked(idea_id)
    withdrawal = Withdrawal.objects.filter(idea=idea, is_waiting=True).first()
    if withdrawal is not None:
        withdrawal.is_waiting = False
        withdrawal.save(update_fields=["is_waiting"])
        idea.withdrawn_because = public_words(withdrawal)
        idea.save(update_fields=["withdrawn_because"])
    return idea


@transaction.atomic
def refuse_reason(idea_id: int) -> Idea:
    """Keep the author's own words from everybody; the reason of the list stays, and so does the withdrawal."""
    idea = locked(idea_id)
    withdrawal = Withdrawal.objects.filter(idea=idea).exclude(words="").first()
    if withdrawal is None:
        message = _("There are no own words here that could be refused. The whole page can be hidden.")
        raise Refused(message, code="nothing_to_refuse", status=422, field="decision")
    withdrawal.words, withdrawal.is_waiting = "", False
    withdrawal.save(update_fields=["words", "is_waiting"])
    idea.withdrawn_because = public_words(withdrawal)
    idea.save(update_fields=["withdrawn_because"])
    return idea
