"""``verify_audit`` names every kind of tampering; each test plays somebody with access to the database."""

import re
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from accounts.models import User
from moderation import record
from moderation.actions import complain, decide, decide_complaint
from moderation.models import Anchor, Case, Complaint, Decision, RuleSeal, RuleVersion
from tests.moderation.guards import lifted

pytestmark = pytest.mark.django_db


@pytest.fixture
def history(refused):
    """Five decisions in a row."""
    return [refused() for _each in range(5)]


def verify(*options: str) -> tuple[int, str]:
    """Return exit code and what was said."""
    out, err = StringIO(), StringIO()
    try:
        call_command("verify_audit", *options, stdout=out, stderr=err, no_color=True)
    except SystemExit as end:
        return int(end.code or 0), err.getvalue()
    return 0, out.getvalue()


def found(*options: str) -> set[int]:
    """Return the numbers of the kinds of tampering that were found; the exit code is 1 exactly when there are any."""
    code, words = verify(*options)
    numbers = {int(number) for number in re.findall(r"^\[(\d)\] (?!=)", words, re.MULTILINE)}
    assert code == (1 if numbers else 0), words
    return numbers


def test_an_untouched_record_is_whole(history):
    assert verify() == (0, "5 Einträge, alle unversehrt.\n")


def test_an_empty_record_is_whole():
    assert verify()[0] == 0


@pytest.mark.parametrize(
    "changes",
    [
        {"reason": "Etwas anderes."},
        {"decision": "hide"},
        {"subject_version": 2},
        {"automated_detection": True},
        {"code": "geraten"},
        {"decided_at": "2026-01-01T00:00:00Z"},
        {"note": "nachgetragen"},
    ],
)
def test_1_a_changed_field_shows(history, changes):
    with lifted("moderation_decision"):
        Decision.objects.filter(sequence=3).update(**changes)
    assert found() == {1}
    assert "[1] Eintrag 3 wurde verändert" in verify()[1]


def test_1_an_entry_changed_together_with_its_hash_breaks_the_next(history):
    with lifted("moderation_decision"):
        entry = Decision.objects.get(sequence=3)
        entry.reason = "Etwas anderes."
        Decision.objects.filter(pk=entry.pk).update(reason=entry.reason, hash=record.fingerprint(entry))
    assert found() == {1}
    assert "Eintrag 3 wurde mitsamt seiner Prüfsumme verändert: Eintrag 4 schließt nicht daran an" in verify()[1]


@pytest.mark.parametrize("changes", [{"text": "Alles ist verboten."}, {"title": "Ruhe"}, {"ground": "law"}])
def test_2_other_words_of_a_rule_show(history, changes):
    with lifted("moderation_ruleversion"):
        RuleVersion.objects.update(**changes)
    assert found() == {2}
    assert "Der Wortlaut von Regel 3, Fassung 1, wurde verändert; 5 Einträge beruhen darauf." in verify()[1]


def test_2_the_seal_of_a_rule_cannot_be_changed_with_it_unseen(history):
    with lifted("moderation_ruleversion"), lifted("moderation_ruleseal"):
        RuleVersion.objects.update(text="Alles ist verboten.")
        rule = RuleVersion.objects.select_related("rule").get()
        RuleSeal.objects.update(hash=record.digest(record.words_of(rule)))
    assert found() == {1}


def test_3_a_deleted_entry_leaves_a_gap(history):
    with lifted("moderation_decision"):
        Decision.objects.filter(sequence=3).delete()
    words = verify()[1]
    assert found() == {3, 8}
    assert "[3] Vor Eintrag 4 fehlt 1 Eintrag." in words
    assert "[8] Fall" in words
    assert "gilt als entschieden, aber es ist keine Entscheidung eingetragen" in words


def test_3_closing_the_gap_shows_too(history):
    with lifted("moderation_decision"):
        Decision.objects.filter(sequence=3).delete()
        for number in (4, 5):
            Decision.objects.filter(sequence=number).update(sequence=number - 1)
    assert {1, 8} <= found()


def test_4_the_last_entry_cannot_vanish_unseen(history):
    record.anchor()
    with lifted("moderation_decision"):
        Decision.objects.filter(sequence__gte=4).delete()
    assert found() == {4, 8}
    assert "[4] Die Aufzeichnung endet mit Eintrag 3; ein Anker kennt Eintrag 5." in verify()[1]


def test_4_an_anchor_kept_elsewhere_tells_even_when_everything_here_was_cleaned_up(history, tmp_path):
    record.anchor()
    page = Client().get("/moderationsbuch/anker.json")
    (tmp_path / "anker.json").write_bytes(page.content)
    with lifted("moderation_decision"), lifted("moderation_anchor"):
        cases = Decision.objects.filter(sequence__gte=4).values_list("case", flat=True)
        Case.objects.filter(pk__in=list(cases)).update(state="open")
        Decision.objects.filter(sequence__gte=4).delete()
        Anchor.objects.all().delete()
    assert verify()[0] == 0  # from the inside alone, nothing is to be seen
    assert found("--anchor", str(tmp_path / "anker.json")) == {4}
    assert found("--anchor", f"5:{history[-1].hash}") == {4}


