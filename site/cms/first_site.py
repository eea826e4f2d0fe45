"""An empty installation is a site: start page, campaigns, and what rooms above add (``adds_first_page``)."""

from collections.abc import Callable
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import connection, transaction
from wagtail.models import Collection, Locale, Page, Site

from cms.models import CampaignIndexPage, StartPage

Maker = Callable[[StartPage], None]
_makers: list[Maker] = []
HERO = "Was hilft Ihnen in unserer Stadt?"
HERO_TEXT = "Schreiben Sie es uns. Wir lesen jede Idee, sprechen darüber – und sagen Ihnen, was daraus wird."


def adds_first_page(maker: Maker) -> Maker:
    """Register who adds a page below a new start page."""
    if maker not in _makers:
        _makers.append(maker)
    return maker


def make_first_site(**_kwargs: object) -> None:
    """Replace Wagtail's welcome page by a start page; does nothing where a site stands already.

    Called after every migrate, and thereby also after the tables were emptied (tests, ``flush``).
    """
    if not tables_ready() or StartPage.objects.exists():
        return
    ContentType.objects.clear_cache()  # emptied tables number their kinds anew
    with transaction.atomic():
        make_roots()
        start = add_start_page()
        for maker in _makers:
            maker(start)


def tables_ready() -> bool:
    """Tell whether all migrations ran, not only those up to a named one."""
    names = set(connection.introspection.table_names())
    needed = {"cms_startpage", "news_newsindexpage", "wagtailcore_page", "wagtailcore_referenceindex", "django_cache"}
    return needed <= names


def make_roots() -> None:
    """Make sure of language, root collection and root page (Wagtail's migrations made them; a flush takes them away)."""
    Locale.objects.get_or_create(language_code=settings.LANGUAGE_CODE)
    if not Collection.objects.exists():
        Collection.add_root(name="Root")
    if not Page.objects.exists():
        Page.add_root(title="Root", slug="root")


def add_start_page() -> StartPage:
    """Add the start page, make it the root of the default site and take the welcome page away."""
    root = Page.get_first_root_node()
    welcome = list(Page.objects.filter(depth=2, slug="home", title__startswith="Welcome to your new Wagtail site"))
    start: StartPage = root.add_child(
        instance=StartPage(title="Start", slug="start", hero_title=HERO, hero_text=HERO_TEXT)
    )
    site = Site.objects.filter(is_default_site=True).first() or Site(is_default_site=True)
    home = urlsplit(settings.SITE_URL)
    site.root_page, site.site_name = start, site.site_name or "Mitwirk"
    site.hostname, site.port = home.hostname or "localhost", home.port or (443 if home.scheme == "https" else 80)
    site.save()
    for page in welcome:
        page.refresh_from_db()
        page.delete()
    start.refresh_from_db()
    return start


@adds_first_page
def add_campaign_index(start: StartPage) -> None:
    """Add /mitmachen/."""
    start.add_child(instance=CampaignIndexPage(title="Mitmachen", slug="mitmachen", show_in_menus=True))
