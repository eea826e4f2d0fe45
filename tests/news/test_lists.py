"""The list of news and its feed."""

import datetime as dt
import re
from xml.etree import ElementTree

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils import translation
from wagtail.models import Locale, PageViewRestriction

from cms.models import Picture
from ideas.models import District, Topic
from news.models import NewsArticlePage, NewsIndexPage

ATOM = "{http://www.w3.org/2005/Atom}"


def article(news: NewsIndexPage, number: int, topic: Topic, **fields: object) -> NewsArticlePage:
    values = {
        "title": f"Meldung {number:02}",
        "teaser": "Zwei Sätze. Mehr nicht.",
        "date": dt.date(2026, 1, 1) + dt.timedelta(days=number),
    }
    made = news.add_child(instance=NewsArticlePage(topic=topic, **values | fields))
    news.refresh_from_db()
    return made


@pytest.fixture
def many(news: NewsIndexPage, topic: Topic) -> NewsIndexPage:
    other = Topic.objects.create(name="Mobilität", slug="mobil")
    for number in range(1, 16):
        article(news, number, topic if number % 3 else other)
    return news


def test_the_newest_stand_first_and_the_rest_is_one_link_away(client: Client, many: NewsIndexPage):
    first = client.get("/aktuelles/").content.decode()
    assert first.index("Meldung 15") < first.index("Meldung 14")
    assert "Meldung 03" not in first
    assert 'href="/aktuelles/?seite=2" rel="next"' in first
    second = client.get("/aktuelles/?seite=2").content.decode()
    assert "Meldung 03" in second
    assert "Meldung 04" not in second
    assert 'href="/aktuelles/" rel="prev"' in second


def test_a_topic_shows_only_its_articles(client: Client, many: NewsIndexPage):
    page = client.get("/aktuelles/?thema=mobil").content.decode()
    assert "Aktuelles: Mobilität" in page
    assert "Meldung 15" in page
    assert "Meldung 14" not in page


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("seite=0", 400), ("seite=x", 400), ("seite=-1", 400), ("seite=99999999999999999999", 400), ("seite=²", 400),
        ("seite=50", 404), ("thema=gibtsnicht", 400), ("thema=%00", 400), ("thema=%ff", 400), ("jahr=26", 400),
        ("jahr=zweitausend", 400), ("jahr=-2026", 400), ("jahr=99999999999", 400), ("stadtteil=gibtsnicht", 400),
        ("stadtteil=mobil", 400), ("thema=mobil&seite=9", 404), ("utm_source=brief", 200), ("thema=&jahr=&seite=", 200),
    ],
)  # fmt: skip
def test_wrong_addresses_are_refused(client: Client, many: NewsIndexPage, query: str, status: int):
    assert client.get(f"/aktuelles/?{query}").status_code == status


def test_a_refused_address_shows_the_usual_page_with_a_way_on(client: Client, many: NewsIndexPage):
    page = client.get("/aktuelles/?thema=gibtsnicht").content.decode()
    assert "Das haben wir nicht verstanden" in page
    assert 'href="/aktuelles/"' in page


def test_topic_district_and_year_are_chosen_together_by_addresses_that_stay(
    client: Client, many: NewsIndexPage, topic: Topic, district: District
):
    article(many, 30, topic, title="Brunnen", district=district, date=dt.date(2025, 5, 1))
    page = client.get("/aktuelles/?thema=spiel&stadtteil=uferstadt&jahr=2025").content.decode()
    assert "Aktuelles: Spiel und Freizeit, Uferstadt, 2025" in page
    assert re.findall(r"<h2><a href=[^>]*>([^<]*)", page) == ["Brunnen"]
    # Each choice keeps the others; taking one back does too.
    assert 'href="/aktuelles/?stadtteil=uferstadt&amp;jahr=2025">Alle Themen' in page
    assert 'href="/aktuelles/?thema=spiel&amp;stadtteil=uferstadt&amp;jahr=2026"' in page
    assert 'href="/aktuelles/?thema=spiel&amp;jahr=2025">Ganze Stadt' in page
    paged = client.get("/aktuelles/?jahr=2026&seite=2").content.decode()
    assert 'href="/aktuelles/?jahr=2026" rel="prev"' in paged


def test_a_choice_without_news_says_so_and_leads_back(client: Client, many: NewsIndexPage, district: District):
    answer = client.get("/aktuelles/?thema=mobil&stadtteil=uferstadt&jahr=1999")
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "Keine Nachrichten zu dieser Auswahl" in page
    assert "Alle Nachrichten" in page


def test_an_article_in_two_languages_is_told_once_and_the_choices_stay_in_the_language(
    client: Client, many: NewsIndexPage
):
    english = Locale.objects.get_or_create(language_code="en")[0]
    for page in (many.get_parent().specific, many, NewsArticlePage.objects.get(title="Meldung 15")):
        copy = page.copy_for_translation(english)
        copy.title = page.title if page.title != "Meldung 15" else "Message 15"
        copy.save_revision().publish()
    assert client.get("/en/aktuelles/meldung-15/").status_code == 200
    for address in ("/aktuelles/", "/aktuelles/feed/"):
        page = client.get(address).content.decode()
        assert page.count(">Meldung 15<") == 1, address
        assert "Message 15" not in page, address
    there = client.get("/en/aktuelles/").content.decode()
    assert 'href="/en/aktuelles/?thema=mobil"' in there
    assert 'href="/en/aktuelles/?seite=2" rel="next"' in there
    translation.activate("de")  # the address spoke English


