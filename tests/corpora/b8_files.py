"""B8, files: PDF, ODT and DOCX as they come, and everything that wants to be one."""

import random
import zipfile
from collections.abc import Callable
from io import BytesIO
from typing import Any

from pypdf import PdfWriter
from pypdf.annotations import Text
from pypdf.generic import ArrayObject, DictionaryObject, NameObject, NumberObject, TextStringObject
from pypdf.generic import DecodedStreamObject as Stream

from tests.corpora.b8_pictures import HTML, JPG, MOST, SVG, exif, image, png_text, saved
from tests.corpora.made import SECRET, Upload, cases
from tests.corpora.office import DOCX_MACRO, bomb, docx, many_parts, odt, zipped

WORDS = SECRET.decode()
PDF_TYPE = "application/pdf"


def up(data: bytes, name: str = "Plan.pdf", kind: str = PDF_TYPE) -> Upload:
    return Upload(data, name, kind)


def text(words: str) -> TextStringObject:
    return TextStringObject(words)


def pdf(change: Callable[[PdfWriter], Any] | None = None, pages: int = 1) -> bytes:
    """Return a PDF with the words „Mehr Schatten“, changed as the case needs it."""
    writer = PdfWriter()
    font = DictionaryObject()
    for key, value in (("/Type", "/Font"), ("/Subtype", "/Type1"), ("/BaseFont", "/Helvetica")):
        font[NameObject(key)] = NameObject(value)
    for _page in range(pages):
        page = writer.add_blank_page(300, 300)
        content = Stream()
        content.set_data(b"BT /F1 20 Tf 20 200 Td (Mehr Schatten) Tj ET")
        page[NameObject("/Contents")] = writer._add_object(content)
        fonts = DictionaryObject({NameObject("/F1"): writer._add_object(font)})
        page[NameObject("/Resources")] = DictionaryObject({NameObject("/Font"): fonts})
    if change:
        change(writer)
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def action(kind: str, **more: str) -> DictionaryObject:
    made = DictionaryObject({NameObject("/S"): NameObject(kind)})
    made.update({NameObject(f"/{name}"): text(value) for name, value in more.items()})
    return made


def on_opening(what: DictionaryObject) -> Callable[[PdfWriter], None]:
    return lambda writer: writer._root_object.update({NameObject("/OpenAction"): what})


def link(what: DictionaryObject) -> Callable[[PdfWriter], None]:
    """Return a change that puts a link with this action on the page."""

    def change(writer: PdfWriter) -> None:
        mark = DictionaryObject({NameObject("/Subtype"): NameObject("/Link"), NameObject("/A"): what})
        mark[NameObject("/Rect")] = ArrayObject(NumberObject(n) for n in (0, 0, 9, 9))
        mark[NameObject("/Contents")] = text(WORDS)
        writer.pages[0][NameObject("/Annots")] = ArrayObject([writer._add_object(mark)])

    return change


def named_script(writer: PdfWriter) -> None:
    """Add a script that runs when the file is opened, by the list of names."""
    tree = DictionaryObject({NameObject("/Names"): ArrayObject([text("x"), action("/JavaScript", **JS)])})
    names = DictionaryObject({NameObject("/JavaScript"): writer._add_object(tree)})
    writer._root_object[NameObject("/Names")] = names


def page_entry(name: str, what: Any) -> Callable[[PdfWriter], None]:
    return lambda writer: writer.pages[0].update({NameObject(name): what})


def photograph(writer: PdfWriter) -> None:
    """Put a JPEG with EXIF on the page."""
    picture = Stream()
    picture.set_data(saved(image(), exif=exif()))
    for key, value in (("/Type", "/XObject"), ("/Subtype", "/Image"), ("/Filter", "/DCTDecode")):
        picture[NameObject(key)] = NameObject(value)
    kept = DictionaryObject({NameObject("/I"): writer._add_object(picture)})
    writer.pages[0]["/Resources"][NameObject("/XObject")] = kept  # type: ignore[index]


def metadata(writer: PdfWriter) -> None:
    writer.add_metadata({"/Author": WORDS, "/Title": WORDS, "/Creator": WORDS})
    stream = Stream()
    stream.set_data(b"<x:xmpmeta xmlns:x='adobe:ns:meta/'>" + SECRET + b"</x:xmpmeta>")
    stream[NameObject("/Type")] = NameObject("/Metadata")
    writer._root_object[NameObject("/Metadata")] = writer._add_object(stream)
    writer.pages[0][NameObject("/PieceInfo")] = DictionaryObject({NameObject("/X"): text(WORDS)})
    writer.pages[0][NameObject("/PTEX.FileName")] = text(WORDS)


def loop(writer: PdfWriter) -> None:
    """Let the pages contain themselves."""
    pages = writer._pages.get_object()
    pages["/Kids"].append(writer._pages)  # type: ignore[index]


def deep() -> bytes:
    """Return a PDF with lists in lists in lists; a number keeps its place in the file."""
    plain = pdf(page_entry("/Deep", text("x" * 5998)))
    return plain.replace(b"(" + b"x" * 5998 + b")", b"[" * 3000 + b"]" * 3000)


