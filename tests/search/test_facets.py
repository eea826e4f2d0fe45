"""Choices beside the hits: several of a kind, and every number true, whatever else is chosen."""

import random
import re
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime
from itertools import product
from types import SimpleNamespace
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import transaction
from django.test import Client

from search import elastic
from search.actions import touch_many
from search.queries import search
from search.sync import sync
from search.types import FACETS, Page
from tests.search.notes import Note
from tests.search.test_page import Links, page

pytestmark = pytest.mark.django_db
Write = Callable[..., Note]
VALUES = {
    "campaign": ("", "rad", "gruen"), "category": ("", "verkehr", "umwelt"), "district": ("", "altstadt", "nordfeld"),
    "status": ("neu", "umgesetzt"), "year": ("2024", "2025", "2026"),
}  # fmt: skip
# Half an hour before and after midnight in the town, at new year; and days in summer.
MOMENTS = [datetime(2024, 12, 31, 22, 30, tzinfo=UTC), datetime(2024, 12, 31, 23, 30, tzinfo=UTC), None,
           datetime(2025, 7, 1, 22, 30, tzinfo=UTC), datetime(2026, 1, 1, tzinfo=UTC)]  # fmt: skip


def year_of(moment: datetime | None) -> str:
    """Return the year in the town's time, which is an hour ahead in winter."""
    return str(moment.year + (moment.month == 12 and moment.hour == 23)) if moment else ""


def town(dice: random.Random, number: int = 60) -> None:
    for place in range(number):
        Note.objects.create(
            title=f"{dice.choice(['Laterne', 'Bank'])} {place}", text=dice.choice(["Laterne am Weg", "Weg"]),
            campaign=dice.choice(VALUES["campaign"]), category=dice.choice(VALUES["category"]),
            district=dice.choice(VALUES["district"]), status=dice.choice(VALUES["status"]),
            published_at=dice.choice(MOMENTS), public=dice.random() < 0.7, votes=dice.choice([-1, 1]),
        )  # fmt: skip
    touch_many("note", Note.objects.values_list("pk", flat=True))
    touch_many("memo", Note.objects.values_list("pk", flat=True))


def rows() -> list[dict[str, str]]:
    """Return the facets of everything public that has the word, a row for each kind it is found as."""
    found = []
    for note in Note.objects.filter(public=True):
        if "Laterne" in f"{note.title} {note.text}":
            values = {name: getattr(note, name) for name in ("campaign", "category", "district", "status")}
            values["year"] = year_of(note.published_at)
            found += [{**values, "kind": kind} for kind in (["note", "memo"] if note.votes < 0 else ["note"])]
    return found


def check(answer: Page, chosen: dict[str, list[str]]) -> None:
    """Compare every number with one that was counted by hand."""
    everything = rows()

    def left(row: dict[str, str], but: str = "") -> bool:
        return all(row[name] in values for name, values in chosen.items() if name != but)

    assert answer.total == sum(map(left, everything))
    for facet in FACETS:
        counted = Counter(row[facet] for row in everything if row[facet] and left(row, facet))
        expected = {**dict.fromkeys(chosen.get(facet, []), 0), **counted}
        assert {choice.value: choice.count for choice in answer.facets[facet]} == expected, (facet, chosen)
        assert {choice.value for choice in answer.facets[facet] if choice.chosen} == set(chosen.get(facet, []))
    assert answer.without == {name: sum(left(row, name) for row in everything) for name in chosen}


def some_choices(dice: random.Random) -> dict[str, list[str]]:
    offered = {
        **{name: [value for value in values if value] for name, values in VALUES.items()},
        "kind": ["note", "memo"],
    }
    return {name: dice.sample(values, dice.randint(1, 2)) for name, values in offered.items() if dice.random() < 0.4}


@pytest.mark.parametrize("seed", range(2))
def test_numbers_are_those_of_everything_visible_that_has_the_word(seed: int) -> None:
    dice = random.Random(seed)
    town(dice)
    for user, _turn in product((AnonymousUser(), SimpleNamespace(pk=1)), range(8)):
        chosen = some_choices(dice)
        check(search(user, "Laterne", filters=chosen, size=500), chosen)


