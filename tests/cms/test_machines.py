"""What machines read: JSON-LD, shared pictures, canonical addresses, site maps, feeds, robots – each read by a parser."""

import datetime as dt
import json
from io import BytesIO
from urllib.robotparser import RobotFileParser

import feedparser
import pytest
from django.core.files.storage import default_storage
from django.test import Client
from django.utils import timezone
from lxml import etree
from PIL import Image

from cms.models import CampaignIndexPage, CampaignPage, Picture, PlainPage, StartPage, TownSettings
from ideas.models import Topic
from news.models import NewsArticlePage, NewsIndexPage
from tests import factories
from tests.cms import structured

NASTY = "</script><script>alert(1)</script><!-- & \u2028 „so“"
DATES = [
    {
        "type": "dates",
        "value": {
            "title": "",
            "dates": [
                {"title": "Rundgang", "day": "2099-05-09", "last_day": None, "begins": "10:00", "ends": "13:00",
                 "place": "Treffpunkt Brücke", "text": "Mit Kaffee.", "url": ""},
                {"title": "Festwoche", "day": "2099-06-01", "last_day": "2099-06-07", "begins": None, "ends": None,
                 "place": "", "text": "", "url": "https://example.org/fest"},
            ],
        },
    }
]  # fmt: skip
SITEMAP = etree.RelaxNG(
    etree.XML("""
<grammar xmlns="http://relaxng.org/ns/structure/1.0" ns="http://www.sitemaps.org/schemas/sitemap/0.9"
    datatypeLibrary="http://www.w3.org/2001/XMLSchema-datatypes">
  <define name="loc"><element name="loc"><data type="anyURI"><param name="pattern">https?://.+</param>
    <param name="maxLength">2048</param></data></element></define>
  <define name="lastmod"><optional><element name="lastmod"><choice><data type="date"/><data type="dateTime"/></choice></element>
    </optional></define>
  <define name="other"><zeroOrMore><element name="link" ns="http://www.w3.org/1999/xhtml"><attribute name="rel"/>
    <attribute name="hreflang"/><attribute name="href"/></element></zeroOrMore></define>
  <start><choice>
    <element name="sitemapindex"><oneOrMore><element name="sitemap"><ref name="loc"/>
      <ref name="lastmod"/></element></oneOrMore></element>
    <element name="urlset"><zeroOrMore><element name="url"><ref name="loc"/><ref name="lastmod"/>
      <ref name="other"/></element></zeroOrMore></element>
  </choice></start>
</grammar>""")
)


@pytest.fixture
def article(news: NewsIndexPage, topic: Topic, picture: Picture) -> NewsArticlePage:
    made = NewsArticlePage(
        title="Wasserspielplatz nimmt Form an", teaser="Im März beginnen die Arbeiten.", topic=topic, picture=picture,
        date=dt.date(2026, 11, 20), author_office="Pressestelle", body=json.dumps([{"type": "text", "value": "<p>Text.</p>"}]),
    )  # fmt: skip
    news.add_child(instance=made)
    made.save_revision().publish()
    return made


def get(client: Client, path: str) -> bytes:
    answer = client.get(path)
    assert answer.status_code == 200, path
    return answer.content


def test_the_start_page_says_whose_site_it_is_and_how_to_reach_them(client: Client, start: StartPage):
    kept = TownSettings.load()
    kept.office, kept.phone, kept.email = "Stabsstelle Familie", "02999 17-4400", "familie@example.org"
    kept.address, kept.hours = "Am Lippeufer 12\n59999 Musterstadt", "Mo–Fr 8–16 Uhr"
    kept.save()
    page = get(client, "/")
    found = structured.nodes(page)
    town = found["GovernmentOrganization"]
    assert town["contactPoint"]["telephone"] == "02999 17-4400"
    assert town["contactPoint"]["contactType"] == "Stabsstelle Familie"
    assert town["address"] == "Am Lippeufer 12, 59999 Musterstadt"
    assert "familie@example.org" not in json.dumps(found), "mail addresses are not for collecting machines"
    assert found["WebSite"]["potentialAction"]["@type"] == "SearchAction"
    assert "BreadcrumbList" not in found
    assert structured.properties(page)["og:title"] == start.hero_title


def test_an_article_says_what_it_is(client: Client, article: NewsArticlePage, settings):
    page = get(client, f"{article.get_absolute_url()}?utm_source=x")
    found = structured.nodes(page)
    about = found["NewsArticle"]
    assert (about["headline"], about["datePublished"]) == (article.title, "2026-11-20")
    assert about["author"]["name"] == "Pressestelle"
    assert about["image"].startswith(f"{settings.SITE_URL}/medien/images/")
    assert [one["name"] for one in found["BreadcrumbList"]["itemListElement"]] == [
        "Musterstadt", "Aktuelles", article.title,
    ]  # fmt: skip
    (canonical,) = structured.links(page, "canonical")
    assert canonical.get("href") == settings.SITE_URL + article.get_absolute_url()
    shared = structured.properties(page)
    assert (shared["og:type"], shared["og:image"]) == ("article", about["image"])


def test_dates_on_a_page_are_events(client: Client, start: StartPage, settings):
    made = start.add_child(instance=PlainPage(title="Uferfest", lead="Es wird gefeiert.", body=json.dumps(DATES)))
    event = structured.nodes(get(client, made.get_absolute_url()))["Event"]
    assert event["startDate"] == "2099-05-09T10:00:00+02:00"
    assert event["endDate"] == "2099-05-09T13:00:00+02:00"
    assert event["location"]["name"] == "Treffpunkt Brücke"
    assert event["url"] == settings.SITE_URL + made.get_absolute_url()


