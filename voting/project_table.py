"""Reading a table of projects: every row is judged by itself, and told by its number."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from common.money import read_euro
from common.tables import plain_cell, read_table, unreadable

MOST_ROWS = 500
NUMBERS = ("nummer", "nr", "nr.", "id", "idee")
COSTS = ("kosten", "kosten in euro", "betrag", "euro")


@dataclass(frozen=True)
class Row:
    """One row: its number in the file, the idea's number, the cost in cents; or what is wrong with it."""

    line: int
    number: int = 0
    cost: int = 0
    title: str = ""
    problem: str = ""


def read(data: bytes, titles: Mapping[int, str], budget: int) -> list[Row]:
    """Return the rows of a file; ``titles`` are the ideas that can become projects.

    Raises ``Refused`` (422) when the file as a whole cannot be read.
    """
    lines = read_table(data, most_rows=MOST_ROWS)
    number, cost = _columns(lines[0])
    found: list[Row] = []
    for place, cells in enumerate(lines[1:], 2):
        if any(cell.strip() for cell in cells):
            found.append(_row(place, cells, number, cost, titles, budget, {row.number for row in found}))
    if not found:
        raise unreadable(_("There is nothing below the headings."))
    return found


def _columns(head: Sequence[str]) -> tuple[int, int]:
    names = [cell.strip().casefold() for cell in head]
    places = [next((names.index(name) for name in wanted if name in names), -1) for wanted in (NUMBERS, COSTS)]
    if -1 in places:
        raise unreadable(_("The first row has to name the columns “Nummer” and “Kosten”."))
    return places[0], places[1]


def _row(
    place: int, cells: Sequence[str], number: int, cost: int, titles: Mapping[int, str], budget: int, seen: set[int]
) -> Row:
    words = [plain_cell(cells[column]).strip() if column < len(cells) else "" for column in (number, cost)]
    if not (words[0].isascii() and words[0].isdigit() and len(words[0]) < 19):
        return Row(place, problem=_("“%(word)s” is no number of an idea.") % {"word": words[0][:40]})
    idea = int(words[0])
    if idea not in titles:
        problem = _("Idea %(number)d is not public in this campaign.") % {"number": idea}
        return Row(place, idea, problem=problem)
    if idea in seen:
        return Row(place, idea, title=titles[idea], problem=_("This idea stands in the table twice."))
    try:
        cents = read_euro(words[1])
    except ValueError as error:
        return Row(place, idea, title=titles[idea], problem=f"„{words[1][:40]}“: {error}")
    if cents > budget:
        return Row(place, idea, cents, titles[idea], _("It costs more than the whole sum."))
    return Row(place, idea, cents, titles[idea])
