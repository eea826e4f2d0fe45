"""How many pages a PDF has; read once for each file and then kept."""

from django.core.cache import caches
from pypdf import PdfReader
from wagtail.documents.models import AbstractDocument

MONTH = 30 * 24 * 3600
LARGEST = 30 * 1024 * 1024


def count(document: AbstractDocument) -> int:
    """Return the number of pages; 0 for other kinds and for files that cannot be read."""
    if document.file_extension.lower() != "pdf":
        return 0
    key = f"cms:leaves:{document.pk}:{document.file_hash}"
    known: int | None = caches["default"].get(key)
    if known is None:
        known = read(document)
        caches["default"].set(key, known, MONTH)
    return known


def read(document: AbstractDocument) -> int:
    """Count them in the file; whatever is wrong with it must not break the page that offers it."""
    try:
        if document.file.size > LARGEST:
            return 0
        with document.file.open("rb") as file:
            return len(PdfReader(file).pages)
    except Exception:
        return 0
