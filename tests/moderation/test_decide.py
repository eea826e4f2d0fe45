"""Deciding a case."""

import pytest
import time_machine
from django.db import DatabaseError, transaction
from django.utils import timezone
from django.utils.timezone import localtime

from accounts.models import User
from common.errors import Refused
from common.models import Delivery
from moderation.actions import claim_case, close_case, decide, open_case, release_case
from moderation.models import Case, Decision

pytestmark = pytest.mark.django_db


def opened(thing: User) -> Case:
    with transaction.atomic():
        return open_case("thing", thing.pk)


def test_an_approval_publishes_is_recorded_and_ends_the_case(thing, moderator):
    item = thing()
    case = opened(item)
    entry = decide(case_id=case.pk, version=1, actor=moderator(), decision="approve")
    item.refresh_from_db()
    case.refresh_from_db()
    assert (item.office, case.state, case.version) == ("public", "decided", 2)
    assert (entry.sequence, entry.state_before, entry.state_after) == (1, "waiting", "public")
    assert entry.previous_hash == "0" * 64


def test_a_refusal_carries_all_parts_of_a_statement_of_reasons(thing, moderator, rule):
    entry = decide(
        case_id=opened(thing()).pk,
        version=1,
        actor=moderator(),
        decision="refuse",
        rule_version=rule,
        reason="Ein Angriff.",
    )
    assert all([entry.scope, entry.duration, entry.redress, entry.ground == "terms", entry.code])
    days = localtime(entry.complaint_until).date() - localtime(entry.decided_at).date()
    assert days.days == 184  # the longest six months; until the end of the day
    assert "Streitbeilegungsstelle" in entry.redress


@pytest.mark.parametrize(
    ("changes", "status", "field"),
    [
        ({"version": None}, 422, "version"),
        ({"decision": "vanish"}, 422, "decision"),
        ({"decision": "uphold"}, 422, "decision"),
        ({"decision": "hide"}, 422, "decision"),
        ({"decision": "refuse", "rule_version": None}, 422, "rule"),
        ({"decision": "refuse", "reason": "  "}, 422, "reason"),
        ({"decision": "refuse", "reason": "x" * 20_000}, 422, "reason"),
        ({"decision": "approve_with_note", "reason": ""}, 422, "reason"),
        ({"version": 7}, 409, None),
        ({"case_id": 999_999}, 404, None),
    ],
)
def test_what_is_missing_or_does_not_fit_is_refused_and_nothing_happens(thing, moderator, rule, changes, status, field):
    item = thing()
    asked = {
        "case_id": opened(item).pk, "version": 1, "actor": moderator(), "decision": "refuse", "rule_version": rule,
        "reason": "Ein Angriff.", **changes,
    }  # fmt: skip
    with pytest.raises(Refused) as refusal:
        decide(**asked)
    item.refresh_from_db()
    assert (refusal.value.status, refusal.value.field, item.office) == (status, field, "waiting")
    assert not Decision.objects.exists()


def test_only_moderators_decide(thing):
    case = opened(thing())
    with pytest.raises(Refused) as refusal:
        decide(case_id=case.pk, version=1, actor=thing(), decision="approve")
    assert refusal.value.status == 403


def test_the_second_of_two_learns_who_decided_what(thing, moderator, rule):
    case = opened(thing())
    decide(
        case_id=case.pk, version=1, actor=moderator("Mira Kaya"), decision="refuse", rule_version=rule, reason="Nein."
    )
    with pytest.raises(Refused) as refusal:
        decide(case_id=case.pk, version=1, actor=moderator("Jörg Pohl"), decision="approve")
    assert refusal.value.status == 409
    assert "Mira Kaya" in refusal.value.message
    assert "Ablehnen" in refusal.value.message


def test_an_edit_meanwhile_makes_the_moderator_look_again(thing, moderator):
    item = thing()
    case = opened(item)
    assert opened(item).pk == case.pk
    with pytest.raises(Refused) as refusal:
        decide(case_id=case.pk, version=1, actor=moderator(), decision="approve")
    assert refusal.value.code == "stale"
    decide(case_id=case.pk, version=2, actor=moderator("Jörg Pohl"), decision="approve")


def test_a_withdrawn_contribution_closes_its_case(thing, moderator):
    item = thing()
    case = opened(item)
    assert close_case("thing", item.pk)
    assert not close_case("thing", item.pk)
    with pytest.raises(Refused) as refusal:
        decide(case_id=case.pk, version=2, actor=moderator(), decision="approve")
    assert refusal.value.code == "closed"


def test_a_claim_holds_for_fifteen_minutes_and_can_then_be_taken_over(thing, moderator):
    case, mira, joerg = opened(thing()), moderator("Mira Kaya"), moderator("Jörg Pohl")
    claim_case(case_id=case.pk, actor=mira)
    for act in (
        lambda: claim_case(case_id=case.pk, actor=joerg),
        lambda: decide(case_id=case.pk, version=1, actor=joerg, decision="approve"),
    ):
        with pytest.raises(Refused) as refusal:
            act()
        assert refusal.value.code == "held"
        assert "Mira Kaya" in refusal.value.message
    Case.objects.update(claimed_until=timezone.now() - timezone.timedelta(seconds=1))
    claim_case(case_id=case.pk, actor=joerg)
    assert [event.kind for event in case.events.all()] == ["opened", "claimed", "taken_over"]
    assert not release_case(case_id=case.pk, actor=mira)
    assert release_case(case_id=case.pk, actor=joerg, text="Bitte übernehmen")


def test_the_claim_is_judged_by_the_clock_of_the_database(thing, moderator):
    case, mira, joerg = opened(thing()), moderator("Mira Kaya"), moderator("Jörg Pohl")
    claim_case(case_id=case.pk, actor=mira)
    case.refresh_from_db()
    left = case.claimed_until - timezone.now()
    assert 880 <= left.total_seconds() <= 901
    with time_machine.travel(timezone.now() + timezone.timedelta(minutes=15, seconds=1), tick=False):
        from common import database

        if database.is_postgres():  # the server's own clock has not moved
            with pytest.raises(Refused):
                claim_case(case_id=case.pk, actor=joerg)
        else:
            claim_case(case_id=case.pk, actor=joerg)


def test_a_case_belongs_into_the_transaction_of_its_change(thing):
    item = thing()
    with pytest.raises(Refused), transaction.atomic():
        open_case("thing", 999_999)
    assert opened(item).title == item.display_name


def test_record_and_rules_can_neither_be_changed_nor_deleted(thing, moderator, rule):
    entry = decide(case_id=opened(thing()).pk, version=1, actor=moderator(), decision="approve")
    for act in (
        lambda: Decision.objects.filter(pk=entry.pk).update(reason="anders"),
        lambda: Decision.objects.filter(pk=entry.pk)._raw_delete("default"),
        lambda: type(rule).objects.filter(pk=rule.pk).update(text="anders"),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            act()


def test_decision_and_news_of_it_are_written_together(thing, moderator, monkeypatch):
    from common import events

    monkeypatch.setitem(events.receivers, "decision_made", {"tests.listener": lambda **ids: None})
    entry = decide(case_id=opened(thing()).pk, version=1, actor=moderator(), decision="approve")
    assert Delivery.objects.get(receiver="tests.listener").ids == {"decision_id": entry.pk}
