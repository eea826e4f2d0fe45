"""How well German questions find what they mean: 30 questions over 2,586 contributions that lie beside the checkout.

A text is relevant iff every regular expression of the question matches its lower-cased, folded title and text. The texts
are only read where they lie (``MITWIRK_SHARED_DATA``), never copied.
"""

import csv
import json
import os
import re
from collections import defaultdict
from pathlib import Path

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection

from search import elastic
from search.actions import touch_many
from search.queries import search
from search.sync import sync
from tests.search.notes import Note

DATA = Path(os.environ.get("MITWIRK_SHARED_DATA") or Path(__file__).resolve().parents[3] / "shared" / "data")
FLOORS = {"recall": 0.87, "mrr": 0.93, "precision": 0.86}
LEAST_OF_A_CLASS = 0.75

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(
        not (DATA / "golden_queries.tsv").exists(),
        reason=f"The contributions and golden questions are not at {DATA}; set MITWIRK_SHARED_DATA.",
    ),
]


def plain(text: str) -> str:
    return text.lower().replace("ä", "ae").replace("ö", "oe").replace("ü", "ue").replace("ß", "ss")


def relevant(question: dict[str, str], texts: dict[str, str]) -> set[str]:
    wanted = [re.compile(question[f"must_match_regex_{n}"]) for n in (1, 2, 3) if question[f"must_match_regex_{n}"]]
    return {name for name, text in texts.items() if all(regex.search(text) for regex in wanted)}


def figures(question: dict[str, str], texts: dict[str, str]) -> dict[str, float]:
    right = relevant(question, texts)
    page = search(AnonymousUser(), question["query"])
    hits = [hit.doc.source_id for hit in [*page.hits, *page.similar_hits]][:20]
    good = [place for place, name in enumerate(hits, 1) if name in right]
    return {
        "recall": len(good) / min(20, len(right)),
        "mrr": 1 / good[0] if good else 0.0,
        "precision": len(good) / len(hits) if hits else 0.0,
        "hits": len(hits),
    }


def mean(rows: list[dict[str, float]], name: str) -> float:
    return sum(row[name] for row in rows) / len(rows)


@pytest.mark.parametrize("backend", ["database", pytest.param("elasticsearch", marks=pytest.mark.server)])
def test_golden_questions_find_what_they_mean(
    backend: str, request: pytest.FixtureRequest, capsys: pytest.CaptureFixture[str]
) -> None:
    if backend == "elasticsearch":
        request.getfixturevalue("elasticsearch")
    lines = [json.loads(line) for line in (DATA / "contributions.jsonl").read_text(encoding="utf-8").splitlines()]
    notes = Note.objects.bulk_create(
        [Note(title=line["title"], text=line["text"], source_id=line["id"]) for line in lines]
    )
    touch_many("note", [note.pk for note in notes])
    if backend == "elasticsearch":
        sync()
        elastic.client().indices.refresh(index=elastic.alias())
    assert search(AnonymousUser(), "Radweg").backend == (backend if backend == "elasticsearch" else connection.vendor)
    texts = {line["id"]: plain(f"{line['title']} {line['text']}") for line in lines}

    classes: dict[str, list[dict[str, float]]] = defaultdict(list)
    with (DATA / "golden_queries.tsv").open(encoding="utf-8", newline="") as handle:
        for question in csv.DictReader(handle, delimiter="\t"):
            classes[question["class"]].append(figures(question, texts))
    everything = [row for rows in classes.values() for row in rows]

    with capsys.disabled():
        print(f"\ngolden questions on {backend} ({connection.vendor}):")
        for name, rows in [*classes.items(), ("all", everything)]:
            print(f"  {name:11}{len(rows):3}  " + "  ".join(f"{part} {mean(rows, part):.3f}" for part in FLOORS))

    for name, floor in FLOORS.items():
        assert mean(everything, name) >= floor, name
    assert all(row["hits"] for row in everything)
    for name, rows in classes.items():
        assert mean(rows, "recall") >= LEAST_OF_A_CLASS, name