def test_what_is_no_news_to_everybody_makes_no_choice(client: Client, many: NewsIndexPage, district: District):
    hidden = article(many, 40, Topic.objects.get(slug="spiel"), district=district, date=dt.date(2019, 1, 1))
    years = re.compile(r'<a [^>]*href="/aktuelles/\?jahr=(\d+)"')
    assert set(years.findall(client.get("/aktuelles/").content.decode())) == {"2026", "2019"}
    hidden.unpublish()
    page = client.get("/aktuelles/").content.decode()
    assert set(years.findall(page)) <= {"2026"}
    assert "Uferstadt" not in page


def test_the_list_costs_few_statements(
    client: Client, many: NewsIndexPage, picture: Picture, django_assert_max_num_queries
):
    NewsArticlePage.objects.update(picture=picture)
    for path in ("/aktuelles/", "/aktuelles/meldung-03/"):
        client.get(path)
    with django_assert_max_num_queries(12):
        assert client.get("/aktuelles/").status_code == 200
    with django_assert_max_num_queries(12):
        assert client.get("/aktuelles/?thema=mobil&jahr=2026").status_code == 200
    with django_assert_max_num_queries(12):
        assert client.get("/aktuelles/meldung-03/").status_code == 200


@pytest.mark.parametrize("slug", ["feed", "newsletter"])
def test_an_article_cannot_take_the_address_of_something_else(news: NewsIndexPage, topic: Topic, slug: str):
    with pytest.raises(ValidationError, match="gehört zu einem anderen Teil"):
        article(news, 1, topic, slug=slug)


def test_a_topic_has_a_feed_of_its_own(client: Client, many: NewsIndexPage, settings):
    answer = client.get("/aktuelles/feed/mobil/")
    feed = ElementTree.fromstring(answer.content)
    assert [one.findtext(ATOM + "title") for one in feed.findall(ATOM + "entry")] == [
        "Meldung 15", "Meldung 12", "Meldung 09", "Meldung 06", "Meldung 03",
    ]  # fmt: skip
    assert feed.findtext(ATOM + "title").endswith(": Mobilität")
    assert feed.findtext(ATOM + "id") == f"{settings.SITE_URL}/aktuelles/feed/mobil/"
    assert 'href="/aktuelles/feed/mobil/"' in client.get("/aktuelles/?thema=mobil").content.decode()
    assert client.get("/aktuelles/feed/gibtsnicht/").status_code == 404


def test_the_feed_can_be_read_and_leads_home(client: Client, many: NewsIndexPage, settings):
    answer = client.get("/aktuelles/feed/")
    assert answer["Content-Type"].startswith("application/atom+xml")
    feed = ElementTree.fromstring(answer.content)
    for name in ("id", "title", "updated", "author"):
        assert feed.find(ATOM + name) is not None, name
    entries = feed.findall(ATOM + "entry")
    assert len(entries) == 15
    assert entries[0].findtext(ATOM + "title") == "Meldung 15"
    ids = [entry.findtext(ATOM + "id") for entry in entries]
    assert len(set(ids)) == 15
    assert all(one.startswith(f"{settings.SITE_URL}/aktuelles/") for one in ids)
    assert all(entry.find(ATOM + "updated") is not None and entry.find(ATOM + "link").get("href") for entry in entries)


def test_an_empty_feed_is_a_feed(client: Client, news: NewsIndexPage):
    assert ElementTree.fromstring(client.get("/aktuelles/feed/").content).findall(ATOM + "entry") == []


def test_a_closed_article_is_in_no_list(client: Client, many: NewsIndexPage):
    closed = NewsArticlePage.objects.get(title="Meldung 15")
    PageViewRestriction.objects.create(page=closed, restriction_type=PageViewRestriction.PASSWORD, password="geheim")
    for address in ("/", "/aktuelles/", "/aktuelles/feed/", "/sitemap-seiten.xml"):
        assert "meldung-15" not in client.get(address).content.decode(), address
    asked = client.get(closed.get_absolute_url()).content.decode()
    assert "Diese Seite hat ein Passwort" in asked
    assert "Zwei Sätze" not in asked


def test_a_topic_that_is_used_cannot_be_deleted(many: NewsIndexPage, topic: Topic):
    from django.db.models import ProtectedError

    with pytest.raises(ProtectedError):
        topic.delete()


def test_a_deleted_picture_leaves_the_article(client: Client, news: NewsIndexPage, topic: Topic, picture: Picture):
    made = article(news, 1, topic, picture=picture)
    picture.delete()
    assert client.get(made.get_absolute_url()).status_code == 200
