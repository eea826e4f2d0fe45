"""Reading a table of values: every row is judged by itself, and told by its number."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from common.tables import plain_cell, read_table, unreadable
from common.text import one_line, refuse_broken

MOST_ROWS = 2_000
NEEDED = ("name", "year", "value")
COLUMNS: dict[str, tuple[str, ...]] = {
    "name": ("kennzahl", "reihe", "indikator", "indicator"),
    "year": ("jahr", "year"),
    "value": ("wert", "value"),
    "unit": ("einheit", "unit"),
    "source": ("quelle", "source"),
    "method": ("methode", "method"),
    "breaks": ("ab hier anders gezählt", "bruch", "counted otherwise from here on"),
    "note": ("anmerkung", "hinweis", "note"),
    "way": ("so gezählt", "counted in this way"),
}
LONGEST = {"name": 120, "unit": 40, "source": 200, "method": 600, "note": 200, "way": 200}
YES, NO = ("ja", "yes", "x", "1"), ("", "nein", "no", "0")
GROUPED = re.compile(r"-?[0-9]{1,3}(?:\.[0-9]{3})+(?:,[0-9]+)?")
PLAIN = re.compile(r"-?[0-9]{1,14}(?:[.,][0-9]+)?")


@dataclass
class Row:
    """One row as it was read; ``given`` are the optional columns that the table has at all."""

    line: int
    name: str = ""
    year: int = 0
    value: Decimal = Decimal(0)
    unit: str = ""
    source: str = ""
    method: str = ""
    breaks: bool = False
    note: str = ""
    way: str = ""
    problems: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Table:
    """What a file says; ``unused`` are the headings that nothing is taken from."""

    rows: list[Row]
    given: frozenset[str]
    unused: list[str]


def read(data: bytes) -> Table:
    """Return the rows of a file. Raises ``Refused`` (422) when the file as a whole cannot be read."""
    lines = read_table(data, most_rows=MOST_ROWS)
    names = [one_line(cell).casefold() for cell in lines[0]]
    places = {key: names.index(word) for key, words in COLUMNS.items() for word in words if word in names}
    if not set(NEEDED) <= places.keys():
        raise unreadable(_("The first row has to name the columns “Kennzahl”, “Jahr” and “Wert”."))
    rows = [read_row(number, cells, places) for number, cells in enumerate(lines[1:], 2) if any(map(str.strip, cells))]
    if not rows:
        raise unreadable(_("There is nothing below the headings."))
    used = set(places.values())
    unused = [cell for place, cell in enumerate(lines[0]) if place not in used and cell.strip()]
    return Table(rows, frozenset(places), [one_line(cell)[:40] for cell in unused])


def read_row(number: int, cells: Sequence[str], places: Mapping[str, int]) -> Row:
    """Return one row with all that is wrong in it."""
    row = Row(number)
    words = {key: cells[place].strip() if place < len(cells) else "" for key, place in places.items()}
    for key, text in words.items():
        try:
            take(row, key, text)
        except (ValueError, ValidationError) as error:
            row.problems += error.messages if isinstance(error, ValidationError) else [str(error)]
    if not row.name and not row.problems:
        row.problems.append(_("The name of the indicator is missing."))
    return row


def take(row: Row, key: str, text: str) -> None:
    """Put one cell into its place. Raises ``ValueError`` with a sentence."""
    if text.startswith("="):
        raise ValueError(_("“%(word)s” is a formula. Please save the table with its results.") % {"word": text[:40]})
    text = one_line(refuse_broken(plain_cell(text)))
    if key == "year":
        row.year = year_of(text)
    elif key == "value":
        row.value = number_of(text)
    elif key == "breaks":
        if text.casefold() not in YES + NO:
            raise ValueError(_("“%(word)s”: please write “ja” or nothing.") % {"word": text[:40]})
        row.breaks = text.casefold() in YES
    elif len(text) > LONGEST[key]:
        raise ValueError(
            _("“%(word)s …” is longer than %(number)d characters.") % {"word": text[:30], "number": LONGEST[key]}
        )
    else:
        setattr(row, key, text)


def year_of(text: str) -> int:
    """Return a year from 1900 to 2200. Raises ``ValueError``."""
    if not re.fullmatch(r"[0-9]{4}", text) or not 1900 <= int(text) <= 2200:
        raise ValueError(_("“%(word)s” is no year.") % {"word": text[:40]})
    return int(text)


def number_of(text: str) -> Decimal:
    """Return a number as Germans write it. Raises ``ValueError`` with a sentence when it is none, or could mean two."""
    plain = text.replace("−", "-").replace("\u00a0", "").replace("\u202f", "").replace(" ", "")
    if not plain:
        raise ValueError(_("The value is missing."))
    if re.fullmatch(r"-?[1-9][0-9]{0,2}\.[0-9]{3}", plain):
        words = {"word": plain, "whole": plain.replace(".", ""), "part": plain.replace(".", ",")}
        raise ValueError(_("“%(word)s” could be two numbers. Please write %(whole)s or %(part)s.") % words)
    if GROUPED.fullmatch(plain):
        plain = plain.replace(".", "")
    if not PLAIN.fullmatch(plain):
        raise ValueError(_("“%(word)s” is no number.") % {"word": text[:40]})
    value = Decimal(plain.replace(",", "."))
    if abs(value) >= 10**11 or -value.as_tuple().exponent > 3:  # type: ignore[operator]
        raise ValueError(_("“%(word)s” has too many digits.") % {"word": text[:40]})
    return value
