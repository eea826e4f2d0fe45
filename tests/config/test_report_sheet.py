"""The PDF of the demo town's report: tags for everything that is said, in order, in German, with bookmarks."""

from io import BytesIO

from pypdf import PdfReader

from cms import pdf_facts
from config.demo.report_sheet import parts, tagged_sheet
from config.demo.texts import Entry, read


def entry() -> Entry:
    return next(one for one in read("reports")["reports"] if one.get("pdf") == "tagged")


def test_every_heading_and_paragraph_is_an_element_of_its_own():
    said = list(parts(entry()))
    data = tagged_sheet(entry())
    pages, is_tagged, language = pdf_facts.read(data)
    assert (pages > 1, is_tagged, language) == (True, True, "de-DE")
    reader = PdfReader(BytesIO(data))
    root = reader.trailer["/Root"]
    tree = root["/StructTreeRoot"]
    found = [one.get_object() for one in tree["/K"][0].get_object()["/K"]]
    assert [one["/S"] for one in found] == [f"/{tag}" for tag, _text in said]
    # The way back: from each marked part of a page to its element (ISO 32000-1, 14.7.4.4).
    by_page = dict(zip(*[iter(tree["/ParentTree"]["/Nums"])] * 2, strict=True))
    for page in reader.pages:
        back = [one.get_object() for one in by_page[page["/StructParents"]]]
        assert [one["/K"][0] for one in back] == list(range(len(back)))
        assert {one.raw_get("/Pg") for one in back} == {page.indirect_reference}


def test_the_title_is_shown_and_every_heading_is_a_bookmark():
    reader = PdfReader(BytesIO(tagged_sheet(entry())))
    assert reader.metadata.title == "Zweiter Familienbericht 2026"
    assert reader.trailer["/Root"]["/ViewerPreferences"]["/DisplayDocTitle"]
    titles: list[str] = []

    def walk(outline: list) -> None:
        for one in outline:
            walk(one) if isinstance(one, list) else titles.append(one.title)

    walk(reader.outline)
    assert titles == [text for tag, text in parts(entry()) if tag != "P"]
    assert "Was daraus folgt" in reader.pages[0].extract_text()
