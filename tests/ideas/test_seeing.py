"""What is looked at: noted as a sample without persons, written seldom, and what the nightly dealing makes of it."""

import random
from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from ideas.actions.dealing import deal_part, deal_places, parts
from ideas.actions.seeing import looks, write_looks
from ideas.models import Campaign, Idea, IdeaViews
from ideas.queries.exposure import measured, tenths
from ideas.queries.ring import RING
from ideas.queries.scope import scope_of
from tests import factories

FOX = {"user-agent": "Mozilla/5.0 Fuchs"}
NIGHT = timezone.make_aware(datetime(2026, 3, 2, 3, 10))


@pytest.fixture(autouse=True)
def _nothing_noted() -> None:
    looks.taken()


def noted() -> dict[int, tuple[int, int]]:
    write_looks()
    return {row.idea_id: (row.shown, row.opened) for row in IdeaViews.objects.all()}


def test_reading_writes_nothing_and_the_sample_is_written_at_once(client: Client, campaign: Campaign) -> None:
    idea = factories.idea(campaign=campaign)
    client.get("/ideen/", headers=FOX)
    with CaptureQueriesContext(connection) as seen:
        client.get("/ideen/", headers=FOX)
        client.get(idea.get_absolute_url(), headers=FOX)
    assert not [row for row in seen.captured_queries if "ideaviews" in row["sql"]]
    assert noted() == {idea.pk: (8, 1)}
    client.get(idea.get_absolute_url(), headers=FOX)
    assert noted() == {idea.pk: (8, 2)}


def test_programs_and_the_author_do_not_count(client: Client, campaign: Campaign) -> None:
    author = factories.person()
    idea = factories.idea(campaign=campaign, author=author)
    for agent in ("", "Googlebot/2.1", "curl/8"):
        client.get("/ideen/", headers={"user-agent": agent})
        client.get(idea.get_absolute_url(), headers={"user-agent": agent})
    client.force_login(author)
    client.get(idea.get_absolute_url(), headers=FOX)
    assert noted() == {}


def test_what_is_gone_meanwhile_is_left_out(campaign: Campaign) -> None:
    looks.add(shown=[999_999], opened=[999_999])
    assert noted() == {}


def test_ideas_seen_less_get_longer_stretches_by_night_only(campaign: Campaign) -> None:
    ideas = [factories.idea(campaign=campaign) for _number in range(20)]
    IdeaViews.objects.bulk_create(IdeaViews(idea=idea, shown=100) for idea in ideas[:10])
    assert deal_places(NIGHT + timedelta(hours=9)) == 0
    assert deal_places(NIGHT) == 20
    assert deal_places(NIGHT + timedelta(minutes=10)) == 0
    places = sorted(Idea.objects.values_list("fair_rank", "pk"))
    stretches = {pk: rank - before for (before, _pk), (rank, pk) in zip([(0, 0), *places], places, strict=False)}
    seen = sum(stretches[idea.pk] for idea in ideas[:10])
    assert sum(stretches[idea.pk] for idea in ideas[10:]) > 6 * seen
    assert all(0 <= rank <= RING for rank, _pk in places)


def test_large_campaigns_are_dealt_in_parts(campaign: Campaign) -> None:
    for number in range(6):
        factories.idea(campaign=campaign, fair_rank=number * (RING // 6) + 5)
    Campaign.objects.filter(pk=campaign.pk).update(idea_count=3000)
    assert list(parts()) == [(campaign.pk, place, 3) for place in range(3)]
    before = dict(Idea.objects.values_list("pk", "fair_rank"))
    assert deal_part(campaign.pk, 1, 3, random.Random(1)) == 2
    moved = {pk for pk, rank in Idea.objects.values_list("pk", "fair_rank") if before[pk] != rank}
    assert len(moved) == 2
    third = (RING + 1) // 3
    assert all(
        third <= rank < 2 * third + 2 for rank in Idea.objects.filter(pk__in=moved).values_list("fair_rank", flat=True)
    )


def test_the_page_shows_the_real_distribution(client: Client, campaign: Campaign) -> None:
    assert "gibt es zu wenige" in client.get("/wie-wir-sortieren/").text
    old = timezone.now() - timedelta(days=30)
    ideas = [factories.idea(campaign=campaign, published_at=old) for _number in range(20)]
    IdeaViews.objects.bulk_create(
        IdeaViews(idea=idea, shown=10 + place, opened=place) for place, idea in enumerate(ideas)
    )
    found = measured(scope_of(campaign), timezone.now())
    assert (found.ideas, found.looks, found.neglected) == (20, 580, 0)
    assert sum(group.share for group in found.groups) == pytest.approx(100, abs=0.6)
    page = client.get(f"/wie-wir-sortieren/?kampagne={campaign.slug}").text
    for words in (
        "Fair gemischt",
        "Gini-Koeffizient",
        "Zehntel der Ideen",
        "20 Ideen mit 580 Blicken",
        "Wir zählen seit",
    ):
        assert words in page
    assert client.get("/wie-wir-sortieren/?kampagne=gibtesnicht").status_code == 400


def test_a_closed_campaign_is_as_unknown_as_any_word(client: Client, db: None) -> None:
    closed = factories.campaign(slug="kreis", audience=Campaign.Audience.MEMBERS, title="Innerer Kreis")
    answers = [client.get(f"/wie-wir-sortieren/?kampagne={slug}") for slug in (closed.slug, "gibtesnicht")]
    assert [answer.status_code for answer in answers] == [400, 400]
    assert "Innerer Kreis" not in answers[0].text


def test_shares_of_tenths() -> None:
    assert [group.share for group in tenths(range(1, 101))][:2] == [1.1, 3.1]
    assert [group.share for group in tenths([])] == [0.0] * 10
