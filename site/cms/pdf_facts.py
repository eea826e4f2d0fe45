"""What is told beside a PDF: pages, whether it can be read aloud; and whether there is something in it that acts."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from common.errors import Refused

if TYPE_CHECKING:
    from wagtail.documents.models import AbstractDocument

    from ideas.files.pdf import Reader

MOST_BYTES, MOST_OBJECTS, SECONDS = 40 * 1024 * 1024, 300_000, 15.0
# Going to a page or an address is all that a report has to do.
ACTS = {"/JavaScript", "/Launch", "/SubmitForm", "/ImportData", "/RichMediaExecute", "/Rendition", "/GoToE"}
CARRIES = {"/JS", "/JavaScript", "/EmbeddedFiles", "/XFA", "/RichMediaContent"}


@dataclass(frozen=True)
class Facts:
    """What was found; without a hash the file is not offered."""

    hash: str = ""
    pages: int | None = None
    is_tagged: bool = False
    language: str = ""


def facts(document: "AbstractDocument") -> Facts:
    """Return what is to be told of a document; nothing of one that must not be offered."""
    try:
        return look(document)
    except Refused:
        return Facts()


def look(document: "AbstractDocument") -> Facts:
    """Read a document. Raises ``Refused`` with a sentence for the editor."""
    try:
        with document.file.open("rb") as handle:
            data = handle.read(MOST_BYTES + 1)
    except OSError as error:
        raise refused(_("This file is not there any more. Please choose it again."), "missing") from error
    if len(data) > MOST_BYTES:
        raise refused(_("The PDF is larger than 40 MB. Please save it smaller."), "too_large")
    pages, is_tagged, language = read(data)
    return Facts(document.get_file_hash(), pages, is_tagged, language)


def read(data: bytes) -> tuple[int, bool, str]:
    """Return number of pages, whether the PDF has tags, and its language. Raises ``Refused``."""
    # Loaded when the first report gets a file.
    from pypdf import apply_configuration

    from ideas.files.limits import Budget
    from ideas.files.pdf import LIMITS, Reader

    if not data.lstrip()[:5] == b"%PDF-":
        raise refused(_("This file is no PDF, even if its name says so."), "unreadable")
    with apply_configuration(**LIMITS):
        try:
            reader = Reader(data, Budget(SECONDS))
            if reader.is_encrypted:
                raise refused(_("This PDF has a password. Please save it without one."), "locked")
            found = described(reader)
            if acts(reader):
                raise refused(
                    _("This PDF contains programs or attached files. Please save it without them, for example as PDF/A or PDF/UA."),
                    "acts",
                )  # fmt: skip
        except Refused:
            raise
        except Exception as error:  # readers of broken files fail in many ways
            raise refused(_("This PDF is damaged. Please save it once more."), "unreadable") from error
    return found


def described(reader: "Reader") -> tuple[int, bool, str]:
    """Return pages, tags and language as the file tells them itself."""
    root: Any = reader.trailer["/Root"]
    marked = root.get("/MarkInfo")
    marked = marked.get_object() if marked is not None else {}
    pages = len(reader.pages)
    if not pages:
        raise ValueError("no page")
    is_tagged = bool(marked.get("/Marked", False)) and "/StructTreeRoot" in root
    return pages, is_tagged, str(root.get("/Lang", ""))[:20]


def acts(reader: "Reader") -> bool:
    """Tell whether anything in the file runs, sends, opens or carries something."""
    from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject

    seen: set[tuple[int, int]] = set()
    waiting: list[Any] = [reader.trailer.raw_get("/Root")]
    while waiting:
        item = waiting.pop()
        if isinstance(item, IndirectObject):
            key = (item.idnum, item.generation)
            if key in seen:
                continue
            seen.add(key)
            reader.budget.check()
            if len(seen) > MOST_OBJECTS:
                raise refused(
                    _("This PDF is too complicated for us to check. Please save it more simply."), "too_complex"
                )
            item = item.get_object()
        if isinstance(item, DictionaryObject):
            if CARRIES & item.keys() or (item.get("/S") in ACTS and item.get("/Type") != "/StructElem"):
                return True
            waiting.extend(item.raw_get(name) for name in item)
        elif isinstance(item, ArrayObject):
            waiting.extend(list.__iter__(item))
    return False


def refused(words: str, code: str) -> Refused:
    """Return a refusal at the field of the file."""
    return Refused(words, code=code, status=422, field="pdf")
