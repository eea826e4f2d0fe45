"""The frame of every page, and what pages cost."""

import datetime as dt
import json

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from cms.models import CampaignIndexPage, CampaignPage, Picture, PlainPage, StartPage, TownSettings
from ideas.models import Topic
from news.models import ArticleIdea, NewsArticlePage, NewsIndexPage
from tests import factories
from tests.cms.pieces import make_picture


def cost(address: str) -> int:
    """Statements of an anonymous visit, once sizes of pictures and the frame are known."""
    Client().get(address)
    with CaptureQueriesContext(connection) as found:
        assert Client().get(address).status_code == 200
    return len(found)


def fill(start: StartPage, topic: Topic, ideas: int, articles: int) -> NewsArticlePage:
    """Fill the site with campaigns, ideas and articles with pictures."""
    campaigns, news = CampaignIndexPage.objects.get(), NewsIndexPage.objects.get()
    shown = []
    for number in range(3):
        campaign = factories.campaign()
        campaigns.add_child(
            instance=CampaignPage(title=f"Kampagne {number}", campaign=campaign, picture=make_picture())
        )
        shown.append(campaign)
    written = [factories.idea(campaign=shown[number % 3]) for number in range(ideas)]
    for number in range(articles):
        article = NewsArticlePage(
            title=f"Meldung {number}", teaser="Kurz.", topic=topic, picture=make_picture(), campaign=shown[0],
            date=dt.date(2026, 1, 1) + dt.timedelta(days=number), body=json.dumps([{"type": "text", "value": "<p>Text.</p>"}]),
        )  # fmt: skip
        article.idea_links.add(*(ArticleIdea(idea=idea, sort_order=place) for place, idea in enumerate(written[:5])))
        news.add_child(instance=article)
    return article


@pytest.mark.parametrize(("ideas", "articles"), [(3, 4), (40, 30)])
def test_start_page_and_article_take_twelve_statements_however_much_there_is(
    start: StartPage, topic: Topic, ideas: int, articles: int
):
    article = fill(start, topic, ideas, articles)
    statement = {
        "text": "Reden Sie mit.",
        "person": "Annegret Vollmer",
        "office": "Oberbürgermeisterin",
        "portrait": make_picture().pk,
    }
    sections = [*start.sections.get_prep_value(), {"type": "statement", "value": statement}]
    start.refresh_from_db()
    start.sections = json.dumps(sections)
    start.save()
    assert cost("/") <= 12
    assert cost(article.get_absolute_url()) <= 12
    assert cost("/aktuelles/") <= 10
    assert cost("/mitmachen/") <= 10
    assert cost(CampaignPage.objects.first().get_absolute_url()) <= 8


def test_the_editor_keeps_name_contact_and_menus(desk: Client, client: Client, start: StartPage, picture: Picture):
    about = start.add_child(instance=PlainPage(title="Über uns", slug="ueber-uns"))
    address = f"/cms/settings/cms/townsettings/{TownSettings.load().pk}/"
    assert "Voller Name" in desk.get(address).content.decode()
    kept = TownSettings.load()
    kept.name, kept.office, kept.phone = "Lippstadt", "Bürgerbüro", "02999 17-0"
    kept.menu = json.dumps([{"type": "link", "value": {"text": "Wir", "page": about.pk, "url": ""}}])
    kept.legal_links = json.dumps(
        [{"type": "link", "value": {"text": "Impressum", "page": None, "url": "/ueber-uns/"}}]
    )
    kept.save()
    page = client.get("/ueber-uns/").content.decode()
    for words in (
        "Lippstadt",
        "Bürgerbüro",
        'href="tel:0299917-0"',
        '<a href="/ueber-uns/" aria-current="page">Wir</a>',
    ):
        assert words in page, words
    about.unpublish()
    kept.save()
    assert ">Wir</a>" not in client.get("/").content.decode()


def test_the_crest_is_the_one_that_was_chosen(client: Client, start: StartPage, picture: Picture):
    assert "mw-crest__gate" in client.get("/").content.decode()
    kept = TownSettings.load()
    kept.crest = picture
    kept.save()
    page = client.get("/").content.decode()
    assert "mw-crest__gate" not in page
    assert '<img class="mw-crest" src="/medien/images/ufer-' in page


def test_the_footer_links_only_to_legal_pages_that_exist(client: Client, start: StartPage):
    assert 'href="/impressum/"' not in client.get("/").content.decode()
    start.add_child(instance=PlainPage(title="Impressum", slug="impressum"))
    TownSettings.load().save()
    assert 'href="/impressum/"' in client.get("/").content.decode()


def test_the_frame_costs_nothing_once_it_is_known(start: StartPage, client: Client, django_assert_num_queries):
    from cms import frame

    frame.town()
    with django_assert_num_queries(0):
        frame.town()


def test_a_citizen_does_not_get_into_the_cms(client: Client, start: StartPage):
    client.force_login(factories.person())
    assert client.get("/cms/").status_code in (302, 403)
    assert client.get(f"/cms/pages/{start.pk}/edit/").status_code in (302, 403)


def test_the_stamp_of_the_frame_stays_until_the_settings_say_something_else(start: StartPage):
    from cms import frame

    first = frame.town().stamp
    frame.forget()
    assert first
    assert frame.town().stamp == first
    settings = TownSettings.load()
    settings.name = "Anderswo"
    settings.save()
    frame.forget()
    assert frame.town().stamp != first
