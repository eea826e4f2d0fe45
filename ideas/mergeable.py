"""When two ideas may be joined or set apart, and when one may go to another campaign; each refusal is a sentence."""

from datetime import datetime

from django.utils.translation import gettext as _

from common.errors import Refused
from ideas.models import Campaign, Idea, Merge
from theme.dates import day


def require_mergeable(source: Idea, target: Idea) -> None:
    """Raise ``Refused`` unless both stand by themselves in public, in one campaign."""
    if source.pk == target.pk:
        raise unfit(_("An idea cannot be merged with itself."))
    if source.campaign_id != target.campaign_id:
        raise unfit(_("Only ideas of the same campaign can be merged."))
    if source.state != Idea.State.PUBLIC:
        raise unfit(_("Only a public idea can be merged with another one."))
    if target.state == Idea.State.MERGED:
        raise unfit(_("The other idea is itself merged with another one. Please choose that one."))
    if target.state != Idea.State.PUBLIC:
        raise unfit(_("The other idea is not public."))


def require_undoable(merge: Merge, target: Idea, at: datetime | None) -> None:
    """Raise ``Refused`` for a merge that is undone, too old (``at``: None asks not), or lies below a later one."""
    if merge.undone_at is not None:
        raise Refused(_("This merge is undone already."), code="undone")
    if at is not None and at >= merge.undo_until:
        said = {"day": day(merge.undo_until)}
        raise Refused(_("This merge could be undone until %(day)s.") % said, code="too_late")
    if target.merged_into_id is not None:
        words = _("The other idea was merged with “%(title)s” since. Please undo that first.")
        title = target.merged_into.title if target.merged_into else ""
        raise Refused(words % {"title": title}, code="chained")


def require_movable(idea: Idea, campaign: Campaign) -> None:
    """Raise ``Refused`` unless nothing ties the idea to its campaign."""
    if idea.state not in (Idea.State.WAITING, Idea.State.PUBLIC):
        raise unfit(_("Only an idea that waits or is public can be moved."))
    if idea.campaign_id == campaign.pk:
        raise unfit(_("The idea is in this campaign already."))
    if not campaign.is_published:
        raise unfit(_("This campaign is not public."))
    if campaign.is_closed or idea.campaign.is_closed:
        raise unfit(_("Ideas do not go into a closed group or out of it."))
    if idea.support_count:
        raise unfit(_("This idea has supports. They were given in its campaign, so it stays there."))
    if idea.merged_count:
        raise unfit(_("Other ideas were merged into this one, so it stays in its campaign."))


def unfit(words: str) -> Refused:
    """Return the refusal of a merge or move."""
    return Refused(words, code="unfit_target", status=409, field="target")