def test_no_text_of_an_editor_gets_out_of_the_data(client: Client, start: StartPage):
    made = start.add_child(instance=PlainPage(title=NASTY, slug="boese", lead=NASTY, body=json.dumps(DATES)))
    page = get(client, made.get_absolute_url())
    assert b"<script>alert(1)" not in page
    assert structured.nodes(page)["BreadcrumbList"]["itemListElement"][-1]["name"] == NASTY
    shared = structured.properties(page)
    assert shared["og:title"] == NASTY
    assert "unsafe" not in client.get(made.get_absolute_url())["Content-Security-Policy"]


def test_a_page_without_a_picture_is_shared_with_a_drawn_one(client: Client, start: StartPage, settings):
    made = start.add_child(instance=PlainPage(title="Über Łódź und uns", lead="Kurz."))
    path = shared_path(client, made, settings)
    answer = client.get(path)
    assert answer["Content-Type"] == "image/png"
    assert "public" in answer["Cache-Control"]
    drawn = b"".join(answer.streaming_content)
    assert Image.open(BytesIO(drawn)).size == (1200, 630)
    assert len(drawn) < 60_000
    assert client.get(path, headers={"If-None-Match": answer["ETag"]}).status_code == 304
    made.title = "Ganz anders"
    made.save()
    assert client.get(path)["Location"] == shared_path(client, made, settings), (
        "the old address leads to the new picture"
    )
    client.get(shared_path(client, made, settings))
    assert len([one for one in default_storage.listdir("vorschau")[1] if one.startswith(f"{made.pk}-")]) == 1


def shared_path(client: Client, page: PlainPage, settings) -> str:
    return structured.properties(get(client, page.get_absolute_url()))["og:image"].removeprefix(settings.SITE_URL)


def test_nothing_is_drawn_for_who_may_not_see_the_page(client: Client, start: StartPage, settings):
    made = start.add_child(instance=PlainPage(title="Geheim", lead="Kurz."))
    path = shared_path(client, made, settings)
    assert client.get(path).status_code == 200
    made.unpublish()
    assert client.get(path).status_code == 404
    assert client.get("/vorschau/987654-abc.png").status_code == 404


def test_nothing_is_drawn_for_the_page_of_a_closed_group(client: Client, campaigns: CampaignIndexPage, settings):
    made = factories.campaign(title="Geheimrunde", slug="geheimrunde", audience="members")
    page = CampaignPage(title="Geheimrunde", campaign=made)
    campaigns.add_child(instance=page)
    page.save_revision().publish()
    assert client.get(f"/vorschau/{page.pk}-abc.png").status_code == 404


def test_a_picture_after_its_last_day_is_shared_no_more(
    client: Client, article: NewsArticlePage, picture: Picture, settings
):
    Picture.objects.filter(pk=picture.pk).update(usable_until=timezone.localdate() - dt.timedelta(days=1))
    page = get(client, article.get_absolute_url())
    assert "image" not in structured.nodes(page)["NewsArticle"]
    assert structured.properties(page)["og:image"].startswith(f"{settings.SITE_URL}/vorschau/")


def test_every_page_that_shows_its_own_has_one_canonical_address(
    client: Client, article: NewsArticlePage, campaigns: CampaignIndexPage
):
    campaign = factories.campaign(title="Spielräume", slug="spielraeume")
    campaigns.add_child(instance=CampaignPage(title="Spielräume", campaign=campaign))
    for path in ("/", "/aktuelles/", "/mitmachen/", "/mitmachen/spielraeume/", article.get_absolute_url()):
        page = get(client, path)
        assert len(structured.links(page, "canonical")) == 1, path
        assert structured.nodes(page), path
        assert structured.properties(page)["og:image"], path


def test_the_site_maps_follow_the_protocol(client: Client, article: NewsArticlePage, settings):
    factories.idea(title="Bank & <Tisch>")
    index = etree.fromstring(get(client, "/sitemap.xml"))
    SITEMAP.assertValid(index)
    named = [one.text for one in index.iter("{*}loc")]
    assert len(named) >= 2
    for address in named:
        part = etree.fromstring(get(client, address.removeprefix(settings.SITE_URL)))
        SITEMAP.assertValid(part)
        places = [one.text for one in part.iter("{*}loc")]
        assert len(set(places)) == len(places)


@pytest.mark.parametrize("path", ["/aktuelles/feed/", "/aktuelles/feed/spiel/", "/ideen/feed/"])
def test_feeds_are_read_by_a_feed_reader(client: Client, article: NewsArticlePage, path: str, settings):
    factories.idea(title="Bank & <Tisch>")
    answer = client.get(path)
    found = feedparser.parse(answer.content, response_headers={"content-type": answer["Content-Type"]})
    assert not found.bozo, found.get("bozo_exception")
    assert found.version == "atom10"
    structured.check_atom(answer.content)
    assert found.feed.id
    assert found.feed.updated_parsed
    assert [one.href for one in found.feed.links if one.rel == "self"] == [settings.SITE_URL + path]
    assert found.entries
    for entry in found.entries:
        assert entry.id
        assert entry.updated_parsed
        assert entry.link.startswith(settings.SITE_URL)
        assert entry.title.strip()


def test_robots_are_told_in_their_own_words(client: Client, start: StartPage, settings):
    robots = RobotFileParser()
    robots.parse(get(client, "/robots.txt").decode().splitlines())
    assert robots.site_maps() == [f"{settings.SITE_URL}/sitemap.xml"]
    allowed = {
        path: robots.can_fetch("*", settings.SITE_URL + path)
        for path in ("/", "/aktuelles/", "/mein/", "/cms/", "/suche/")
    }
    assert allowed == {"/": True, "/aktuelles/": True, "/mein/": False, "/cms/": False, "/suche/": False}
