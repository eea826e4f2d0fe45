"""Taking an idea back: the reason everybody reads, words that are read first, and what moderators can still decide."""

import pytest
from django.db import transaction
from django.test import Client

from accounts.models import User
from ideas.models import Campaign, Comment, Idea, Withdrawal
from moderation.actions import decide, open_case, report, write_rule
from moderation.models import Case, Decision, RuleVersion
from notifications.models import Message
from search.models import SearchDocument
from tests import factories
from tests.factories import deliver_outbox
from tests.ideas.conftest import signed_in

OWN = "Der Bauhof hat es uns versprochen."


@pytest.fixture
def idea(campaign: Campaign, author: User) -> Idea:
    from ideas.actions import publish_idea

    made = factories.idea(campaign=campaign, author=author, title="Ein Segel am Ufer", text="Der geprüfte Wortlaut.")
    return publish_idea(made.pk)


@pytest.fixture
def rule(moderator: User) -> RuleVersion:
    return write_rule(
        actor=moderator, number=None, title="Fair bleiben", text="Niemand wird beleidigt.", ground="terms"
    )


def withdraw(idea: Idea, **more: str) -> Idea:
    answer = signed_in(idea.author).post(f"/ideen/{idea.pk}/zurueckziehen/", {"kind": "done", **more})  # type: ignore[arg-type]
    assert answer.status_code == 303
    idea.refresh_from_db()
    return idea


def decided(idea: Idea, by: User, what: str, rule: RuleVersion | None = None) -> Decision:
    case = Case.objects.get(kind="idea", object_id=idea.pk, state="open")
    return decide(case_id=case.pk, version=case.version, actor=by, decision=what, rule_version=rule, reason="Darum.")


def read(idea: Idea, reader: Client | None = None) -> str:
    return (reader or Client()).get(f"/ideen/{idea.pk}/", follow=True).content.decode()


def test_the_form_says_what_happens_and_needs_a_reason(idea: Idea, author: User) -> None:
    client, address = signed_in(author), f"/ideen/{idea.pk}/zurueckziehen/"
    text = client.get(address).text
    assert "Das lässt sich nicht rückgängig machen." in text
    assert "Die Sache hat sich erledigt." in text
    for wrong in ({}, {"kind": ""}, {"kind": "quatsch"}, {"kind": "done", "reason": "x" * 301}):
        answer = client.post(address, wrong)
        assert answer.status_code == 422
    assert not Withdrawal.objects.exists()


def test_the_reason_of_the_list_is_public_and_the_idea_leaves_lists_and_search(idea: Idea) -> None:
    Comment.objects.create(idea=idea, text="Schade drum.", state="public", published_at=idea.published_at)
    before = idea.campaign.idea_count
    withdraw(idea)
    text = read(idea)
    assert "Der Grund: Die Sache hat sich erledigt." in text
    assert "Ein Segel am Ufer" in text
    assert "Schade drum." in text
    assert "Der geprüfte Wortlaut." not in text
    assert "data-support-form" not in text
    idea.campaign.refresh_from_db()
    assert idea.campaign.idea_count == before - 1
    assert not SearchDocument.objects.filter(kind="idea", object_id=idea.pk, visible=True).exists()
    for address in ("/ideen/", "/ideen/feed/", "/suche/?q=Segel"):
        assert "Ein Segel am Ufer" not in Client().get(address).content.decode()
    assert not Case.objects.filter(state="open").exists()


def test_own_words_are_read_before_everybody_reads_them(idea: Idea, author: User, moderator: User) -> None:
    withdraw(idea, reason=OWN)
    assert OWN not in read(idea)
    assert OWN in read(idea, signed_in(author))
    assert OWN not in read(idea, signed_in(factories.person()))
    decided(idea, moderator, "approve")
    assert f"Der Grund: {OWN}" in read(idea)
    assert Idea.objects.get().state == "withdrawn"


