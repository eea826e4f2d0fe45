"""Sending in an idea: before sign-in, through sign-in, after it – and nothing typed is ever lost."""

from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client

from accounts.models import User
from ideas.models import Campaign, Draft, Idea, IdeaPicture
from moderation.models import Case
from tests import factories
from tests.ideas.conftest import picture_file, signed_in


def test_the_form_is_open_to_everybody(client: Client, campaign: Campaign) -> None:
    page = client.get(f"/ideen/neu/?kampagne={campaign.slug}")
    assert page.status_code == 200
    assert "Ihre Idee" in page.text
    assert "Kampagne „Spielräume für alle“" in page.text


def test_without_a_campaign_one_is_chosen(client: Client, campaign: Campaign) -> None:
    factories.campaign(title="Geschlossene Runde", phase=False)
    page = client.get("/ideen/neu/")
    assert "Spielräume für alle" in page.text
    assert "Geschlossene Runde" not in page.text


def test_a_look_before_sending_shows_the_idea_as_it_will_be(client: Client, typed: dict[str, Any]) -> None:
    page = client.post("/ideen/neu/", typed | {"step": "preview"})
    assert page.status_code == 200
    assert "So wird Ihre Idee aussehen" in page.text
    assert "Idee senden" in page.text
    assert "Spiel und Freizeit" in page.text
    assert "Ein Segel hilft allen Kindern." in page.text
    assert not Idea.objects.exists()


def test_a_sent_idea_waits_and_only_its_author_sees_it(typed: dict[str, Any], author: User) -> None:
    client = signed_in(author)
    answer = client.post("/ideen/neu/", typed | {"step": "submit"})
    idea = Idea.objects.get()
    assert (answer.status_code, answer.headers["Location"]) == (303, f"/ideen/{idea.pk}/danke/")
    receipt = client.get(answer.headers["Location"])
    assert "Ihre Idee ist angekommen" in receipt.text
    assert "Ein Mensch aus der Moderation liest Ihre Idee" in receipt.text
    assert idea.state == Idea.State.WAITING
    version = idea.latest_version
    assert version is not None
    assert (version.tags, version.place, version.latitude) == (
        ["Schatten", "Spielplatz"],
        "Spielplatz Am Lippeufer",
        51.66,
    )
    assert Case.objects.get(kind="idea", object_id=idea.pk).state == Case.State.OPEN
    assert "Ihre Idee wartet auf Prüfung" in client.get(idea.get_absolute_url()).text
    assert Client().get(idea.get_absolute_url()).status_code == 404
    assert "Wartet auf Prüfung" in client.get("/mein/").text


def test_a_campaign_that_checks_afterwards_publishes_at_once(
    typed: dict[str, Any], author: User, campaign: Campaign
) -> None:
    campaign.check_ideas = Campaign.Check.AFTER
    campaign.save()
    answer = signed_in(author).post("/ideen/neu/", typed | {"step": "submit"}, follow=True)
    assert "Ihre Idee ist veröffentlicht" in answer.text
    idea = Idea.objects.get()
    assert Client().get(idea.get_absolute_url()).status_code == 200
    assert Case.objects.filter(kind="idea", object_id=idea.pk, state="open").exists()


def test_sending_twice_makes_one_idea(typed: dict[str, Any], author: User) -> None:
    client = signed_in(author)
    first = client.post("/ideen/neu/", typed | {"step": "submit"})
    second = client.post("/ideen/neu/", typed | {"step": "submit"})
    assert first.headers["Location"] == second.headers["Location"]
    assert Idea.objects.count() == 1


def test_signing_in_on_the_way_loses_nothing(client: Client, typed: dict[str, Any], author: User) -> None:
    sent = {**typed, "step": "submit", "images": picture_file(), "image_alt": "Ein Segel über dem Sand"}
    answer = client.post("/ideen/neu/", sent)
    assert answer.status_code == 303
    back = parse_qs(urlsplit(answer.headers["Location"]).query)["next"][0]
    assert urlsplit(answer.headers["Location"]).path == "/konto/login/"
    client.force_login(author)
    page = client.get(back)
    assert page.status_code == 200
    assert "Idee senden" in page.text
    assert "Mehr Schatten auf Spielplätzen" in page.text
    assert "Ein Segel über dem Sand" in page.text
    draft = Draft.objects.get()
    assert draft.owner == author
    done = client.post(
        "/ideen/neu/", {**typed, "draft": str(draft.key), "image_alt": "Ein Segel über dem Sand", "step": "submit"}
    )
    assert done.status_code == 303
    idea = Idea.objects.get()
    use = idea.latest_version.pictures.get()
    assert use.alt == "Ein Segel über dem Sand"
    assert IdeaPicture.objects.count() == 1
    assert not Draft.objects.exists()


def test_somebody_elses_draft_is_not_shown(client: Client, typed: dict[str, Any]) -> None:
    client.post("/ideen/neu/", typed | {"step": "preview"})
    key = Draft.objects.get().key
    page = Client().get(f"/ideen/neu/?entwurf={key}&kampagne={typed['campaign']}")
    assert "Mehr Schatten auf Spielplätzen" not in page.text


def test_a_draft_is_kept_found_again_and_deleted(typed: dict[str, Any], author: User) -> None:
    client = signed_in(author)
    answer = client.post("/ideen/neu/", {**typed, "text": "Noch zu kurz", "step": "draft"}, follow=True)
    assert "Ihr Entwurf ist gespeichert." in answer.text
    assert "Entwurf „Mehr Schatten auf Spielplätzen“ fertig schreiben" in answer.text
    draft = Draft.objects.get()
    assert "Noch zu kurz" in client.get(f"/ideen/neu/?entwurf={draft.key}").text
    client.post(f"/ideen/entwurf/{draft.key}/loeschen/")
    assert not Draft.objects.exists()


def test_a_phase_that_closed_while_writing_gives_the_text_back(
    typed: dict[str, Any], author: User, campaign: Campaign
) -> None:
    campaign.phases.update(allows_ideas=False)
    answer = signed_in(author).post("/ideen/neu/", typed | {"step": "submit"})
    assert answer.status_code == 409
    assert "Diese Kampagne nimmt gerade keine Ideen an." in answer.text
    assert "Ein Segel hilft allen Kindern." in answer.text
    assert Draft.objects.get().is_kept
    assert not Idea.objects.exists()


@pytest.mark.parametrize("slug", ["gibt-es-nicht", "x'; DROP TABLE", "a" * 200, "\x00"])
def test_an_unknown_campaign_is_said_to_be_unknown(client: Client, typed: dict[str, Any], slug: str) -> None:
    answer = client.post("/ideen/neu/", {**typed, "campaign": slug, "step": "submit"})
    assert answer.status_code == 404
    assert "Diese Kampagne gibt es nicht." in answer.text
    assert "Ein Segel hilft allen Kindern." in answer.text


def test_a_campaign_without_a_page_takes_nothing(client: Client, typed: dict[str, Any], campaign: Campaign) -> None:
    Campaign.objects.update(is_public=False, is_published=False)
    assert client.post("/ideen/neu/", typed | {"step": "submit"}).status_code == 404


def test_the_receipt_is_for_its_author_only(typed: dict[str, Any], author: User) -> None:
    idea = factories.idea(author=author)
    assert signed_in(factories.person()).get(f"/ideen/{idea.pk}/danke/").status_code == 404
    assert Client().get(f"/ideen/{idea.pk}/danke/").status_code == 303
