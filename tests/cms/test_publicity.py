"""A campaign is public exactly as long as everybody can open its page."""

from datetime import timedelta

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils import timezone
from wagtail.models import PageViewRestriction

from cms import due
from cms.models import CampaignIndexPage, CampaignPage
from ideas.models import Campaign, Idea
from tests import factories


@pytest.fixture
def campaign(db: None) -> Campaign:
    return factories.campaign(title="Spielräume", slug="spielraeume", is_public=False)


@pytest.fixture
def idea(campaign: Campaign) -> Idea:
    return factories.idea(campaign=campaign, title="Wasserpumpe im Wiesengrund")


@pytest.fixture
def page(campaigns: CampaignIndexPage, campaign: Campaign) -> CampaignPage:
    return campaigns.add_child(instance=CampaignPage(title="Spielräume für alle", campaign=campaign, live=False))


def is_public(campaign: Campaign) -> bool:
    return Campaign.objects.get(pk=campaign.pk).is_public


def publish(page: CampaignPage) -> None:
    page.save_revision().publish()
    page.refresh_from_db()


def test_a_draft_hides_it(page: CampaignPage, campaign: Campaign, client: Client):
    assert not is_public(campaign)
    assert client.get("/mitmachen/spielraeume/").status_code == 404


def test_publishing_shows_it_with_its_ideas(page: CampaignPage, idea: Idea, client: Client):
    publish(page)
    shown = client.get("/mitmachen/spielraeume/")
    assert shown.status_code == 200
    assert "Wasserpumpe im Wiesengrund" in shown.content.decode()
    assert "Spielräume für alle" in client.get("/mitmachen/").content.decode()


def test_unpublishing_hides_it_and_its_ideas_everywhere(page: CampaignPage, idea: Idea, client: Client):
    publish(page)
    page.unpublish()
    assert client.get("/mitmachen/spielraeume/").status_code == 404
    assert client.get(idea.get_absolute_url()).status_code == 404
    for address in ("/", "/ideen/", "/mitmachen/", "/sitemap.xml", "/sitemap-seiten.xml"):
        text = client.get(address).content.decode()
        assert not {word for word in ("Wasserpumpe", "spielraeume") if word in text}, address


def test_deleting_the_page_hides_it(page: CampaignPage, campaign: Campaign):
    publish(page)
    page.delete()
    assert not is_public(campaign)


def test_an_expired_page_hides_it(page: CampaignPage, campaign: Campaign):
    page.expire_at = timezone.now() + timedelta(hours=1)
    publish(page)
    assert is_public(campaign)
    with time_machine.travel(timezone.now() + timedelta(hours=2)):
        due.publish_scheduled_pages()
    assert not is_public(campaign)


def test_a_scheduled_page_shows_it_when_its_time_has_come(page: CampaignPage, campaign: Campaign):
    page.go_live_at = timezone.now() + timedelta(hours=1)
    publish(page)
    assert not is_public(campaign)
    with time_machine.travel(timezone.now() + timedelta(hours=2)):
        due.publish_scheduled_pages()
    assert is_public(campaign)


@pytest.mark.parametrize("where", ["itself", "above"])
def test_a_closed_page_hides_it_and_opening_shows_it_again(
    page: CampaignPage, campaign: Campaign, client: Client, where: str
):
    publish(page)
    closed = page if where == "itself" else page.get_parent()
    lock = PageViewRestriction.objects.create(page=closed, restriction_type=PageViewRestriction.LOGIN)
    assert not is_public(campaign)
    assert client.get("/mitmachen/spielraeume/").status_code == 302
    assert "spielraeume" not in client.get("/sitemap-seiten.xml").content.decode()
    lock.delete()
    assert is_public(campaign)


def test_choosing_another_campaign_hides_the_former(page: CampaignPage, campaign: Campaign):
    publish(page)
    other = factories.campaign(slug="anders", is_public=False)
    page.campaign = other
    publish(page)
    assert not is_public(campaign)
    assert is_public(other)
    assert page.url_path.endswith("/mitmachen/anders/")


def test_other_campaigns_are_left_alone(page: CampaignPage):
    other = factories.campaign(is_public=True)
    publish(page)
    assert is_public(other)


def test_the_address_of_the_page_is_the_campaigns(page: CampaignPage, campaign: Campaign):
    assert page.slug == "spielraeume"
    page.slug = "etwas-anderes"
    page.save()
    assert page.slug == "spielraeume"
    campaign.slug = "neu"
    campaign.save()
    page.refresh_from_db()
    assert page.url_path.endswith("/mitmachen/neu/")


def test_a_campaign_has_one_page_only(page: CampaignPage, campaigns: CampaignIndexPage, campaign: Campaign):
    with pytest.raises(ValidationError):
        campaigns.add_child(instance=CampaignPage(title="Noch eine", campaign=campaign))
