"""Pictures of editors, and the files that machines ask for."""

from datetime import timedelta
from mimetypes import guess_type

from django.core.files.storage import default_storage
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.views.decorators.http import require_safe

from cms import frame, sitemap
from cms.queries import absolute
from cms.queries.picture_use import may_see, use_of
from common.served import served

NOT_FOR_MACHINES = (
    "/cms/",
    "/konto/",
    "/mein/",
    "/suche/",
    "/melden/",
    "/meldung/",
    "/beschwerde/",
    "/ideen/neu/",
    "/sprache/",
)


@require_safe
def picture(request: HttpRequest, name: str) -> HttpResponseBase:
    """Return one size of an editor's picture; the originals lie elsewhere and have no address.

    Names hold the filter and a random part, so a picture that changes gets a new one. A picture that stands in closed
    groups alone does not exist for others, and none does after its last day; so no web server in front may do this.
    """
    use = use_of(f"images/{name}")
    if not use.is_public and not may_see(request.user, use):
        raise Http404
    try:
        handle = default_storage.open(f"images/{name}")
    except OSError as error:
        raise Http404 from error
    kind = guess_type(name)[0] or "application/octet-stream"
    return served(request, handle, name=name, content_type=kind, is_public=use.is_public)


@require_safe
def sitemap_index(request: HttpRequest) -> HttpResponse:
    """Return the list of site maps."""
    return xml(sitemap.index())


@require_safe
def sitemap_pages(request: HttpRequest) -> HttpResponse:
    """Return the site map of the pages."""
    return xml(sitemap.pages())


@require_safe
def sitemap_ideas(request: HttpRequest, number: int) -> HttpResponse:
    """Return one of the site maps of the ideas."""
    found = sitemap.ideas(number)
    if found is None:
        raise Http404
    return xml(found)


def xml(text: str) -> HttpResponse:
    """Return an answer that may be kept for an hour."""
    return HttpResponse(
        text, content_type="application/xml; charset=utf-8", headers={"Cache-Control": "public, max-age=60"}
    )


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Tell search engines what is not for them."""
    lines = [
        "User-agent: *",
        *(f"Disallow: {path}" for path in NOT_FOR_MACHINES),
        f"Sitemap: {absolute('/sitemap.xml')}",
    ]
    return plain(lines)


@require_safe
def security(request: HttpRequest) -> HttpResponse:
    """Tell finders of weaknesses whom to write to (RFC 9116)."""
    mail = frame.town().email
    today = timezone.now().replace(hour=0, minute=0, second=0, microsecond=0)
    return plain(
        [
            f"Contact: {f'mailto:{mail}' if mail else absolute('/impressum/')}",
            f"Expires: {(today + timedelta(days=180)).isoformat().replace('+00:00', 'Z')}",
            "Preferred-Languages: de, en",
            f"Canonical: {absolute('/.well-known/security.txt')}",
        ]
    )


def plain(lines: list[str]) -> HttpResponse:
    """Return lines of text that may be kept for a day."""
    text = "\n".join(lines) + "\n"
    return HttpResponse(
        text, content_type="text/plain; charset=utf-8", headers={"Cache-Control": "public, max-age=86400"}
    )
