"""The town's two short films, drawn by scripts/film.py: one in a video block, one in the place for sign language."""

from pathlib import Path

from django.core.files.base import ContentFile
from wagtail.documents import get_document_model
from wagtail.documents.models import AbstractDocument

FILMS = Path(__file__).resolve().parent / "films"


def document(name: str, title: str) -> AbstractDocument:
    """Return a file of ``films`` as a document of the editors; made once."""
    model = get_document_model()
    found: AbstractDocument | None = model.objects.filter(title=title).first()
    if found is None:
        found = model(title=title, file=ContentFile((FILMS / name).read_bytes(), name=name))
        found.file_size = found.file.size
        found.save()
    return found


def film(name: str, title: str, spoken: str) -> dict[str, object]:
    """Return the value of a video block with its subtitles."""
    return {
        "title": title,
        "file": document(f"{name}.webm", f"Film „{title}“"),
        "captions": document(f"{name}.vtt", f"Untertitel „{title}“"),
        "picture": None,
        "url": "",
        "spoken": spoken,
    }
