"""Who may do what with ideas and comments, and when."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Literal, Union

from django.utils import timezone
from django.utils.translation import gettext as _

from common.database import now
from common.errors import Refused
from ideas.models import Campaign, CoAuthor, Comment, Idea, Member, Phase
from moderation.queries.modes import is_trusted
from moderation.rules import may_decide_in

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from accounts.models import User


Person = Union["User", "AnonymousUser"]
What = Literal["ideas", "comments", "support"]
# States in which an idea can be changed, withdrawn, and written together.
CHANGEABLE = (Idea.State.WAITING, Idea.State.PUBLIC)
MOST_COAUTHORS = 5


def current_phases(campaign: Campaign, at: datetime | None = None) -> list[Phase]:
    """Return the phases that are open at that moment, by the database's clock: [opens, closes)."""
    at = at or now()
    return [phase for phase in campaign.phases.all() if phase.opens_at <= at < phase.closes_at]


def current_phase(campaign: Campaign, at: datetime | None = None) -> Phase | None:
    """Return the phase that is open; of several, the one that began last."""
    found = current_phases(campaign, at)
    return found[-1] if found else None


def allowed_now(campaign: Campaign, what: What, at: datetime | None = None) -> bool:
    """Tell whether the campaign takes ideas, comments or supports at that moment."""
    return campaign.is_published and any(getattr(phase, f"allows_{what}") for phase in current_phases(campaign, at))


def may_host(user: Person, campaign: Campaign) -> bool:
    """Tell whether the person may invite to a closed group: its hosts, and editors, who see its members but not its ideas."""
    if not user.is_authenticated or not campaign.is_closed:
        return False
    is_host = Member.objects.filter(campaign=campaign, person=user, role=Member.Role.HOST).exists()
    return is_host or user.has_perm("ideas.change_campaign")


def is_member(user: "User", campaign: Campaign) -> bool:
    """Tell whether the person belongs to a closed campaign."""
    return Member.objects.filter(campaign=campaign, person=user).exists()


def require_member(user: "User", campaign: Campaign) -> None:
    """Raise ``Refused`` when the campaign is closed and the person is no member; for them it does not exist."""
    if campaign.is_closed and not is_member(user, campaign):
        raise Refused(_("This campaign does not exist."), code="unknown_campaign", status=404)


def require_open(campaign: Campaign, what: What, at: datetime | None = None) -> None:
    """Raise ``Refused`` with a sentence that says what is closed."""
    if allowed_now(campaign, what, at):
        return
    sentences = {
        "ideas": _("This campaign does not take ideas at the moment."),
        "comments": _("Comments are closed in this campaign at the moment."),
        "support": _("Ideas of this campaign cannot be supported at the moment."),
    }
    raise Refused(sentences[what], code="closed", status=409)


def counts_shown(campaign: Campaign, at: datetime | None = None) -> bool:
    """Tell whether numbers of supports are public yet."""
    return campaign.counts_hidden_until is None or campaign.counts_hidden_until <= (at or timezone.now())


def is_author(user: Person, item: Idea | Comment) -> bool:
    """Tell whether the person wrote it."""
    return user.is_authenticated and item.author_id == user.pk


def writes(user: Person, idea: Idea) -> bool:
    """Tell whether the person leads the idea or is one of its co-authors; asked only where there are some."""
    if is_author(user, idea) or not user.is_authenticated or not idea.coauthor_count:
        return is_author(user, idea)
    return CoAuthor.objects.filter(idea=idea, person=user, state=CoAuthor.State.ACCEPTED).exists()


def require_lead(user: "User", idea: Idea, *, anytime: bool = False) -> None:
    """Raise ``Refused`` unless the person leads the idea – and it can still be written at, but for ``anytime``."""
    if not is_author(user, idea):
        raise Refused(_("Only the person who leads the idea can do this."), code="not_lead", status=403)
    if not anytime and idea.state not in CHANGEABLE:
        raise Refused(_("This idea cannot be changed any more."), code="not_changeable", status=409)


def may_join(person: "User", campaign: Campaign) -> bool:
    """Tell whether the person may write along in a campaign: of a closed one only members learn anything."""
    return campaign.is_published and (not campaign.is_closed or is_member(person, campaign))


def is_exempt(user: "User", campaign_id: int) -> bool:
    """Tell whether the person's own words need no check: those who check themselves, and answering offices."""
    return may_decide_in(user, campaign_id) or user.has_perm("ideas.answer")


