"""A guard against getting worse: three hundred invented contributions of a small town, and a hundred judged questions.

``data/own_texts.tsv``: id, title, text. ``data/own_questions.tsv``: class, question, ids of all right answers (judged by
what the words mean, synonyms included). Own words, made for this test.
"""

from itertools import combinations
from pathlib import Path

import pytest

from search.actions import touch_many
from tests.search.golden import by_class, engines, figures, mean, overlap, table
from tests.search.notes import Note

DATA = Path(__file__).parent / "data"
FLOORS = {"recall": 0.93, "mrr": 0.95, "precision": 0.84}
LEAST_OF_A_CLASS, ALIKE = 0.8, 0.9

pytestmark = pytest.mark.django_db


def lines(name: str) -> list[list[str]]:
    return [line.split("\t") for line in (DATA / name).read_text(encoding="utf-8").splitlines()]


def fill() -> None:
    notes = Note.objects.bulk_create(
        [Note(source_id=name, title=title, text=text) for name, title, text in lines("own_texts.tsv")]
    )
    touch_many("note", [note.pk for note in notes])


def test_the_set_is_large_enough_and_judged_throughout() -> None:
    texts, questions = lines("own_texts.tsv"), lines("own_questions.tsv")
    names = {name for name, _title, _text in texts}
    assert len(names) == len(texts) >= 300
    assert len({question for _class, question, _right in questions}) == len(questions) >= 60
    assert all(right and set(right.split()) <= names for _class, _question, right in questions)


@pytest.mark.parametrize("server", [False, pytest.param(True, marks=pytest.mark.server)], ids=["database", "server"])
def test_own_questions_find_what_they_mean_on_every_engine(
    server: bool, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    if server:
        request.getfixturevalue("elasticsearch")
    fill()
    asked = lines("own_questions.tsv")
    found = {
        name: {question: ask(question) for _class, question, _right in asked}
        for name, ask in engines(request, monkeypatch, server=server).items()
    }
    for name, hits in found.items():
        rows = [(of, figures(hits[question], set(right.split()))) for of, question, right in asked]
        classes = by_class(rows)
        with capsys.disabled():
            print(f"\n{table(f'own questions on {name}:', classes)}")
        assert all(hits.values()), name
        for part, floor in FLOORS.items():
            assert mean(classes["all"], part) >= floor, (name, part)
        assert all(mean(rows, "recall") >= LEAST_OF_A_CLASS for rows in classes.values()), name
    for one, other in combinations(found, 2):
        assert sum(overlap(found[one][question], found[other][question]) for _class, question, _right in asked) >= (
            ALIKE * len(asked)
        ), (one, other)
