"""Deciding on many at once: a preview, one record entry each, and ten minutes for the way back."""

import time
from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.management import call_command
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from common.errors import Refused
from ideas.actions import change_idea, submit_idea, write_comment
from ideas.content import IdeaContent
from ideas.models import Comment, Idea
from moderation.actions import claim_case, decide, open_case
from moderation.actions.bulk import decide_many, undo_many
from moderation.models import BulkItem, BulkRun, Case, Decision
from tests import factories

pytestmark = pytest.mark.django_db
URL = "/cms/moderation/viele/"


@pytest.fixture
def mira(client, moderator):
    person = moderator("Mira Kaya")
    client.force_login(person)
    return person


def value(case: Case) -> str:
    return f"{case.pk}-{case.version}"


def go(client: Client, cases: list[Case], step: str = "", **fields: object):
    return client.post(URL, {"fall": [value(case) for case in cases], "step": step, "key": str(uuid4()), **fields})


def run(actor, cases, decision: str = "approve", **more) -> BulkRun:
    chosen = {case.pk: case.version for case in cases}
    return decide_many(actor=actor, request_key=uuid4(), chosen=chosen, decision=decision, **more)


def test_many_are_chosen_looked_at_in_advance_decided_and_taken_back(client, mira, opened):
    cases = [opened() for _n in range(3)]
    assert "3 Fälle entscheiden" in go(client, cases).content.decode()
    page = go(client, cases, "preview", decision="approve").content.decode()
    assert "3 Fälle würden entschieden" in page
    assert "Noch ist nichts geschehen" in page
    assert not Decision.objects.exists()
    answer = go(client, cases, "do", decision="approve")
    assert answer.status_code == 302
    assert Decision.objects.count() == 3
    assert "3 Fälle entschieden" in client.get(answer["Location"]).content.decode()
    assert "Freigeben" in client.get(URL + "erledigt/").content.decode()
    item = BulkItem.objects.first()
    assert item.decision.decision == "approve"


def test_what_cannot_be_decided_is_named_with_the_reason_and_left_alone(client, mira, opened, moderator, rule):
    jo = moderator("Jo Pohl")
    fine, changed, decided, held, public = opened(), opened(), opened(), opened(), opened("public")
    values = [value(case) for case in (fine, changed, decided, held, public)]
    with transaction.atomic():
        open_case("thing", changed.object_id)
    decide(case_id=decided.pk, version=1, actor=jo, decision="approve")
    claim_case(case_id=held.pk, actor=jo)
    fields = {"fall": values, "decision": "refuse", "rule": rule.pk, "reason": "Gegen Regel 3.", "key": str(uuid4())}
    page = client.post(URL, {**fields, "step": "preview"}).content.decode()
    for words in (
        "1 Fall würde entschieden",
        "seit Sie ihn sahen",
        "Jemand hat ihn inzwischen entschieden",
        "Jo Pohl arbeitet gerade daran",
        "in einem anderen Stand",
    ):
        assert words in page
    answer = client.post(URL, {**fields, "step": "do"})
    page = client.get(answer["Location"]).content.decode()
    assert "1 Fall entschieden" in page
    assert "4 Fälle blieben" in page
    assert Decision.objects.filter(decision="refuse").count() == 1
    assert Decision.objects.get(decision="refuse").reason == "Gegen Regel 3."


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"decision": "refuse", "reason": "Nein."}, "Bitte wählen Sie die Regel"),
        ({"decision": "refuse", "rule": "RULE"}, "Bitte schreiben Sie eine Begründung"),
        ({"decision": "merge"}, "Entscheidung"),
        ({"decision": "undo"}, "Entscheidung"),
        ({}, "Entscheidung"),
    ],
)
def test_what_is_missing_is_said_and_nothing_happens(client, mira, opened, rule, fields, words):
    fields = {name: rule.pk if value == "RULE" else value for name, value in fields.items()}
    for step in ("preview", "do"):
        answer = go(client, [opened()], step, **fields)
        assert answer.status_code == 422
        assert words in answer.content.decode()
    assert not Decision.objects.exists()


@pytest.mark.parametrize("chosen", [[], ["x"], ["1"], ["1-x"], ["9" * 30 + "-1"], [f"{n}-1" for n in range(1, 102)]])
def test_no_choice_a_broken_one_and_more_than_a_hundred_lead_back_to_the_list(client, mira, chosen):
    answer = client.post(URL, {"fall": chosen, "step": "do", "decision": "approve", "key": str(uuid4())})
    assert (answer.status_code, answer["Location"][:16]) == (302, "/cms/moderation/")
    assert client.get(URL).status_code == 302


def test_the_same_form_sent_twice_decides_once(mira, opened):
    cases, key = [opened(), opened()], uuid4()
    chosen = {case.pk: case.version for case in cases}
    first = decide_many(actor=mira, request_key=key, chosen=chosen, decision="approve")
    again = decide_many(actor=mira, request_key=key, chosen=chosen, decision="approve")
    assert first.pk == again.pk
    assert (Decision.objects.count(), BulkItem.objects.count()) == (2, 2)


