"""The town's colours as a stylesheet of our own: the content policy allows no style in the page."""

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from cms import colours
from cms.models import TownSettings

YEAR = 365 * 24 * 3600


@require_safe
def town_colours(request: HttpRequest, stamp: str) -> HttpResponse:
    """Hand out the colours; the address changes with them, so browsers may keep them. An old address shows today's."""
    css = colours.stylesheet(TownSettings.objects.first() or TownSettings())
    if not css:
        raise Http404
    now = colours.stamp(css)
    tag = f'"{now}"'
    if request.headers.get("If-None-Match") == tag:
        answer = HttpResponse(status=304)
    else:
        answer = HttpResponse(css, content_type="text/css; charset=utf-8")
    answer["ETag"] = tag
    answer["Cache-Control"] = f"public, max-age={YEAR}, immutable" if stamp == now else "public, max-age=60"
    return answer
