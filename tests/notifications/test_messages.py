"""Who is told what, once, and only while it may be told."""

from datetime import timedelta

import pytest
from django.core import mail
from django.db import transaction
from django.utils import timezone

from common.events import announce
from common.models import Delivery
from ideas.models import Comment, Idea, OfficialAnswer
from notifications import actions
from notifications.mailing import announce_gathered
from notifications.models import MailChoice, Message
from tests.factories import campaign, deliver_outbox, idea, make_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def anna():
    return make_person("anna@example.org", "Anna")


@pytest.fixture
def ben():
    return make_person("ben@example.org", "Ben")


def say(event: str, **ids: int) -> None:
    with transaction.atomic():
        announce(event, **ids)
    deliver_outbox()


def comment_on(subject: Idea, author, **fields) -> Comment:
    values = {"text": "Gute Sache", "state": Comment.State.PUBLIC, "published_at": timezone.now()} | fields
    return Comment.objects.create(idea=subject, author=author, **values)


def gather() -> None:
    Message.objects.update(created_at=timezone.now() - timedelta(minutes=11))
    announce_gathered()
    deliver_outbox()


def test_receipt_says_what_happens_next(anna):
    sent = idea(author=anna, state=Idea.State.WAITING, title="Bänke am Ufer")
    say("idea_submitted", idea_id=sent.pk)
    message = Message.objects.get(person=anna)
    assert message.subject == "Ihre Idee „Bänke am Ufer“ ist eingegangen"
    assert "Als Nächstes liest ein Mensch aus der Moderation" in message.text
    letter = mail.outbox[-1]
    assert letter.to == ["anna@example.org"]
    assert letter.subject == message.subject
    assert "Guten Tag, Anna," in letter.body
    assert f"/ideen/{sent.pk}/" in letter.body
    assert message.mailed_at is not None


def test_mail_has_a_fixed_id_text_and_html_and_addresses_from_the_settings(anna, settings):
    settings.SITE_URL = "https://mitwirk.example"
    sent = idea(author=anna, state=Idea.State.WAITING)
    say("idea_submitted", idea_id=sent.pk)
    letter = mail.outbox[-1]
    message = Message.objects.get()
    assert letter.extra_headers["Message-ID"] == f"<message-{message.pk}@mitwirk.example>"
    assert letter.extra_headers["Auto-Submitted"] == "auto-generated"
    html = letter.alternatives[0][0]
    assert f'href="https://mitwirk.example/ideen/{sent.pk}/' in html
    assert "https://mitwirk.example/mein/einstellungen/#mails" in letter.body
    assert "<" not in letter.body


def test_the_same_occasion_is_told_once(anna):
    sent = idea(author=anna, state=Idea.State.WAITING)
    for _time in range(3):
        say("idea_submitted", idea_id=sent.pk)
    assert Message.objects.count() == 1
    assert len(mail.outbox) == 1


def test_idea_that_is_public_at_once_is_told_to_be_online(anna):
    sent = idea(author=anna, title="Bänke am Ufer")
    say("idea_submitted", idea_id=sent.pk)
    say("idea_published", idea_id=sent.pk)
    assert [message.subject for message in Message.objects.all()] == ["Ihre Idee „Bänke am Ufer“ ist online"]


def test_author_is_told_of_a_comment_but_not_of_the_own_one(anna, ben):
    subject = idea(author=anna, title="Bänke am Ufer")
    say("comment_published", comment_id=comment_on(subject, anna).pk)
    assert not Message.objects.exists()
    say("comment_published", comment_id=comment_on(subject, ben, text="Geheimes Wort").pk)
    message = Message.objects.get(person=anna)
    assert message.text == "Ben hat Ihre Idee „Bänke am Ufer“ kommentiert."
    assert "Geheimes Wort" not in message.text
    assert len(mail.outbox) == 0


def test_comments_of_a_while_are_one_mail(anna, ben):
    subject = idea(author=anna, title="Bänke am Ufer")
    for _number in range(3):
        say("comment_published", comment_id=comment_on(subject, ben).pk)
    gather()
    gather()
    assert [letter.subject for letter in mail.outbox] == ["3 neue Kommentare zu „Bänke am Ufer“"]
    assert Message.objects.filter(person=anna).count() == 3
    say("comment_published", comment_id=comment_on(subject, ben).pk)
    gather()
    assert [letter.subject for letter in mail.outbox][1:] == ["Neuer Kommentar zu „Bänke am Ufer“"]


def test_comment_hidden_before_the_mail_goes_out_is_not_in_it(anna, ben):
    subject = idea(author=anna, title="Bänke am Ufer")
    first, second = comment_on(subject, ben), comment_on(subject, ben)
    say("comment_published", comment_id=first.pk)
    say("comment_published", comment_id=second.pk)
    Comment.objects.filter(pk=first.pk).update(state=Comment.State.HIDDEN)
    gather()
    assert mail.outbox[-1].subject == "Neuer Kommentar zu „Bänke am Ufer“"
    assert f"/kommentare/{second.pk}/" in mail.outbox[-1].body
    assert f"/kommentare/{first.pk}/" not in mail.outbox[-1].body


