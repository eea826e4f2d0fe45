"""What this room tells on an idea's evidence trail: the number that was reached, votes that are being reviewed."""

from collections.abc import Sequence
from datetime import datetime

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ideas.models import Idea
from ideas.registry import Chronicler, tells
from ideas.rules import counts_shown
from theme import dates
from voting.queries.clocks import clock, clocks
from voting.queries.reviewing import review_of
from voting.wording import promised

Entry = dict[str, object]
DONE = ("early", "kept", "late", "answered")


@tells
class VotesAreTold(Chronicler):
    """Reached numbers and reviewed votes."""

    def entries(self, idea: Idea) -> list[tuple[datetime, Entry]]:
        return goal_entries(idea) + review_entries(idea)

    def next_steps(self, ideas: Sequence[Idea]) -> dict[int, str]:
        found = {idea.pk: clock(idea) for idea in ideas} if len(ideas) == 1 else clocks(ideas)
        return {pk: promised(one) for pk, one in found.items() if one and one.name not in DONE}


def goal_entries(idea: Idea) -> list[tuple[datetime, Entry]]:
    """Return that the number was reached, and what followed from it."""
    found = clock(idea)
    if found is None:
        return []
    said = {"number": number_format(found.number, force_grouping=True)}
    words = _("%(number)s supports oblige the town to answer.") % said
    if found.answer_by:
        words += " " + _("Last day for it: %(day)s.") % {"day": dates.day(found.answer_by)}
    if found.name in DONE:
        words += " " + promised(found)
    return [(found.reached_at, {"verb": _("Number reached"), "text": words, "by": "town", "icon": "goal"})]


def review_entries(idea: Idea) -> list[tuple[datetime, Entry]]:
    """Return that votes were set apart and given back; how many stays unsaid while numbers are hidden."""
    found: list[tuple[datetime, Entry]] = []
    is_shown = counts_shown(idea.campaign)
    for row in review_of(idea).quarantines:
        votes = ngettext("%(n)d vote", "%(n)d votes", row.number) if is_shown else _("Some votes")
        said = {"votes": votes % {"n": row.number} if is_shown else votes}
        if row.agreed_at:
            text = _("%(votes)s, by two people. They are not counted.") % said
            found.append(
                (row.agreed_at, {"verb": _("Set apart for review"), "text": text, "by": "town", "icon": "search"})
            )
        if row.ended_at:
            text = _("The votes set apart are counted again, decided by two people.")
            found.append((row.ended_at, {"verb": _("Review ended"), "text": text, "by": "town", "icon": "check"}))
    return found
