"""Files beside ideas, as downloads for those who may see the idea."""

from uuid import UUID

from django.contrib.auth.models import AnonymousUser
from django.http import FileResponse, Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

from ideas.files import MEDIA_TYPES
from ideas.models import Draft, IdeaFile
from ideas.views.drafts import session_keys
from ideas.views.pictures import FOR_ALL, FOR_ONE


@require_safe
def file(request: HttpRequest, key: UUID) -> HttpResponseBase:
    """Serve a file; 404 for those who may not see it."""
    if (found := IdeaFile.objects.visible_to(AnonymousUser()).filter(key=key).first()) is not None:
        return _download(found, FOR_ALL)
    found = IdeaFile.objects.visible_to(request.user).filter(key=key).first() or _in_own_draft(request, key)
    if found is None:
        raise Http404
    return _download(found, FOR_ONE)


def _in_own_draft(request: HttpRequest, key: UUID) -> IdeaFile | None:
    drafts = Draft.objects.filter(key__in=session_keys(request), owner=None)
    return IdeaFile.objects.filter(key=key, pk__in=drafts.values("files")).first()


def _download(found: IdeaFile, caching: str) -> FileResponse:
    try:
        handle = found.file.open("rb")
    except FileNotFoundError as error:
        raise Http404 from error
    response = FileResponse(handle, as_attachment=True, filename=found.name, content_type=MEDIA_TYPES[found.kind])
    response["Cache-Control"] = caching
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["X-Content-Type-Options"] = "nosniff"
    return response
