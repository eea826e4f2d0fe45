"""Plain pages, the shape of the tree, and what machines ask for."""

import json
from xml.etree import ElementTree

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from wagtail.models import Page

from cms.models import CampaignIndexPage, CampaignPage, GoalIndexPage, GoalPage, Picture, PlainPage, StartPage
from news.models import NewsArticlePage, NewsIndexPage
from tests import factories

SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


def plain(parent: Page, title: str = "Über uns", **fields: object) -> PlainPage:
    made = parent.add_child(instance=PlainPage(title=title, lead="Worum es geht.", **fields))
    parent.refresh_from_db()
    return made


def every_block(picture: Picture, campaign_id: int, page_id: int) -> str:
    values = {
        "heading": {"text": "Was wir tun", "level": "2"},
        "text": "<p>Wir <b>lesen</b> alles. <script>alert(1)</script></p>",
        "picture": {"picture": picture.pk, "caption": "Am Ufer"},
        "quote": {"text": "Kommen Sie vorbei", "person": "Katrin Sander", "role": "Stabsstelle"},
        "accordion": {"entries": [{"title": "Kostet das etwas?", "text": "<p>Nein.</p>"}]},
        "contact": {
            "office": "Stabsstelle Familie", "persons": "Yusuf Demir", "phone": "02999 17-4400", "email": "familie@example.org",
            "address": "Am Lippeufer 12\n59999 Musterstadt", "hours": "Mo–Fr 8–16 Uhr",
        },
        "call": {"title": "Machen Sie mit", "words_below": "Noch heute.", "text": "Los geht es", "page": page_id, "url": ""},
        "campaign": {"campaign": campaign_id},
        "ideas": {"title": "Ideen dazu", "campaign": None, "count": 3},
        "dates": {"title": "", "dates": [
            {"title": "Rundgang am Ufer", "day": "2099-05-09", "last_day": None, "begins": "10:00", "ends": "13:00",
             "place": "Treffpunkt Brücke", "text": "", "url": ""},
            {"title": "Auftakt", "day": "2020-01-04", "last_day": None, "begins": None, "ends": None, "place": "", "text": "", "url": ""},
        ]},
        "news": {"title": "Neues dazu", "campaign": campaign_id, "count": 3},
    }  # fmt: skip
    return json.dumps([{"type": name, "value": value} for name, value in values.items()])


def test_a_page_shows_every_block(client: Client, start: StartPage, campaigns: CampaignIndexPage, picture: Picture):
    campaign = factories.campaign(title="Spielräume", slug="spielraeume")
    page_of_campaign = campaigns.add_child(instance=CampaignPage(title="Spielräume für alle", campaign=campaign))
    factories.idea(campaign=campaign, title="Sonnensegel")
    start.refresh_from_db()
    made = plain(start, body=every_block(picture, campaign.pk, page_of_campaign.pk))
    text = client.get(made.get_absolute_url()).content.decode()
    for words in (
        "Was wir tun", "Wir <b>lesen</b> alles.", "Am Ufer", "Illustration: Mara Lindner", "„Kommen Sie vorbei“",
        "Kostet das etwas?", 'href="tel:02999174400"', "Am Lippeufer 12<br>59999 Musterstadt", 'href="/mitmachen/spielraeume/"',
        "familie (at) example.org",
        "Spielräume für alle", "Sonnensegel", "Samstag, 9. Mai 2099, 10 Uhr bis 13 Uhr", "Treffpunkt Brücke", "(vorbei)",
    ):  # fmt: skip
        assert words in text, words
    assert "<script>alert(1)" not in text
    assert "familie@example.org" not in text
    assert " style=" not in text


def test_what_a_page_points_to_may_vanish(
    client: Client, start: StartPage, campaigns: CampaignIndexPage, picture: Picture
):
    campaign = factories.campaign(slug="spielraeume")
    page_of_campaign = campaigns.add_child(instance=CampaignPage(title="Spielräume für alle", campaign=campaign))
    start.refresh_from_db()
    made = plain(start, body=every_block(picture, campaign.pk, page_of_campaign.pk))
    page_of_campaign.delete()
    campaign.phases.all().delete()
    campaign.delete()
    picture.delete()
    text = client.get(made.get_absolute_url()).content.decode()
    assert "Was wir tun" in text
    assert "Spielräume" not in text
    assert "Los geht es" not in text


