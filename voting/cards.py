"""Cards with voting codes, eight on a sheet, to cut out: made in memory, handed out once, kept nowhere."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from ideas.models import Phase
from theme import dates, paper

if TYPE_CHECKING:
    from fpdf import FPDF

ACROSS, DOWN = 2, 4
CARD_WIDTH, CARD_HEIGHT, INSIDE = 92.0, 66.0, 5.0
QR = 27.0


@dataclass(frozen=True)
class Print:
    """What stands on every card of a package."""

    town: str
    campaign: str
    phase: str
    until: str
    address: str


def print_of(phase: Phase, town: str) -> Print:
    """Return it, with the address under which codes are typed."""
    address = settings.SITE_URL + reverse("voting:code", args=[phase.campaign.slug])
    until = dates.moment(phase.closes_at)
    return Print(town, phase.campaign.title, phase.name, until, address)


def cards(codes: Sequence[str], words: Print) -> bytes:
    """Return the PDF with a card for each code."""
    sheet = paper.sheet(_("Voting codes: %(campaign)s") % {"campaign": words.campaign}, words.town)
    left, top = (paper.WIDTH - ACROSS * CARD_WIDTH) / 2, (paper.HEIGHT - DOWN * CARD_HEIGHT) / 2
    for number, code in enumerate(codes):
        place = number % (ACROSS * DOWN)
        if place == 0:
            sheet.add_page()
        draw(sheet, code, words, left + place % ACROSS * CARD_WIDTH, top + place // ACROSS * CARD_HEIGHT)
    return paper.finished(sheet)


def draw(sheet: "FPDF", code: str, words: Print, x: float, y: float) -> None:
    """Draw one card with its dashed line to cut along."""
    sheet.set_draw_color(*paper.LINE)
    sheet.set_dash_pattern(dash=1.2, gap=1.2)
    sheet.rect(x, y, CARD_WIDTH, CARD_HEIGHT)
    sheet.set_dash_pattern()
    inner, across = x + INSIDE, CARD_WIDTH - 2 * INSIDE
    end = paper.write(sheet, words.town, inner, y + INSIDE, across, size=8.5, quiet=True, most=1)
    end = paper.write(sheet, words.campaign, inner, end + 0.6, across, size=12.5, bold=True, most=2, leading=1.15)
    sheet.set_fill_color(236, 243, 241)
    sheet.rect(inner, end + 2, across, 10.5, style="F")
    paper.write(sheet, code, inner + 2.5, end + 3.9, across, size=15, bold=True)
    below = end + 14
    column = across - QR - 2
    ends = _("Until %(moment)s") % {"moment": words.until}
    end = paper.write(sheet, ends, inner, below + 0.8, column, size=8.5, bold=True, most=2)
    how = _("Scan the code, or type it in at:")
    end = paper.write(sheet, how, inner, end + 1, column, size=8.5, most=2)
    host, path = words.address.split("://", 1)[-1].split("/", 1)
    end = paper.write(sheet, f"{host}\n/{path}", inner, end, column, size=8, bold=True, most=3)
    paper.write(sheet, _("Works once. Your name is asked nowhere."), inner, end + 1, column, size=8, quiet=True, most=2)
    paper.draw_qr(sheet, f"{words.address}#{code}", x + CARD_WIDTH - QR - INSIDE + 2, y + CARD_HEIGHT - QR - 3, QR)
