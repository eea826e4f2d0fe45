"""Deciding on many: rules for two people make proposals, and nobody is told what was taken back within ten minutes."""

from datetime import timedelta
from uuid import uuid4

import pytest
import time_machine
from django.core import mail
from django.core.management import call_command
from django.db import transaction
from django.test import Client
from django.utils import timezone

from common import outbox
from common.models import Delivery
from ideas.actions import submit_idea, write_comment
from ideas.content import IdeaContent
from ideas.models import Idea
from moderation.actions import open_case, report
from moderation.actions.bulk import GRACE, UNDO
from moderation.actions.proposals import agree
from moderation.models import BulkRun, Case, Decision, Proposal, ReportMail, Rule
from notifications.models import Message
from tests import factories
from tests.factories import deliver_outbox

pytestmark = pytest.mark.django_db
URL = "/cms/moderation/viele/"
WORDS = "Hier wird jemand angegriffen."


@pytest.fixture
def mira(client, moderator):
    person = moderator("Mira Kaya")
    client.force_login(person)
    return person


@pytest.fixture
def grave(rule):
    """Return the words of a rule that needs two people."""
    Rule.objects.filter(pk=rule.rule_id).update(needs_second=True)
    rule.rule.refresh_from_db()
    return rule


def go(client: Client, cases: list[Case], step: str, **fields: object):
    chosen = [f"{case.pk}-{case.version}" for case in cases]
    return client.post(URL, {"fall": chosen, "step": step, "key": str(uuid4()), **fields})


def take_back(client: Client) -> str:
    return client.post(f"{URL}{BulkRun.objects.latest('pk').pk}/", follow=True).content.decode()


def later(minutes: float) -> None:
    """Let the outbox do what is due by then."""
    with time_machine.travel(timezone.now() + timedelta(minutes=minutes), tick=True):
        outbox.drain()


def test_a_rule_for_two_makes_proposals_and_nothing_is_decided_alone(client, mira, opened, moderator, grave):
    cases = [opened() for _each in range(3)]
    form = {"decision": "refuse", "rule": grave.pk, "reason": WORDS}
    page = go(client, cases, "preview", **form).content.decode()
    assert "3 Fälle brauchen eine zweite Person" in page
    assert page.count("Braucht eine zweite Person") == 3
    assert "Für 3 Fälle vorschlagen" in page
    assert not Proposal.objects.exists()
    answer = go(client, cases, "do", **form)
    page = client.get(answer["Location"]).content.decode()
    assert "3 Fälle vorgeschlagen" in page
    assert (Decision.objects.count(), Proposal.objects.filter(state="open").count()) == (0, 3)
    assert Case.objects.filter(state="open").count() == 3
    again = go(client, cases, "preview", **form).content.decode()
    assert again.count("Dazu gibt es schon einen Vorschlag") == 3
    agree(proposal_id=Proposal.objects.first().pk, actor=moderator("Jonas Beck"))
    page = take_back(client)
    assert "2 Entscheidungen sind zurückgenommen" in page
    assert "Eine andere Person hat den Vorschlag schon beantwortet" in page
    assert sorted(Proposal.objects.values_list("state", flat=True)) == ["agreed", "undone", "undone"]
    assert Decision.objects.count() == 1
    call_command("verify_audit")


def test_what_needs_nobody_else_is_decided_by_the_same_rule(client, mira, opened, grave):
    case = opened()
    page = go(client, [case], "preview", decision="approve", rule=grave.pk).content.decode()
    assert "zweite Person" not in page
    go(client, [case], "do", decision="approve", rule=grave.pk)
    assert (Decision.objects.count(), Proposal.objects.count()) == (1, 0)


def test_a_proposal_taken_back_leaves_the_case_to_be_decided_anew(client, mira, opened, moderator, grave):
    case = opened()
    go(client, [case], "do", decision="refuse", rule=grave.pk, reason=WORDS)
    assert "1 Entscheidung ist zurückgenommen" in take_back(client)
    other = Client()
    other.force_login(moderator("Jonas Beck"))
    page = other.get(f"/cms/moderation/{case.pk}/").content.decode()
    assert "Ihre Zustimmung" not in page
    go(client, [case], "do", decision="refuse", rule=grave.pk, reason=WORDS)
    assert Proposal.objects.get(state="open").proposer == mira


