"""Lists of ideas: filters, orders, pages by cursor – the same for everybody, by index, never silently wrong."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.db import transaction
from django.test import Client
from django.utils import timezone

from ideas.models import Campaign, District, Idea, Topic
from ideas.queries.ring import start_for
from search.actions import touch
from tests import factories

# The fair order follows from day and visitor: on another day two visitors may begin at the same of 45 ideas by chance.
NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
TITLE = re.compile(r'mw-card__title"><a href="[^"]+">([^<]+)<')


def titles(text: str) -> list[str]:
    return TITLE.findall(text)


def following(text: str) -> str | None:
    found = re.search(r'href="([^"]+)" rel="next"', text)
    return found[1].replace("&amp;", "&") if found else None


def walk(client: Client, address: str) -> list[str]:
    seen: list[str] = []
    page: str | None = address
    while page:
        text = client.get(page).text
        seen += titles(text)
        page = following(text)
    return seen


@pytest.fixture
def many(campaign: Campaign) -> list[Idea]:
    now = timezone.now()
    return [
        factories.idea(
            campaign=campaign,
            title=f"Idee Nummer {number:02}",
            published_at=now - timedelta(hours=number),
            support_count=number % 7,
            comment_count=number % 3,
            trend=float(number % 5),
            fair_rank=number * 90_000_000 % (2**31 - 1),
        )
        for number in range(45)
    ]


@pytest.mark.parametrize("sort", ["fair", "neu", "unterstuetzt", "diskutiert", "trend"])
def test_every_order_shows_each_idea_once_over_all_pages(client: Client, many: list[Idea], sort: str) -> None:
    seen = walk(client, f"/ideen/?sort={sort}")
    assert len(seen) == 45
    assert set(seen) == {idea.title for idea in many}


def test_orders_are_what_they_say(client: Client, many: list[Idea]) -> None:
    assert titles(client.get("/ideen/?sort=neu").text)[:2] == ["Idee Nummer 00", "Idee Nummer 01"]
    supports = {idea.title: idea.support_count for idea in many}
    shown = [supports[title] for title in walk(client, "/ideen/?sort=unterstuetzt")]
    assert shown == sorted(shown, reverse=True)


def test_the_fair_order_goes_on_where_it_was_after_midnight(
    client: Client, many: list[Idea], monkeypatch: pytest.MonkeyPatch
) -> None:
    first = client.get("/ideen/")
    monkeypatch.setattr("ideas.queries.visit.start_for", lambda *_args: 5)
    seen = titles(first.text) + walk(client, following(first.text) or "")
    assert len(seen) == len(set(seen)) == 45


def test_another_day_begins_elsewhere() -> None:
    from ideas.queries.ring import day_start

    assert len({day_start(NOON + timedelta(days=day)) for day in range(30)}) == 30


def test_several_values_are_alternatives_and_facets_are_combined(
    client: Client, campaign: Campaign, terms: None
) -> None:
    play, ways = Topic.objects.get(slug="spiel"), Topic.objects.get(slug="unterwegs")
    shore = District.objects.get(slug="uferstadt")
    factories.idea(campaign=campaign, title="Am Ufer spielen", topic=play, district=shore)
    factories.idea(campaign=campaign, title="Anderswo spielen", topic=play)
    factories.idea(campaign=campaign, title="Am Ufer fahren", topic=ways, district=shore)
    assert set(titles(client.get("/ideen/?thema=spiel&thema=unterwegs").text)) == {
        "Am Ufer spielen",
        "Anderswo spielen",
        "Am Ufer fahren",
    }
    assert titles(client.get("/ideen/?thema=spiel&stadtteil=uferstadt").text) == ["Am Ufer spielen"]
    assert "1 Idee passt" in client.get("/ideen/?thema=spiel&stadtteil=uferstadt").text


def test_status_and_tags_narrow_the_list(client: Client, campaign: Campaign) -> None:
    done = factories.idea(campaign=campaign, title="Schon fertig geworden", progress=Idea.Progress.DONE)
    factories.idea(campaign=campaign, title="Noch ganz neu")
    done.tags.add("Schatten")
    assert titles(client.get("/ideen/?status=umgesetzt").text) == ["Schon fertig geworden"]
    assert titles(client.get("/ideen/?schlagwort=schatten").text) == ["Schon fertig geworden"]


@pytest.mark.parametrize(
    "query",
    ["sort=zufall", "thema=quatsch", "ziel=1", "stadtteil=%27", "status=new", "schlagwort=gibtesnicht", "nach=xyz", "nach=W10:abc",
     "thema=" + "&thema=".join(map(str, range(30)))],
)  # fmt: skip
def test_unknown_values_are_refused(client: Client, many: list[Idea], query: str) -> None:
    assert client.get(f"/ideen/?{query}").status_code == 400


def test_a_cursor_belongs_to_its_order(client: Client, many: list[Idea]) -> None:
    page = following(client.get("/ideen/?sort=neu").text) or ""
    assert client.get(page.replace("sort=neu", "sort=trend")).status_code == 400


def test_another_visitor_begins_elsewhere_and_finds_it_again_all_day() -> None:
    starts = {start_for("192.0.2.1", f"Browser {number}", NOON) for number in range(30)}
    assert len(starts) == 30
    later = NOON + timedelta(hours=9)
    assert start_for("192.0.2.1", "Browser 1", NOON) == start_for("192.0.2.1", "Browser 1", later)
    assert start_for("192.0.2.1", "Browser 1", NOON) != start_for("192.0.2.2", "Browser 1", NOON)


def test_a_list_in_fair_order_is_for_one_visitor_only(
    client: Client, many: list[Idea], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ideas.queries.visit.start_for", lambda address, agent: start_for(address, agent, NOON))
    first, again = (client.get("/ideen/", headers={"user-agent": "Fuchs 1"}) for _number in range(2))
    other = client.get("/ideen/", headers={"user-agent": "Fuchs 2"})
    assert titles(first.text) == titles(again.text) != titles(other.text)
    assert first.headers["Cache-Control"] == "private"
    assert not first.cookies
    onward = titles(client.get(following(first.text) or "", headers={"user-agent": "Fuchs 3"}).text)
    assert not set(onward) & set(titles(first.text))


def test_words_narrow_the_list(client: Client, campaign: Campaign) -> None:
    shade = factories.idea(campaign=campaign, title="Mehr Schatten am Ufer")
    factories.idea(campaign=campaign, title="Ein Brunnen am Markt")
    with transaction.atomic():
        touch("idea", *Idea.objects.values_list("pk", flat=True))
    page = client.get("/ideen/?q=Schatten").text
    assert titles(page) == [shade.title]
    assert "1 Idee passt" in page
    assert "Filter entfernen:" in page
    assert titles(client.get("/ideen/?q=gibtesnichtwort").text) == []


def test_hidden_numbers_are_not_told_by_the_order(client: Client, campaign: Campaign) -> None:
    campaign.counts_hidden_until = timezone.now() + timedelta(days=1)
    campaign.save()
    factories.idea(campaign=campaign, title="Zahl noch geheim", support_count=77077)
    shown = client.get("/ideen/").text
    assert "Zahl noch geheim" in shown
    assert not {"77077", "77.077"} & set(shown.replace("<", " ").replace(">", " ").split())
    assert titles(client.get("/ideen/?sort=unterstuetzt").text) == []


def test_the_feed_tells_public_ideas_only(client: Client, campaign: Campaign) -> None:
    factories.idea(campaign=campaign, title="Steht im Feed", author=factories.person("Lippespatz"))
    factories.idea(campaign=campaign, title="Wartet noch immer", state=Idea.State.WAITING)
    feed = client.get("/ideen/feed/")
    assert feed.headers["Content-Type"].startswith("application/atom+xml")
    assert "Steht im Feed" in feed.text
    assert "Lippespatz" in feed.text
    assert "Wartet noch immer" not in feed.text


def test_an_empty_list_invites(client: Client, campaign: Campaign) -> None:
    assert "Hier ist Platz für die erste." in client.get("/ideen/").text
