"""The yearly report as files: a workbook, or a table for each part, as the Commission publishes its template."""

import csv
import zipfile
from io import BytesIO, StringIO
from typing import TYPE_CHECKING, Any

from common.tables import safe_cell
from moderation.queries.dsa_report import Cell, Part

if TYPE_CHECKING:
    from openpyxl.cell import WriteOnlyCell


def guarded(value: Cell) -> Cell:
    """Return a cell; text that a spreadsheet would take for a formula gets an apostrophe in front. Numbers stay numbers."""
    return value if isinstance(value, int | float) else safe_cell(value)


def table(part: Part) -> str:
    """Return a part as CSV with commas and decimal points, as the template is read by machines."""
    out = StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([guarded(name) for name in part.head])
    writer.writerows([guarded(value) for value in row] for row in part.rows)
    return out.getvalue()


def tables(parts: list[Part]) -> dict[str, str]:
    """Return all parts as CSV by file name."""
    return {f"{part.name}.csv": table(part) for part in parts}


def archive(parts: list[Part]) -> bytes:
    """Return all tables in one ZIP file."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as bundle:
        for name, text in tables(parts).items():
            bundle.writestr(name, "\ufeff" + text)
    return out.getvalue()


def workbook(parts: list[Part]) -> bytes:
    """Return all parts as sheets of a workbook; every text is written as text, never as a formula."""
    from openpyxl import Workbook  # read where it is needed: it takes as long as all our own rooms

    book = Workbook(write_only=True)
    for part in parts:
        sheet = book.create_sheet(part.name[:31])
        rows: list[list[Cell]] = [[*part.head], *part.rows]
        for row in rows:
            sheet.append([as_cell(sheet, guarded(value)) for value in row])
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def as_cell(sheet: Any, value: Cell) -> "WriteOnlyCell":
    """Return a cell of the workbook."""
    from openpyxl.cell import WriteOnlyCell

    cell = WriteOnlyCell(sheet, value=value)
    if isinstance(value, str):
        cell.data_type = "s"
    return cell
