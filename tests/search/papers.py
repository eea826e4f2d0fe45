"""Files made for the tests of search: some to read, some that nobody can read."""

import zipfile
from io import BytesIO

from fpdf import FPDF

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
O = "urn:oasis:names:tc:opendocument:xmlns:office:1.0"  # noqa: E741 - as in the documents themselves
T = "urn:oasis:names:tc:opendocument:xmlns:text:1.0"


def pdf(*pages: str, password: str = "") -> bytes:
    """Return a PDF with a page for each text; a page without text has a drawing only, like a scan."""
    paper = FPDF()
    paper.set_font("Helvetica", size=12)
    for text in pages:
        paper.add_page()
        if text:
            paper.multi_cell(0, 8, text)
        else:
            paper.rect(20, 20, 60, 60)
    if password:
        paper.set_encryption(owner_password=password, user_password=password)
    return bytes(paper.output())


def packed(**parts: str | bytes) -> bytes:
    """Return a package; ``__`` in a name stands for a slash, ``_0`` for a dot."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, text in parts.items():
            package.writestr(name.replace("__", "/").replace("_0", "."), text)
    return out.getvalue()


def docx(*lines: str, gone: str = "") -> bytes:
    """Return a DOCX with a paragraph for each line; ``gone`` was deleted with changes tracked."""
    body = "".join(f"<w:p><w:r><w:t>{line}</w:t></w:r></w:p>" for line in lines)
    removed = f"<w:p><w:del><w:r><w:delText>{gone}</w:delText></w:r></w:del></w:p>" if gone else ""
    return packed(word__document_0xml=f'<w:document xmlns:w="{W}"><w:body>{body}{removed}</w:body></w:document>')


def odt(*lines: str, gone: str = "", locked: bool = False, doctype: str = "") -> bytes:
    """Return an ODT with a paragraph for each line."""
    body = "".join(f"<text:p>{line}</text:p>" for line in lines)
    removed = f"<text:tracked-changes><text:p>{gone}</text:p></text:tracked-changes>" if gone else ""
    text = f"<office:body><office:text>{removed}{body}</office:text></office:body>"
    names = f'xmlns:office="{O}" xmlns:text="{T}"'
    content = f"{doctype}<office:document-content {names}>{text}</office:document-content>"
    data = "<manifest:encryption-data/>" if locked else ""
    return packed(content_0xml=content, **{"META-INF__manifest_0xml": f"<manifest>{data}</manifest>"})


def bomb() -> bytes:
    """Return a small package that unpacks to a hundred megabytes."""
    return packed(word__document_0xml=b" " * 100_000_000)
