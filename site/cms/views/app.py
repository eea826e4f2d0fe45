"""What makes the site an app that can be installed, and the pictures the site draws itself."""

from django.core.cache import caches
from django.core.files.base import ContentFile
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.http.response import HttpResponseBase
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from wagtail.models import Page

from cms import drawn, frame, symbol
from cms.kept_files import kept
from cms.models import CampaignPage, open_to_all
from common.served import served
from ideas.models import Idea
from theme.town import Town

KEPT_SECONDS = 600


@require_safe
def manifest(request: HttpRequest) -> HttpResponse:
    """Describe the app: name and colours of the town, its symbol in all sizes, ways to what people do most."""
    town = frame.town()
    about = {
        "id": "/",
        "name": f"{town.full_name} {town.claim}".strip(),
        "short_name": str(town.name)[:12],
        "description": _("News, campaigns and ideas from %(town)s: read, propose, discuss, support.")
        % {"town": town.full_name},
        "lang": get_language(),
        "dir": "ltr",
        "start_url": "/",
        "scope": "/",
        "display": "standalone",
        "background_color": "#ffffff",
        "theme_color": town.colour,
        "categories": ["government", "social"],
        "icons": icons(town),
        "shortcuts": shortcuts(town),
    }
    answer = JsonResponse(about, content_type="application/manifest+json", json_dumps_params={"ensure_ascii": False})
    answer["Cache-Control"] = "public, max-age=600"
    return answer


def icons(town: Town) -> list[dict[str, str]]:
    """Return the symbol in all sizes, by itself and for masks."""
    alone = [(size, False) for size in symbol.SIZES]
    full = [(size, True) for size in symbol.FULL]
    return [
        {
            "src": town.icon(size, maskable=masked),
            "sizes": f"{size}x{size}",
            "type": "image/png",
            "purpose": "maskable" if masked else "any",
        }
        for size, masked in (*alone, *full)
    ]


def shortcuts(town: Town) -> list[dict[str, object]]:
    """Return what people do most, as home screens offer it on a long touch."""
    icon = {"src": town.icon(96), "sizes": "96x96", "type": "image/png"}
    found = (
        (_("Propose an idea"), "/ideen/neu/"),
        (_("My area"), "/mein/"),
        (_("News"), "/aktuelles/"),
        (_("Search"), "/suche/"),
    )
    return [{"name": words, "url": url, "icons": [icon]} for words, url in found]


@require_safe
def town_symbol(request: HttpRequest, stamp: str, size: int, masked: str = "") -> HttpResponseBase:
    """Return the town's symbol in one size; an old stamp leads to the symbol of now."""
    if size not in (symbol.FULL if masked else symbol.SIZES):
        raise Http404
    town = frame.town()
    if stamp != town.symbol:
        return HttpResponseRedirect(town.icon(size, maskable=bool(masked)))
    handle = kept("symbol", f"{size}{masked}", stamp, lambda: symbol.square(size, maskable=bool(masked)))
    return drawing(request, handle, f"{stamp}-{size}{masked}")


@require_safe
def favicon(request: HttpRequest) -> HttpResponse:
    """Lead programs that ask for nothing else to the symbol in small."""
    answer = HttpResponseRedirect(frame.town().icon(48))
    answer["Cache-Control"] = "public, max-age=3600"
    return answer


@require_safe
def share_picture(request: HttpRequest, pk: int, stamp: str) -> HttpResponseBase:
    """Return the picture drawn for a page that everybody may open; an old stamp leads to the picture of now."""
    closed = CampaignPage.objects.filter(campaign__is_public=False).values("pk")
    page = open_to_all(Page.objects.filter(pk=pk, depth__gt=1)).exclude(pk__in=closed).specific().first()
    if page is None or not hasattr(page, "share_title"):
        raise Http404
    if stamp != drawn.stamp(page.share_title):
        return HttpResponseRedirect(drawn.address(page))
    handle = kept("vorschau", str(pk), stamp, lambda: drawn.draw(page.share_title, frame.town()))
    return drawing(request, handle, f"{pk}-{stamp}")


@require_safe
def idea_picture(request: HttpRequest, pk: int, stamp: str) -> HttpResponseBase:
    """Return the picture drawn for an idea that stands in public lists; an old stamp leads to the picture of now.

    It is drawn afresh and kept for minutes in memory only: no file is left of an idea that is hidden or taken back.
    """
    idea = Idea.objects.listed().filter(pk=pk).select_related("campaign").only("title", "campaign__title").first()
    if idea is None:
        raise Http404
    town, above = frame.town(), idea.campaign.title
    if stamp != drawn.stamp(idea.title, above):
        return HttpResponseRedirect(drawn.idea_address(idea))
    key = f"drawn-idea:{pk}:{stamp}"
    data = caches["fast"].get_or_set(key, lambda: drawn.draw(idea.title, town, above), KEPT_SECONDS)
    return drawing(request, ContentFile(data or b""), f"idee-{pk}-{stamp}")


def drawing(request: HttpRequest, handle: object, name: str) -> HttpResponseBase:
    """Return a drawn file; after a minute browsers ask again and get 304, or 404 when its page was closed."""
    return served(request, handle, name=f"{name}.png", content_type="image/png", is_public=True)
