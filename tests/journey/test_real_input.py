"""Real citizens' contributions through the commands a town would use. The texts stay where they lie."""

import csv
import json
import os
import re
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests import databases
from tests.journey.stage import set_up
from tests.served import Town, served

DATA = Path(os.environ.get("MITWIRK_SHARED_DATA") or Path(__file__).resolve().parents[3] / "shared" / "data")
CONTRIBUTIONS, QUERIES = DATA / "contributions.jsonl", DATA / "golden_queries.tsv"

pytestmark = [
    pytest.mark.server,
    pytest.mark.skipif(not CONTRIBUTIONS.exists(), reason=f"{CONTRIBUTIONS} is not there (docs/testing.md)"),
]

ASK = """
import io, json
from django.core.management import call_command
for words in json.loads({words!r}):
    out = io.StringIO()
    call_command("find", words, "--campaign", "spielraeume", "--limit", "20", "--json", stdout=out)
    print(json.dumps(json.loads(out.getvalue())))
"""
FOLDS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})


@pytest.fixture(scope="module", params=databases.kinds())
def town(request: pytest.FixtureRequest) -> Iterator[Town]:
    with served(request.param, start=False) as place:
        set_up(place)
        yield place


def count(town: Town) -> int:
    return int(town.rows("SELECT count(*) FROM ideas_idea WHERE state = 'public'")[0][0])


def test_all_contributions_are_taken_in_a_minute_and_only_once(town: Town):
    began = time.monotonic()
    done = town.manage("import_contributions", str(CONTRIBUTIONS), "--campaign", "spielraeume", "--publish")
    took = time.monotonic() - began
    print(f"import: {took:.1f} s\n{done.stdout[-600:]}")
    assert count(town) == 2586
    again = town.manage("import_contributions", str(CONTRIBUTIONS), "--campaign", "spielraeume", "--publish")
    assert count(town) == 2586, again.stdout
    town.manage("verify_search")


def test_what_people_ask_for_is_found_among_real_contributions(town: Town):
    texts = {
        row["id"]: f"{row['title']} {row['text']}".lower().translate(FOLDS)
        for row in map(json.loads, CONTRIBUTIONS.read_text(encoding="utf-8").splitlines())
    }
    with QUERIES.open(encoding="utf-8") as handle:
        questions = list(csv.DictReader(handle, delimiter="\t"))
    printed = town.python(ASK.format(words=json.dumps([question["query"] for question in questions])))
    answers = [json.loads(line) for line in printed.splitlines() if line.startswith("{")]
    assert len(answers) == len(questions) == 30
    recalls = []
    for question, answer in zip(questions, answers, strict=True):
        patterns = [
            re.compile(question[f"must_match_regex_{n}"]) for n in (1, 2, 3) if question[f"must_match_regex_{n}"]
        ]
        right = {key for key, text in texts.items() if all(pattern.search(text) for pattern in patterns)}
        found = [hit["source_id"] for hit in answer["hits"] if hit["source_id"] in right]
        recalls.append(len(found) / min(20, len(right)))
    mean = sum(recalls) / len(recalls)
    print(f"recall@20 {mean:.3f}; backend {answers[0]['backend']}")
    assert mean >= 0.85
