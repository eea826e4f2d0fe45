"""Sealing whatever people vote on: by the clock and by hand, opened again on record, and nothing changes afterwards."""

from datetime import timedelta

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from common.errors import Refused
from ideas.models import Phase
from tests import factories
from tests.ideas.conftest import signed_in
from tests.voting.record_tools import in_days
from voting import voter_keys
from voting.actions import close_phase, give_opinion, give_support, reopen_phase, seal_due_phases
from voting.actions.baskets import save_basket
from voting.actions.forgetting import destroy_due_keys
from voting.models import KeyDestroyed, PaperCount, Project, Reopening, Result, Vote
from voting.queries import own_support_ids
from voting.sealing import digest
from voting.voters import account_voter

pytestmark = pytest.mark.django_db
METHODS = [method.value for method in Phase.Method]


def vote(method, people=3):
    """A phase in which three people have voted for the first of two ideas, and paper has come in."""
    campaign = factories.campaign(phase=False)
    budget = {"budget_cents": 100_000} if method == "budget" else {}
    now = timezone.now()
    phase = factories.phase(
        campaign=campaign, method=method, opens_at=now + timedelta(days=1), closes_at=in_days(9), **budget
    )
    ideas = [factories.idea(campaign=campaign) for _idea in range(2)]
    if method == "budget":
        for idea in ideas:
            Project.objects.create(phase=phase, idea=idea, cost_cents=50_000)
    Phase.objects.filter(pk=phase.pk).update(opens_at=now - timedelta(days=1))
    phase.refresh_from_db()
    for _person in range(people):
        give(factories.person(), phase, ideas[0])
    clerks = [factories.person(), factories.person()]
    PaperCount.objects.create(
        phase=phase, idea=ideas[1], number=7, place="Rathaus", entered_by=clerks[0], confirmed_by=clerks[1], confirmed_at=now
    )  # fmt: skip
    return phase, ideas


def give(person, phase, idea):
    if phase.method == "support":
        give_support(voter=person, idea=idea)
    elif phase.method == "budget":
        save_basket(voter=account_voter(person, phase.campaign_id), phase=phase, idea_ids=[idea.pk], version=0)
    else:
        give_opinion(voter=person, idea=idea, value=1)


@pytest.mark.parametrize("method", METHODS)
def test_every_way_of_voting_is_counted_and_sealed_by_the_clock(method):
    phase, ideas = vote(method)
    assert seal_due_phases() == []
    Phase.objects.filter(pk=phase.pk).update(closes_at=timezone.now() - timedelta(seconds=1))
    (result,) = seal_due_phases()
    found = result.snapshot
    assert (found["people"], found["total"], found["levels"], found["closed"]) == (3, 3, {"0": 3}, "clock")
    assert found["paper"] == {str(ideas[1].pk): {"1": 7}}
    counted = found.get("supports") or found.get("projects") or found.get("opinions")
    assert counted[str(ideas[0].pk)] in (3, {"1": 3})
    assert result.sha256 == digest(Result.objects.get().snapshot)
    with pytest.raises(Refused):
        give(factories.person(), Phase.objects.get(), ideas[0])


TABLES = {
    "support": {"voting_vote": "value = value"},
    "opinion": {"voting_opinion": "value = -1"},
    "rating": {"voting_opinion": "value = 5"},
    "budget": {"voting_basket": "version = 9", "voting_basketitem": "cost_cents = 1"},
}


@pytest.mark.parametrize("method", METHODS)
def test_after_the_seal_no_statement_changes_a_row(method):
    phase, _ideas = vote(method)
    other, _others = vote(method, people=0)
    close_phase(phase=phase)
    for table, change in (TABLES[method] | {"voting_papercount": "number = 1"}).items():
        moved = "campaign_id" if table == "voting_vote" else "phase_id"
        target = other.campaign_id if table == "voting_vote" else other.pk
        columns = ", ".join(name for name in columns_of(table) if name != "id")
        statements = [
            f"UPDATE {table} SET {change}",
            f"DELETE FROM {table} WHERE id = (SELECT min(id) FROM {table})",
            f"INSERT INTO {table} ({columns}) SELECT {columns} FROM {table} WHERE id = (SELECT min(id) FROM {table})",
        ]
        if table != "voting_basketitem":
            statements.append(f"UPDATE {table} SET {moved} = {target} WHERE id = (SELECT min(id) FROM {table})")
        for statement in statements:
            with pytest.raises(IntegrityError, match=r"sealed|append-only"):
                run(statement)


