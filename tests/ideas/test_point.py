"""A point on the map: typed in many ways, in the town or not, naming the district."""

from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from common.errors import Refused
from ideas.actions import change_idea, submit_idea
from ideas.actions.outlines import save_outlines
from ideas.content import IdeaContent
from ideas.models import Campaign, District, Draft, Idea, IdeaVersion
from ideas.queries.places import town_map
from tests import factories
from tests.ideas.conftest import signed_in


def square(west: float, south: float, size: float = 0.02) -> list[Any]:
    """Return the polygons of a square district."""
    east, north = west + size, south + size
    return [[[[west, south], [east, south], [east, north], [west, north], [west, south]]]]


@pytest.fixture
def outlines(terms: None) -> None:
    """Two districts side by side, round 51,66 8,34."""
    save_outlines(
        chosen=[
            (District.objects.get(slug="uferstadt"), square(8.33, 51.65)),
            (District.objects.get(slug="altstadt"), square(8.35, 51.65)),
        ]
    )
    town_map()


@pytest.fixture
def client_of_author(author: User) -> Client:
    return signed_in(author)


def send(client: Client, typed: dict[str, Any], **changes: str) -> Any:
    return client.post("/ideen/neu/", {**typed, **changes, "step": "submit"})


def sent() -> IdeaVersion:
    return IdeaVersion.objects.get()


@pytest.mark.parametrize(
    ("lat", "lng"),
    [
        ("51.66", "8.34"),
        ("51,66", "8,34"),
        ("51,66 8,34", ""),
        ("51°39'36\" N 8°20'24\" O", ""),
        ("geo:51.66,8.34", ""),
    ],
)
def test_every_way_of_writing_a_point_arrives(
    client_of_author: Client, typed: dict[str, Any], outlines: None, lat: str, lng: str
) -> None:
    assert send(client_of_author, typed, lat=lat, lng=lng).status_code == 303
    assert (sent().latitude, sent().longitude) == (pytest.approx(51.66), pytest.approx(8.34))


def test_a_district_words_or_nothing_do_as_well(
    client_of_author: Client, typed: dict[str, Any], outlines: None
) -> None:
    assert send(client_of_author, typed, lat="", lng="").status_code == 303
    assert sent().latitude is None
    assert sent().place == "Spielplatz Am Lippeufer"


def test_a_point_outside_is_refused_at_the_field_and_the_text_stays(
    client_of_author: Client, typed: dict[str, Any], outlines: None
) -> None:
    page = send(client_of_author, typed, lat="51,70", lng="8,34")
    assert page.status_code == 422
    assert "Dieser Punkt liegt außerhalb unserer Stadt" in page.text
    assert 'value="51,70"' in page.text
    assert typed["title"] in page.text
    assert 'href="#id_lat"' in page.text
    assert not Idea.objects.exists()


def test_exchanged_numbers_are_noticed(client_of_author: Client, typed: dict[str, Any], outlines: None) -> None:
    page = send(client_of_author, typed, lat="8,34", lng="51,66")
    assert page.status_code == 422
    assert "Breite und Länge scheinen vertauscht" in page.text


def test_a_point_names_the_district_when_nobody_has(
    client_of_author: Client, typed: dict[str, Any], outlines: None
) -> None:
    page = client_of_author.post(
        "/ideen/neu/", {**typed, "district": "", "lat": "51,66", "lng": "8,36", "step": "preview"}
    )
    assert page.status_code == 200
    assert "Altstadt" in page.text
    assert 'name="district" value="altstadt"' in page.text
    send(client_of_author, typed, district="", lat="51,66", lng="8,36")
    assert sent().district == District.objects.get(slug="altstadt")


def test_a_chosen_district_stays(client_of_author: Client, typed: dict[str, Any], outlines: None) -> None:
    send(client_of_author, typed, district="uferstadt", lat="51,66", lng="8,36")
    assert sent().district == District.objects.get(slug="uferstadt")


def test_somebody_just_beside_a_drawn_border_is_still_in_town(
    client_of_author: Client, typed: dict[str, Any], outlines: None
) -> None:
    assert send(client_of_author, typed, lat="51,6704", lng="8,34").status_code == 303


def test_without_outlines_every_point_on_earth_is_taken(client_of_author: Client, typed: dict[str, Any]) -> None:
    assert send(client_of_author, typed, lat="-33.9", lng="151.2").status_code == 303


def test_a_changed_idea_is_judged_alike(
    client_of_author: Client, author: User, campaign: Campaign, typed: dict[str, Any], outlines: None
) -> None:
    idea = factories.idea(campaign=campaign, author=author)
    page = client_of_author.post(
        f"/ideen/{idea.pk}/bearbeiten/", {**typed, "lat": "52,5", "lng": "13,4", "version": "1"}
    )
    assert page.status_code == 422
    assert "außerhalb unserer Stadt" in page.text


def test_a_draft_with_a_point_outside_is_kept(client_of_author: Client, typed: dict[str, Any], outlines: None) -> None:
    client_of_author.post("/ideen/neu/", {**typed, "lat": "52,5", "lng": "13,4", "step": "draft"})
    assert Draft.objects.get().fields["lat"] == "52,5"


def test_the_form_offers_all_ways_without_a_script(client: Client, campaign: Campaign, outlines: None) -> None:
    page = client.get(f"/ideen/neu/?kampagne={campaign.slug}").text
    for part in ('name="district"', 'name="place"', 'name="lat"', 'name="lng"', "Punkt auf der Karte"):
        assert part in page


def test_no_way_around_the_form_leads_out_of_town(author: User, campaign: Campaign, outlines: None) -> None:
    words = {"title": "Brunnen am neuen Platz", "text": "Ein Text, der lang genug ist, um angenommen zu werden."}
    far = IdeaContent(**words, latitude=52.5, longitude=13.4)
    with pytest.raises(Refused, match="außerhalb unserer Stadt"):
        submit_idea(author=author, campaign=campaign, content=far)
    idea = submit_idea(author=author, campaign=campaign, content=IdeaContent(**words))
    with pytest.raises(Refused, match="außerhalb unserer Stadt"):
        change_idea(idea=idea, editor=author, content=far)
