"""English pages in the search: found, named and marked as English, first for those who read English."""

import json
import re
from typing import Any

import pytest
from django.test import Client
from django.utils import translation
from wagtail.models import Locale, PageViewRestriction

from cms.models import CampaignPage, PlainPage, StartPage, Variant
from tests import factories

pytestmark = pytest.mark.django_db
HIT = re.compile(r'<h2 class="mw-hit__title"([^>]*)><a href="([^"]*)">(.*?)</a>')


@pytest.fixture(autouse=True)
def _own_language():
    yield
    translation.activate("de")


@pytest.fixture
def skating(start: StartPage) -> PlainPage:
    """A page about skating in the English tree; its German source says the foreign word as well."""
    english = Locale.objects.get(language_code="en")
    text = [{"type": "text", "value": "<p>Workshop, Workshop, Workshop für alle.</p>"}]
    german = start.add_child(
        instance=PlainPage(title="Workshop am Fluss", slug="am-fluss", lead="Workshop.", body=json.dumps(text))
    )
    german.save_revision().publish()
    start.copy_for_translation(english).save_revision().publish()
    page = german.copy_for_translation(english)
    page.title, page.slug, page.lead = "Building benches", "benches", "A workshop by the river, for everybody."
    page.body = json.dumps([{"type": "text", "value": "<p>Bring gloves.</p>"}])
    page.save_revision().publish()
    page.refresh_from_db()
    return page


def hits(client: Client, text: str, language: str = "en") -> list[tuple[str, str]]:
    """Return address and language of the hits."""
    answer = client.get("/suche/", {"q": text}, headers={"accept-language": language})
    assert answer.status_code == 200
    return [(url, "en" if 'lang="en"' in more else "de" if 'lang="de"' in more else "")
            for more, url, _title in HIT.findall(answer.content.decode())]  # fmt: skip


def test_whoever_reads_english_finds_english_pages_first_and_german_ones_marked(client, skating):
    assert hits(client, "workshop") == [("/en/benches/", ""), ("/am-fluss/", "de")]
    text = client.get("/suche/?q=workshop", headers={"accept-language": "en"}).content.decode()
    assert "Page in English" in text
    assert "<span>in German</span>" in text


def test_whoever_reads_german_finds_english_pages_named_and_marked(client, skating):
    assert hits(client, "workshop", "de") == [("/am-fluss/", ""), ("/en/benches/", "en")]
    assert hits(client, "gloves", "de") == [("/en/benches/", "en")]
    assert "Seite auf Englisch" in client.get("/suche/?q=gloves").content.decode()


def test_english_words_of_a_campaign_are_found_while_they_are_shown(client, campaigns):
    page = CampaignPage(title="Ufer", campaign=factories.campaign(title="Ufer", slug="ufer"), lead="Am Wasser.")
    campaigns.add_child(instance=page)
    page.save_revision().publish()
    made = Variant.objects.create(page=page, level="en", title="Riverside", lead="Swings by the water.", live=False)
    assert hits(client, "swings") == []
    made.live = True
    made.save()
    assert hits(client, "swings") == [("/en/mitmachen/ufer/", "")]
    made.unpublish()
    assert hits(client, "swings") == []


def test_drafts_and_closed_english_pages_are_not_found(client, skating):
    def after(change: Any) -> list[tuple[str, str]]:
        change()
        return hits(client, "gloves")

    closed = PageViewRestriction.objects.create(page=skating, restriction_type="login")
    assert after(lambda: None) == []
    assert after(closed.delete) == [("/en/benches/", "")]
    assert after(skating.unpublish) == []


def test_english_words_of_a_closed_group_are_found_by_nobody(client, campaigns):
    group = factories.campaign(title="Runde", slug="runde", audience="members")
    page = CampaignPage(title="Runde", campaign=group)
    campaigns.add_child(instance=page)
    page.save_revision().publish()
    Variant.objects.create(page=page, level="en", title="Quiet round", lead="Swings.", live=True)
    assert hits(client, "swings") == []
