"""Pictures of ideas, for those who may see them."""

from uuid import UUID

from django.contrib.auth.models import AnonymousUser
from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

from ideas.models import Draft, IdeaPicture
from ideas.models.picture import WIDTHS, size_path
from ideas.views.drafts import session_keys

# Whoever has a public picture may keep it; caches between ask again after a minute, so that what is hidden is gone.
FOR_ALL = "public, max-age=31536000, s-maxage=60, immutable"
FOR_ONE = "private, no-store"


@require_safe
def picture(request: HttpRequest, key: UUID, width: int) -> HttpResponseBase:
    """Serve one size of a picture; 404 for those who may not see it."""
    if width not in WIDTHS:
        raise Http404
    if IdeaPicture.objects.visible_to(AnonymousUser()).filter(key=key).exists():
        return _file(key, width, FOR_ALL)
    if IdeaPicture.objects.visible_to(request.user).filter(key=key).exists() or _in_own_draft(request, key):
        return _file(key, width, FOR_ONE)
    raise Http404


def _in_own_draft(request: HttpRequest, key: UUID) -> bool:
    return Draft.objects.filter(key__in=session_keys(request), owner=None, pictures__key=key).exists()


def _file(key: UUID, width: int, caching: str) -> FileResponse:
    try:
        handle = default_storage.open(size_path(key, width))
    except FileNotFoundError as error:
        raise Http404 from error
    response = FileResponse(handle, content_type="image/webp")
    response["Cache-Control"] = caching
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response
