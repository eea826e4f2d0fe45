"""Films that pages show."""

import hashlib

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.views.decorators.http import condition, require_safe
from wagtail.documents import get_document_model

from cms import films


def mark(request: HttpRequest, pk: int, name: str) -> str | None:
    """Return the mark by which browsers know the file again: a new file has a new name."""
    kept = get_document_model().objects.filter(pk=pk).values_list("file", flat=True).first()
    # A piece is asked for with If-Range; whoever has the wrong file gets the whole one from the view's own answer.
    return f'"{hashlib.sha256(kept.encode()).hexdigest()[:32]}"' if kept and "Range" not in request.headers else None


@require_safe
@condition(etag_func=mark)
def film(request: HttpRequest, pk: int, name: str) -> HttpResponseBase:
    """Hand out a film or its subtitles, whole or in pieces; what not everybody may open is not there."""
    document = get_object_or_404(get_document_model(), pk=pk)
    if films.film_of(document) is None:
        raise Http404
    try:
        answer = films.piece(document, request.headers.get("Range", ""))
    except FileNotFoundError as lost:
        raise Http404 from lost
    answer["Cache-Control"] = "public, max-age=3600"
    answer["X-Content-Type-Options"] = "nosniff"
    return answer
