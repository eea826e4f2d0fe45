"""An editor builds the page of a campaign in the Wagtail admin."""

import pytest
from django.test import Client
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text, streamfield

from cms.models import CampaignIndexPage, CampaignPage, Picture
from ideas.models import Campaign
from tests import factories


@pytest.fixture
def campaign(db: None) -> Campaign:
    return factories.campaign(
        title="Spielräume",
        slug="spielraeume",
        is_public=False,
        summary="Wo fehlen Plätze?",
        answer_office="Jugendamt",
        support_limit=5,
    )


@pytest.fixture
def form(campaign: Campaign, picture: Picture) -> dict[str, str]:
    return nested_form_data(
        {
            "title": "Spielräume für alle",
            "campaign": str(campaign.pk),
            "lead": "",
            "stake": "400.000 Euro für Plätze",
            "picture": str(picture.pk),
            "body": streamfield([("text", rich_text("<p>Die Stadt hat Geld.</p>"))]),
            "result_shown": "",
            "result_body": streamfield([]),
            "seo_title": "",
            "search_description": "",
            "go_live_at": "",
            "expire_at": "",
            "comments": inline_formset([]),
        }
    )


def add_address(campaigns: CampaignIndexPage) -> str:
    return f"/cms/pages/add/cms/campaignpage/{campaigns.pk}/"


def test_from_draft_over_preview_to_the_public_page(
    desk: Client, client: Client, campaigns: CampaignIndexPage, campaign: Campaign, form: dict[str, str]
):
    factories.idea(campaign=campaign, title="Wasserpumpe")
    assert desk.post(add_address(campaigns), form).status_code == 302
    page = CampaignPage.objects.get()
    assert client.get("/mitmachen/spielraeume/").status_code == 404
    preview = f"/cms/pages/{page.pk}/edit/preview/"
    assert desk.post(preview, form).json()["is_valid"]
    assert "400.000 Euro für Plätze" in desk.get(preview).content.decode()
    desk.post(f"/cms/pages/{page.pk}/edit/", form | {"action-publish": "1"})
    shown = client.get("/mitmachen/spielraeume/").content.decode()
    for words in (
        "Wo fehlen Plätze?",
        "Jugendamt",
        "Jede Person kann 5 Ideen unterstützen.",
        "Wasserpumpe",
        "Idee einreichen",
    ):
        assert words in shown, words
    assert "Ideen erscheinen nach Prüfung. Wie lange sie dauert, zeigt sich nach den ersten Beiträgen." in shown
    assert desk.post(f"/cms/pages/{page.pk}/unpublish/").status_code == 302
    assert client.get("/mitmachen/spielraeume/").status_code == 404


@pytest.mark.parametrize(("ideas", "comments", "words"), [
    ("before", "before", "Beiträge erscheinen nach Prüfung."),
    ("after", "before", "Ideen erscheinen sofort. Kommentare erscheinen nach Prüfung."),
    ("after", "after", "Beiträge erscheinen sofort und werden danach geprüft."),
])  # fmt: skip
def test_the_page_says_in_words_what_is_checked(
    client: Client, campaigns: CampaignIndexPage, ideas: str, comments: str, words: str
):
    campaign = factories.campaign(slug="wie", check_ideas=ideas, check_comments=comments)
    campaigns.add_child(instance=CampaignPage(title="Wie geprüft wird", campaign=campaign))
    assert words in client.get("/mitmachen/wie/").content.decode()


def test_a_campaign_that_has_a_page_cannot_get_another(
    desk: Client, campaigns: CampaignIndexPage, campaign: Campaign, form: dict[str, str]
):
    desk.post(add_address(campaigns), form)
    again = desk.post(add_address(campaigns), form | {"title": "Noch einmal"})
    assert again.status_code == 200
    assert (
        "Kampagnenseite mit diesem Kampagne existiert bereits" in (text := again.content.decode())
        or "hat schon eine Seite" in text
    )


def test_a_campaign_is_chosen_and_must_exist(desk: Client, campaigns: CampaignIndexPage, form: dict[str, str]):
    for wrong in ("", "999999", "spielraeume", "\x00"):
        answer = desk.post(add_address(campaigns), form | {"campaign": wrong})
        assert answer.status_code in (200, 400)
        assert not CampaignPage.objects.exists()


def test_a_page_of_a_campaign_is_not_copied(desk: Client, campaigns: CampaignIndexPage, campaign: Campaign):
    page = campaigns.add_child(instance=CampaignPage(title="Spielräume", campaign=campaign))
    data = {"new_title": "Noch eine", "new_slug": "noch-eine", "new_parent_page": campaigns.pk, "publish_copies": ""}
    for once in (page, campaigns):
        assert desk.post(f"/cms/pages/{once.pk}/copy/", data).status_code in (302, 403)
    assert CampaignPage.objects.count() == CampaignIndexPage.objects.count() == 1