@pytest.mark.server
@pytest.mark.usefixtures("elasticsearch")
def test_numbers_are_the_same_from_the_search_server(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("search.backends.elastic._BUCKETS", 7)  # so that they come in many pages
    monkeypatch.setattr("search.backends.elastic._MOST_PAGES", 99)
    dice = random.Random(7)
    town(dice)
    sync()
    elastic.client().indices.refresh(index=elastic.alias())
    for _turn in range(8):
        chosen = some_choices(dice)
        answer = search(AnonymousUser(), "Laterne", filters=chosen)
        assert answer.backend == "elasticsearch"
        check(answer, chosen)


@pytest.mark.parametrize("seed", range(2))
def test_of_very_many_hits_every_number_is_a_lower_bound_or_true(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("search.facets.CAP", 10)
    dice = random.Random(seed)
    town(dice)
    everything = rows()
    for _turn in range(12):
        chosen = some_choices(dice)
        answer = search(AnonymousUser(), "Laterne", filters=chosen, size=500)
        left = [row for row in everything if all(row[name] in values for name, values in chosen.items())]
        assert answer.total == (len(left) if answer.is_exact else 10) <= len(left)
        assert answer.is_exact == (len(left) <= 10)
        for facet in FACETS:
            others = [row for row in everything if all(row[name] in chosen[name] for name in chosen if name != facet)]
            for choice in answer.facets[facet]:
                true = sum(row[facet] == choice.value for row in others)
                assert choice.count <= true if choice.at_least else choice.count == true, (facet, chosen)


def test_several_values_of_every_kind_stand_in_the_address(client: Client, write: Write) -> None:
    for number, (status, year) in enumerate(product(("neu", "umgesetzt"), (2025, 2026))):
        write(f"Laterne {number}", status=status, published_at=datetime(year, 6, 1, tzinfo=UTC))
    links = Links(page(client, "/suche/?q=Laterne&jahr=2025&status=neu")).found
    assert "?q=Laterne&status=neu&jahr=2025&jahr=2026" in links
    assert "?q=Laterne&status=neu&status=umgesetzt&jahr=2025" in links
    assert "?q=Laterne&status=neu" in links
    assert "4 Treffer" in page(
        client, "/suche/?q=Laterne&jahr=2025&jahr=2026&status=neu&status=umgesetzt&art=note&art=memo"
    )
    assert "1 Treffer" in page(client, "/suche/?q=Laterne&jahr=2025&status=neu")


def test_a_search_that_finds_nothing_says_which_choice_stands_in_the_way(client: Client, write: Write) -> None:
    write("Laterne am Weg", campaign="rad", district="altstadt")
    shown = page(client, "/suche/?q=Laterne&kampagne=gruen")
    assert "In allen Kampagnen suchen: 1 Treffer" in shown
    assert "?q=Laterne" in Links(shown).found
    assert "Ohne Ihre Auswahl bei „Stadtteil“: 1 Treffer" in page(
        client, "/suche/?q=Laterne&kampagne=rad&stadtteil=nordfeld"
    )


def test_nearest_words_are_offered_but_none_that_only_hidden_texts_have(client: Client, write: Write) -> None:
    write("Gewächshaus", "für den Schulgarten")
    hidden = write("Gewächszelt")
    Note.objects.filter(pk=hidden.pk).update(public=False)
    with transaction.atomic():
        touch_many("note", [hidden.pk])
    shown = page(client, "/suche/?q=Gewächsbude")
    assert "?q=Gew%C3%A4chshaus" in Links(shown).found
    said = re.sub(r"""(?:nonce|value)=["'][^"']*["']""", "", shown)  # a token made of dice may have these letters
    assert "zelt" not in said.lower()


@pytest.mark.parametrize("text", ["und oder der", "🚲🌳", "*:*", "…", "%"])
def test_what_has_no_word_to_look_for_is_told(client: Client, text: str) -> None:
    answer = client.get("/suche/", {"q": text})
    assert "Darin steht kein Wort, nach dem wir suchen können" in answer.content.decode()


def test_a_long_text_is_searched_by_its_beginning_and_the_page_says_so(client: Client, write: Write) -> None:
    write("Laterne am Weg")
    assert "mit den ersten 200 Zeichen" in client.get("/suche/", {"q": "Laterne " * 5_000}).content.decode()
    assert "mit den ersten 200 Zeichen" not in page(client, "/suche/?q=Laterne")


def suggested(client: Client, text: str, **more: Any) -> list[str]:
    answer = client.get("/suche/vorschlaege/", {"q": text, **more})
    assert answer.status_code == 200
    return [one["text"] for one in answer.json()["suggestions"]]


def test_titles_are_suggested_while_somebody_types(client: Client, write: Write) -> None:
    write("Straßenlaternen am Bachweg")
    hidden = write("Straßenlaternen im Verborgenen")
    assert sorted(suggested(client, "strassenl")) == ["Straßenlaternen am Bachweg", "Straßenlaternen im Verborgenen"]
    assert suggested(client, "Straßenlaternen am B") == []  # the last word has only begun to begin
    Note.objects.filter(pk=hidden.pk).update(public=False)  # and nobody told the index
    assert suggested(client, "strassenl") == ["Straßenlaternen am Bachweg"]


@pytest.mark.parametrize("text", ["", "s", "*:*", "\u202e", "🚲", "x" * 5_000, "wort " * 50_000, "%", "'", "NEAR("])
def test_whatever_is_typed_may_be_asked_for_suggestions(client: Client, write: Write, text: str) -> None:
    write("Straßenlaternen am Bachweg")
    assert suggested(client, text) == []
