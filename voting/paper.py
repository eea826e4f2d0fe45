"""What can stand on a ballot paper, by the way people vote in a phase."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ideas.models import Phase

STARS = (1, 2, 3, 4, 5)


def values_of(phase: Phase) -> dict[int, str]:
    """Return each value that can be voted in a phase, with its words."""
    if phase.method == Phase.Method.OPINION:
        return {1: _("for"), -1: _("against")}
    if phase.method == Phase.Method.RATING:
        return {stars: ngettext("%(stars)d star", "%(stars)d stars", stars) % {"stars": stars} for stars in STARS}
    return {1: _("in the basket") if phase.method == Phase.Method.BUDGET else _("supported")}
