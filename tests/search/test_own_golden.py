"""A guard against getting worse: forty invented contributions, and questions of which each has one right answer."""

from pathlib import Path

import pytest
from django.contrib.auth.models import AnonymousUser

from search.actions import touch_many
from search.queries import search
from tests.search.notes import Note

DATA = Path(__file__).parent / "data"

pytestmark = pytest.mark.django_db


def lines(name: str) -> list[list[str]]:
    return [line.split("\t") for line in (DATA / name).read_text(encoding="utf-8").splitlines()]


def test_every_question_finds_its_answer_and_nearly_always_first() -> None:
    notes = Note.objects.bulk_create(
        [Note(source_id=name, title=title, text=text) for name, title, text in lines("own_texts.tsv")]
    )
    touch_many("note", [note.pk for note in notes])
    found = {}
    for question, right in lines("own_questions.tsv"):
        page = search(AnonymousUser(), question)
        names = [hit.doc.source_id for hit in [*page.hits, *page.similar_hits]]
        found[question] = names.index(right) + 1 if right in names else 0
    missed = [question for question, place in found.items() if not place]
    late = [question for question, place in found.items() if place > 1]
    assert missed == []
    assert len(late) <= len(found) // 10, late