def test_pages_lie_below_pages_and_say_where(client: Client, start: StartPage):
    above = plain(start)
    below = plain(above, "So funktioniert es")
    assert below.get_absolute_url() == "/uber-uns/so-funktioniert-es/"
    text = client.get("/uber-uns/so-funktioniert-es/").content.decode()
    assert '<a href="/uber-uns/">Über uns</a>' in text
    assert "So funktioniert es" in client.get("/uber-uns/").content.decode()
    assert client.get("/uber-uns/so-funktioniert-es").status_code in (301, 302)
    assert client.get("/uber-uns/gibt-es-nicht/").status_code == 404


@pytest.mark.parametrize("slug", ["ideen", "konto", "cms", "suche", "mein", "medien", "static"])
def test_a_page_cannot_lie_where_it_would_never_be_reached(start: StartPage, slug: str):
    with pytest.raises(ValidationError, match="anderen Teil der Website"):
        plain(start, slug=slug)


def test_every_kind_of_page_has_its_place(start: StartPage, campaigns: CampaignIndexPage, news: NewsIndexPage):
    assert {kind._meta.label for kind in StartPage.creatable_subpage_models()} == {
        "boards.BoardPage", "cms.AccessibilityPage", "cms.CampaignIndexPage", "cms.ContactIndexPage", "cms.GoalIndexPage",
        "cms.ImprintPage", "cms.PlainPage", "cms.ProcessIndexPage", "cms.ReportIndexPage", "news.NewsIndexPage",
    }  # fmt: skip
    assert set(GoalIndexPage.creatable_subpage_models()) == {GoalPage}
    assert set(CampaignIndexPage.creatable_subpage_models()) == {CampaignPage}
    assert set(NewsIndexPage.creatable_subpage_models()) == {NewsArticlePage}
    assert not StartPage.can_create_at(Page.get_first_root_node())
    assert not NewsIndexPage.can_create_at(start)


def test_the_lists_keep_their_addresses(news: NewsIndexPage, campaigns: CampaignIndexPage):
    for page, slug in ((news, "aktuelles"), (campaigns, "mitmachen")):
        page.slug = "anders"
        page.save()
        assert page.slug == slug


def test_the_site_map_names_pages_and_ideas(client: Client, start: StartPage, settings):
    idea = factories.idea()
    hidden = factories.idea(state="hidden")
    parts = [one.text for one in ElementTree.fromstring(client.get("/sitemap.xml").content).iter(f"{SITEMAP}loc")]
    assert parts == [f"{settings.SITE_URL}/sitemap-seiten.xml", f"{settings.SITE_URL}/sitemap-ideen-1.xml"]
    pages = ElementTree.fromstring(client.get("/sitemap-seiten.xml").content)
    assert [one.text for one in pages.iter(f"{SITEMAP}loc")] == [
        f"{settings.SITE_URL}{path}" for path in ("/", "/mitmachen/", "/kontakt/", "/aktuelles/")
    ]
    ideas = client.get("/sitemap-ideen-1.xml").content.decode()
    assert idea.get_absolute_url() in ideas
    assert hidden.get_absolute_url() not in ideas
    assert client.get("/sitemap-ideen-2.xml").status_code == client.get("/sitemap-ideen-0.xml").status_code == 404


def test_machines_are_told_where_to_stay_out_and_whom_to_write_to(client: Client, start: StartPage):
    robots = client.get("/robots.txt").content.decode()
    assert "Disallow: /cms/" in robots
    assert "/sitemap.xml" in robots
    security = client.get("/.well-known/security.txt").content.decode()
    assert "Contact: " in security
    assert "Expires: " in security


def test_a_page_of_another_kind_may_take_the_address_of_a_former_one(
    client: Client, start: StartPage, news: NewsIndexPage
):
    made = plain(start, slug="neu")
    assert client.get("/neu/").status_code == 200
    made.delete()
    assert client.get("/neu/").status_code == 404
    start.refresh_from_db()
    start.add_child(instance=Page(title="Von Hand", slug="neu"))
    assert client.get("/neu/").status_code == 200
