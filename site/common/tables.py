"""Tables for spreadsheets: every file goes through this one writer, so that no cell ever becomes a formula, and one reader.

Written as Excel in German reads it at a double click: UTF-8 with a mark in front, semicolons, comma in numbers.
Read as spreadsheets write them: UTF-8, UTF-16 or Windows-1252; semicolons, commas or tabs.
"""

import csv
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from decimal import Decimal
from io import StringIO
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from common.errors import Refused

# Spreadsheets take a cell for a formula that begins so; the wide twins count, too.
SIGNS = "=+-@\t\r\n＝＋－＠"
BATCH = 200
MOST_BYTES = 1024 * 1024


def safe_cell(value: Any) -> str:
    """Return a value as the text of a cell; text that would be a formula gets an apostrophe in front."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, int | float | Decimal):
        return str(value).replace(".", ",")
    if isinstance(value, datetime):
        return timezone.localtime(value).strftime("%d.%m.%Y %H:%M")
    if isinstance(value, date):
        return value.strftime("%d.%m.%Y")
    text = str(value).replace("\0", "")
    return f"'{text}" if _acts(text) or _guarded(text) else text


def plain_cell(text: str) -> str:
    """Return what ``safe_cell`` was given, when a table comes back."""
    return text[1:] if _guarded(text) else text


def _acts(text: str) -> bool:
    return text.lstrip(" \u00a0\u3000")[:1] in set(SIGNS)


def _guarded(text: str) -> bool:
    rest = text.lstrip("'")
    return text.startswith("'") and _acts(rest)


def csv_lines(rows: Iterable[Iterable[Any]]) -> Iterator[str]:
    """Yield a table in pieces, so that one of any length needs little memory."""
    yield "\ufeff"
    out = StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    for number, row in enumerate(rows, 1):
        writer.writerow([safe_cell(value) for value in row])
        if number % BATCH == 0:
            yield out.getvalue()
            out.seek(0)
            out.truncate()
    yield out.getvalue()


def decoded(data: bytes) -> str:
    """Return the text of a file: UTF-8 with or without a mark in front, UTF-16 with one, else Windows-1252."""
    try:
        return data.decode("utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")


def read_table(data: bytes, *, most_rows: int) -> list[list[str]]:
    """Return the rows of a CSV file, the headings first; at most 1 MB.

    Raises ``Refused`` (422) with a sentence when the file as a whole cannot be read.
    """
    if len(data) > MOST_BYTES:
        raise unreadable(_("The file is larger than 1 MB."))
    text = decoded(data)
    if "\0" in text:
        raise unreadable(_("This is not a table in CSV format."))
    if text[:4].lower() == "sep=":  # what Excel tells itself
        text = text.partition("\n")[2]
    head = text.split("\n", 1)[0]
    try:
        rows = list(csv.reader(StringIO(text), delimiter=max(";\t,", key=head.count)))
    except csv.Error:
        raise unreadable(_("This is not a table in CSV format.")) from None
    if not rows:
        raise unreadable(_("The file is empty."))
    if len(rows) > most_rows + 1:
        raise unreadable(_("The file has more than %(number)d rows.") % {"number": most_rows})
    return rows


def unreadable(words: str) -> Refused:
    """Return the refusal of a table as a whole."""
    return Refused(words, code="unreadable", status=422, field="file")
