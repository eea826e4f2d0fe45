"""An empty installation is a site: start page, campaigns, and what rooms above add (``adds_first_page``)."""

import json
from collections.abc import Callable
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import connection, transaction
from wagtail.models import Collection, Locale, Page, Site

from cms.models import CampaignIndexPage, ContactIndexPage, StartPage

Maker = Callable[[StartPage], None]
_makers: list[Maker] = []
# By what people are going through; editors put their own pages behind it.
SITUATIONS = (
    ("Mit Kindern", "Kita, Spielen, Unterwegs", "Kinder"),
    ("Jung sein", "Schule, Freizeit, Beruf", "Jugend"),
    ("Pflegen und sorgen", "Entlastung und Beratung", "Pflege"),
    ("Älter werden", "Wohnen, Wege, Treffpunkte", "Senioren"),
)
HERO = "Was hilft Ihnen in unserer Stadt?"
HERO_TEXT = "Schreiben Sie es uns. Wir lesen jede Idee, sprechen darüber – und sagen Ihnen, was daraus wird."


def adds_first_page(maker: Maker) -> Maker:
    """Register who adds a page below a new start page."""
    if maker not in _makers:
        _makers.append(maker)
    return maker


def make_first_site(**_kwargs: object) -> None:
    """Replace Wagtail's welcome page by a start page; does nothing where a site stands already.

    Called after every migrate (``post_migrate``), and thereby also after the tables were emptied (tests, ``flush``).
    """
    if not tables_ready():
        return
    make_languages()
    if StartPage.objects.exists():
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


def make_languages() -> None:
    """Make sure of the languages that pages may be written in."""
    for code, _name in settings.WAGTAIL_CONTENT_LANGUAGES:
        Locale.all_objects.get_or_create(language_code=code)


def make_roots() -> None:
    """Make sure of root collection and root page (Wagtail's migrations made them; a flush takes them away)."""
    if not Collection.objects.exists():
        Collection.add_root(name="Root")
    if not Page.objects.exists():
        Page.add_root(title="Root", slug="root")


def first_sections() -> list[dict[str, object]]:
    """Return what a start page begins with: everything that fills itself; only the mayor has to be asked."""
    tiles = [
        {"title": title, "text": words, "picture": None, "page": None, "url": f"/suche/?q={word}"}
        for title, words, word in SITUATIONS
    ]
    return [
        {"type": "mine", "value": {"title": "", "count": 3}},
        {"type": "campaigns", "value": {"title": "", "count": 3}},
        {"type": "situations", "value": {"title": "", "text": "", "tiles": tiles}},
        {"type": "news", "value": {"title": "", "count": 4}},
        {"type": "ideas", "value": {"title": "", "count": 3}},
        {"type": "search", "value": {"title": "", "words": []}},
        {"type": "numbers", "value": {"title": ""}},
    ]


def add_start_page() -> StartPage:
    """Add the start page, make it the root of the default site and take the welcome page away."""
    root = Page.get_first_root_node()
    sections = json.dumps(first_sections())
    welcome = list(Page.objects.filter(depth=2, slug="home", title__startswith="Welcome to your new Wagtail site"))
    start: StartPage = root.add_child(
        instance=StartPage(title="Start", slug="start", hero_title=HERO, hero_text=HERO_TEXT, sections=sections)
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


@adds_first_page
def add_contacts(start: StartPage) -> None:
    """Add /kontakt/: every town can be asked; until contacts are listed the page tells the telephone of the town hall."""
    start.add_child(instance=ContactIndexPage(title="Kontakt", slug="kontakt"))
