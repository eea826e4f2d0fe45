"""The pages of a town, whole, on the narrowest screen (which is 400 % on a desk): light, dark, paper, without a script, no dead link."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import axe, look, sideways
from tests.served import Town, served

pytestmark = pytest.mark.browser
NARROW = 320
PAGES = {
    "start": "/",
    "aktuelles": "/aktuelles/",
    "artikel": "/aktuelles/licht-am-ufer/",
    "mitmachen": "/mitmachen/",
    "kampagne": "/mitmachen/schulwege/",
    "ziele": "/ziele/",
    "ziel": "/ziele/mobilitaet/",
    "text": "/so-funktioniert-es/",
    "english": "/en/",
    "english-fehlt": "/en/ziele/",
}
FILL = """
import datetime as dt, json
from cms.models import (
    CampaignIndexPage, CampaignPage, GoalIndexPage, GoalPage, Indicator, IndicatorValue, Measure, PlainPage, StartPage, TownSettings,
)
from ideas.models import District, Goal, Phase, Topic
from news.models import ArticleIdea, NewsArticlePage, NewsIndexPage
from tests import factories
from tests.cms.pieces import make_picture

stream = lambda *parts: json.dumps([{"type": name, "value": value} for name, value in parts])
town = TownSettings.load()
town.menu = stream(("link", {"text": "Ziele", "text_en": "Goals", "page": None, "url": "/ziele/"}))
town.save()
topic = Topic.objects.create(name="Bildung und Betreuung", slug="bildung")
shore = District.objects.create(name="Uferstadt", slug="uferstadt")
goal = Goal.objects.create(name="Mobilität", slug="mobilitaet", position=1)
campaign = factories.campaign(title="Sicher zu Fuß zur Schule", slug="schulwege", support_limit=3)
Phase.objects.filter(campaign=campaign).update(allows_ideas=False)
ideas = [
    factories.idea(campaign=campaign, title="Verkehrsberuhigungsmaßnahmen an der Feldstraße", topic=topic, district=shore, goal=goal),
    factories.idea(campaign=campaign, title="Laufbus: Zu Fuß im Gänsemarsch", progress="done", goal=goal),
]
CampaignIndexPage.objects.get().add_child(
    instance=CampaignPage(title=campaign.title, campaign=campaign, picture=make_picture(), stake="280.000 Euro")
)
news = NewsIndexPage.objects.get()
for number, slug in enumerate(("tisch-auf-dem-markt", "wartehaus", "licht-am-ufer")):
    news.refresh_from_db()
    article = news.add_child(instance=NewsArticlePage(
        title=f"Jugendberufsagentur und Licht am Ufer {number}", slug=slug, teaser="Zwei Winter lang getestet.", topic=topic,
        district=shore, picture=make_picture(), campaign=campaign, date=dt.date(2026, 1, 2) + dt.timedelta(days=number),
        body=stream(("text", "<p>Wer abends am Ufer joggt, schiebt eine Welle aus Licht vor sich her.</p>")),
    ))
ArticleIdea.objects.create(page=article, idea=ideas[0])
Measure.objects.create(goal=goal, title="Vierzig Bordsteine absenken", state="running", percent=67, text="27 sind fertig.")
Measure.objects.create(goal=goal, title="Schulstraßen zur Bring- und Holzeit", state="done", percent=100, ends_on=dt.date(2026, 1, 9))
series = Indicator.objects.create(name="Grundschulkinder, die zu Fuß kommen", slug="zu-fuss", unit="Prozent", source="Zählung", goal=goal)
for year, value in ((2019, 58), (2021, 55), (2025, 68)):
    IndicatorValue.objects.create(indicator=series, year=year, value=value)