def test_the_way_back_is_open_for_ten_minutes_and_for_its_own_moderator_only(client, mira, opened, moderator):
    done = run(mira, [opened()])
    with pytest.raises(Refused) as refusal:
        undo_many(run_id=done.pk, actor=moderator("Jo Pohl"))
    assert refusal.value.status == 404
    assert "Alles zurücknehmen" in client.get(f"{URL}{done.pk}/").content.decode()
    BulkRun.objects.update(undo_until=timezone.now() - timedelta(seconds=1))
    assert "Alles zurücknehmen" not in client.get(f"{URL}{done.pk}/").content.decode()
    answer = client.post(f"{URL}{done.pk}/", follow=True)
    assert "Die zehn Minuten sind vorbei" in answer.content.decode()
    assert not Decision.objects.filter(decision="undo").exists()
    client.force_login(moderator("Ina Lind"))
    assert client.get(f"{URL}{done.pk}/").status_code == 404


def content(title: str) -> IdeaContent:
    return IdeaContent(title=title, text="Dort stehen viele und warten auf den Bus.")


def test_ideas_and_comments_are_as_before_when_a_decision_is_taken_back(client, mira, rule):
    """Approved new ones wait again; a change waits with the old words in its place; refused and hidden ones come back."""
    campaign, author = factories.campaign(check_ideas="before", check_comments="before"), factories.person()
    fresh = submit_idea(author=author, campaign=campaign, content=content("Neue Bank"))
    shown = submit_idea(author=author, campaign=campaign, content=content("Alte Bank"))
    decide(case_id=Case.objects.get(object_id=shown.pk).pk, version=1, actor=mira, decision="approve")
    shown.refresh_from_db()
    change_idea(idea=shown, editor=author, content=content("Alte Bank, neu gestrichen"))
    comment = write_comment(author=author, idea=shown, text="Gern am Ufer.")
    cases = list(Case.objects.filter(state="open"))
    assert len(cases) == 3
    before = state_of()
    done = run(mira, cases)
    shown.refresh_from_db()
    assert (shown.title, Idea.objects.get(pk=fresh.pk).state) == ("Alte Bank, neu gestrichen", "public")
    answer = client.post(f"{URL}{done.pk}/", follow=True)
    assert "3 Entscheidungen sind zurückgenommen" in answer.content.decode()
    assert state_of() == before
    assert Decision.objects.filter(decision="undo").count() == 3
    assert Case.objects.filter(state="open").count() == 3
    assert comment.text not in Client().get(shown.get_absolute_url()).content.decode()
    second = run(mira, Case.objects.filter(state="open"), "refuse", rule_version=rule, reason="Nein.")
    assert state_of() != before
    assert undo_many(run_id=second.pk, actor=mira) == (3, [])
    assert state_of() == before
    assert run(mira, Case.objects.filter(state="open")).items.filter(decision=None).count() == 0
    call_command("verify_audit")


def state_of() -> list[object]:
    """Return what people see of everything: counts, states, words."""
    ideas = Idea.objects.order_by("pk").values_list(
        "state", "title", "approved_version", "latest_version", "published_at", "comment_count", "campaign__idea_count"
    )
    comments = Comment.objects.order_by("pk").values_list("state", "text", "version", "latest", "published_at")
    return [list(ideas), list(comments)]


def test_what_went_on_since_then_stays_when_the_rest_is_taken_back(mira, opened, thing):
    stays, goes = opened("public"), opened("public")
    rule = None
    from moderation.models import Rule, RuleVersion

    rule = RuleVersion.objects.create(rule=Rule.objects.create(number=9), title="Ton", text="Freundlich.")
    done = run(mira, [stays, goes], "hide", rule_version=rule, reason="Nein.")
    with transaction.atomic():
        again = open_case("thing", stays.object_id)
    decide(case_id=again.pk, version=1, actor=mira, decision="restore")
    count, named = undo_many(run_id=done.pk, actor=mira)
    assert count == 1
    assert stays.title in named[0]
    goes.refresh_from_db()
    assert goes.state == "open"
    assert undo_many(run_id=done.pk, actor=mira)[0] == 0


def test_a_hundred_cost_a_hundred_times_one_decision_and_no_more(client, mira):
    """Three seconds is what they may take; that is a matter of the machine and is printed (docs/speed.md has the figures)."""
    campaign = factories.campaign(check_ideas="before")
    author = factories.person()
    for number in range(111):
        submit_idea(author=author, campaign=campaign, content=content(f"Bank Nummer {number} am Deich"))
    first, *cases = Case.objects.filter(state="open")
    run(mira, [first])  # the search reads its list of words once in each process
    start, worked = time.perf_counter(), time.process_time()
    answer = go(client, cases[:100], "do", decision="approve")
    took = time.perf_counter() - start
    print(f"100 decisions: {took:.2f} s, of them {time.process_time() - worked:.2f} s of work in this process")
    with CaptureQueriesContext(connection) as found:  # counting them would slow them down
        go(client, cases[100:], "do", decision="approve")
    assert answer.status_code == 302
    assert Decision.objects.count() == 111
    assert len(found) <= 10 * 43 + 12  # six of them are locks, on PostgreSQL only
