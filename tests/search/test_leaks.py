"""Nothing that a person may not see shows anywhere: hits, counts, facets, suggestions, corrections, likeness."""

import random
from types import SimpleNamespace
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import transaction

from search import elastic
from search.actions import sweep, touch, touch_campaign
from search.queries import search, similar, suggest
from search.spelling import count_words
from search.sync import sync
from tests.search.notes import Note

pytestmark = pytest.mark.django_db

WORDS = ("Radweg", "Spielplatz", "Laterne", "Brunnen", "Bank", "Hecke")
PEOPLE = (AnonymousUser(), SimpleNamespace(pk=1), SimpleNamespace(pk=2))


def change(dice: random.Random, notes: list[Note]) -> None:
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
        if dice.random() < 0.9:  # now and then a room forgets: the index is wrong, yet nothing may show
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


def test_counts_and_facets_know_only_what_everybody_sees() -> None:
    dice, notes = random.Random(7), []
    for _step in range(60):
        change(dice, notes)
    with transaction.atomic():
        touch("note", *[note.pk for note in notes])
    count_words()
    for word in WORDS:
        page = search(PEOPLE[1], word)
        places = set(Note.objects.filter(public=True).values_list("district", flat=True))
        assert {choice.value for choice in page.facets["district"]} <= places
        assert page.total <= len(places)
