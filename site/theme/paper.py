"""Sheets of paper as PDF, made in memory and never stored: our font, A4 upright, cells with text and QR codes.

The library is loaded when the first sheet is made. Fonts lie where ``scripts/assets.py`` puts them.
"""

import logging
from functools import lru_cache
from typing import TYPE_CHECKING, Any, cast

import segno
from django.conf import settings

if TYPE_CHECKING:
    from fpdf import FPDF

FONTS = settings.BASE_DIR / "var" / "assets" / "print"
WIDTH, HEIGHT, MARGIN = 210.0, 297.0, 15.0
INK, QUIET, LINE = (16, 42, 54), (80, 97, 106), (150, 165, 172)


def sheet(title: str, author: str) -> "FPDF":
    """Return an empty document in German with our fonts; sizes are in millimetres, of letters in points."""
    from fpdf import FPDF

    for name in ("fontTools", "fpdf"):  # they would tell the log which letters stand on the sheet
        logging.getLogger(name).setLevel(logging.WARNING)
    paper = FPDF(orientation="portrait", unit="mm", format="A4")
    paper.set_title(title)
    paper.set_author(author)
    paper.set_lang("de-DE")
    paper.set_auto_page_break(auto=False)
    paper.set_margins(MARGIN, MARGIN, MARGIN)
    for weight, style in ((400, ""), (600, "B")):
        paper.add_font("fira", style, FONTS / f"latin-{weight}.woff")
        paper.add_font("fira-more", style, FONTS / f"latin-ext-{weight}.woff")
    paper.set_fallback_fonts(["fira-more"], exact_match=False)
    return paper


def write(paper: "FPDF", text: str, x: float, y: float, width: float, **look: Any) -> float:
    """Write text into a column from (x, y) on; return where it ends. ``look``: size, bold, quiet, leading, most (lines)."""
    size = look.get("size", 10.0)
    paper.set_font("fira", "B" if look.get("bold") else "", size)
    paper.set_text_color(*(QUIET if look.get("quiet") else INK))
    height = size * 0.3528 * look.get("leading", 1.3)
    lines = _lines(paper, text, width, size, bool(look.get("bold")))
    shown = lines[: look.get("most", len(lines))]
    for place, line in enumerate(shown):
        paper.set_xy(x, y + place * height)
        paper.cell(width, height, line.strip() + (" …" if place == len(shown) - 1 and len(lines) > len(shown) else ""))
    return float(y + len(shown) * height)


@lru_cache(maxsize=64)
def _lines(paper: "FPDF", text: str, width: float, size: float, bold: bool) -> list[str]:
    """Return the text broken into lines, in the font that is set; the same words stand on card after card."""
    return cast(list[str], paper.multi_cell(width, size, text, align="L", dry_run=True, output="LINES"))


def draw_qr(paper: "FPDF", address: str, x: float, y: float, side: float) -> None:
    """Draw the QR code of an address as black squares; its quiet zone is inside ``side``.

    The mask is fixed: weighing all eight takes most of the time, and every reader takes any of them.
    """
    rows = [
        list(row)
        for row in segno.make(address, error="m", micro=False, mask=4, boost_error=False).matrix_iter(border=4)
    ]
    step = side / len(rows)
    paper.set_fill_color(0, 0, 0)
    for line, row in enumerate(rows):
        start = None
        for place, is_dark in enumerate([*row, 0]):
            if is_dark and start is None:
                start = place
            elif not is_dark and start is not None:
                paper.rect(x + start * step, y + line * step, (place - start) * step, step, style="F")
                start = None


def finished(paper: "FPDF") -> bytes:
    """Return the document."""
    _lines.cache_clear()
    return bytes(paper.output())
