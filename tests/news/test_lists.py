"""The list of news and its feed."""

import datetime as dt
from xml.etree import ElementTree

import pytest
from django.test import Client
from wagtail.models import PageViewRestriction

from cms.models import Picture
from ideas.models import Topic
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
    assert 'href="?seite=2" rel="next"' in first
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
        ("seite=50", 404), ("thema=gibtsnicht", 404), ("thema=%00", 400), ("thema=%ff", 400),
    ],
)  # fmt: skip
def test_wrong_addresses_are_refused(client: Client, many: NewsIndexPage, query: str, status: int):
    assert client.get(f"/aktuelles/?{query}").status_code == status


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