def test_hidden_between_event_and_telling_means_no_message(anna, ben):
    subject = idea(author=anna)
    comment = comment_on(subject, ben)
    with transaction.atomic():
        announce("comment_published", comment_id=comment.pk)
    Comment.objects.filter(pk=comment.pk).update(state=Comment.State.HIDDEN)
    deliver_outbox()
    assert not Message.objects.exists()


def test_hidden_between_message_and_mail_means_no_mail(anna):
    subject = idea(author=anna)
    with transaction.atomic():
        announce("idea_published", idea_id=subject.pk)
    Delivery.objects.filter(event="idea_published").exclude(receiver="notifications.receivers.tell_published").delete()
    from common import outbox

    outbox.run()
    assert Message.objects.count() == 1
    Idea.objects.filter(pk=subject.pk).update(state=Idea.State.HIDDEN)
    assert deliver_outbox() == []
    assert Message.objects.filter(mail_due=False, mailed_at=None).count() == 1


def test_hiding_takes_back_what_others_were_told(anna, ben):
    subject = idea(author=anna)
    comment = comment_on(subject, ben)
    answer = answer_to(subject)
    say("comment_published", comment_id=comment.pk)
    say("answer_published", answer_id=answer.pk)
    assert Message.objects.filter(person=ben).count() == 1
    Comment.objects.filter(pk=comment.pk).update(state=Comment.State.HIDDEN)
    say("comment_hidden", comment_id=comment.pk)
    assert not Message.objects.filter(kind="comment").exists()
    Idea.objects.filter(pk=subject.pk).update(state=Idea.State.HIDDEN)
    say("idea_hidden", idea_id=subject.pk)
    assert not Message.objects.filter(person=ben).exists()
    assert Message.objects.filter(person=anna, kind="answer").exists()


def answer_to(subject: Idea) -> OfficialAnswer:
    return OfficialAnswer.objects.create(
        idea=subject, office="Grünflächenamt", text="Wir bauen.", progress="planned", published_at=timezone.now()
    )


def test_answer_is_told_to_author_and_commenters_once_each(anna, ben):
    subject = idea(author=anna, title="Bänke am Ufer")
    for _number in range(2):
        comment_on(subject, ben)
    comment_on(subject, make_person("carl@example.org", "Carl"), state=Comment.State.HIDDEN)
    say("answer_published", answer_id=answer_to(subject).pk)
    told = list(Message.objects.order_by("person__email").values_list("person__display_name", "subject"))
    assert told == [(name, "Die Stadt hat auf „Bänke am Ufer“ geantwortet") for name in ("Anna", "Ben")]
    assert len(mail.outbox) == 2
    assert "Grünflächenamt: Wird umgesetzt." in mail.outbox[0].body


def test_nothing_is_told_about_ideas_of_a_campaign_that_is_not_public(anna, ben):
    subject = idea(author=anna, campaign=campaign(is_public=False))
    say("comment_published", comment_id=comment_on(subject, ben).pk)
    say("answer_published", answer_id=answer_to(subject).pk)
    say("idea_published", idea_id=subject.pk)
    assert not Message.objects.exists()


def test_muted_kinds_stand_in_the_account_only(anna):
    MailChoice.objects.create(person=anna, muted=["receipt", "decision"])
    sent = idea(author=anna, state=Idea.State.WAITING)
    say("idea_submitted", idea_id=sent.pk)
    assert Message.objects.count() == 1
    assert mail.outbox == []


def test_closed_accounts_get_no_mail(anna):
    anna.is_active = False
    anna.save()
    say("idea_submitted", idea_id=idea(author=anna, state=Idea.State.WAITING).pk)
    assert mail.outbox == []


def test_events_about_what_is_gone_are_harmless():
    for event, name in [
        ("idea_submitted", "idea_id"), ("idea_published", "idea_id"), ("idea_hidden", "idea_id"),
        ("comment_published", "comment_id"), ("comment_hidden", "comment_id"), ("answer_published", "answer_id"),
        ("decision_made", "decision_id"), ("message_written", "message_id"),
    ]:  # fmt: skip
        with transaction.atomic():
            announce(event, **{name: 987654})
    deliver_outbox()
    assert not Delivery.objects.filter(receiver__startswith="notifications").exists()


def test_author_without_account_is_told_nothing():
    say("idea_published", idea_id=idea(author=None).pk)
    assert not Message.objects.exists()


def test_telling_twice_by_key_changes_nothing(anna):
    said = {"person": anna, "kind": "receipt", "key": "k", "text": "t", "url": "/", "about": ("idea", 1)}
    first = actions.tell(subject="eins", **said)
    assert actions.tell(subject="zwei", **said).pk == first.pk
    assert Message.objects.get().subject == "eins"
