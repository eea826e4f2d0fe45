"""Ideas on the map: who stands there, grouped how, and what never leaks."""

import json
import random
import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import User
from ideas.actions import change_idea
from ideas.actions.outlines import save_outlines
from ideas.content import IdeaContent
from ideas.models import Campaign, CoAuthor, District, Idea, IdeaVersion, Member
from ideas.queries import map as maps
from tests import factories
from tests.ideas.conftest import signed_in
from tests.ideas.test_point import square

HERE = "bbox=8.0,51.5,8.6,51.8"


def placed(lat: float = 51.66, lng: float = 8.34, **fields: Any) -> Idea:
    """An idea with a point."""
    return factories.idea(latitude=lat, longitude=lng, **fields)


def ask(client: Client, query: str = HERE) -> dict[str, Any]:
    answer = client.get(f"/ideen/karte.geojson?{query}")
    assert answer.status_code == 200, answer.text[:300]
    assert answer.headers["Content-Type"] == "application/geo+json"
    return json.loads(answer.content)


def titles(found: dict[str, Any]) -> set[str]:
    return {one["properties"]["title"] for one in found["features"] if "title" in one["properties"]}


def test_an_idea_with_a_point_is_a_feature_with_words(client: Client, campaign: Campaign) -> None:
    idea = placed(campaign=campaign, title="Brunnen am Markt")
    found = ask(client)
    assert found["type"] == "FeatureCollection"
    assert found["bbox"] == [8.0, 51.5, 8.6, 51.8]
    [feature] = found["features"]
    assert feature["id"] == idea.pk
    assert feature["geometry"] == {"type": "Point", "coordinates": [8.34, 51.66]}
    assert feature["properties"]["url"] == idea.get_absolute_url()
    assert feature["properties"]["status"] == "Neu"
    assert found["sentence"] == "1 Idee in diesem Ausschnitt."


def test_only_the_piece_of_map_asked_for_is_told(client: Client, campaign: Campaign) -> None:
    placed(campaign=campaign, title="Im Ausschnitt")
    placed(52.5, 13.4, campaign=campaign, title="Weit weg davon")
    factories.idea(campaign=campaign, title="Ohne jeden Punkt")
    assert titles(ask(client)) == {"Im Ausschnitt"}


@pytest.mark.parametrize("state", [state for state in Idea.State if state != Idea.State.PUBLIC])
def test_what_is_not_public_is_on_no_map(client: Client, campaign: Campaign, author: User, state: str) -> None:
    placed(campaign=campaign, author=author, state=state)
    for visitor in (client, signed_in(author)):
        assert ask(visitor)["features"] == []
        assert ask(visitor, f"{HERE}&kampagne={campaign.slug}")["features"] == []


def test_the_point_of_a_waiting_change_is_nobodys_business(
    client: Client, campaign: Campaign, author: User, moderator: User
) -> None:
    idea = placed(campaign=campaign, author=author)
    words = {"title": "Brunnen am neuen Platz", "text": "Ein Text, der lang genug ist, um angenommen zu werden."}
    change_idea(idea=idea, editor=author, content=IdeaContent(**words, latitude=51.69213, longitude=8.56789))
    assert IdeaVersion.objects.filter(idea=idea, latitude=51.69213).exists()
    for visitor in (client, signed_in(author), signed_in(moderator)):
        [feature] = ask(visitor)["features"]
        assert feature["geometry"]["coordinates"] == [8.34, 51.66]
    page = client.get(idea.get_absolute_url()).text
    assert idea.title in page
    # However it is rounded; the seconds of a time ("20:51.69") are none of it.
    assert not re.search(r"(?<![\d:])(51[.,]69|8[.,]56)", page)


def test_of_a_closed_campaign_only_members_see_marks(client: Client, author: User, moderator: User) -> None:
    closed = factories.campaign(audience="members", slug="beirat")
    idea = placed(campaign=closed, title="Nur unter uns gesagt")
    CoAuthor.objects.create(
        idea=idea, person=moderator, state="accepted", ends_at=timezone.now() + timedelta(days=1), invited_by=None
    )
    Member.objects.create(campaign=closed, person=author)
    member = signed_in(author)
    for visitor in (client, signed_in(moderator), member):
        assert ask(visitor)["features"] == []
    for visitor in (client, signed_in(factories.person())):
        answer = visitor.get(f"/ideen/karte.geojson?{HERE}&kampagne=beirat")
        assert answer.status_code == visitor.get(f"/ideen/karte.geojson?{HERE}&kampagne=gibtesnicht").status_code == 404
    answer = member.get(f"/ideen/karte.geojson?{HERE}&kampagne=beirat")
    assert "Nur unter uns gesagt" in answer.text
    assert answer.headers["Cache-Control"] == "private, no-store"


def test_marks_are_kept_by_caches_for_a_minute_only(client: Client, campaign: Campaign) -> None:
    assert client.get("/ideen/karte.geojson").headers["Cache-Control"] == "public, max-age=60"


def test_the_same_filters_as_in_the_list(client: Client, campaign: Campaign, terms: None) -> None:
    shore = District.objects.get(slug="uferstadt")
    other = factories.campaign()
    placed(campaign=campaign, title="Am Ufer gelegen", district=shore)
    done = placed(campaign=other, title="Anderswo umgesetzt", progress=Idea.Progress.DONE)
    done.tags.add("Schatten")
    assert titles(ask(client, f"{HERE}&stadtteil=uferstadt")) == {"Am Ufer gelegen"}
    assert titles(ask(client, f"{HERE}&status=umgesetzt")) == {"Anderswo umgesetzt"}
    assert titles(ask(client, f"{HERE}&schlagwort=schatten")) == {"Anderswo umgesetzt"}
    assert titles(ask(client, f"{HERE}&kampagne={campaign.slug}")) == {"Am Ufer gelegen"}


