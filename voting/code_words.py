"""How much can be voted with one code, in words that stand above the ballot."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ideas.models import Phase
from voting.basket_rules import rules_of


def rules_in_words(phase: Phase) -> list[str]:
    """Return sentences for the way people vote in a phase."""
    if phase.method == Phase.Method.BUDGET:
        return rules_of(phase).sentences()
    if phase.method == Phase.Method.SUPPORT:
        limit = phase.campaign.support_limit
        if limit is None:
            return [_("You may support as many ideas as you like.")]
        return [
            ngettext("You may support one idea.", "You may support up to %(number)d ideas.", limit) % {"number": limit}
        ]
    if phase.method == Phase.Method.OPINION:
        return [_("Say for or against, idea by idea. You need not judge all of them.")]
    return [_("Give one to five stars, idea by idea. You need not judge all of them.")]
