"""Moderation with real contributions: from sending to letter, and back after a complaint."""

from io import StringIO

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.management import call_command

from ideas.actions import change_idea, submit_idea, withdraw_idea, write_comment
from ideas.content import IdeaContent
from ideas.models import Comment, Idea
from moderation.actions import complain, decide, decide_complaint
from moderation.models import Case
from tests import factories

pytestmark = pytest.mark.django_db
TEXT = "Ab elf Uhr ist die Rutsche am Lippeufer so heiß, dass kein Kind mehr rutscht."


@pytest.fixture
def idea():
    campaign = factories.campaign()
    return submit_idea(author=factories.person(), campaign=campaign, content=IdeaContent("Sonnensegel für alle", TEXT))


def seen(idea: Idea) -> bool:
    return Idea.objects.visible_to(AnonymousUser()).filter(pk=idea.pk).exists()


def case_of(item: Idea | Comment, kind: str = "idea") -> Case:
    return Case.objects.get(kind=kind, object_id=item.pk, state="open")


def whole() -> None:
    call_command("verify_audit", stdout=StringIO())


def test_an_idea_is_seen_by_nobody_until_a_moderator_lets_it_through(client, idea, moderator):
    assert not seen(idea)
    client.force_login(moderator())
    case = case_of(idea)
    page = client.get(f"/cms/moderation/{case.pk}/beitrag/").content.decode()
    assert "Sonnensegel für alle" in page
    assert client.post(f"/cms/moderation/{case.pk}/", {"version": 1, "decision": "approve"}).status_code == 303
    assert seen(idea)
    whole()


def test_a_refused_idea_gets_a_letter_and_comes_back_by_complaint(client, idea, moderator, rule):
    decision = decide(
        case_id=case_of(idea).pk,
        version=1,
        actor=moderator("Mira Kaya"),
        decision="refuse",
        rule_version=rule,
        reason="Nein.",
    )
    letter = client.get(f"/bescheid/{decision.code}/").content.decode()
    assert "Wir haben Ihre Idee nicht veröffentlicht" in letter
    complaint = complain(code=decision.code, text="Doch.")
    decide_complaint(
        complaint_id=complaint.pk, version=1, actor=moderator("Jörg Pohl"), outcome="overturned", answer="Ja."
    )
    assert seen(idea)
    whole()


def test_hidden_and_restored_an_idea_is_as_before(client, idea, moderator, rule):
    mira = moderator()
    decide(case_id=case_of(idea).pk, version=1, actor=mira, decision="approve")
    before = Idea.objects.filter(pk=idea.pk).values().get()
    client.force_login(mira)
    client.post(f"/cms/moderation/neu/idea/{idea.pk}/")
    decide(case_id=case_of(idea).pk, version=1, actor=mira, decision="hide", rule_version=rule, reason="Angriff.")
    assert not seen(idea)
    client.post(f"/cms/moderation/neu/idea/{idea.pk}/")
    decide(case_id=case_of(idea).pk, version=1, actor=mira, decision="restore")
    assert Idea.objects.filter(pk=idea.pk).values().get() == before
    whole()


def test_an_edit_waits_and_the_approved_words_stay(client, idea, moderator):
    mira = moderator()
    decide(case_id=case_of(idea).pk, version=1, actor=mira, decision="approve")
    change_idea(idea=idea, editor=idea.author, content=IdeaContent("Sonnensegel nur für mich", TEXT))
    idea.refresh_from_db()
    assert idea.title == "Sonnensegel für alle"
    decide(case_id=case_of(idea).pk, version=1, actor=mira, decision="approve")
    idea.refresh_from_db()
    assert idea.title == "Sonnensegel nur für mich"
    whole()


def test_what_its_author_withdraws_needs_no_decision_any_more(idea, moderator, rule):
    decide(
        case_id=case_of(idea).pk,
        version=1,
        actor=moderator(),
        decision="request_change",
        rule_version=rule,
        reason="Kürzer.",
    )
    withdraw_idea(idea=idea, by=idea.author)
    assert not Case.objects.filter(state="open").exists()
    whole()


def test_a_reported_comment_is_hidden_with_a_letter_about_a_comment(client, idea, moderator, rule):
    mira = moderator()
    decide(case_id=case_of(idea).pk, version=1, actor=mira, decision="approve")
    idea.refresh_from_db()
    comment = write_comment(
        author=factories.person(), idea=idea, text="Solche Leute sollte man hier nicht wohnen lassen."
    )
    for case in Case.objects.filter(kind="comment", state="open"):
        decide(case_id=case.pk, version=case.version, actor=mira, decision="approve")
    answer = client.post(f"/melden/comment/{comment.pk}/", {"reason": "insult", "good_faith": "on"})
    assert answer.status_code == 302
    decision = decide(
        case_id=case_of(comment, "comment").pk,
        version=1,
        actor=mira,
        decision="hide",
        rule_version=rule,
        reason="Angriff.",
    )
    assert not Comment.objects.visible_to(AnonymousUser()).filter(pk=comment.pk).exists()
    assert client.post(f"/melden/comment/{comment.pk}/", {"reason": "insult", "good_faith": "on"}).status_code == 404
    letter = client.get(f"/bescheid/{decision.code}/").content.decode()
    assert "Wir haben Ihren Kommentar ausgeblendet" in letter
    assert "Jemand hat den Beitrag gemeldet." in letter
    whole()
