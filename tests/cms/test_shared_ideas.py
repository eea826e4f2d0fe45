"""The picture beside a shared idea: drawn with title, campaign and town, and gone with the idea."""

from io import BytesIO

import pytest
from django.conf import settings
from django.core.files.storage import default_storage
from django.test import Client
from PIL import Image

from ideas.models import Campaign, Idea
from tests import factories
from tests.cms import structured
from tests.security.conftest import add_picture

pytestmark = pytest.mark.django_db


@pytest.fixture
def idea() -> Idea:
    return factories.idea(
        campaign=factories.campaign(title="Spielräume für alle", slug="spielraeume"), title="Schatten für die Rutsche"
    )


def shared(idea: Idea) -> dict[str, str]:
    return structured.properties(Client().get(idea.get_absolute_url()).content)


def drawn_path(idea: Idea) -> str:
    return shared(idea)["og:image"].removeprefix(settings.SITE_URL)


def test_an_idea_without_a_picture_is_shared_with_a_drawn_one(idea: Idea, django_assert_max_num_queries) -> None:
    about = shared(idea)
    assert about["og:image"].startswith(f"{settings.SITE_URL}/vorschau/idee/{idea.pk}-")
    assert (about["og:image:width"], about["og:image:height"]) == ("1200", "630")
    assert about["og:image:alt"] == idea.title
    path, client = drawn_path(idea), Client()
    with django_assert_max_num_queries(2):
        answer = client.get(path)
        data = b"".join(answer.streaming_content)
    assert (answer.status_code, answer["Content-Type"]) == (200, "image/png")
    assert answer["Cache-Control"] == "public, max-age=60"
    assert Image.open(BytesIO(data)).size == (1200, 630)
    assert len(data) < 60_000
    assert client.get(path, headers={"If-None-Match": answer["ETag"]}).status_code == 304
    assert not default_storage.exists(f"vorschau/idee-{idea.pk}.png")


@pytest.mark.parametrize("what", ["title", "campaign"])
def test_with_its_words_the_picture_changes_and_the_old_address_leads_to_the_new_one(idea: Idea, what: str) -> None:
    before = drawn_path(idea)
    if what == "title":
        Idea.objects.filter(pk=idea.pk).update(title="Schatten und Wasser für die Rutsche")
    else:
        Campaign.objects.filter(pk=idea.campaign_id).update(title="Platz zum Spielen")
    idea.refresh_from_db()
    after = drawn_path(idea)
    assert after != before
    assert Client().get(before)["Location"] == after
    assert Client().get(after).status_code == 200


@pytest.mark.parametrize("state", [state for state in Idea.State.values if state != Idea.State.PUBLIC])
def test_nothing_is_drawn_of_an_idea_that_is_not_public(idea: Idea, state: str) -> None:
    path = drawn_path(idea)
    assert Client().get(path).status_code == 200
    Idea.objects.filter(pk=idea.pk).update(state=state)
    assert Client().get(path).status_code == 404
    assert "/vorschau/idee/" not in Client().get(idea.get_absolute_url()).text


def test_nothing_is_drawn_in_a_closed_group_or_of_what_does_not_exist(idea: Idea) -> None:
    path = drawn_path(idea)
    idea.campaign.audience = Campaign.Audience.MEMBERS
    idea.campaign.save()
    assert Client().get(path).status_code == 404
    assert Client().get("/vorschau/idee/987654-abc.png").status_code == 404
    assert Client().get(f"/vorschau/idee/{'9' * 30}-abc.png").status_code == 404


def test_an_idea_with_a_picture_is_shared_with_its_own(idea: Idea) -> None:
    add_picture(idea, idea.latest_version)  # type: ignore[arg-type]
    assert "/ideen/bild/" in shared(idea)["og:image"]


def test_words_of_any_length_and_script_are_drawn(idea: Idea) -> None:
    for title, name in (
        ("W" * 90, "Z" * 120),
        ("日本語 🌳 Łódź", "Ein Name, der so lang ist, dass er die Zeile nicht mehr hat " * 2),
    ):
        Idea.objects.filter(pk=idea.pk).update(title=title)
        Campaign.objects.filter(pk=idea.campaign_id).update(title=name[:120])
        idea.refresh_from_db()
        assert Client().get(drawn_path(idea)).status_code == 200
