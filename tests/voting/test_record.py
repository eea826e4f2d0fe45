"""The public record: roots over all events, receipts that find their entry, a program that needs nothing of us."""

import json
import subprocess
import sys
import threading
import time
from datetime import timedelta
from hashlib import sha256
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from common.database import share_lock
from ideas.models import Campaign
from tests import factories
from tests.voting.record_tools import body, save_list, voted
from voting import merkle, receipts
from voting.actions import give_support
from voting.actions.locks import lock_name
from voting.actions.rooting import build_roots
from voting.actions.writing import write
from voting.models import LogSalt, MerkleRoot, VoteEvent
from voting.queries import record
from voting.queries.receipts import own_receipts, receipt_of

PROGRAM = Path(__file__).parents[2] / "docs" / "pruefen" / "pruefe_verzeichnis.py"


def test_a_tree_is_that_of_rfc_6962_and_each_path_leads_to_its_root():
    def by_definition(lines):
        if len(lines) == 1:
            return sha256(b"\x00" + lines[0].encode()).digest()
        half = 1 << (len(lines) - 1).bit_length() - 1
        return sha256(b"\x01" + by_definition(lines[:half]) + by_definition(lines[half:])).digest()

    for count in range(1, 20):
        lines = [f"Zeile {number}" for number in range(count)]
        leaves = [merkle.leaf(line) for line in lines]
        assert merkle.root(leaves) == by_definition(lines).hex()
        assert {merkle.climb(leaves[at], merkle.path(leaves, at)) for at in range(count)} == {merkle.root(leaves)}
    assert merkle.root([]) == sha256().hexdigest()


def test_receipts_are_typed_as_people_type_and_slips_are_found():
    proof = sha256(b"x").hexdigest()
    shown = receipts.in_groups(proof)
    assert [len(group) for group in shown.split("-")] == [4] * 13
    for typed in (shown, shown.lower().replace("-", " "), shown.replace("0", "O").replace("1", "l"), proof.upper()):
        assert receipts.as_typed(typed) == proof
    slips = [shown[:at] + ("7" if shown[at] != "7" else "8") + shown[at + 1 :] for at in (0, 7, 13, 33, 62)]
    assert [receipts.as_typed(slip) for slip in slips].count("") >= 3
    assert receipts.as_typed("Z" * 52) == receipts.as_typed("") == receipts.as_typed("ä" * 52) == ""


@pytest.mark.django_db
def test_roots_cover_every_event_and_hold_on_to_each_other():
    voted()
    first = build_roots(most=2)
    voted()
    assert build_roots(most=100)[0].former == first[-1].root
    assert build_roots() == []
    numbers = [entry.number for root in MerkleRoot.objects.order_by("number") for entry in record.entries_of(root)]
    assert numbers == list(VoteEvent.objects.order_by("pk").values_list("pk", flat=True))
    for model in (MerkleRoot, LogSalt):
        with pytest.raises(IntegrityError), transaction.atomic():
            model.objects.all().delete()
    call_command("verify_votes")


@pytest.mark.django_db
def test_everybody_finds_the_own_entry_with_the_receipt(client):
    _campaign, ideas, people = voted()
    client.force_login(people[-1])
    page = client.get("/mein/quittungen/").content.decode()
    code = receipt_of(people[-1], ideas[0])
    assert code in page
    assert ideas[1].title in page
    assert code in client.get(ideas[0].get_absolute_url()).content.decode()
    client.logout()
    young = client.post("/abstimmungen/pruefen/", {"receipt": code}).content.decode()
    assert "Ihr Eintrag ist da" in young
    assert "jünger als die letzte Wurzel" in young
    build_roots()
    answer = client.post("/abstimmungen/pruefen/", {"receipt": code.lower().replace("-", " ")})
    text = answer.content.decode()
    assert ideas[0].title in text
    assert "abgegeben" in text
    assert MerkleRoot.objects.get().root in text
    assert "no-store" in answer["Cache-Control"]
    found = record.find(receipts.as_typed(code))
    assert merkle.climb(merkle.leaf(found.entry.line), found.path) == found.root.root
    assert receipt_of(people[0], ideas[0]) == ""
    assert [one.idea for one in own_receipts(people[0])] == []


@pytest.mark.django_db
@pytest.mark.parametrize(("typed", "status", "words"), [
    ("", 422, "Bitte tippen Sie"), ("7K2M", 422, "Das kann keine Quittung sein"),
    (receipts.in_groups("ab" * 32), 404, "gibt es keinen Eintrag"), ("x\0y", 422, ""), ("<b>" * 60, 422, "&lt;b&gt;"),
])  # fmt: skip
def test_what_is_no_receipt_is_told_so_and_stays_in_the_field(client, typed, status, words):
    answer = client.post("/abstimmungen/pruefen/", {"receipt": typed})
    assert answer.status_code == status
    assert words in answer.content.decode()


