"""``verify_audit`` names every kind of tampering; each test plays somebody with access to the database."""

from io import StringIO

import pytest
from django.core.management import call_command

from accounts.models import User
from moderation import record
from moderation.actions import decide
from moderation.models import Case, Decision, RuleVersion
from tests.moderation.guards import lifted

pytestmark = pytest.mark.django_db


@pytest.fixture
def history(refused):
    """Five decisions in a row."""
    return [refused() for _each in range(5)]


def verify() -> tuple[int, str]:
    """Return exit code and what was said."""
    out, err = StringIO(), StringIO()
    try:
        call_command("verify_audit", stdout=out, stderr=err, no_color=True)
    except SystemExit as end:
        return int(end.code or 0), err.getvalue()
    return 0, out.getvalue()


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
def test_a_changed_field_shows(history, changes):
    with lifted("moderation_decision"):
        Decision.objects.filter(sequence=3).update(**changes)
    code, words = verify()
    assert (code, "Eintrag 3 wurde verändert" in words) == (1, True)


def test_an_entry_changed_together_with_its_hash_breaks_the_next(history):
    with lifted("moderation_decision"):
        entry = Decision.objects.get(sequence=3)
        entry.reason = "Etwas anderes."
        Decision.objects.filter(pk=entry.pk).update(reason=entry.reason, hash=record.fingerprint(entry))
    code, words = verify()
    assert (code, "Eintrag 4 schließt nicht an den vorigen an" in words) == (1, True)


def test_a_deleted_entry_leaves_a_gap(history):
    with lifted("moderation_decision"):
        Decision.objects.filter(sequence=3).delete()
    code, words = verify()
    assert code == 1
    assert "Vor Eintrag 4 fehlt 1 Eintrag." in words
    assert "Eintrag 4 schließt nicht" in words
    assert "gilt als entschieden, aber es ist keine Entscheidung eingetragen" in words


def test_the_last_entry_cannot_vanish_unseen(history):
    with lifted("moderation_decision"):
        Decision.objects.filter(sequence=5).delete()
    code, words = verify()
    assert (code, "keine Entscheidung eingetragen" in words) == (1, True)


def test_an_inserted_entry_does_not_join(history):
    entry = Decision.objects.get(sequence=5)
    entry.pk, entry.sequence, entry.code, entry.hash = None, 6, "neu", "f" * 64
    entry.save(force_insert=True)
    code, words = verify()
    assert code == 1
    assert "Eintrag 6 schließt nicht" in words
    assert "Eintrag 6 wurde verändert" in words
    assert "hat 2 Entscheidungen" in words


def test_reordered_entries_show(history):
    with lifted("moderation_decision"):
        for old, new in ((2, 99), (4, 2), (99, 4)):
            Decision.objects.filter(sequence=old).update(sequence=new)
    code, words = verify()
    assert code == 1
    assert "Eintrag 2 wurde verändert" in words
    assert "Eintrag 3 schließt nicht" in words


def test_other_words_of_a_rule_show(history):
    with lifted("moderation_ruleversion"):
        RuleVersion.objects.update(text="Alles ist verboten.")
    assert verify()[1].count("wurde verändert") == 5


def test_a_case_closed_by_hand_shows(opened):
    Case.objects.filter(pk=opened().pk).update(state="decided")
    assert "keine Entscheidung eingetragen" in verify()[1]


def test_a_decided_case_opened_again_by_hand_shows(history):
    Case.objects.filter(pk=history[0].case_id).update(state="open")
    assert "gilt aber nicht als entschieden" in verify()[1]


def test_a_contribution_changed_past_the_record_shows(history, thing):
    User.objects.filter(pk=history[1].object_id).update(office="public")
    code, words = verify()
    assert (code, f"Ding {history[1].object_id} ist „public“, laut letzter Entscheidung aber „refused“" in words) == (
        1,
        True,
    )


def test_what_its_author_withdrew_or_changed_again_contradicts_nothing(history, opened):
    User.objects.filter(pk=history[0].object_id).update(office="withdrawn")
    User.objects.filter(pk=history[1].object_id).update(office="waiting")
    Case.objects.create(kind="thing", object_id=history[1].object_id, title="wieder da")
    assert verify()[0] == 0


def test_the_chain_goes_on_after_any_decision(history, opened, moderator):
    entry = decide(case_id=opened().pk, version=1, actor=moderator("Jörg Pohl"), decision="approve")
    assert (entry.sequence, entry.previous_hash) == (6, history[-1].hash)
    assert verify()[0] == 0
