"""When contributions to a campaign appear, in words for everybody: after a check and how long it takes, or at once."""

from django.utils.translation import gettext as _

from ideas.models import Campaign
from moderation.queries.modes import pace
from moderation.queries.waiting_words import in_words


def check_words(campaign: Campaign) -> str:
    """Return whether ideas and comments are checked before they appear, with the median time of the last 30 days."""
    ideas, comments = (check == Campaign.Check.BEFORE for check in (campaign.check_ideas, campaign.check_comments))
    if not ideas and not comments:
        return _("Ideas and comments appear at once and are checked afterwards.")
    if ideas and comments:
        return timed(_("Ideas and comments appear after a check"), campaign, "")
    if ideas:
        return timed(_("Ideas appear after a check"), campaign, "idea") + " " + _("Comments appear at once.")
    return _("Ideas appear at once.") + " " + timed(_("Comments appear after a check"), campaign, "comment")


def timed(words: str, campaign: Campaign, kind: str) -> str:
    """Return the words as a sentence with the time a check took, or that nobody can say yet."""
    median = pace(campaign.pk, kind).median
    if median is None:
        return words + _(". How long it takes shows after the first contributions.")
    return words + ", " + _("in the median after %(time)s.") % {"time": in_words(median)}
