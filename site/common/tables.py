"""Tables for spreadsheets: every file goes through this one writer, so that no cell ever becomes a formula.

Written as Excel in German reads it at a double click: UTF-8 with a mark in front, semicolons, comma in numbers.
"""

import csv
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from decimal import Decimal
from io import StringIO
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

# Spreadsheets take a cell for a formula that begins so; the wide twins count, too.
SIGNS = "=+-@\t\r\n＝＋－＠"
BATCH = 200


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
