"""Office files for corpora: small, whole, and with one thing in them that must go."""

import zipfile
from io import BytesIO

ODT_TYPE = b"application/vnd.oasis.opendocument.text"
ODF = "urn:oasis:names:tc:opendocument:xmlns:"
SPACES = " ".join(f'xmlns:{name}="{ODF}{name}:1.0"' for name in ("office", "text", "script", "style", "meta"))
SPACES += f' xmlns:draw="{ODF}drawing:1.0" xmlns:xlink="http://www.w3.org/1999/xlink"'
SPACES += ' xmlns:dc="http://purl.org/dc/elements/1.1/"'
WML = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
DOCX_MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
DOCX_MACRO = "application/vnd.ms-word.document.macroEnabled.main+xml"
XML = '<?xml version="1.0" encoding="UTF-8"?>'


def zipped(parts: dict[str, bytes], how: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w", how) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return out.getvalue()


def bomb(number: int, size: int) -> bytes:
    """Return a package that unpacks to much more than it weighs."""
    return zipped({"[Content_Types].xml": b"<Types/>"} | {f"word/a{n}.xml": bytes(size) for n in range(number)})


def many_parts(number: int) -> bytes:
    return zipped({f"word/a{n}.xml": b"x" for n in range(number)})


def odt(
    *,
    meta: str = "",
    settings: str = "",
    picture: bytes = b"",
    remark: str = "",
    change: str = "",
    event: str = "",
    href: str = "",
    link: str = "",
    manifest: str = "",
    doctype: str = "",
    body: str = "",
    extra: dict[str, bytes] | None = None,
) -> bytes:
    """Return an ODT with the words „Mehr Schatten“."""
    remarks = f"<office:annotation><dc:creator>{remark}</dc:creator><text:p>{remark}</text:p></office:annotation>"
    changes = f"<text:tracked-changes><text:changed-region><text:p>{change}</text:p></text:changed-region></text:tracked-changes>"
    events = f'<office:event-listeners><script:event-listener xlink:href="{event}"/></office:event-listeners>'
    drawn = f'<draw:frame><draw:image xlink:href="{href or "Pictures/a.jpg"}"/></draw:frame>'
    inner = (changes if change else "") + "<text:p>Mehr Schatten" + (remarks if remark else "")
    inner += (drawn if href or picture else "") + (f'<text:a xlink:href="{link}">hier</text:a>' if link else "")
    inner += "</text:p>" + body
    content = (
        f"{XML}{doctype}<office:document-content {SPACES}><office:scripts>{events if event else ''}</office:scripts>"
    )
    content += f"<office:body><office:text>{inner}</office:text></office:body></office:document-content>"
    parts = {"mimetype": ODT_TYPE, "content.xml": content.encode()}
    parts["styles.xml"] = f"{XML}<office:document-styles {SPACES}/>".encode()
    parts["META-INF/manifest.xml"] = f"<manifest:manifest>{manifest}</manifest:manifest>".encode()
    if meta:
        parts["meta.xml"] = (
            f"<office:document-meta {SPACES}><dc:creator>{meta}</dc:creator></office:document-meta>".encode()
        )
    if settings:
        parts["settings.xml"] = f"<office:document-settings {SPACES}>{settings}</office:document-settings>".encode()
    if picture:
        parts["Pictures/a.jpg"] = picture
    return zipped(parts | (extra or {}))


def relation(number: int, kind: str, target: str, *, external: bool = False) -> str:
    mode = ' TargetMode="External"' if external else ""
    return f'<Relationship Id="rId{number}" Type="{REL}/{kind}" Target="{target}"{mode}/>'


def docx(
    *,
    core: str = "",
    picture: bytes = b"",
    remark: str = "",
    change: str = "",
    template: str = "",
    field: str = "",
    pieces: tuple[str, ...] = (),
    link: str = "",
    kind: str = DOCX_MAIN,
    doctype: str = "",
    extra: dict[str, bytes] | None = None,
) -> bytes:
    """Return a DOCX with the words „Mehr Schatten“."""
    pieces = (field,) if field else pieces
    run = "".join(f"<w:r><w:instrText>{piece}</w:instrText></w:r>" for piece in pieces)
    inner = "<w:r><w:t>Mehr Schatten</w:t></w:r>"
    inner += (
        f'<w:r><w:fldChar w:fldCharType="begin"/></w:r>{run}<w:r><w:fldChar w:fldCharType="end"/></w:r>' if run else ""
    )
    if change:
        inner += f'<w:ins w:author="{change}" w:date="{change}"><w:r w:rsidR="{change}"><w:t>neu</w:t></w:r></w:ins>'
        inner += f'<w:del w:author="{change}"><w:r><w:delText>{change}</w:delText></w:r></w:del>'
    inner += '<w:hyperlink r:id="rId2"><w:r><w:t>hier</w:t></w:r></w:hyperlink>' if link else ""
    inner += "<w:commentRangeStart w:id='1'/>" if remark else ""
    inner += '<w:drawing><a:blip r:embed="rId3"/></w:drawing>' if picture else ""
    spaces = f'xmlns:w="{WML}" xmlns:r="{REL}" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
    document = f"{XML}{doctype}<w:document {spaces}><w:body><w:p>{inner}</w:p></w:body></w:document>"
    links = [relation(1, "settings", "settings.xml")]
    links += [relation(2, "hyperlink", link, external=True)] if link else []
    links += [relation(3, "image", "media/a.jpg")] if picture else []
    links += [relation(4, "comments", "comments.xml")] if remark else []
    links += [relation(5, "customXml", "../customXml/item1.xml")] if extra else []
    attached = '<w:attachedTemplate r:id="rId1"/>' if template else ""
    top = relation(1, "officeDocument", "word/document.xml") + relation(
        2, "metadata/core-properties", "docProps/core.xml"
    )
    overrides = (
        f'<Default Extension="rels" ContentType="x"/><Override PartName="/word/document.xml" ContentType="{kind}"/>'
    )
    parts = {
        "[Content_Types].xml": f'{XML}<Types xmlns="{PACKAGE}/content-types">{overrides}</Types>',
        "_rels/.rels": f'{XML}<Relationships xmlns="{PACKAGE}/relationships">{top}</Relationships>',
        "word/document.xml": document,
        "word/_rels/document.xml.rels": f'<Relationships xmlns="{PACKAGE}/relationships">{"".join(links)}</Relationships>',
        "word/settings.xml": f'<w:settings {spaces}>{attached}<w:rsids><w:rsid w:val="00A"/></w:rsids></w:settings>',
        "docProps/core.xml": f"<coreProperties><creator>{core}</creator></coreProperties>",
    }
    if template:
        target = relation(1, "attachedTemplate", template, external=True)
        parts["word/_rels/settings.xml.rels"] = (
            f'<Relationships xmlns="{PACKAGE}/relationships">{target}</Relationships>'
        )
    if remark:
        parts["word/comments.xml"] = (
            f'<w:comments {spaces}><w:comment w:author="{remark}">{remark}</w:comment></w:comments>'
        )
    made = {name: text.encode() for name, text in parts.items()}
    return zipped(made | ({"word/media/a.jpg": picture} if picture else {}) | (extra or {}))