@pytest.mark.django_db
def test_while_numbers_are_hidden_the_list_tells_commitments_only(client):
    until = timezone.now() + timedelta(days=1)
    campaign, ideas, people = voted(counts_hidden_until=until)
    build_roots()
    entry = json.loads(body(client.get("/abstimmungen/verzeichnis/1.json")))["entries"][0]
    assert set(entry) == {"number", "hour", "commitment", "seal"}
    # Whoever tries all ideas against the seal gets nowhere without the salt.
    guesses = {
        sha256(f"{salt}|{campaign.pk}|support||{idea.pk}||1|1".encode()).hexdigest()
        for idea in ideas
        for salt in ("", "0", str(entry["number"]))
    }
    assert entry["seal"] not in guesses
    code = receipt_of(people[-1], ideas[0])
    text = client.post("/abstimmungen/pruefen/", {"receipt": code}).content.decode()
    assert "Ihr Eintrag ist da" in text
    assert ideas[0].title not in text
    Campaign.objects.update(counts_hidden_until=timezone.now() - timedelta(hours=1))
    shown = json.loads(body(client.get("/abstimmungen/verzeichnis/1.json")))["entries"][0]
    assert shown["content"]["idea"] == ideas[0].pk
    assert shown["seal"] == entry["seal"]


@pytest.mark.django_db
def test_the_list_is_for_everybody_to_keep_and_unknown_parts_are_not_found(client):
    voted()
    build_roots()
    answer = client.get("/abstimmungen/verzeichnis/1.json")
    assert answer["Cache-Control"] == "public, max-age=60"
    assert answer["Content-Type"] == "application/json"
    assert client.get("/abstimmungen/verzeichnis/2.json").status_code == 404
    assert client.get(f"/abstimmungen/verzeichnis/{10**30}.json").status_code == 404


def program(folder, *more):
    command = [sys.executable, "-I", str(PROGRAM), str(folder), *more]
    return subprocess.run(command, capture_output=True, text=True, timeout=60, env={"PYTHONIOENCODING": "utf-8"})


def changed(path, change):
    words = json.loads(path.read_text(encoding="utf-8"))
    change(words)
    path.write_text(json.dumps(words), encoding="utf-8")


@pytest.mark.django_db
def test_the_independent_program_finds_what_was_tampered_with(client, tmp_path):
    campaign, ideas, people = voted()
    from voting.actions import close_phase

    build_roots(most=3)
    close_phase(phase=campaign.phases.get())
    save_list(client, tmp_path)
    code = receipt_of(people[-1], ideas[0])
    done = program(tmp_path, "--quittung", code)
    assert done.returncode == 0
    assert "Alles stimmt." in done.stdout
    assert f"Idee {ideas[0].pk}, abgegeben" in done.stdout
    wrong = program(tmp_path, "--quittung", receipts.in_groups("ab" * 32))
    assert wrong.returncode == 1
    assert "kein Eintrag" in wrong.stdout
    assert program(tmp_path / "nichts").returncode == 2

    def flip(words):
        words["entries"][0]["content"]["change"] = -1

    def swap(words):
        words["entries"][0], words["entries"][1] = words["entries"][1], words["entries"][0]

    page, index = tmp_path / "verzeichnis" / "1.json", tmp_path / "verzeichnis.json"
    for path, change, sentence in (
        (page, flip, "der Inhalt passt nicht zum Siegel"),
        (page, lambda words: words["entries"][0].update(commitment="0" * 64), "Wurzel 1 passt nicht"),
        (page, lambda words: words["entries"].pop(0), "3 Einträge angekündigt, 2 gefunden"),
        (page, swap, "nicht in ihrer Reihenfolge"),
        (index, lambda words: words["roots"].pop(0), "davor fehlt eine Wurzel"),
        (index, lambda words: words["results"][0]["snapshot"].update(total=99), "passt nicht zu seiner Prüfsumme"),
    ):
        before = path.read_text(encoding="utf-8")
        changed(path, change)
        done = program(tmp_path)
        assert (done.returncode, sentence in done.stdout) == (1, True), done.stdout
        path.write_text(before, encoding="utf-8")
    (tmp_path / "alt.json").write_text(index.read_text(encoding="utf-8").replace('"root": "', '"root": "0'), "utf-8")
    done = program(tmp_path, "--frueher", str(tmp_path / "alt.json"))
    assert done.returncode == 1
    assert "war früher eine andere" in done.stdout


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor != "postgresql", reason="numbers and commits are in one order on SQLite")
def test_a_vote_that_is_committed_late_is_not_left_out():
    campaign = factories.campaign()
    idea = factories.idea(campaign=campaign)
    give_support(voter=factories.person(), idea=idea)
    written, go_on = threading.Event(), threading.Event()

    def slow():
        try:
            with transaction.atomic():
                write(idea, "f" * 64, 1, +1, share_lock(lock_name(campaign.pk)))
                written.set()
                go_on.wait(60)
        finally:
            connection.close()

    def build():
        try:
            build_roots()
        finally:
            connection.close()

    voter, builder = threading.Thread(target=slow), threading.Thread(target=build)
    voter.start()
    assert written.wait(60)
    give_support(voter=factories.person(), idea=idea)  # has a larger number, and is committed first
    builder.start()
    time.sleep(0.3)
    assert builder.is_alive()
    assert not MerkleRoot.objects.exists()
    go_on.set()
    builder.join(60)
    voter.join(60)
    (root,) = MerkleRoot.objects.all()
    assert root.count == VoteEvent.objects.count() == 3