def test_own_words_that_are_refused_are_gone_and_the_withdrawal_stays(
    idea: Idea, moderator: User, rule: RuleVersion
) -> None:
    withdraw(idea, reason="Kauft lieber bei Nebelkrähe & Co.")
    decision = decided(idea, moderator, "refuse", rule)
    assert (decision.state_before, decision.state_after) == ("withdrawn", "withdrawn")
    text = read(idea)
    assert "Nebelkrähe" not in text
    assert "Die Sache hat sich erledigt." in text
    deliver_outbox()
    assert Message.objects.filter(person=idea.author, subject__contains="den Grund Ihres Rückzugs nicht").exists()


def test_where_the_check_comes_afterwards_own_words_are_public_and_read(
    idea: Idea, moderator: User, rule: RuleVersion
) -> None:
    Campaign.objects.update(check_ideas="after")
    withdraw(idea, reason=OWN)
    assert OWN in read(idea)
    decided(idea, moderator, "refuse", rule)
    assert OWN not in read(idea)


def test_a_report_on_a_withdrawn_idea_can_be_decided(idea: Idea, moderator: User, rule: RuleVersion) -> None:
    withdraw(idea)
    report(kind="idea", object_id=idea.pk, reason="other", good_faith=True)
    entry = decided(idea, moderator, "hide", rule)
    assert entry.state_after == "hidden"
    assert Client().get(f"/ideen/{idea.pk}/", follow=True).status_code == 404
    before = Campaign.objects.get().idea_count
    with transaction.atomic():
        open_case("idea", idea.pk, reason="own")
    decided(idea, moderator, "restore")
    idea.refresh_from_db()
    assert idea.state == "withdrawn"
    assert Campaign.objects.get().idea_count == before
    assert not SearchDocument.objects.filter(kind="idea", object_id=idea.pk, visible=True).exists()
    assert Client().get(f"/ideen/{idea.pk}/", follow=True).status_code == 200


def test_a_report_that_comes_to_nothing_ends_without_a_letter(idea: Idea, moderator: User) -> None:
    withdraw(idea)
    report(kind="idea", object_id=idea.pk, reason="other", good_faith=True)
    decided(idea, moderator, "approve")
    deliver_outbox()
    assert not Message.objects.filter(person=idea.author, subject__contains="online").exists()


def test_withdrawing_does_not_end_a_report(idea: Idea, moderator: User, rule: RuleVersion) -> None:
    report(kind="idea", object_id=idea.pk, reason="other", good_faith=True)
    seen = Case.objects.get().version
    withdraw(idea)
    case = Case.objects.get(state="open")
    assert case.version > seen
    decided(idea, moderator, "hide", rule)
    assert Client().get(f"/ideen/{idea.pk}/", follow=True).status_code == 404


def test_a_change_that_waited_goes_with_the_idea(idea: Idea, author: User) -> None:
    client = signed_in(author)
    change = {
        "title": "Ein neuer Titel hier",
        "text": "Ein neuer Text, der die Idee noch genauer erklärt.",
        "version": 1,
    }
    client.post(f"/ideen/{idea.pk}/bearbeiten/", change)
    withdraw(idea)
    assert not Case.objects.filter(state="open").exists()
    assert not idea.has_pending_change
    assert "Änderung wartet" not in client.get("/mein/").text
    assert client.get(f"/ideen/{idea.pk}/bearbeiten/").status_code == 403


def test_those_who_commented_are_told_once(idea: Idea) -> None:
    reader = factories.person("Deichgräfin")
    for _twice in range(2):
        Comment.objects.create(idea=idea, author=reader, text="Gut.", state="public", published_at=idea.published_at)
    withdraw(idea, reason=OWN)
    deliver_outbox()
    message = Message.objects.get(person=reader)
    assert "wurde zurückgezogen" in message.subject
    assert "Die Sache hat sich erledigt." in message.text
    assert OWN not in message.text


def test_before_publication_it_is_only_closed(campaign: Campaign, author: User) -> None:
    idea = factories.idea(campaign=campaign, author=author, state="waiting")
    withdraw(idea, reason=OWN)
    assert (idea.state, idea.withdrawn_because) == ("refused", "")
    assert Client().get(f"/ideen/{idea.pk}/", follow=True).status_code == 404
    assert not Case.objects.filter(state="open").exists()
