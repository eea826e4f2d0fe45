"""The start page: what it begins with, and that editors put its parts where they like."""

import json
import re

from django.test import Client

from cms.models import CampaignIndexPage, CampaignPage, Picture, StartPage
from ideas.models import Topic
from news.models import NewsArticlePage, NewsIndexPage
from tests import factories
from tests.cms.pieces import make_picture

STATEMENT = {"text": "Reden Sie mit.", "person": "Annegret Vollmer", "office": "Oberbürgermeisterin"}


def arrange(start: StartPage, *parts: tuple[str, dict[str, object]]) -> None:
    start.sections = json.dumps([{"type": name, "value": value} for name, value in parts])
    start.save_revision().publish()


def test_a_new_town_begins_with_everything_that_fills_itself(client: Client, start: StartPage):
    factories.idea(title="Sonnensegel")
    page = client.get("/").content.decode()
    for words in (
        "Idee einreichen", "Das läuft gerade", "Wo stehen Sie gerade?", "Mit Kindern", "Jung sein", "Pflegen und sorgen",
        "Älter werden", "Aktuelles", "Ideen aus der Stadt", "Sonnensegel", "Wonach suchen Sie?", "So weit sind wir",
    ):  # fmt: skip
        assert words in page, words
    for address in re.findall(r'href="(/suche/\?q=[^"]+)"', page):
        assert client.get(address).status_code == 200


def test_parts_stand_where_the_editor_puts_them(client: Client, start: StartPage, picture: Picture):
    statement = ("statement", STATEMENT | {"portrait": picture.pk})
    search = ("search", {"title": "Finden", "words": ["Spielplatz", "Müll & Co"]})
    for parts in ((statement, search), (search, statement)):
        arrange(start, *parts)
        page = client.get("/").content.decode()
        places = {"statement": page.index("„Reden Sie mit.“"), "search": page.index("Finden")}
        assert sorted(places, key=places.__getitem__) == [name for name, _value in parts]
    assert 'href="/suche/?q=M%C3%BCll%20%26%20Co"' in page
    for words in ("Annegret Vollmer", "Oberbürgermeisterin", "Illustration: Mara Lindner"):
        assert words in page, words


def test_own_ideas_stand_there_with_their_state_for_their_author_alone(client: Client, start: StartPage):
    author = factories.person()
    waiting = factories.idea(author=author, title="Wartet noch", state="waiting")
    shown = factories.idea(author=author, title="Steht schon da")
    client.force_login(author)
    page = client.get("/").content.decode()
    part = page[page.index("Meine Ideen") : page.index("Das läuft gerade")]
    assert (waiting.title in part, shown.title in part) == (True, True)
    assert "Wartet auf Prüfung" in part
    other = Client()
    other.force_login(factories.person())
    page = other.get("/").content.decode()
    assert waiting.title not in page
    assert "Sie haben noch nichts vorgeschlagen" in page


def test_a_start_page_with_everything_on_it_takes_twelve_statements(
    client: Client, start: StartPage, topic: Topic, django_assert_max_num_queries
):
    start.hero_picture = make_picture("Oben")
    tiles = [
        {
            "title": f"Lage {number}",
            "text": "",
            "url": "/ideen/",
            "page": None,
            "picture": make_picture(f"Lage {number}").pk,
        }
        for number in range(6)
    ]
    for number in range(3):
        campaign = factories.campaign(title=f"Kampagne {number}")
        factories.idea(campaign=campaign)
        page = CampaignPage(title=f"Kampagne {number}", campaign=campaign, picture=make_picture())
        CampaignIndexPage.objects.get().add_child(instance=page)
        news = NewsArticlePage(
            title=f"Meldung {number}", teaser="Kurz.", topic=topic, picture=make_picture(), campaign=campaign
        )
        NewsIndexPage.objects.get().add_child(instance=news)
    start.refresh_from_db(fields=["numchild"])
    arrange(
        start,
        *((name, {"title": "", "count": 3}) for name in ("mine", "campaigns", "news", "ideas")),
        ("statement", STATEMENT | {"portrait": make_picture("Porträt").pk}),
        ("situations", {"title": "", "text": "", "tiles": tiles}),
        ("search", {"title": "", "words": ["Spielplatz"]}),
        ("numbers", {"title": ""}),
    )
    client.get("/")
    with django_assert_max_num_queries(12):
        assert client.get("/").status_code == 200


def test_own_ideas_cost_strangers_nothing(client: Client, start: StartPage, django_assert_max_num_queries):
    arrange(start, ("mine", {"title": "", "count": 3}), ("search", {"title": "", "words": []}))
    client.get("/")
    with django_assert_max_num_queries(4):
        client.get("/")
