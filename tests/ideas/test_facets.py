"""Facets: several values are alternatives, each choice says how many ideas it would leave, nothing leads nowhere."""

import re

import pytest
from django.test import Client

from common.errors import Refused
from ideas.models import Campaign, CampaignStatus, District, Idea, Topic
from ideas.queries.listing import listing, read_wish
from tests import factories
from tests.ideas.conftest import signed_in
from tests.ideas.test_lists import titles
from voting.actions import give_support

OPTION = re.compile(
    r'<li>(<a [^>]*>|<span class="mw-filter__none">)<span>([^<]+)</span> <span class="mw-filter__count">([^<]+)<',
    re.DOTALL,
)


def choices(text: str) -> dict[str, str]:
    """Return label → number of all choices; those that lead nowhere have a star."""
    return {
        label: number.strip() + ("" if tag.startswith("<a") else "*") for tag, label, number in OPTION.findall(text)
    }


@pytest.fixture
def ideas(campaign: Campaign, terms: None) -> None:
    play, ways = Topic.objects.get(slug="spiel"), Topic.objects.get(slug="unterwegs")
    shore = District.objects.get(slug="uferstadt")
    for number, (topic, district) in enumerate([(play, shore), (play, shore), (play, None), (ways, None)]):
        idea = factories.idea(campaign=campaign, title=f"Nummer {number}", topic=topic, district=district)
        idea.tags.add("Schatten", *(["Wasser"] if number == 0 else []))


def test_each_choice_says_how_many_it_leaves(client: Client, ideas: None) -> None:
    assert choices(client.get("/ideen/").text) == {
        "Spielräume für alle": "4", "Spiel und Freizeit": "3", "Unterwegs": "1", "Gesund aufwachsen": "0*",
        "Uferstadt": "2", "Altstadt": "0*", "Neu": "4", "Im Gespräch": "0*", "Wird geprüft": "0*",
        "Wird umgesetzt": "0*", "Umgesetzt": "0*", "Nicht umsetzbar": "0*", "Schatten": "4", "Wasser": "1",
    }  # fmt: skip


def test_other_facets_count_the_own_choice_does_not(client: Client, ideas: None) -> None:
    found = choices(client.get("/ideen/?thema=unterwegs").text)
    assert (found["Spiel und Freizeit"], found["Unterwegs"]) == ("3", "1")
    assert (found["Uferstadt"], found["Schatten"], "Wasser" in found) == ("0*", "1", False)


def test_a_chosen_value_without_ideas_can_be_taken_away(client: Client, ideas: None) -> None:
    page = client.get("/ideen/?stadtteil=altstadt").text
    assert choices(page)["Altstadt"] == "0"
    assert "Keine Idee passt" in page


def test_tags_narrow_the_numbers_of_the_other_facets(client: Client, ideas: None) -> None:
    found = choices(client.get("/ideen/?schlagwort=wasser").text)
    assert (found["Spiel und Freizeit"], found["Unterwegs"], found["Uferstadt"]) == ("1", "0*", "1")
    assert (found["Wasser"], found["Schatten"]) == ("1", "4")


def test_the_list_of_all_can_be_narrowed_to_campaigns(client: Client, ideas: None) -> None:
    other = factories.idea(campaign=factories.campaign(title="Radwege", slug="radwege"), title="Ein Radweg")
    factories.idea(campaign=factories.campaign(slug="zu", is_public=False), title="Unsichtbar")
    assert titles(client.get("/ideen/?kampagne=radwege").text) == [other.title]
    assert len(titles(client.get("/ideen/?kampagne=radwege&kampagne=spielraeume").text)) == 5
    assert client.get("/ideen/?kampagne=zu").status_code == 400
    assert client.get("/ideen/?kampagne=gibtesnicht").status_code == 400


def test_own_statuses_of_a_campaign_are_a_facet_of_its_list(campaign: Campaign) -> None:
    best = CampaignStatus.objects.create(
        campaign=campaign, name="Auf der Liste", slug="auf-der-liste", progress="planned"
    )
    CampaignStatus.objects.create(campaign=campaign, name="Eingegangen", slug="eingegangen", progress="new")
    factories.idea(campaign=campaign, title="Gewählt", status=best, progress="planned")
    factories.idea(campaign=campaign, title="Noch ohne")
    for slug, title in (("auf-der-liste", "Gewählt"), ("eingegangen", "Noch ohne")):
        found = listing(read_wish({"status": [slug]}), "/x/", campaign)
        assert [card["title"] for card in found.cards] == [title]
        status = next(facet for facet in found.facets if facet.name == "status")
        assert [(option["label"], option["count"]) for option in status.options] == [
            ("Auf der Liste", 1),
            ("Eingegangen", 1),
        ]
    with pytest.raises(Refused):
        listing(read_wish({"status": ["neu"]}), "/x/", campaign)


def test_many_and_few_hits_are_found_by_different_ways_and_the_same(
    client: Client, ideas: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ideas.queries.visit.start_for", lambda *_args: 5)  # midnight may come between two answers
    for sort in ("fair", "neu", "unterstuetzt", "diskutiert", "trend"):
        address = f"/ideen/?thema=spiel&status=neu&sort={sort}"
        few = titles(client.get(address).text)
        with monkeypatch.context() as patch:
            patch.setattr("ideas.queries.numbers.FEW", -1)
            patch.setattr("ideas.queries.tally.KEPT_SECONDS", 0)
            patch.setattr("ideas.queries.tally.remembered", lambda key: ("x", None))
            assert titles(client.get(address).text) == few
        assert len(few) == 3


def test_cards_say_what_one_supports(ideas: None) -> None:
    person = factories.person()
    give_support(voter=person, idea=Idea.objects.get(title="Nummer 2"))
    page = signed_in(person).get("/ideen/").text
    assert page.count("Sie unterstützen das") == 1
    assert "Sie unterstützen das" not in Client().get("/ideen/").text
