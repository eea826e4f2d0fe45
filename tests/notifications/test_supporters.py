"""Telling supporters: each one once, by mail and in the account, and nowhere a row that says who supports what."""

from datetime import timedelta

import pytest
from django.apps import apps
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from common import outbox
from common.models import Delivery
from ideas.actions import hide_idea, merge_ideas, undo_merge
from ideas.models import Merge
from notifications import supporters
from notifications.models import Message
from tests import factories
from voting.actions import choose, give_support
from voting.models import NoticeRound, SupporterNotice
from voting.models.notice import NoticeKind

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_secrets(settings, tmp_path):
    settings.VOTING_SECRET_FILE = tmp_path / "secrets" / "voting_secrets.json"


@pytest.fixture
def town():
    """A merge whose source three people support; two more people have nothing to do with it."""

    class Town:
        campaign = factories.campaign()
        source = factories.idea(campaign=campaign, title="Eine Bank am Deich", author=factories.person("Anna"))
        target = factories.idea(campaign=campaign, title="Mehr Bänke an der Lippe", author=factories.person("Bert"))
        people = tuple(factories.person() for _n in range(3))
        others = tuple(factories.person() for _n in range(2))
        moderator = factories.person("Mo")

        def merge(self):
            return merge_ideas(source=self.source, target=self.target, reason="Dasselbe.", actor=self.moderator)

    for one in Town.people:
        give_support(voter=one, idea=Town.source)
    outbox.drain()
    mail.outbox.clear()
    return Town()


def to_supporters():
    """Return who got a mail as a supporter."""
    return sorted(one.to[0] for one in mail.outbox if "unterstütz" in one.subject.lower())


def test_each_supporter_is_asked_once_however_often_the_walk_is_repeated(town):
    town.merge()
    outbox.drain()
    assert to_supporters() == sorted(one.email for one in town.people)
    NoticeRound.objects.update(cursor=0, done_at=None)
    supporters.walk(NoticeRound.objects.get().pk)
    assert len(to_supporters()) == 3
    assert SupporterNotice.objects.count() == 3
    assert "zusammenlegung" in mail.outbox[-1].body


def test_a_walk_that_was_killed_goes_on_where_it_was(town, monkeypatch):
    monkeypatch.setattr(supporters, "CHUNK", 2)
    send, calls = supporters.send_once, []

    def killed(*args, **kwargs):
        calls.append(1)
        if len(calls) == 2:
            raise KeyboardInterrupt
        return send(*args, **kwargs)

    monkeypatch.setattr(supporters, "send_once", killed)
    town.merge()
    with pytest.raises(KeyboardInterrupt):
        outbox.drain()
    monkeypatch.setattr(supporters, "send_once", send)
    supporters.walk(NoticeRound.objects.get().pk)
    assert to_supporters() == sorted(one.email for one in town.people)


def test_one_mailbox_that_refuses_keeps_nobody_waiting_and_is_tried_again(town, monkeypatch):
    send, refused = supporters.send_once, []

    def once_refused(*args, **kwargs):
        if not refused:
            refused.append(1)
            raise OSError("anna@example.org: mailbox full")
        return send(*args, **kwargs)

    monkeypatch.setattr(supporters, "send_once", once_refused)
    town.merge()
    outbox.drain()
    assert len(to_supporters()) == 2
    assert not Delivery.objects.filter(last_error__contains="@").exists()
    NoticeRound.objects.update(next_at=timezone.now())
    supporters.announce_due()
    outbox.drain()
    assert to_supporters() == sorted(one.email for one in town.people)


def test_the_messages_are_found_by_the_own_key_only(town, client):
    town.merge()
    outbox.drain()
    client.force_login(town.people[0])
    page = client.get(reverse("notifications:list")).content.decode()
    assert "Zu Ideen, die Sie unterstützen" in page
    assert reverse("voting:merging", args=[town.source.pk]) in page
    client.force_login(town.others[0])
    assert "Zu Ideen, die Sie unterstützen" not in client.get(reverse("notifications:list")).content.decode()
    client.force_login(town.people[0])
    client.post(reverse("notifications:read_all"))
    assert not SupporterNotice.objects.filter(is_read=True).count() > 1
    assert SupporterNotice.objects.filter(is_read=True).count() == 1