def skips_waiting(user: "User", campaign: Campaign) -> bool:
    """Tell whether a moderator has said that the person's words appear at once here; they are looked at all the same."""
    return is_trusted(user, campaign.pk, is_closed=campaign.is_closed)


def may_change(user: Person, idea: Idea) -> bool:
    """Tell whether the person may write a new version of the idea, its campaign's phase aside."""
    return idea.state in CHANGEABLE and writes(user, idea)


def may_withdraw(user: Person, idea: Idea) -> bool:
    """Tell whether the person may take the idea back: only who leads it."""
    return idea.state in CHANGEABLE and is_author(user, idea)


def may_answer(user: Person, idea: Idea) -> bool:
    """Tell whether the person may answer for the town."""
    return user.has_perm("ideas.answer") and idea.state in (Idea.State.PUBLIC, Idea.State.MERGED)


def text_shown(idea: Idea, user: Person) -> bool:
    """Tell whether the page shows the idea's text: withdrawn words are gone for the public."""
    return idea.state != Idea.State.WITHDRAWN or may_decide_in(user, idea.campaign_id)


def require_changeable(editor: "User", idea: Idea) -> None:
    """Raise ``Refused`` unless the person may write a new version now."""
    if not may_change(editor, idea):
        raise Refused(_("This idea cannot be changed any more."), code="not_changeable", status=403)
    require_member(editor, idea.campaign)
    if idea.state == Idea.State.PUBLIC and not allowed_now(idea.campaign, "ideas"):
        message = _(
            "Ideas can be changed only while the campaign takes ideas, so that everybody judges the same words."
        )
        raise Refused(message, code="closed", status=409)


def require_commentable(idea: Idea, author: "User") -> None:
    """Raise ``Refused`` unless the idea takes comments from this person now."""
    require_member(author, idea.campaign)
    if idea.state != Idea.State.PUBLIC:
        raise Refused(_("This idea takes no comments."), code="not_public", status=409)
    if not author.has_perm("ideas.answer"):
        require_open(idea.campaign, "comments")


def in_time_to_change(comment: Comment, campaign: Campaign, at: datetime) -> bool:
    """Tell whether the campaign lets comments of that age be changed at that moment."""
    minutes = campaign.comment_edit_minutes
    return minutes is None or at < comment.created_at + timedelta(minutes=minutes)


def may_change_comment(user: Person, comment: Comment, campaign: Campaign, at: datetime) -> bool:
    """Tell whether the person wrote the comment and may change it at that moment, the campaign's phase aside."""
    is_there = comment.state in (Comment.State.WAITING, Comment.State.PUBLIC)
    return is_there and is_author(user, comment) and in_time_to_change(comment, campaign, at)


def require_comment_changeable(editor: "User", comment: Comment, idea: Idea, at: datetime) -> None:
    """Raise ``Refused`` unless the person may change the comment at that moment (the database's)."""
    if not is_author(editor, comment) or comment.state not in (Comment.State.WAITING, Comment.State.PUBLIC):
        raise Refused(_("This comment cannot be changed."), code="not_changeable", status=403)
    require_commentable(idea, editor)
    if not in_time_to_change(comment, idea.campaign, at):
        message = _("It is too late to change this comment. You can delete it and write a new one.")
        raise Refused(message, code="too_late", status=409)


def may_link(user: Person, idea: Idea) -> bool:
    """Tell whether the person may link the idea with others, news, goals, measures and papers.

    Staff only: a link also stands on the other side, on a page that is somebody else's.
    """
    is_staff = any(user.has_perm(right) for right in ("ideas.answer", "ideas.change_campaign"))
    is_staff = is_staff or may_decide_in(user, idea.campaign_id)
    return is_staff and idea.state in (Idea.State.WAITING, Idea.State.PUBLIC, Idea.State.MERGED)


def may_take_in(user: Person) -> bool:
    """Tell whether the person may write down ideas that came by telephone, letter, mail or at an event."""
    return user.is_active and any(
        user.has_perm(right) for right in ("ideas.take_in", "moderation.decide", "ideas.answer")
    )


def may_know_of(user: "User", campaign: Campaign) -> bool:
    """Tell whether the person may know of the campaign: it is open to everybody, or the person belongs to it."""
    return campaign.is_published and (not campaign.is_closed or campaign.members.filter(person=user).exists())


def require_linkable(by: "User", idea: Idea) -> None:
    """Raise ``Refused`` unless the person may link the idea."""
    if not may_link(by, idea):
        raise Refused(_("Only the town's staff can link ideas."), code="not_linkable", status=403)
