"""What authors are told about decisions: that it is online, or the whole letter – by mail and in the account."""

import pytest
from django.core import mail

from ideas.models import Idea
from moderation.actions import decide, open_case
from moderation.models import Case, Rule, RuleVersion
from notifications.models import Message
from tests.factories import deliver_outbox, idea, make_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def anna():
    return make_person("anna@example.org", "Anna")


@pytest.fixture
def rule() -> RuleVersion:
    number = Rule.objects.create(number=71)
    return RuleVersion.objects.create(rule=number, title="Niemanden beleidigen", text="Wir bleiben freundlich.")


def decided(subject: Idea, decision: str, **fields) -> None:
    from django.db import transaction

    moderator = make_person("mo@example.org", "Mo", groups=["Moderation"])
    with transaction.atomic():
        case = open_case("idea", subject.pk)
    case = Case.objects.get(pk=case.pk)
    decide(case_id=case.pk, version=case.version, actor=moderator, decision=decision, **fields)
    deliver_outbox()


def test_approved_idea_is_told_with_its_address(anna):
    subject = idea(author=anna, state=Idea.State.WAITING, title="Bänke am Ufer")
    decided(subject, "approve")
    message = Message.objects.get(person=anna)
    assert message.subject == "Ihre Idee „Bänke am Ufer“ ist online"
    assert message.url.startswith(f"/ideen/{subject.pk}/")
    assert [letter.subject for letter in mail.outbox] == [message.subject]
    assert f"/ideen/{subject.pk}/" in mail.outbox[0].body


def test_refused_idea_brings_the_whole_letter(anna, rule, settings):
    settings.SITE_URL = "https://mitwirk.example"
    subject = idea(author=anna, state=Idea.State.WAITING, title="Bänke am Ufer")
    decided(subject, "refuse", rule_version=rule, reason="Der zweite Absatz beleidigt einen Nachbarn.")
    message = Message.objects.get(person=anna)
    assert message.kind == "decision"
    assert "nicht veröffentlicht" in message.subject
    for text in (message.text, mail.outbox[-1].body):
        assert "Der zweite Absatz beleidigt einen Nachbarn." in text
        assert "Niemanden beleidigen" in text
        assert "Was Sie tun können" in text
        assert "https://mitwirk.example/beschwerde/" in text
        assert "Zeichen: M-" in text
    assert message.url.startswith("/bescheid/")
    assert f"https://mitwirk.example{message.url}" in mail.outbox[-1].body
    assert "mo@example.org" not in mail.outbox[-1].body


def test_letters_come_by_mail_even_if_everything_else_is_muted(anna, rule):
    from notifications.actions import choose_mails

    choose_mails(person=anna, wanted=[])
    decided(idea(author=anna), "hide", rule_version=rule, reason="Persönliche Daten.")
    assert len(mail.outbox) == 1


def test_hidden_idea_is_told_once_and_its_earlier_news_stays_with_the_author(anna, rule):
    subject = idea(author=anna, state=Idea.State.WAITING)
    decided(subject, "approve")
    decided(subject, "hide", rule_version=rule, reason="Persönliche Daten.")
    assert Message.objects.filter(person=anna).count() == 2
    assert len(mail.outbox) == 2


def test_hidden_before_the_good_news_went_out_means_no_good_news(anna):
    subject = idea(author=anna, state=Idea.State.WAITING)
    from django.db import transaction

    moderator = make_person("mo@example.org", "Mo", groups=["Moderation"])
    with transaction.atomic():
        case = open_case("idea", subject.pk)
    decide(case_id=case.pk, version=Case.objects.get(pk=case.pk).version, actor=moderator, decision="approve")
    Idea.objects.filter(pk=subject.pk).update(state=Idea.State.HIDDEN)
    assert deliver_outbox() == []
