"""Sealing a phase: the count of that moment, on record for ever."""

from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from common.errors import Refused
from ideas.models import Idea, Phase
from tests import factories
from voting.actions import close_phase, give_support, seal_due_phases, withdraw_support
from voting.models import Ballot, Result, Vote, VoteEvent
from voting.sealing import digest

pytestmark = pytest.mark.django_db


@pytest.fixture
def voted():
    """An idea that two of three people still support."""
    idea, people = factories.idea(), [factories.person() for _person in range(3)]
    for one in people:
        give_support(voter=one, idea=idea)
    withdraw_support(voter=people[0], idea=idea)
    return idea


def test_the_result_holds_the_count_and_its_hash(voted):
    editor, phase = factories.person(), voted.campaign.phases.get()
    result = close_phase(phase=phase, by=editor)
    assert result.snapshot["supports"] == {str(voted.pk): 2}
    assert (result.snapshot["total"], result.snapshot["people"]) == (2, 2)
    assert result.sha256 == digest(Result.objects.get().snapshot)
    phase.refresh_from_db()
    assert phase.sealed_at == phase.closes_at == result.sealed_at


def test_closing_twice_gives_the_first_result_again(voted):
    phase = voted.campaign.phases.get()
    assert close_phase(phase=phase).pk == close_phase(phase=phase).pk


def test_a_phase_that_has_not_begun_cannot_be_closed():
    later = timezone.now() + timedelta(days=1)
    phase = factories.phase(
        campaign=factories.campaign(phase=False), opens_at=later, closes_at=later + timedelta(days=1)
    )
    with pytest.raises(Refused):
        close_phase(phase=phase)


def test_what_is_due_is_sealed_without_anybody(voted):
    phase = voted.campaign.phases.get()
    assert seal_due_phases() == []
    Phase.objects.update(closes_at=timezone.now() - timedelta(minutes=1))
    (result,) = seal_due_phases()
    phase.refresh_from_db()
    assert (result.phase, phase.sealed_at is not None, phase.closes_at < phase.sealed_at) == (phase, True, True)
    assert seal_due_phases() == []


@pytest.mark.parametrize(
    "change",
    [
        lambda idea: Vote.objects.create(idea=idea, campaign=idea.campaign, voter_key="f" * 64),
        lambda idea: Vote.objects.update(voter_key="f" * 64),
        lambda idea: Vote.objects.all().delete(),
    ],
)
def test_after_the_seal_the_database_itself_refuses_votes(voted, change):
    close_phase(phase=voted.campaign.phases.get())
    with pytest.raises(IntegrityError), transaction.atomic():
        change(voted)


def test_an_editor_who_prolongs_a_sealed_phase_opens_nothing(voted):
    close_phase(phase=voted.campaign.phases.get())
    Phase.objects.update(closes_at=timezone.now() + timedelta(days=9))
    with pytest.raises(Refused):
        give_support(voter=factories.person(), idea=voted)


def test_a_later_phase_takes_supports_again(voted):
    campaign = voted.campaign
    close_phase(phase=campaign.phases.get())
    now = timezone.now()
    factories.phase(campaign=campaign, opens_at=now, closes_at=now + timedelta(days=5))
    assert give_support(voter=factories.person(), idea=voted).supports == 3
    assert Result.objects.get().snapshot["total"] == 2
    call_command("verify_votes")


@pytest.mark.parametrize(("model", "values"), [(VoteEvent, {"change": -1}), (Result, {"sha256": "0"})])
def test_events_and_results_can_only_be_added(voted, model, values):
    close_phase(phase=voted.campaign.phases.get())
    with pytest.raises(IntegrityError), transaction.atomic():
        model.objects.update(**values)
    with pytest.raises(IntegrityError), transaction.atomic():
        model.objects.all().delete()


def test_the_one_who_sealed_can_delete_the_account(voted):
    editor = factories.person()
    close_phase(phase=voted.campaign.phases.get(), by=editor)
    editor.delete()
    assert Result.objects.get().sealed_by is None


def test_a_recount_of_honest_votes_finds_nothing(voted, capsys):
    call_command("verify_votes")
    close_phase(phase=voted.campaign.phases.get())
    call_command("verify_votes")
    assert "2 Unterstützungen" in capsys.readouterr().out


TRIGGERS = (("voting_voteevent", "no_update"), ("voting_voteevent", "no_delete"), ("voting_result", "no_update"),
            ("voting_result", "no_delete"), ("voting_vote", "sealed"))  # fmt: skip


def without_guards():
    """Do what somebody with the keys to the database can do: take the triggers away."""
    with connection.cursor() as cursor:
        for table, name in TRIGGERS:
            if connection.vendor == "postgresql":
                cursor.execute(f"DROP TRIGGER {table}_{name} ON {table}")
        if connection.vendor == "sqlite":
            cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name LIKE 'voting_%%'")
            for (name,) in cursor.fetchall():
                cursor.execute(f"DROP TRIGGER {name}")


def first_event():
    return VoteEvent.objects.filter(pk=VoteEvent.objects.order_by("pk").first().pk)


def repeated_event():
    event = VoteEvent.objects.order_by("pk").first()
    event.pk = None
    event.save(force_insert=True)


def changed_result():
    result = Result.objects.get()
    result.snapshot["total"] = 99
    Result.objects.update(snapshot=result.snapshot)


def swapped_events():
    ordered = VoteEvent.objects.order_by("pk")
    ordered.filter(pk=ordered.last().pk).update(change=1)
    first_event().update(change=-1)


@pytest.mark.parametrize(
    ("tamper", "words"),
    [
        (lambda: Vote.objects.filter(pk=Vote.objects.first().pk).delete(), "1 Zeilen, Zähler 2"),
        (lambda: Vote.objects.filter(pk=Vote.objects.first().pk).update(voter_key="f" * 64), "Stimme ffffffff…"),
        (
            lambda: Vote.objects.create(idea=Idea.objects.get(), campaign_id=Vote.objects.first().campaign_id),
            "3 Zeilen",
        ),
        (lambda: Idea.objects.update(support_count=7), "Zähler 7"),
        (lambda: first_event().update(change=-1), "Ereignisse ergeben 0"),
        (lambda: first_event().delete(), "Ereignisse ergeben 1"),
        (repeated_event, "Ereignisse ergeben 3"),
        (swapped_events, "nimmt zurück"),
        (lambda: Ballot.objects.filter(used=1).update(used=3), "Stimmzettel sagt 3"),
        (changed_result, "passt nicht zu seiner Prüfsumme"),
        (lambda: Result.objects.all().delete(), "hat aber kein Ergebnis"),
    ],
)
def test_a_recount_names_what_was_tampered_with(voted, capsys, tamper, words):
    close_phase(phase=voted.campaign.phases.get())
    without_guards()
    tamper()
    with pytest.raises(CommandError, match="Abweichung"):
        call_command("verify_votes")
    assert words in capsys.readouterr().out
