"""Two workers at the same hit, the same mail, the same link: one of them does it."""

from typing import Any

import pytest
from django.core import mail
from django.db import connection
from django.utils import timezone

from common import outbox
from common.mail import Busy
from common.models import Bucket, Delivery
from search.models import SavedHit, SavedMail, SavedReader, SavedSearch
from search.saved import digests, keeping, mails
from search.saved.keeping import Wish
from search.saved.matching import match
from tests.factories import make_person
from tests.search.notes import Note
from tests.search.test_races import together

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(
        connection.vendor != "postgresql", reason="SQLite has one writer at a time; nothing can race there."
    ),
]


@pytest.fixture(autouse=True)
def no_notes_left() -> Any:
    yield
    Note.objects.all().delete()


def test_two_workers_find_gather_and_send_each_hit_once(write: Any) -> None:
    for number in range(6):
        person = make_person(f"person{number}@example.org", f"Person {number}")
        keeping.save(person=person, wish=Wish("Brunnen", "Brunnen", rhythm="at_once"))
    ids = [write(f"Brunnen {number}", published_at=timezone.now()).pk for number in range(4)]
    assert together(*[lambda: match("note", ids)] * 4) == []
    assert SavedHit.objects.count() == 24
    assert together(*[digests.gather] * 4) == []
    assert SavedMail.objects.count() == 6
    assert sum(one.hits.count() for one in SavedMail.objects.all()) == 24
    raised = together(*[lambda pk=pk: mails.send(pk) for pk in SavedMail.objects.values_list("pk", flat=True)] * 2)
    assert all(isinstance(error, Busy) for error in raised)
    Delivery.objects.update(next_try=timezone.now())
    outbox.drain()
    assert sorted(letter.to[0] for letter in mail.outbox) == [f"person{number}@example.org" for number in range(6)]
    assert all(letter.subject == "4 neue Treffer: Brunnen" for letter in mail.outbox)


def test_asking_many_times_at_once_keeps_no_more_than_may_be_and_loses_nothing() -> None:
    person = make_person("anna@example.org", "Anna")
    for _number in range(keeping.MOST - 2):
        keeping.save(person=person, wish=Wish("Brunnen", "Brunnen"))
    raised = together(*[lambda: keeping.save(person=person, wish=Wish("Bank", "Bank"))] * 6)
    assert len(raised) == 4
    assert SavedSearch.objects.filter(person=person).count() == keeping.MOST
    person.delete()
    for _round in range(5):
        SavedReader.objects.get_or_create(address="neu@example.org")
        jobs = [
            lambda: keeping.ask(address="neu@example.org", wish=Wish("Bank", "Bank"), sender="x"),
            keeping.forget_readers,
        ]
        assert together(*jobs, keeping.forget_readers) == []
        found = SavedSearch.objects.get()
        assert found.reader is not None
        keeping.confirm(found.pk)
        found.delete()
        keeping.forget_readers()
        Bucket.objects.all().delete()
    assert not SavedReader.objects.exists()
