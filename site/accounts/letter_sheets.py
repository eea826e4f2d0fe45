"""Letters with codes as PDF, one on a page, for a window envelope (DIN 5008, form B); made in memory, kept nowhere."""

import datetime as dt
from collections.abc import Sequence
from typing import TYPE_CHECKING, cast

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.letters import TRIES, Letter
from theme import dates, paper
from theme.town import Town

if TYPE_CHECKING:
    from fpdf import FPDF

LEFT, ADDRESS_TOP, TEXT_TOP, ACROSS = 25.0, 62.7, 105.0, 165.0


def sheets(letters: Sequence[Letter], town: Town) -> bytes:
    """Return the PDF."""
    pages = paper.sheet(_("Letters with codes"), str(town.full_name))
    for letter in letters:
        pages.add_page()
        draw(pages, letter, town)
    return paper.finished(pages)


def draw(page: "FPDF", letter: Letter, town: Town) -> None:
    """Draw one letter. Fold marks stand at 105 and 210 mm."""
    address = settings.SITE_URL + reverse("accounts_own:identify")
    paper.write(page, str(town.full_name), LEFT, 20, ACROSS, size=14, bold=True)
    paper.write(page, str(town.full_name), LEFT, 54, 80, size=7, quiet=True)
    paper.write(page, f"{letter.name}\n{letter.street}\n{letter.postcode} {town.name}", LEFT, ADDRESS_TOP, 80, size=11)
    paper.write(page, dates.short_day(dt.datetime.now(dt.UTC)), LEFT + 110, 95, 55, size=10)
    end = paper.write(page, _("Your code for taking part"), LEFT, TEXT_TOP, ACROSS, size=13, bold=True)
    words = _(
        "Good day,\n\nsomebody with an account on our site for participation has asked for this letter. With the code the "
        "town knows that you get letters at this address; some votes ask for that."
    )
    end = paper.write(page, words, LEFT, end + 5, ACROSS, size=11)
    page.set_fill_color(236, 243, 241)
    page.rect(LEFT, end + 5, ACROSS - 40, 15, style="F")
    paper.write(page, letter.code, LEFT + 5, end + 8, ACROSS, size=20, bold=True)
    until = dates.short_day(cast(dt.datetime, letter.until))
    words = _("Sign in and type it in at %(address)s. It is valid until %(day)s and for %(tries)d tries.") % {
        "address": address.split("://", 1)[-1],
        "day": until,
        "tries": TRIES,
    }
    end = paper.write(page, words, LEFT, end + 27, ACROSS - 40, size=11)
    paper.draw_qr(page, address, LEFT + ACROSS - 34, end - 36, 34)
    words = _(
        "We have deleted your name and address from the site when this letter was printed.\n\nYou did not ask for it? Then "
        "throw it away. Nothing happens without the code."
    )
    paper.write(page, words, LEFT, end + 6, ACROSS, size=11)
    for height in (105.0, 210.0):
        page.set_draw_color(*paper.LINE)
        page.line(4, height, 9, height)