def run(statement):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def columns_of(table):
    (model,) = [one for one in apps.get_app_config("voting").get_models() if one._meta.db_table == table]
    return [field.column for field in model._meta.concrete_fields]


def test_a_phase_is_not_opened_again_without_a_word():
    phase, _ideas = vote("support")
    close_phase(phase=phase)
    with pytest.raises(IntegrityError, match="on record only"), transaction.atomic():
        Phase.objects.filter(pk=phase.pk).update(sealed_at=None)


def test_a_later_vote_on_something_else_does_not_open_supports_again():
    phase, ideas = vote("support")
    close_phase(phase=phase)
    factories.phase(campaign=phase.campaign, method="opinion", opens_at=timezone.now(), closes_at=in_days(30))
    with pytest.raises(IntegrityError), transaction.atomic():
        Vote.objects.create(idea=ideas[1], campaign=phase.campaign, voter_key="f" * 64)


@pytest.fixture
def editor():
    return factories.make_person("redaktion@example.org", "Rieke Rand", groups=["Redaktion"])


def test_an_editor_closes_by_hand_and_opens_again_and_both_results_are_public(client, editor):
    phase, ideas = vote("support")
    desk = signed_in(editor)
    assert "Jetzt schließen" in desk.get("/cms/abstimmungen/").content.decode()
    assert desk.post(f"/cms/abstimmungen/{phase.pk}/schliessen/").status_code == 422
    assert not Result.objects.exists()
    desk.post(f"/cms/abstimmungen/{phase.pk}/schliessen/", {"sure": "on"})
    first = Result.objects.get()
    assert (first.sealed_by, first.snapshot["closed"]) == (editor, "hand")
    for wrong in ({}, {"because": "x", "until": "gestern"}, {"because": "x", "until": "2020-01-01T10:00"}):
        assert desk.post(f"/cms/abstimmungen/{phase.pk}/wieder-oeffnen/", wrong).status_code == 422
    until = timezone.localtime(in_days(2)).strftime("%Y-%m-%dT12:00")  # an hour that every day has, once
    words = {"because": "Der Server stand still.", "until": until}
    assert desk.post(f"/cms/abstimmungen/{phase.pk}/wieder-oeffnen/", words).status_code == 302
    give_support(voter=factories.person(), idea=ideas[1])
    second = close_phase(phase=phase)
    text = desk.get("/cms/abstimmungen/").content.decode()
    assert first.sha256 in text
    assert second.sha256 in text
    assert [first.snapshot["total"], second.snapshot["total"]] == [3, 4]
    from voting.queries.sealed import sealed_votes

    latest, former = sealed_votes(phase.campaign)
    assert (latest.reopened, former.reopened) == (None, Reopening.objects.get())
    assert (latest.by_hand, former.by_hand, latest.paper) == (False, True, 7)


@pytest.mark.parametrize("path", ["", "1/schliessen/", "1/wieder-oeffnen/"])
def test_only_editors_close_votes(path):
    someone = signed_in(factories.make_person("moderation@example.org", "Mira Moor", groups=["Moderation"]))
    assert someone.get(f"/cms/abstimmungen/{path}").status_code in (302, 403)


def test_the_key_is_destroyed_three_months_after_the_last_result(settings, client):
    phase, ideas = vote("support", people=0)
    anna = factories.person()
    give_support(voter=anna, idea=ideas[0])
    close_phase(phase=phase)
    settings.VOTING_KEY_DAYS = 1
    assert destroy_due_keys() == []
    settings.VOTING_KEY_DAYS = 0
    later = factories.phase(campaign=phase.campaign, opens_at=in_days(5), closes_at=in_days(6))
    assert destroy_due_keys() == []  # a phase is still to come
    later.delete()
    assert own_support_ids(anna, ideas) == {ideas[0].pk}
    assert destroy_due_keys() == [phase.campaign]
    assert (KeyDestroyed.objects.count(), voter_keys.has_secret(phase.campaign_id)) == (1, False)
    assert destroy_due_keys() == []
    assert own_support_ids(anna, ideas) == set()
    client.force_login(anna)
    assert phase.campaign.title in client.get("/mein/quittungen/").content.decode()
    with pytest.raises(Refused, match="anonym"):
        reopen_phase(phase=phase, by=anna, because="x", until=in_days(3))
    with pytest.raises(IntegrityError), transaction.atomic():
        KeyDestroyed.objects.all().delete()
