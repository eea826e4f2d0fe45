"""Versions in other words before they are public: drafts beside what is shown, and the preview."""

import json
from typing import Any

import pytest
from django.test import Client

from cms.models import CampaignIndexPage, CampaignPage, PlainPage, StartPage, Variant
from ideas.models import Member
from tests import factories

pytestmark = pytest.mark.django_db
ADD, PREVIEW = "/cms/snippets/cms/variant/add/", "/cms/snippets/cms/variant/preview/"


@pytest.fixture
def page(start: StartPage) -> PlainPage:
    made = start.add_child(instance=PlainPage(title="Wie es geht", slug="wie-es-geht", lead="In drei Schritten."))
    made.save_revision().publish()
    return made


def form(page: Any, lead: str, level: str = "leicht", **more: str) -> dict[str, Any]:
    """Return what the editor's form sends."""
    given = {"page": page.pk, "level": level, "title": "Gut erklärt", "lead": lead, "checked_by": ""}
    return given | {"body-count": "0", "go_live_at": "", "expire_at": ""} | more


def easy(client: Client, page: PlainPage) -> str:
    return client.get(f"{page.get_absolute_url()}?sprache=leicht").content.decode()


def test_a_draft_stays_beside_what_is_shown_until_it_is_published(
    client, desk, page, django_capture_on_commit_callbacks
):
    def send(url: str, lead: str, **more: str) -> None:
        with django_capture_on_commit_callbacks(execute=True):
            assert desk.post(url, form(page, lead, **more)).status_code == 302

    send(ADD, "Ein Entwurf.")
    made = Variant.objects.get()
    assert not made.live
    assert "Ein Entwurf." not in easy(client, page)
    overview = desk.get("/cms/sprachfassungen/uebersicht/").content.decode()
    assert "noch nicht zu sehen" in overview
    edit = f"/cms/snippets/cms/variant/edit/{made.pk}/"
    send(edit, "Die erste Fassung.", **{"action-publish": "1"})
    assert "Die erste Fassung." in easy(client, page)
    send(edit, "Die zweite Fassung.")
    assert "Die erste Fassung." in easy(client, page)
    assert "Die zweite Fassung." in desk.get(edit).content.decode()
    assert "Entwurf daneben" in desk.get("/cms/sprachfassungen/uebersicht/").content.decode()
    send(edit, "Die zweite Fassung.", **{"action-publish": "1"})
    assert "Die zweite Fassung." in easy(client, page)


def test_a_draft_beside_does_not_say_that_the_version_fits_again(desk, page):
    made = Variant.objects.create(page=page, level="leicht", lead="Ein Satz.")
    page.lead = "In vier Schritten."
    page.save_revision().publish()
    edit = f"/cms/snippets/cms/variant/edit/{made.pk}/"
    assert desk.post(edit, form(page, "In vier.")).status_code == 302
    made.refresh_from_db()
    assert made.outdated_since
    assert desk.post(edit, form(page, "In vier.", **{"action-publish": "1"})).status_code == 302
    made.refresh_from_db()
    assert made.outdated_since is None


@pytest.mark.parametrize(
    ("level", "path", "seen"),
    [("leicht", PREVIEW, 'class="mw-easy"'), ("einfach", PREVIEW, "<h1")],
)
def test_editors_see_a_version_as_it_will_be_before_anybody_else(client, desk, page, level, path, seen):
    answer = desk.post(path, form(page, "Nur zur Ansicht.", level))
    assert answer.json() == {"is_valid": True, "is_available": True}
    shown = desk.get(path)
    text = shown.content.decode()
    assert shown.status_code == 200
    assert '<html lang="de">' in text
    assert "Gut erklärt" in text
    assert "Nur zur Ansicht." in text
    assert seen in text
    assert not Variant.objects.exists()
    assert client.get(path).status_code == 302


def test_english_is_seen_in_an_english_frame_and_the_phone_comes_first(desk, campaigns):
    page = CampaignPage(title="Park", campaign=factories.campaign(title="Park", slug="park"), lead="Ein Park.")
    campaigns.add_child(instance=page)
    page.save_revision().publish()
    assert desk.post(PREVIEW, form(page, "A park for all.", "en")).json()["is_valid"]
    text = desk.get(PREVIEW).content.decode()
    assert '<html lang="en">' in text
    assert "A park for all." in text
    sizes = desk.get(ADD).content.decode()
    assert 'data-device-width="360"' in sizes.replace("'", '"')


def test_nobody_sees_a_closed_group_by_the_preview_of_its_words(desk, editor, campaigns: CampaignIndexPage):
    group = factories.campaign(title="Stille Runde", slug="runde", audience="members")
    page = CampaignPage(title="Stille Runde", campaign=group, body=json.dumps([]))
    campaigns.add_child(instance=page)
    page.save_revision().publish()
    desk.post(PREVIEW, form(page, "Geheim."))
    shown = desk.get(PREVIEW)
    assert shown.status_code == 404
    assert "Stille Runde" not in shown.content.decode()
    made = Variant.objects.create(page=page, level="leicht", lead="Geheim.")
    edit = f"/cms/snippets/cms/variant/edit/{made.pk}/"
    assert desk.get(edit).status_code == 404
    assert desk.post(edit, form(page, "Überschrieben.")).status_code == 404
    for what in ("history", "usage", "delete", "unpublish", "preview"):
        assert desk.get(f"/cms/snippets/cms/variant/{what}/{made.pk}/").status_code == 404, what
    made.delete()
    Member.objects.create(campaign=group, person=editor)
    assert "Geheim." in desk.get(PREVIEW).content.decode()


def test_a_version_that_another_process_published_is_shown_to_whoever_asks_for_it(client, page):
    assert "noch nicht in Leichter Sprache" in easy(client, page)  # this process knows of none from here on
    Variant.objects.create(page=page, level="leicht", lead="Gerade erschienen.")
    assert "Gerade erschienen." in easy(client, page)
