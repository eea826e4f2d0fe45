"""Files beside ideas, as downloads for those who may see the idea."""

from uuid import UUID

from django.contrib.auth.models import AnonymousUser
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

from common.served import served
from ideas.files import MEDIA_TYPES
from ideas.models import Draft, IdeaFile
from ideas.views.drafts import session_keys


@require_safe
def file(request: HttpRequest, key: UUID) -> HttpResponseBase:
    """Serve a file; 404 for those who may not see it."""
    if (found := IdeaFile.objects.visible_to(AnonymousUser()).filter(key=key).first()) is not None:
        return _download(request, found, is_public=True)
    found = IdeaFile.objects.visible_to(request.user).filter(key=key).first() or _in_own_draft(request, key)
    if found is None:
        raise Http404
    return _download(request, found, is_public=False)


def _in_own_draft(request: HttpRequest, key: UUID) -> IdeaFile | None:
    drafts = Draft.objects.filter(key__in=session_keys(request), owner=None)
    return IdeaFile.objects.filter(key=key, pk__in=drafts.values("files")).first()


def _download(request: HttpRequest, found: IdeaFile, *, is_public: bool) -> HttpResponseBase:
    try:
        handle = found.file.open("rb")
    except FileNotFoundError as error:
        raise Http404 from error
    return served(
        request, handle, name=str(found.file.name), content_type=MEDIA_TYPES[found.kind], is_public=is_public,
        download_as=found.name,
    )  # fmt: skip