@pytest.fixture
def reported():
    """Return an idea of somebody with a mail address, reported by somebody else with one."""
    author = factories.person("Federwolke")
    idea = factories.idea(title="Eine Bank am Markt", author=author)
    report(kind="idea", object_id=idea.pk, reason="insult", email="petra@example.org", good_faith=True)
    deliver_outbox()
    mail.outbox.clear()
    return idea


def test_nobody_is_told_of_a_decision_that_is_taken_back_in_time(client, mira, reported, rule):
    case = Case.objects.get(object_id=reported.pk)
    go(client, [case], "do", decision="hide", rule=rule.pk, reason=WORDS)
    deliver_outbox()
    assert Idea.objects.get().state == "hidden"
    assert Client().get(reported.get_absolute_url()).status_code in (404, 410)
    assert mail.outbox == []
    assert "zurückgenommen" in take_back(client)
    deliver_outbox()
    later(12)
    assert mail.outbox == []
    assert not Message.objects.filter(person=reported.author, key__startswith="decision:").exists()
    assert not ReportMail.objects.filter(kind="outcome").exists()
    assert Idea.objects.get().state == "public"


def test_when_the_way_back_is_over_author_and_reporter_are_told_once(client, mira, reported, rule):
    case = Case.objects.get(object_id=reported.pk)
    go(client, [case], "do", decision="hide", rule=rule.pk, reason=WORDS)
    later(9)
    assert mail.outbox == []
    later(12)
    later(13)
    assert sorted(letter.to[0] for letter in mail.outbox) == sorted([reported.author.email, "petra@example.org"])
    assert any(WORDS in letter.body for letter in mail.outbox)


def test_what_is_decided_anew_after_the_way_back_is_told_as_it_is_then(client, mira, reported, rule):
    case = Case.objects.get(object_id=reported.pk)
    go(client, [case], "do", decision="hide", rule=rule.pk, reason=WORDS)
    take_back(client)
    case.refresh_from_db()
    form = {"version": case.version, "decision": "approve", "reason": "", "rule": ""}
    assert client.post(f"/cms/moderation/{case.pk}/", form).status_code == 303
    deliver_outbox()
    later(12)
    (outcome,) = [letter for letter in mail.outbox if letter.to == ["petra@example.org"]]
    assert "verstößt er weder gegen eine Regel" in outcome.body
    assert not any(WORDS in letter.body for letter in mail.outbox)


def test_new_ideas_and_comments_approved_by_mistake_are_news_to_nobody(client, mira):
    campaign = factories.campaign(check_ideas="before", check_comments="before")
    author = factories.person("Federwolke")
    text = "Dort stehen viele und warten auf den Bus."
    idea = submit_idea(author=author, campaign=campaign, content=IdeaContent("Neue Bank", text))
    shown = factories.idea(campaign=campaign, author=author, title="Alte Bank")
    write_comment(author=factories.person("Uferläufer"), idea=shown, text="Gern am Ufer.")
    deliver_outbox()
    told = set(Message.objects.values_list("pk", flat=True))
    mail.outbox.clear()
    cases = list(Case.objects.filter(state="open"))
    assert len(cases) == 2
    go(client, cases, "do", decision="approve")
    deliver_outbox()
    assert Client().get(Idea.objects.get(pk=idea.pk).get_absolute_url()).status_code == 200
    take_back(client)
    later(12)
    assert mail.outbox == []
    assert set(Message.objects.values_list("pk", flat=True)) == told
    go(client, list(Case.objects.filter(state="open")), "do", decision="approve")
    later(12)
    assert Message.objects.exclude(pk__in=told).count() == 3, "idea and comment are online, and the comment is news"


def test_single_decisions_are_told_at_once(client, mira, reported, rule):
    with transaction.atomic():
        case = open_case("idea", reported.pk, reason="own")
    form = {"version": case.version, "decision": "hide", "rule": rule.pk, "reason": WORDS}
    assert client.post(f"/cms/moderation/{case.pk}/", form).status_code == 303
    deliver_outbox()
    assert len(mail.outbox) == 2
    assert not Delivery.objects.filter(state="waiting").exists()
    assert (timedelta(minutes=10), timedelta(minutes=1)) == (UNDO, GRACE)
