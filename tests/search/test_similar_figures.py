"""How well similar ideas are found among the shared contributions: paraphrases find their original, drafts their neighbours.

Made anew after the description of the experiment (its rules and lots are not kept anywhere): A – paraphrases by rule
(synonyms, words left out, slips, umlauts written out) of a title and one of the first three sentences; B – real drafts
(title and first sentence), for which other texts of the same town that share a rare street and a subject are right.
"""

import json
import random
import re
from collections import defaultdict

import pytest
from django.contrib.auth.models import AnonymousUser

from search.actions import touch_many
from search.compounds import read_list
from search.queries import similar
from search.synonyms import entries
from tests.search.notes import Note
from tests.search.test_golden import DATA, plain

# The figures to reach, less the .03 allowed: A hit@1 .983, hit@5 .997, recognised .98; B recall@5 .440, any .727; the
# label on other drafts .14 at most (more by the same .03).
LEAST = {"first": 0.953, "found": 0.967, "recognised": 0.95, "recall": 0.41, "any": 0.697}
MOST_LABELLED = 0.17
DRAFTS = 300

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(not (DATA / "contributions.jsonl").exists(), reason=f"The contributions are not at {DATA}."),
]
STREET = re.compile(
    r"\b\w{4,}(?:strasse|platz|allee|bruecke|weg|ufer|gasse|ring|damm|tor)\b"
    r"|\b\w{5,}er (?:strasse|platz|allee|weg|ring|bruecke)\b"
)
SUBJECTS = [re.compile(words) for words in (
    r"park(en|t|er|platz|plaetze|ende)", r"ampel|gruenphase", r"beleucht|dunkel|latern|licht", r"einbahn|gegenrichtung",
    r"schlagl|belag|holp|uneben|asphalt|kaputt|wurzel|pflaster", r"radweg|radstreifen|schutzstreifen", r"bordstein|kante|absenk",
    r"kreuzung|abbieg|einmuend", r"staender|abstell|buegel", r"poller|schranke|umlauf|gitter", r"haltestelle|bahn\b|\bbus",
    r"\beng|schmal|breit",
)]  # fmt: skip
Line = dict[str, str]


@pytest.fixture
def lines() -> list[Line]:
    lines = [json.loads(line) for line in (DATA / "contributions.jsonl").read_text(encoding="utf-8").splitlines()]
    notes = Note.objects.bulk_create(
        [Note(title=one["title"], text=one["text"], source_id=one["id"], campaign=one["city"]) for one in lines]
    )
    touch_many("note", [note.pk for note in notes])
    return lines


def sentences(text: str) -> list[str]:
    return [one for one in re.split(r"(?<=[.!?])\s+", text) if one.strip()] or [""]


def slip(word: str, lot: random.Random) -> str:
    at = lot.randrange(len(word) - 1)
    swapped = word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    return lot.choice([word[:at] + word[at + 1 :], swapped, word[:at] + word[at] + word[at:]])


def paraphrase(text: str, lot: random.Random, others: dict[str, list[str]]) -> str:
    said = []
    for word in text.split():
        same = others.get(word.lower().strip(".,;:!?"))
        new = lot.choice(same).capitalize() if same and lot.random() < 0.5 else word
        if lot.random() < 0.12:
            continue
        if len(new) > 4 and lot.random() < 0.06:
            new = slip(new, lot)
        said.append(new.replace("ä", "ae").replace("ö", "oe").replace("ü", "ue") if lot.random() < 0.15 else new)
    return " ".join(said)


def neighbours(lines: list[Line]) -> list[tuple[Line, str, set[str]]]:
    """Return drafts (line, first sentence) with the texts that share a street few texts name and a subject."""
    streets = {one["id"]: set(STREET.findall(street_text(f"{one['title']} {one['text']}"))) for one in lines}
    subjects = {one["id"]: about(plain(f"{one['title']} {one['text']}")) for one in lines}
    at: dict[tuple[str, str], set[str]] = defaultdict(set)
    for one in lines:
        for street in streets[one["id"]]:
            at[one["city"], street].add(one["id"])
    found = []
    for one in lines:
        first = sentences(one["text"])[0]
        draft = street_text(f"{one['title']} {first}")
        near = [at[one["city"], street] for street in set(STREET.findall(draft))]
        right = {name for names in near if 2 <= len(names) <= 12 for name in names if subjects[name] & about(draft)}
        if right := right - {one["id"]}:
            found.append((one, first, right))
    return found


def street_text(text: str) -> str:
    return re.sub(r"str\b\.?", "strasse", plain(text))


def about(text: str) -> set[int]:
    return {number for number, words in enumerate(SUBJECTS) if words.search(text)}


def test_paraphrases_find_their_original_and_drafts_their_neighbours(
    lines: list[Line], capsys: pytest.CaptureFixture[str]
) -> None:
    lot = random.Random(7)
    groups = [entries(line) for line in read_list("de_synonyms.txt")]
    others = {word: [other for other in group if other != word] for group in groups for word in group}
    figures: dict[str, float] = defaultdict(float)
    for one in lot.sample([line for line in lines if len(line["title"]) > 8 and len(line["text"]) > 40], DRAFTS):
        draft = (paraphrase(one["title"], lot, others), paraphrase(lot.choice(sentences(one["text"])[:3]), lot, others))
        alike = {row.hit.doc.source_id: row for row in similar(AnonymousUser(), one["city"], *draft, kind="note")}
        figures["first"] += next(iter(alike), "") == one["id"]
        figures["found"] += one["id"] in alike
        figures["recognised"] += one["id"] in alike and alike[one["id"]].very_similar
    numbers = dict(Note.objects.values_list("source_id", "pk"))
    for one, first, right in random.Random(11).sample(neighbours(lines), DRAFTS):
        own = f"note:{numbers[one['id']]}"
        alike = {
            row.hit.doc.source_id: row
            for row in similar(AnonymousUser(), one["city"], one["title"], first, exclude=own, kind="note")
        }
        figures["recall"] += len(alike.keys() & right) / len(right)
        figures["any"] += bool(alike.keys() & right)
        figures["labelled"] += any(row.very_similar for row in alike.values())
    shares = {name: value / DRAFTS for name, value in figures.items()}
    with capsys.disabled():
        print("\nsimilar ideas:", "  ".join(f"{name} {share:.3f}" for name, share in shares.items()))
    for name, least in LEAST.items():
        assert shares[name] >= least, (name, shares)
    assert shares["labelled"] <= MOST_LABELLED, shares
