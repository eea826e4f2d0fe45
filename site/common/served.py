"""Media as answers: what everybody may see is kept for a minute and asked for again; everything else is kept by nobody.

What is hidden later must not go on lying in caches (integrity, §4): after a minute the browser asks, and gets 304, or 404.
"""

import hashlib
from typing import Any

from django.http import FileResponse, HttpRequest, HttpResponseNotModified
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response

FOR_ALL, FOR_ONE = "public, max-age=60", "private, no-store"
CLOSED = "default-src 'none'; sandbox"


def served(
    request: HttpRequest, handle: Any, *, name: str, content_type: str, is_public: bool, download_as: str = ""
) -> HttpResponseBase:
    """Return an open file, or 304 to whoever has it; ``name`` is the name it is stored under: what changes gets another one.

    ``download_as``: it is offered for download under that name. Whether the person may see it is asked before, each time.
    """
    tag = f'"{hashlib.sha256(f"{name}:{handle.size}".encode()).hexdigest()[:32]}"'
    if is_public and get_conditional_response(request, etag=tag) is not None:
        handle.close()
        answer: HttpResponseBase = HttpResponseNotModified()
    else:
        answer = FileResponse(handle, content_type=content_type, as_attachment=bool(download_as), filename=download_as)
        answer["X-Content-Type-Options"] = "nosniff"
        answer["Content-Security-Policy"] = CLOSED
    answer["Cache-Control"] = FOR_ALL if is_public else FOR_ONE
    if is_public:
        answer["ETag"] = tag
    return answer