# Columns that say which member of the staff did something.
STAFF_DID = {
    "sealed_by", "by", "asked_by", "made_by", "entered_by", "confirmed_by", "proposed_by", "agreed_by", "ended_by",
    "end_proposed_by", "rejected_by", "revoked_by",
}  # fmt: skip


def test_no_row_and_no_subject_names_person_and_idea(town):
    town.merge()
    outbox.drain()
    supporter_ids = {one.pk for one in town.people}
    assert not Message.objects.filter(person__in=supporter_ids).exists()
    for model in apps.get_app_config("voting").get_models():
        names = {field.name for field in model._meta.get_fields() if field.related_model is type(town.people[0])}
        assert names <= STAFF_DID
        # Where a person of the staff is named, no voter is.
        assert not names or not any(field.name == "voter_key" for field in model._meta.get_fields())
    assert all("Bank" not in one.subject for one in mail.outbox if one.to[0] in {p.email for p in town.people})
    moments = {(row.mailed_at.hour, row.mailed_at.minute) for row in SupporterNotice.objects.all()}
    assert len(moments) == 1
    assert not any(person.email in str(row) for person in town.people for row in Delivery.objects.values_list())


def test_who_does_not_want_such_mails_gets_none_but_finds_it_in_the_account(town, client):
    from notifications.actions import choose_mails

    choose_mails(person=town.people[0], wanted=["comment"])
    town.merge()
    outbox.drain()
    assert to_supporters() == sorted(one.email for one in town.people[1:])
    assert SupporterNotice.objects.count() == 3


def test_what_was_hidden_meanwhile_is_mailed_to_nobody(town):
    town.merge()
    hide_idea(town.source.pk)
    outbox.drain()
    assert to_supporters() == []


def test_those_who_have_said_nothing_are_reminded_once_after_a_week(town):
    merge = town.merge()
    outbox.drain()
    choose(voter=town.people[0], merge=merge, carry=True)
    choose(voter=town.people[1], merge=merge, carry=False)
    mail.outbox.clear()
    supporters.remind()
    outbox.drain()
    assert mail.outbox == []
    Merge.objects.update(created_at=timezone.now() - timedelta(days=7))
    for _time in range(2):
        supporters.remind()
        outbox.drain()
    assert [one.to[0] for one in mail.outbox] == [town.people[2].email]
    assert "Erinnerung" in mail.outbox[0].subject


def test_after_an_undo_all_who_supported_it_are_told(town):
    merge = town.merge()
    outbox.drain()
    choose(voter=town.people[0], merge=merge, carry=True)
    undo_merge(merge=merge, actor=town.moderator)
    mail.outbox.clear()
    outbox.drain()
    assert to_supporters() == sorted(one.email for one in town.people)
    assert "rückgängig" in mail.outbox[-1].subject


def test_writers_of_both_ideas_are_told_with_the_reason(town):
    town.merge()
    outbox.drain()
    told = Message.objects.get(person=town.target.author)
    assert "Dasselbe." in told.text
    assert "Eine Bank am Deich" in told.subject


def test_supporters_hear_of_changes_at_most_once_a_day_per_idea(town):
    supporters.start(NoticeKind.CHANGED, town.source.pk, 1)
    outbox.drain()
    assert to_supporters() == sorted(one.email for one in town.people)
    assert "/fassungen/" in mail.outbox[-1].body
    mail.outbox.clear()
    for number in (2, 3):
        version = town.source.versions.create(number=number, title="Neu", text=f"Fassung {number}")
        town.source.approved_version = town.source.latest_version = version
        town.source.save()
        supporters.start(NoticeKind.CHANGED, town.source.pk, number)
        outbox.drain()
    assert mail.outbox == []
    assert NoticeRound.objects.filter(done_at=None).values_list("number", flat=True).get() == 3
    NoticeRound.objects.filter(done_at=None).update(next_at=timezone.now())
    supporters.announce_due()
    outbox.drain()
    assert len(mail.outbox) == 3
