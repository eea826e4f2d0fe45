"""What stays of the parts of a DOCX file."""

import posixpath
import re
from collections.abc import Container, Mapping

from ideas.files.limits import has_objects
from ideas.files.markup import Name, Rules

WORD = (
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "http://purl.oclc.org/ooxml/wordprocessingml/main",
)
LINKS = (
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "http://purl.oclc.org/ooxml/officeDocument/relationships",
)
ADDRESSES = ("http://", "https://", "mailto:")
GONE = {
    "del", "moveFrom", "moveFromRangeStart", "moveFromRangeEnd", "moveToRangeStart", "moveToRangeEnd", "commentRangeStart",
    "commentRangeEnd", "commentReference", "rsids", "attachedTemplate", "docVars", "mailMerge", "saveThroughXslt", "control",
    "altChunk", "subDoc", "proofErr",
}  # fmt: skip
IDS = {"docId"}  # numbers that Word gives to every document, in namespaces of several years
# Fields that only count, date or refer within the document; all others could fetch or run something.
FIELDS = re.compile(
    r"\s*(PAGE|NUMPAGES|SECTIONPAGES|TOC|PAGEREF|REF|NOTEREF|SEQ|STYLEREF|DATE|TIME|LISTNUM|XE|INDEX|TC|=)(\s|$)"
    r'|\s*HYPERLINK\s+(\\l\s|"(https?://|mailto:))',
    re.IGNORECASE,
)


class WordRules(Rules):
    """What stays of a part with words; ``gone`` are the references that lead nowhere any more."""

    def __init__(self, gone: Container[str]) -> None:
        super().__init__()
        self.gone = gone
        # For each field that is open: whether its instruction may stay; None until it has begun.
        self.fields: list[bool | None] = []

    def drops(self, name: Name, attributes: Mapping[Name, str]) -> bool:
        space, local = name
        if local in IDS or (space in WORD and (local in GONE or local.endswith("Change"))):
            return True
        if space in WORD and local == "fldChar":
            self._field(next((value for key, value in attributes.items() if key[1] == "fldCharType"), ""))
        return local not in ("hyperlink", "blip") and any(
            key[0] in LINKS and value in self.gone
            for key, value in attributes.items()  # type: ignore[operator]
        )

    def _field(self, kind: str) -> None:
        if kind == "begin":
            self.fields.append(None)
        elif kind == "end" and self.fields:
            self.fields.pop()

    def attribute(self, element: Name, name: Name, value: str) -> str | None:
        if name[0] in WORD:
            if name[1] == "author":
                return "–"
            if name[1] in ("date", "initials") or name[1].startswith("rsid"):
                return None
            if name[1] == "instr" and not FIELDS.match(value):
                return ' QUOTE "" '
        if name[1] in ("paraId", "textId", "dateUtc", "userId"):
            return None
        return None if name[0] in LINKS and value in self.gone else value  # type: ignore[operator]

    def said(self, element: Name, text: str) -> str:
        if element[0] not in WORD:
            return text
        if element[1] == "instrText":
            return text if self._may_say(text) else ""
        if element[1] == "t":
            self.note(text)
        return text

    def _may_say(self, text: str) -> bool:
        """An instruction may be cut into pieces; the first one decides, and must be a whole word."""
        if not self.fields:
            return False
        if self.fields[-1] is None and text.strip():
            self.fields[-1] = bool(FIELDS.match(text))
        return self.fields[-1] is not False

    def ended(self, element: Name) -> None:
        if element[0] in WORD and element[1] in ("p", "br", "tab"):
            self.note("\n" if element[1] != "tab" else " ")


class Relations(Rules):
    """What stays of a list of references: parts that are kept, and links to the web."""

    def __init__(self, folder: str, kept: Container[str]) -> None:
        super().__init__()
        self.folder, self.kept = folder, kept
        self.gone: set[str] = set()
        self.main = ""

    def drops(self, name: Name, attributes: Mapping[Name, str]) -> bool:
        if name[1] != "Relationship":
            return False
        kind, target = attributes.get(("", "Type"), ""), attributes.get(("", "Target"), "").strip()
        if kind.endswith("/oleObject"):
            raise has_objects()
        if attributes.get(("", "TargetMode")) == "External":
            leads_well = kind.endswith("/hyperlink") and target.lower().startswith(ADDRESSES)
        else:
            path = posixpath.normpath(posixpath.join("/", self.folder, target)).lstrip("/")
            leads_well = path in self.kept
            if kind.endswith("/officeDocument"):
                self.main = path
        if not leads_well:
            self.gone.add(attributes.get(("", "Id"), ""))
        return not leads_well


class TypeList(Rules):
    """What stays of the list of kinds: parts that are kept, and kinds that we know."""

    KNOWN = ("rels", "xml", "png", "jpg", "jpeg", "jpe", "jfif", "gif")

    def __init__(self, kept: Container[str]) -> None:
        super().__init__()
        self.kept = kept

    def drops(self, name: Name, attributes: Mapping[Name, str]) -> bool:
        if name[1] == "Override":
            return attributes.get(("", "PartName"), "").lstrip("/") not in self.kept
        return name[1] == "Default" and attributes.get(("", "Extension"), "").lower() not in self.KNOWN
