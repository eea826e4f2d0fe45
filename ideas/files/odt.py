"""ODT: words, styles and pictures stay; everything about people, times and programs goes."""

import re
from collections.abc import Container, Mapping
from xml.sax.saxutils import quoteattr

from ideas.files.limits import Budget, has_macros, has_objects, has_odd_pictures, is_locked, unreadable
from ideas.files.markup import Name, Rules, rewritten
from ideas.files.package import Package, packed
from ideas.files.pictures import NotClean, without_metadata

MIMETYPE = b"application/vnd.oasis.opendocument.text"
ODF = "urn:oasis:names:tc:opendocument:xmlns:"
OFFICE, TEXT, DRAW, SCRIPT = (f"{ODF}{name}:1.0" for name in ("office", "text", "drawing", "script"))
XLINK, XFORMS, EDITS = (
    "http://www.w3.org/1999/xlink",
    "http://www.w3.org/2002/xforms",
    "http://openoffice.org/2009/office",
)
MACRO = re.compile(r"(Basic/.*(?<!/script-lb)(?<!/script-lc)\.xml|Scripts/.+)")
OBJECT = re.compile(r"Object[ \d].*")
ADDRESSES = ("http://", "https://", "mailto:", "#")
GONE = {
    OFFICE: {"scripts", "event-listeners", "annotation", "annotation-end", "forms", "meta", "settings", "dde-source"},
    TEXT: {
        "tracked-changes",
        "change",
        "change-start",
        "change-end",
        "script",
        "execute-macro",
        "dde-connection-decls",
    },
    DRAW: {"plugin", "applet", "object", "object-ole", "floating-frame"},
}


class OdtRules(Rules):
    """What stays of ``content.xml`` and ``styles.xml``."""

    def __init__(self, pictures: Container[str]) -> None:
        super().__init__()
        self.pictures = pictures

    def drops(self, name: Name, attributes: Mapping[Name, str]) -> bool:
        space, local = name
        return space in (SCRIPT, XFORMS) or local in GONE.get(space, ())

    def attribute(self, element: Name, name: Name, value: str) -> str | None:
        if name[0] in (SCRIPT, EDITS):
            return None
        if name == (XLINK, "href"):
            return value if self._leads_well(element, value.strip()) else None
        return value

    def _leads_well(self, element: Name, address: str) -> bool:
        """A link leads to the web or within the document; a picture lies in the package, never outside."""
        if (element[0] == TEXT and element[1] == "a") or element == (DRAW, "a"):
            return address.lower().startswith(ADDRESSES)
        return address.removeprefix("./") in self.pictures

    def said(self, element: Name, text: str) -> str:
        if element[0] == TEXT:
            self.note(text)
        return text

    def ended(self, element: Name) -> None:
        if element in ((TEXT, "p"), (TEXT, "h"), (TEXT, "line-break")):
            self.note("\n")
        elif element in ((TEXT, "s"), (TEXT, "tab")):
            self.note(" ")


def clean_odt(package: Package, budget: Budget) -> tuple[bytes, str]:
    """Return the document packed anew, and its words; raises ``Refused``."""
    if package.read("mimetype").strip() != MIMETYPE:
        raise unreadable()
    _refuse_what_acts(package)
    names = [name for name in package.parts if name.startswith("Pictures/")]
    parts = {"mimetype": MIMETYPE} | {name: _picture(package, name) for name in names}
    content = OdtRules(names)
    parts["content.xml"] = rewritten(package.read("content.xml"), content, budget)
    if "styles.xml" in package.parts:
        parts["styles.xml"] = rewritten(package.read("styles.xml"), OdtRules(names), budget)
    parts["META-INF/manifest.xml"] = _manifest(list(parts)[1:])
    return packed(parts, first="mimetype", plain=True), "".join(content.words)


def _refuse_what_acts(package: Package) -> None:
    if "META-INF/manifest.xml" in package.parts and b"encryption-data" in package.read("META-INF/manifest.xml"):
        raise is_locked()
    if any(MACRO.fullmatch(name) for name in package.parts):
        raise has_macros()
    if any(OBJECT.fullmatch(name) for name in package.parts):
        raise has_objects()


def _picture(package: Package, name: str) -> bytes:
    try:
        return without_metadata(package.read(name))
    except NotClean as error:
        raise has_odd_pictures() from error


def _manifest(names: list[str]) -> bytes:
    """Return the list of parts that the format asks for."""
    kinds = {"xml": "text/xml", "png": "image/png", "jpg": "image/jpeg", "jpeg": "image/jpeg", "gif": "image/gif"}
    rows = [
        f'<manifest:file-entry manifest:full-path="/" manifest:version="1.3" manifest:media-type="{MIMETYPE.decode()}"/>'
    ]
    for name in names:
        kind = kinds.get(name.rpartition(".")[2].lower(), "")
        rows.append(
            f"<manifest:file-entry manifest:full-path={quoteattr(name)} manifest:media-type={quoteattr(kind)}/>"
        )
    space = f'xmlns:manifest="{ODF}manifest:1.0" manifest:version="1.3"'
    text = f'<?xml version="1.0" encoding="UTF-8"?>\n<manifest:manifest {space}>{"".join(rows)}</manifest:manifest>'
    return text.encode()
