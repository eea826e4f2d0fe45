"""Nothing that a person may not see shows anywhere: hits, counts, facets, suggestions, corrections, likeness."""

import random
from collections import Counter
from types import SimpleNamespace
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import transaction
from django.db.models import Q

from search import elastic
from search.actions import add_missing, sweep, touch, touch_campaign
from search.models import SearchChange, SearchDocument
from search.queries import search, similar, suggest
from search.spelling import count_words
from search.sync import sync
from tests.search.notes import Note

pytestmark = pytest.mark.django_db

WORDS = ("Radweg", "Spielplatz", "Laterne", "Brunnen", "Bank", "Hecke")
PEOPLE = (AnonymousUser(), SimpleNamespace(pk=1), SimpleNamespace(pk=2))


def change(dice: random.Random, notes: list[Note], *, forgets: bool = True) -> None:
    """Do one random thing, as a room would."""
    with transaction.atomic():
        if len(notes) < 6 or dice.random() < 0.3:
            word, number = dice.choice(WORDS), len(notes)
            mark = f"Merkwort{chr(97 + number % 26)}{chr(97 + number // 26)}"
            note = Note(
                title=f"{word} {mark}",
                text=f"{dice.choice(WORDS)} {mark}",
                district=f"ort{number}",
                campaign=dice.choice("ab"),
            )
            note.owner, note.public = dice.choice([None, 1, 2]), dice.random() < 0.6
            note.save()
            notes.append(note)
        elif dice.random() < 0.1:
            hidden = dice.choice("ab")
            Note.objects.filter(campaign=hidden).update(public=False)
            touch_campaign(hidden, hide=True)
            return
        else:
            note = dice.choice(notes)
            note.refresh_from_db()
            note.public = not note.public
            note.save()
        if not forgets or dice.random() < 0.9:  # now and then a room forgets: the index is wrong, yet nothing may show
            touch("note", note.pk)


def check(user: Any, told: set[str]) -> None:
    """Ask everything that can be asked; whatever comes back must be visible."""
    allowed = set(Note.objects.filter(public=True).values_list("title", flat=True))
    allowed |= set(Note.objects.filter(owner=user.pk).values_list("title", flat=True)) if user.pk else set()
    for word in (*WORDS, *told):
        page = search(user, word)
        shown = [hit.title for hit in [*page.hits, *page.similar_hits]]
        assert set(shown) <= allowed
        marks = {mark for mark in told if mark in page.corrected}
        assert all(any(mark in title for title in allowed) for mark in marks)
        assert {found.title for found in suggest(user, word)} <= allowed
        assert {one.hit.title for one in similar(user, "a", f"{word} Merkwort", kind="note")} <= allowed


@pytest.mark.parametrize("backend", ["database", "elasticsearch"])
@pytest.mark.parametrize("seed", range(4))
def test_nothing_hidden_shows(seed: int, backend: str, request: pytest.FixtureRequest) -> None:
    if backend == "elasticsearch":
        request.getfixturevalue("elasticsearch")
    dice, notes = random.Random(seed), []
    for step in range(40):
        change(dice, notes)
        if step % 13 == 12:
            count_words()
            if backend == "elasticsearch" and dice.random() < 0.7:  # now and then it lags behind
                sweep()
                sync()
                elastic.client().indices.refresh(index=elastic.alias())
            for user in PEOPLE:
                check(user, {note.title.split()[1] for note in dice.sample(notes, 3)})


@pytest.mark.parametrize("backend", ["database", "elasticsearch"])
@pytest.mark.parametrize("seed", range(3))
def test_counts_and_facets_say_exactly_what_everybody_sees(
    seed: int, backend: str, request: pytest.FixtureRequest
) -> None:
    if backend == "elasticsearch":
        request.getfixturevalue("elasticsearch")
    dice, notes = random.Random(seed), []
    for step in range(60):
        change(dice, notes, forgets=False)
        if step % 20 == 19:
            sweep()
            add_missing()
            count_words()
            if backend == "elasticsearch":
                sync()
                elastic.patient().indices.refresh(index=elastic.alias())
            for user in PEOPLE:
                compare_counts(user, backend, dice)


def compare_counts(user: Any, backend: str, dice: random.Random) -> None:
    """Compare totals and facets with the objects; own, hidden texts are in neither of them."""
    for word in WORDS:
        campaign = dice.choice("ab")
        public = Note.objects.filter(Q(title__contains=word) | Q(text__contains=word), public=True)
        page = search(user, f'"{word}"', filters={"campaign": [campaign]})
        assert (page.backend == "elasticsearch") == (backend == "elasticsearch")
        assert page.total == public.filter(campaign=campaign).count()
        for facet, chosen in (("campaign", {}), ("district", {"campaign": campaign})):
            told = {choice.value: choice.count for choice in page.facets[facet] if choice.count}
            assert told == dict(Counter(public.filter(**chosen).values_list(facet, flat=True)))


def test_an_index_that_lags_behind_shows_nothing_all_the_same(elasticsearch: str, write: Any) -> None:
    note = write("Radweg Merkwort", "Der geheime Plan", campaign="a", district="ort")
    sync()
    elastic.patient().indices.refresh(index=elastic.alias())
    Note.objects.update(public=False)  # and nobody tells
    page = search(AnonymousUser(), "Radweg")
    assert page.backend == "elasticsearch"
    assert [*page.hits, *page.similar_hits] == []
    assert suggest(AnonymousUser(), "radw") == []
    assert similar(AnonymousUser(), "a", "Radweg Merkwort", kind="note") == []
    with transaction.atomic():
        touch("note", note.pk)
    assert search(AnonymousUser(), "Radweg", filters={"district": ["ort"]}).hits == []


def test_what_is_hidden_leaves_elasticsearch_with_the_request_before_any_backlog(
    elasticsearch: str, write: Any, django_capture_on_commit_callbacks: Any
) -> None:
    note = write("Geheim")
    sync()
    for number in range(30):
        write(f"Rückstand {number}")
    Note.objects.filter(pk=note.pk).update(public=False)
    with django_capture_on_commit_callbacks(execute=True), transaction.atomic():
        touch("note", note.pk)
    said = elastic.patient().get(index=elastic.alias(), id=f"note:{note.pk}")["_source"]
    assert said == {"key": f"note:{note.pk}", "v": 2, "visible": False}
    assert SearchChange.objects.count() == 30


def test_a_hidden_campaign_leaves_before_any_backlog_and_before_it_is_built(
    elasticsearch: str, write: Any, django_capture_on_commit_callbacks: Any
) -> None:
    for number in range(5):
        write(f"Radweg {number}", campaign="a")
    sync()
    write("Rückstand")
    Note.objects.filter(campaign="a").update(public=False)
    with django_capture_on_commit_callbacks(execute=True), transaction.atomic():
        touch_campaign("a", hide=True)
    elastic.patient().indices.refresh(index=elastic.alias())
    visible = {"term": {"visible": True}}
    assert elastic.patient().count(index=elastic.alias(), query=visible)["count"] == 0
    assert SearchChange.objects.filter(hidden=True).count() == 0
    assert SearchChange.objects.filter(built=False).count() == 5
    sweep()
    sync()
    assert not SearchChange.objects.exists()
    assert not SearchDocument.objects.filter(campaign="a").exclude(title="").exists()
