"""What can be answered in a vote, method by method, and how it is called. Nothing here asks the database."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ideas.models import Phase

Method = Phase.Method
FOR, AGAINST = 1, -1
# 0 is no answer, or one that was taken back.
VALUES: dict[str, tuple[int, ...]] = {Method.OPINION: (FOR, AGAINST), Method.RATING: (1, 2, 3, 4, 5)}


def name_of(method: str, value: int) -> str:
    """Return the answer in a word or two: "dafür", "4 Sterne"."""
    if method == Method.OPINION:
        return _("for it") if value == FOR else _("against it")
    return ngettext("%(number)d star", "%(number)d stars", value) % {"number": value}


def meaning_of(method: str, value: int) -> str:
    """Return what an answer says, for those who do not count stars every day."""
    if method == Method.OPINION:
        return ""
    return (_("not good at all"), _("rather not good"), _("neither nor"), _("good"), _("very good"))[value - 1]


def sign_of(method: str, value: int) -> str:
    """Return the sign of an answer."""
    if method == Method.OPINION:
        return "check" if value == FOR else "close"
    return "star"


def how(method: str) -> str:
    """Return how people vote, in a sentence for those who are about to."""
    sentences = {
        Method.OPINION: _("You say of each idea whether you are for it or against it."),
        Method.RATING: _("You give each idea one to five stars: one is not good at all, five is very good."),
    }
    return sentences.get(Method(method), "")
