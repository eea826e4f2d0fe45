"""Films and their subtitles as browsers ask for them: in pieces, so that people can jump to any place (RFC 9110, 14)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any

from django.http import FileResponse, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.urls import reverse
from wagtail.documents.models import AbstractDocument

from cms.papers import closed_collections

KINDS = {"mp4": "video/mp4", "webm": "video/webm", "vtt": "text/vtt; charset=utf-8"}
RANGE = re.compile(r"bytes=(\d{0,15})-(\d{0,15})")
CHUNK = 256 * 1024


@dataclass(frozen=True)
class Film:
    """What a page says about a film before anybody loads it; ``size`` in bytes."""

    url: str
    kind: str
    name: str
    size: int | None


def film_of(document: AbstractDocument | None) -> Film | None:
    """Return a film or subtitles; nothing for other documents and for those that not everybody may open."""
    if document is None or document.file_extension.lower() not in KINDS or closed_collections().touches(document):
        return None
    ending = document.file_extension.lower()
    url = reverse("cms:film", args=[document.pk, PurePath(document.filename).name])
    return Film(url, KINDS[ending].partition(";")[0], ending.upper(), document.get_file_size())


def piece(document: AbstractDocument, wanted: str) -> HttpResponseBase:
    """Return the file, or the piece that the header ``Range`` asks for (206), or 416 for a piece that is not there."""
    size, kind = document.file.size, KINDS[document.file_extension.lower()]
    match = RANGE.fullmatch(wanted.strip())
    if not match or not any(match.groups()):
        answer: HttpResponseBase = FileResponse(document.file.open("rb"), content_type=kind)
        answer["Content-Length"] = str(size)
    elif (bounds := between(match[1], match[2], size)) is None:
        answer = HttpResponse(status=416)
        answer["Content-Range"] = f"bytes */{size}"
    else:
        first, last = bounds
        answer = StreamingHttpResponse(chunks(document.file.open("rb"), first, last), status=206, content_type=kind)
        answer["Content-Range"] = f"bytes {first}-{last}/{size}"
        answer["Content-Length"] = str(last - first + 1)
    answer["Accept-Ranges"] = "bytes"
    return answer


def between(begin: str, end: str, size: int) -> tuple[int, int] | None:
    """Return the first and last byte; nothing when they lie outside the file. ``-500`` means the last 500 bytes."""
    if not begin:
        first, last = max(0, size - int(end)), size - 1
    else:
        first, last = int(begin), min(int(end) if end else size - 1, size - 1)
    return (first, last) if first <= last else None


def chunks(file: Any, first: int, last: int) -> Iterator[bytes]:
    """Read a part of a file bit by bit."""
    with file:
        file.seek(first)
        left = last - first + 1
        while left > 0 and (data := file.read(min(CHUNK, left))):
            left -= len(data)
            yield data