def test_5_an_inserted_entry_does_not_join(history):
    entry = Decision.objects.get(sequence=5)
    entry.pk, entry.sequence, entry.code, entry.hash = None, 6, "neu", "f" * 64
    entry.save(force_insert=True)
    assert found() == {5, 8}
    words = verify()[1]
    assert "[5] Eintrag 6 wurde eingefügt" in words
    assert "hat 2 Entscheidungen" in words


def test_5_an_entry_put_in_the_middle_shows(history):
    with lifted("moderation_decision"):
        for number in (5, 4, 3):
            Decision.objects.filter(sequence=number).update(sequence=number + 1)
        entry = Decision.objects.get(sequence=2)
        entry.pk, entry.sequence, entry.code, entry.previous_hash = None, 3, "neu", entry.hash
        entry.hash = record.fingerprint(entry)
        entry.save(force_insert=True)
    assert {5, 8} <= found()
    assert "[5] Eintrag 4 wurde eingefügt: Ein anderer Eintrag folgt auf denselben" in verify()[1]


def test_6_reordered_entries_show(history):
    with lifted("moderation_decision"):
        for old, new in ((2, 99), (4, 2), (99, 4)):
            Decision.objects.filter(sequence=old).update(sequence=new)
    assert found() == {6}
    words = verify()[1]
    for number in (2, 3, 4, 5):
        assert f"[6] Eintrag {number} steht an falscher Stelle" in words


def test_7_a_chain_rewritten_from_the_beginning_does_not_fit_its_anchors(history, tmp_path):
    record.anchor()
    kept = f"5:{history[-1].hash}"
    before = record.FIRST
    with lifted("moderation_decision"):
        Decision.objects.filter(sequence=2).update(reason="Das war harmlos.")
        for entry in Decision.objects.order_by("sequence"):
            entry.previous_hash = before
            before = entry.hash = record.fingerprint(entry)
            entry.save()
    assert found() == {7}
    assert "[7] Eintrag 5 hat eine andere Prüfsumme als sein Anker" in verify()[1]
    with lifted("moderation_anchor"):
        Anchor.objects.all().delete()
    assert verify()[0] == 0
    assert found("--anchor", kept) == {7}


def test_8_a_case_closed_by_hand_shows(opened):
    Case.objects.filter(pk=opened().pk).update(state="decided")
    assert "keine Entscheidung eingetragen" in verify()[1]
    assert found() == {8}


def test_8_a_decided_case_opened_again_by_hand_shows(history):
    Case.objects.filter(pk=history[0].case_id).update(state="open")
    assert "gilt aber nicht als entschieden" in verify()[1]


def test_8_a_contribution_changed_past_the_record_shows(history, thing):
    User.objects.filter(pk=history[1].object_id).update(office="public")
    assert found() == {8}
    assert f"Ding {history[1].object_id} ist „public“, laut letzter Entscheidung aber „refused“" in verify()[1]


def test_9_a_complaint_decided_by_the_same_person_shows(history, moderator):
    complaint = complain(code=history[0].code, text="Das war nicht so gemeint.")
    case = Case.objects.get(kind="complaint", object_id=complaint.pk)
    second = moderator("Jörg Pohl")
    decide_complaint(
        complaint_id=complaint.pk, version=case.version, actor=second, outcome="upheld", answer="Es bleibt dabei."
    )
    assert verify()[0] == 0
    # The constraint compares two columns of the row: whoever changes both gets past it.
    Complaint.objects.filter(pk=complaint.pk).update(first_actor=second, decided_by=history[0].actor)
    assert found() == {9}
    assert "[9] Beschwerde" in verify()[1]
    assert "Eintrag 1 hat die Person entschieden" in verify()[1]


def test_what_its_author_withdrew_or_changed_again_contradicts_nothing(history, opened):
    User.objects.filter(pk=history[0].object_id).update(office="withdrawn")
    User.objects.filter(pk=history[1].object_id).update(office="waiting")
    Case.objects.create(kind="thing", object_id=history[1].object_id, title="wieder da")
    assert verify()[0] == 0


def test_the_chain_goes_on_after_any_decision(history, opened, moderator):
    entry = decide(case_id=opened().pk, version=1, actor=moderator("Jörg Pohl"), decision="approve")
    assert (entry.sequence, entry.previous_hash) == (6, history[-1].hash)
    assert verify()[0] == 0


@pytest.mark.parametrize("said", ["gibtesnicht.json", "5:abc", "5"])
def test_an_anchor_that_cannot_be_read_is_refused(history, said):
    with pytest.raises(CommandError, match="weder eine Datei mit Ankern"):
        call_command("verify_audit", "--anchor", said)