@pytest.mark.parametrize(
    "query",
    ["bbox=", "bbox=1,2,3", "bbox=1,2,3,4,5", "bbox=a,b,c,d", "bbox=nan,1,2,3", "bbox=inf,1,2,3", "bbox=9,51,8,52", "bbox=8,52,9,51",
     "bbox=-181,0,1,1", "bbox=0,0,1,91", "bbox=8,51,8,52", "raster=3", "raster=17", "raster=x", "raster=٥", "thema=quatsch", "sort=egal",
     "bbox=1_0,2,30,40", "bbox=%00"],
)  # fmt: skip
def test_nonsense_is_refused(client: Client, campaign: Campaign, query: str) -> None:
    assert client.get(f"/ideen/karte.geojson?{query}").status_code == 400


def test_near_ideas_become_a_group_that_says_how_many(client: Client, campaign: Campaign) -> None:
    for number in range(12):
        placed(51.66 + number / 100_000, 8.34, campaign=campaign)
    [group] = ask(client)["features"]
    assert group["properties"] == {"cluster": True, "count": 12, "label": "12 Ideen"}
    close = ask(client, "bbox=8.339,51.659,8.341,51.661")
    assert len(titles(close)) == 12


def test_no_idea_is_lost_or_doubled_by_grouping() -> None:
    chance = random.Random(4)
    places = [(number, 51.66 + chance.gauss(0, 0.02), 8.34 + chance.gauss(0, 0.03)) for number in range(2000)]
    groups = maps.grouped(places, (8.0, 51.5, 8.6, 51.8), 12)
    ids = [pk for group in groups for pk in group.ids]
    assert sorted(ids) == list(range(2000))
    assert len(groups) <= 150


def test_many_ideas_are_drawn_by_lot_and_the_answer_says_so(
    client: Client, campaign: Campaign, monkeypatch: pytest.MonkeyPatch
) -> None:
    chance = random.Random(7)
    for _number in range(60):
        rank = chance.randrange(2**31 - 1)
        placed(51.66 + chance.gauss(0, 0.02), 8.34 + chance.gauss(0, 0.03), campaign=campaign, fair_rank=rank)
    monkeypatch.setattr(maps, "EXACT_UP_TO", 20)
    monkeypatch.setattr(maps, "SAMPLE", 30)
    monkeypatch.setattr(maps, "ENOUGH", 5)
    found = ask(client)
    assert found["exact"] is False
    assert 15 <= found["shown"] <= 45
    assert 30 <= found["total"] <= 90
    assert "durch Los gezogen" in found["sentence"]
    assert sum(one["properties"].get("count", 1) for one in found["features"]) == pytest.approx(found["total"], rel=0.6)
    # Close enough, all of them are looked at again.
    assert ask(client, "bbox=8.34,51.66,8.35,51.67")["exact"] is True


def test_statements_do_not_grow_with_the_ideas(
    client: Client, campaign: Campaign, django_assert_max_num_queries: Any
) -> None:
    for number in range(40):
        placed(51.6 + number / 200, 8.1 + number / 100, campaign=campaign)
    ask(client)
    with django_assert_max_num_queries(9):
        ask(client)


def test_outlines_are_served_and_asked_for_only_once(client: Client, terms: None) -> None:
    assert json.loads(client.get("/ideen/karte/stadtteile.geojson").content)["features"] == []
    save_outlines(chosen=[(District.objects.get(slug="uferstadt"), square(8.33, 51.65))])
    from ideas.queries.places import forget_town_map

    forget_town_map()
    answer = client.get("/ideen/karte/stadtteile.geojson")
    found = json.loads(answer.content)
    assert found["bbox"] == [8.33, 51.65, 8.35, 51.67]
    assert found["features"][0]["properties"] == {"name": "Uferstadt"}
    again = client.get("/ideen/karte/stadtteile.geojson", headers={"If-None-Match": answer.headers["ETag"]})
    assert again.status_code == 304


def test_the_map_page_has_the_list_and_its_filters_without_a_script(
    client: Client, campaign: Campaign, terms: None
) -> None:
    placed(campaign=campaign, title="Brunnen am Markt", district=District.objects.get(slug="uferstadt"))
    page = client.get("/ideen/karte/?stadtteil=uferstadt").text
    assert "Brunnen am Markt" in page
    assert "/ideen/karte.geojson?stadtteil=uferstadt" in page
    assert 'href="/ideen/?stadtteil=uferstadt"' in page
    assert client.get("/ideen/karte/?stadtteil=quatsch").status_code == 400


def test_the_page_of_an_idea_says_where_it_is_and_only_of_what_is_approved(client: Client, campaign: Campaign) -> None:
    idea = placed(campaign=campaign)
    bare = client.get(idea.get_absolute_url()).text
    assert "geo:" not in bare  # the version says nothing of a place
    version = IdeaVersion.objects.create(
        idea=idea, number=2, title="Brunnen", text="Text", latitude=51.66, longitude=8.34
    )
    Idea.objects.filter(pk=idea.pk).update(approved_version=version, latest_version=version)
    page = client.get(idea.get_absolute_url()).text
    assert 'href="geo:51.66,8.34"' in page
    assert "51,66000 N, 8,34000 O" in page
