"""A report as a PDF with tags: screen readers find its headings and paragraphs, in order and in German.

The library writes tags for pictures only; here every heading and paragraph becomes an element of its own (ISO 32000-1, 14.7 and 14.8).
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, cast

from config.demo.clock import ago
from config.demo.texts import Entry
from theme import paper as sheets

if TYPE_CHECKING:
    from fpdf import FPDF

# Tag → size of the letters in points, space before in millimetres.
LOOKS = {"H1": (24.0, 0.0), "H2": (17.0, 9.0), "H3": (13.0, 6.0), "P": (11.0, 3.0)}
FOOT = 20.0


def tagged_sheet(entry: Entry) -> bytes:
    """Return the report with all its chapters."""
    from fpdf.prefs import ViewerPreferences

    paper = sheets.sheet(f"{entry['title']} {entry['year']}", "Stadt Musterstadt")
    paper.viewer_preferences = ViewerPreferences(display_doc_title=True)
    paper.set_creation_date(ago(entry["days"]))
    turn(paper)
    for tag, text in parts(entry):
        put(paper, tag, text)
    return sheets.finished(paper)


def parts(entry: Entry) -> Iterator[tuple[str, str]]:
    """Yield what the report says, piece by piece, each with its tag."""
    yield "H1", f"{entry['title']} {entry['year']}"
    yield "P", entry["lead"]
    yield from pieces(entry["body"], "H2")
    yield "H2", "Wie gefragt wurde"
    yield "P", f"{entry['survey_how']} {entry['survey_limits']}"
    for chapter in entry["chapters"]:
        yield "H2", chapter["title"]
        yield "P", chapter["lead"]
        yield from pieces(chapter["body"], "H3")


def pieces(body: str, below: str) -> Iterator[tuple[str, str]]:
    """Yield headings and paragraphs of a body (see ``config.demo.body``); what only a screen can show is left out."""
    for line in filter(None, map(str.strip, body.splitlines())):
        if line.startswith("## "):
            yield below, line.removeprefix("## ")
        elif line.startswith("- "):
            yield "P", f"– {line.removeprefix('- ')}"
        elif not line.startswith("!"):
            yield "P", line


def put(paper: "FPDF", tag: str, text: str) -> None:
    """Write one piece below the last, on a new page when it does not fit."""
    size, space = LOOKS[tag]
    paper.set_font("fira", "" if tag == "P" else "B", size)
    leading = size * 0.3528 * 1.4
    lines = cast(list[str], paper.multi_cell(paper.epw, leading, text, align="L", dry_run=True, output="LINES"))
    # A heading takes two more lines with it.
    needed = leading * (len(lines) + (0 if tag == "P" else 3))
    if paper.get_y() + space + needed > sheets.HEIGHT - FOOT:
        turn(paper)
        paper.set_font("fira", "" if tag == "P" else "B", size)
    elif tag != "H1":
        paper.set_y(paper.get_y() + space)
    if tag != "P":
        paper.start_section(text, int(tag[1]) - 1)
    paper.set_text_color(*sheets.INK)
    with marked(paper, tag):
        for line in lines:  # a blank at its end keeps the words of two lines apart for whoever listens
            paper.cell(paper.epw, leading, f"{line.strip()} ", new_x="LMARGIN", new_y="NEXT")


def turn(paper: "FPDF") -> None:
    """Begin a page; its number is no content."""
    paper.add_page()
    paper.set_font("fira", "", 9)
    paper.set_text_color(*sheets.QUIET)
    paper.set_y(sheets.HEIGHT - FOOT + 5)
    paper._out("/Artifact BMC")
    paper.cell(paper.epw, 5, f"Seite {paper.page}", align="R")
    paper._out("EMC")
    paper.set_xy(sheets.MARGIN, sheets.MARGIN)


@contextmanager
def marked(paper: "FPDF", tag: str) -> Iterator[None]:
    """Make what is written inside an element with this tag."""
    builder, number = paper.struct_builder, paper.struct_builder.next_mcid_for_page(paper.page)
    _element, parents = builder.add_marked_content(page_number=paper.page, struct_type=f"/{tag}", mcid=number)
    paper.pages[paper.page].struct_parents = parents
    paper._out(f"/{tag} <</MCID {number}>> BDC")
    yield
    paper._out("EMC")
