"""Site maps for search engines: public pages and listed ideas, nothing else."""

import datetime as dt
from collections.abc import Iterable
from math import ceil

from django.utils.html import escape
from wagtail.models import Page

from cms.models import CampaignPage, ChapterPage, open_to_all
from cms.models.pages import address
from cms.queries import absolute
from cms.queries.reports import public_chapters
from ideas.models import Idea

SIZE = 5_000
NAMESPACE = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
HEAD = '<?xml version="1.0" encoding="UTF-8"?>'


def index() -> str:
    """Return the list of site maps: one of pages, as many of ideas as are needed."""
    count = ceil(Idea.objects.listed().count() / SIZE)
    paths = ["/sitemap-seiten.xml", *(f"/sitemap-ideen-{number}.xml" for number in range(1, count + 1))]
    entries = "".join(f"<sitemap><loc>{escape(absolute(path))}</loc></sitemap>" for path in paths)
    return f"{HEAD}<sitemapindex {NAMESPACE}>{entries}</sitemapindex>"


def pages() -> str:
    """Return the site map of all public pages."""
    closed = CampaignPage.objects.filter(campaign__is_public=False).values("pk")
    found = open_to_all(Page.objects.filter(depth__gt=1)).exclude(pk__in=closed)
    found = found.exclude(
        pk__in=ChapterPage.objects.exclude(pk__in=public_chapters().order_by().values("pk")).values("pk")
    )
    found = found.only("url_path", "last_published_at").order_by("path")
    return urlset((address(page), page.last_published_at) for page in found)


def ideas(number: int) -> str | None:
    """Return one part of the listed ideas; nothing beyond the end."""
    if not 1 <= number <= 10_000:
        return None
    first = (number - 1) * SIZE
    found = list(Idea.objects.listed().only("slug", "published_at").order_by("pk")[first : first + SIZE])
    return urlset((idea.get_absolute_url(), idea.published_at) for idea in found) if found else None


def urlset(entries: Iterable[tuple[str, dt.datetime | None]]) -> str:
    """Return a site map of paths with the day of their last change."""
    lines = (
        f"<url><loc>{escape(absolute(path))}</loc>{f'<lastmod>{changed.date().isoformat()}</lastmod>' if changed else ''}</url>"
        for path, changed in entries
    )
    return f"{HEAD}<urlset {NAMESPACE}>{''.join(lines)}</urlset>"
