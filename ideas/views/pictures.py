"""Pictures of ideas, for those who may see them."""

from uuid import UUID

from django.contrib.auth.models import AnonymousUser
from django.core.files.storage import default_storage
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

from common.served import served
from ideas.models import Draft, IdeaPicture
from ideas.models.picture import WIDTHS, size_path
from ideas.views.drafts import session_keys


@require_safe
def picture(request: HttpRequest, key: UUID, width: int) -> HttpResponseBase:
    """Serve one size of a picture; 404 for those who may not see it."""
    if width not in WIDTHS:
        raise Http404
    if IdeaPicture.objects.visible_to(AnonymousUser()).filter(key=key).exists():
        return _file(request, key, width, is_public=True)
    if IdeaPicture.objects.visible_to(request.user).filter(key=key).exists() or _in_own_draft(request, key):
        return _file(request, key, width, is_public=False)
    raise Http404


def _in_own_draft(request: HttpRequest, key: UUID) -> bool:
    return Draft.objects.filter(key__in=session_keys(request), owner=None, pictures__key=key).exists()


def _file(request: HttpRequest, key: UUID, width: int, *, is_public: bool) -> HttpResponseBase:
    name = size_path(key, width)
    try:
        handle = default_storage.open(name)
    except FileNotFoundError as error:
        raise Http404 from error
    return served(request, handle, name=name, content_type="image/webp", is_public=is_public)