start = StartPage.objects.order_by("pk").first()
start.add_child(instance=PlainPage(title="So funktioniert es", slug="so-funktioniert-es", lead="Fünf Schritte.", body=stream(
    ("heading", {"text": "Was danach geschieht", "level": "2"}),
    ("quote", {"text": "Es war so lange wie ein Lied.", "person": "Klassenrat der 4b", "role": ""}),
    ("accordion", {"entries": [{"title": "Und wenn meine Straße nicht dabei ist?", "text": "<p>Dann schreiben Sie.</p>"}]}),
)))
start.refresh_from_db()
index = start.add_child(instance=GoalIndexPage(title="Zielsetzung", lead="Acht Felder.", picture=make_picture()))
index.add_child(instance=GoalPage(title="Mobilität", slug="mobilitaet", goal=goal, lead="Alle kommen sicher an."))
start.refresh_from_db()
tile = {"text": "Kita, Spielen, Unterwegs", "url": "/ideen/", "page": None}
tiles = [tile | {"title": f"Familie und Beruf {number}", "picture": make_picture().pk} for number in range(3)]
words = {"text": "Reden Sie mit.", "person": "Annegret Vollmer", "office": "Oberbürgermeisterin", "portrait": make_picture().pk}
start.sections = stream(
    ("campaigns", {"title": "", "count": 3}),
    ("statement", words),
    ("situations", {"title": "", "text": "", "tiles": tiles}),
    *((name, {"title": "", "count": 3}) for name in ("news", "ideas")),
    ("search", {"title": "", "words": ["Spielplatz"]}),
    ("numbers", {"title": ""}),
)
start.save_revision().publish()
print("ready")
"""


@pytest.fixture(scope="module")
def town() -> Iterator[Town]:
    """A small town with each kind of page that has no browser test of its own."""
    with served("sqlite") as made:
        assert "ready" in made.python(FILL)
        yield made


def test_every_kind_of_page_is_clean_on_the_narrowest_screen_by_day_and_by_night(
    town: Town, open_page: Callable[..., Page]
) -> None:
    page = open_page("about:blank", width=NARROW)
    faults: list[str] = []
    targets: set[str] = set()
    for name, path in PAGES.items():
        answer = page.goto(town.url + path)
        assert answer, path
        assert answer.status == 200, path
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
            faults += [f"{path} {scheme}: {fault}" for fault in axe(page)]
            look(page, f"{name}-{scheme}")
        faults += [f"{path}: {over} px wider than {width}" for width, over in sideways(page, (NARROW,)).items()]
        faults += [f"{path}: {src} says nothing" for src in page.evaluate(WORDLESS)]
        targets |= set(page.evaluate(TARGETS))
        page.emulate_media(color_scheme="light")
    assert faults == []
    dead = [target for target in sorted(targets) if page.request.get(town.url + target).status >= 400]
    assert dead == []


# Pictures have words, or are told to be decoration by an empty alt; without the attribute machines read out the file's name.
WORDLESS = "[...document.images].filter(one => !one.hasAttribute('alt')).map(one => one.src)"
TARGETS = """
[...document.querySelectorAll("a[href]")].filter(one => one.origin === location.origin && !/logout/.test(one.pathname))
  .map(one => one.pathname + one.search)
"""


def test_without_a_script_the_pages_can_be_read_and_the_menu_reached(
    town: Town, open_page: Callable[..., Page]
) -> None:
    page = open_page(town.url, width=NARROW, script=False)
    page.locator(".mw-menu summary").click()
    page.locator(".mw-menu__box").get_by_role("link", name="Ziele").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Zielsetzung")
    page.get_by_role("link", name="Mobilität").first.click()
    expect(page.get_by_text("67 Prozent geschafft")).to_be_visible()
    page.get_by_text("Die Zahlen als Tabelle").click()
    expect(page.get_by_role("cell", name="68")).to_be_visible()
    page.goto(f"{town.url}/mitmachen/schulwege/")
    page.get_by_role("link", name="Ideen unterstützen").click()
    expect(page.locator("#ideen")).to_be_in_viewport()


def test_on_paper_there_is_the_text_without_menus(town: Town, open_page: Callable[..., Page]) -> None:
    page = open_page("about:blank", width=794)  # A4
    page.emulate_media(media="print")
    for path in ("/", "/aktuelles/licht-am-ufer/", "/ziele/"):
        page.goto(town.url + path)
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        expect(page.locator(".mw-header")).to_be_hidden()
        expect(page.locator(".mw-footer")).to_be_hidden()
        assert sideways(page, (794,)) == {}, path


def test_the_english_pages_have_an_english_menu_and_say_what_is_german(town: Town, page: Page) -> None:
    page.goto(f"{town.url}/en/")
    page.locator(".mw-nav").get_by_role("link", name="Goals").click()
    expect(page.get_by_text("This page does not exist in English yet.")).to_be_visible()
    assert page.locator("main").get_attribute("lang") == "de" or page.locator("main [lang=de]").count()