def changed_later() -> bytes:
    """Return a PDF whose first state is still in it."""
    first = pdf(lambda writer: writer.add_metadata({"/Author": WORDS}))
    start = first.rindex(b"startxref")
    return first + b"\n% " + SECRET + b"\n" + first[start:]


FORM = DictionaryObject({NameObject("/XFA"): text(WORDS), NameObject("/Fields"): ArrayObject()})
JS = {"JS": f"app.alert('{WORDS}')"}
RANDOM = random.Random(8)

FILES = cases(
    "B8-F",
    [
        ("PDF", "kept", lambda: up(pdf())),
        ("PDF of 300 pages", "kept", lambda: up(pdf(pages=300))),
        ("PDF, Info and XMP", "kept", lambda: up(pdf(metadata))),
        ("PDF with script by name", "kept", lambda: up(pdf(named_script))),
        ("PDF with script on opening", "kept", lambda: up(pdf(on_opening(action("/JavaScript", **JS))))),
        ("PDF that starts a program", "kept", lambda: up(pdf(on_opening(action("/Launch", F=WORDS))))),
        ("PDF, link that starts a program", "kept", lambda: up(pdf(link(action("/Launch", F=WORDS))))),
        ("PDF, link with script", "kept", lambda: up(pdf(link(action("/URI", URI=f"javascript:{WORDS}"))))),
        ("PDF, link to a file", "kept", lambda: up(pdf(link(action("/GoToR", F=WORDS))))),
        ("PDF, link that sends a form", "kept", lambda: up(pdf(link(action("/SubmitForm", F=WORDS))))),
        ("PDF, script with the page", "kept", lambda: up(pdf(page_entry("/AA", action("/JavaScript", **JS))))),
        ("PDF with a file in it", "kept", lambda: up(pdf(lambda writer: writer.add_attachment("x.exe", SECRET)))),
        ("PDF with a form", "kept", lambda: up(pdf(lambda w: w._root_object.update({NameObject("/AcroForm"): FORM})))),
        ("PDF with notes", "kept", lambda: up(pdf(lambda w: w.add_annotation(0, Text(text=WORDS, rect=(0, 0, 9, 9)))))),
        ("PDF with EXIF in a picture", "kept", lambda: up(pdf(photograph))),
        ("PDF with an earlier state", "kept", lambda: up(changed_later())),
        ("PDF and HTML behind", "kept", lambda: up(pdf() + HTML + SECRET)),
        ("PDF, nested deeply", "refused", lambda: up(deep())),
        ("PDF, pages in themselves", "any", lambda: up(pdf(loop))),
        ("PDF with a password", "refused", lambda: up(pdf(lambda w: w.encrypt("x", algorithm="RC4-128")))),
        ("HTML before PDF", "refused", lambda: up(HTML + pdf())),
        ("half a PDF", "any", lambda: up(pdf(pages=20)[:3000])),
        ("only a head", "refused", lambda: up(b"%PDF-1.7\n%%EOF")),
        ("PDF without pages", "refused", lambda: up(pdf(pages=0))),
        ("PDF of noise", "refused", lambda: up(b"%PDF-1.4\n" + RANDOM.randbytes(300_000))),
        ("PDF of 1000 broken objects", "refused", lambda: up(b"%PDF-1.4\n" + b"1 0 obj << /A [ ( \n" * 1000)),
        ("PDF that refers to its end", "refused", lambda: up(b"%PDF-1.4\nstartxref\n" + b"9" * 400 + b"\n%%EOF")),
        ("no bytes", "refused", lambda: up(b"")),
        ("one byte too many", "refused", lambda: up(pdf() + bytes(MOST))),
        ("picture called PDF", "refused", lambda: up(JPG)),
        ("SVG called PDF", "refused", lambda: up(SVG)),
        ("HTML called PDF", "refused", lambda: up(HTML)),
        ("ODT", "kept", lambda: up(odt(), "Plan.odt")),
        ("ODT, makers and times", "kept", lambda: up(odt(meta=WORDS, settings=WORDS), "Plan.odt")),
        ("ODT, preview picture", "kept", lambda: up(odt(extra={"Thumbnails/thumbnail.png": SECRET}), "Plan.odt")),
        ("ODT, EXIF in a picture", "kept", lambda: up(odt(picture=saved(image(), exif=exif())), "Plan.odt")),
        ("ODT, text in a PNG", "kept", lambda: up(odt(picture=png_text()), "Plan.odt")),
        ("ODT, remarks and changes", "kept", lambda: up(odt(remark=WORDS, change=WORDS), "Plan.odt")),
        ("ODT, things that happen", "kept", lambda: up(odt(event=WORDS), "Plan.odt")),
        ("ODT, picture from the web", "kept", lambda: up(odt(href=f"https://zaehler.example/{WORDS}"), "Plan.odt")),
        ("ODT, link to a file", "kept", lambda: up(odt(link=f"file:///C:/{WORDS}"), "Plan.odt")),
        ("ODT, empty library", "kept", lambda: up(odt(extra={"Basic/Standard/script-lb.xml": b"<x/>"}), "Plan.odt")),
        ("ODT with a macro", "refused", lambda: up(odt(extra={"Basic/Standard/M.xml": b"<x/>"}), "Plan.odt")),
        ("ODT with Python", "refused", lambda: up(odt(extra={"Scripts/python/x.py": b"1"}), "Plan.odt")),
        ("ODT with an object", "refused", lambda: up(odt(extra={"Object 1/content.xml": b"<x/>"}), "Plan.odt")),
        ("ODT with an SVG", "refused", lambda: up(odt(picture=SVG), "Plan.odt")),
        ("ODT with a password", "refused", lambda: up(odt(manifest="<manifest:encryption-data/>"), "Plan.odt")),
        ("ODT, entity from a file", "refused", lambda: up(odt(doctype='<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/hosts">]>'))),
        ("ODT, a billion laughs", "refused", lambda: up(odt(doctype='<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]>'))),
        ("ODT, broken XML", "refused", lambda: up(odt(body="<text:p>"))),
        ("ODT, nested deeply", "refused", lambda: up(odt(body="<text:span>" * 900 + "</text:span>" * 900))),
        ("ODT without words", "refused", lambda: up(zipped({"mimetype": b"application/vnd.oasis.opendocument.text"}))),
        ("spreadsheet", "refused", lambda: up(zipped({"mimetype": b"application/vnd.oasis.opendocument.spreadsheet"}))),
        ("DOCX", "kept", lambda: up(docx(), "Plan.docx")),
        ("DOCX, makers and times", "kept", lambda: up(docx(core=WORDS), "Plan.docx")),
        ("DOCX, own data", "kept", lambda: up(docx(extra={"customXml/item1.xml": SECRET}), "Plan.docx")),
        ("DOCX, EXIF in a picture", "kept", lambda: up(docx(picture=saved(image(), exif=exif())), "Plan.docx")),
        ("DOCX, remarks", "kept", lambda: up(docx(remark=WORDS), "Plan.docx")),
        ("DOCX, changes by whom and when", "kept", lambda: up(docx(change=WORDS), "Plan.docx")),
        ("DOCX, template from elsewhere", "kept", lambda: up(docx(template=f"https://boese.example/{WORDS}"), "Plan.docx")),
        ("DOCX, field that runs a program", "kept", lambda: up(docx(field=f"DDEAUTO {WORDS}"), "Plan.docx")),
        ("DOCX, field in pieces", "kept", lambda: up(docx(pieces=("DD", f"EAUTO {WORDS}")), "Plan.docx")),
        ("DOCX, link to a file", "kept", lambda: up(docx(link=f"file:///C:/{WORDS}"), "Plan.docx")),
        ("DOCX with a macro", "refused", lambda: up(docx(extra={"word/vbaProject.bin": b"x"}), "Plan.docx")),
        ("DOCM", "refused", lambda: up(docx(kind=DOCX_MACRO), "Plan.docm")),
        ("DOCX with an object", "refused", lambda: up(docx(extra={"word/embeddings/o.bin": b"x"}), "Plan.docx")),
        ("DOCX with a metafile", "refused", lambda: up(docx(extra={"word/media/a.emf": b"x"}), "Plan.docx")),
        ("DOCX, entity", "refused", lambda: up(docx(doctype='<!DOCTYPE x [<!ENTITY a SYSTEM "http://x/">]>'), "Plan.docx")),
        ("spreadsheet called DOCX", "refused", lambda: up(zipped({"[Content_Types].xml": b"<Types/>"}), "Plan.docx")),
        ("ZIP bomb", "refused", lambda: up(bomb(1, 200_000_000), "Plan.docx")),
        ("ZIP bomb of many", "refused", lambda: up(bomb(60, 900_000), "Plan.docx")),
        ("ZIP of 5,000 parts", "refused", lambda: up(many_parts(5000), "Plan.docx")),
        ("ZIP with names that lead out", "refused", lambda: up(docx(extra={"../../x": b"x"}), "Plan.docx")),
        ("ZIP, half of it", "refused", lambda: up(docx()[:600], "Plan.docx")),
        ("ZIP, packed unusually", "refused", lambda: up(zipped({"mimetype": b"x"}, how=zipfile.ZIP_LZMA))),
        ("JPEG and ZIP", "refused", lambda: up(JPG + docx(), "Plan.docx")),
        ("name with a path", "kept", lambda: up(pdf(), "..\\..\\C:\\Pläne.pdf")),
        ("name of 300 letters", "kept", lambda: up(pdf(), "ä" * 300 + ".pdf")),
        ("name from right to left", "kept", lambda: up(pdf(), "Plan\u202efdp.exe")),
        ("name of a device", "kept", lambda: up(pdf(), "CON.pdf")),
        ("name with line ends and quotes", "kept", lambda: up(pdf(), 'a"\r\nSet-Cookie: x=y;.pdf')),
        ("no name but dots", "kept", lambda: up(pdf(), "....pdf")),
    ],
)  # fmt: skip
