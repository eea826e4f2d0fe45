"""What saved searches found, told by mail: once, at its time, only while it may be seen, to those alone who want it."""

import random
import re
from collections import Counter
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core import mail
from django.db import transaction
from django.test import Client
from django.utils import timezone

from accounts.models import User
from common.events import announce
from common.models import Bucket
from search.actions import sweep
from search.models import SavedHit, SavedMail, SavedReader, SavedSearch
from search.registry import register, unregister
from search.saved import digests, keeping
from search.saved.keeping import Wish
from search.saved.listening import forget_old
from tests.factories import deliver_outbox, make_person
from tests.search.notes import Note
from tests.search.test_leaks import WORDS, change
from tests.search.test_saved import PlacedNotes, found, keep, signed_in

pytestmark = pytest.mark.django_db
Write = Callable[..., Note]
TODAY = timezone.localtime()  # the same throughout, also when a week ends in the middle of a test


@pytest.fixture(autouse=True)
def placed(only_test_kinds: None, settings: Any) -> None:
    unregister("note")
    register(PlacedNotes)
    settings.SITE_URL = "https://mitwirk.example"


@pytest.fixture
def anna() -> User:
    return make_person("anna@example.org", "Anna")


def at(hour: int, weekday: int = 2) -> datetime:
    """Return an hour of a day of next week, in the town's time."""
    today = TODAY.replace(hour=hour, minute=0, second=0, microsecond=0)
    return today + timedelta(days=7 + (weekday - today.weekday()))


def mails_at(moment: datetime) -> list[Any]:
    """Write and send what is due at a time; return the mails about hits."""
    digests.gather(moment)
    return [letter for letter in deliver_outbox() if "Treffer" in letter.subject]


def test_at_once_means_at_once_and_then_not_again_for_a_while(anna: User, write: Write) -> None:
    keep(anna, "Brunnen", rhythm="at_once")
    first = write("Brunnen am Markt", published_at=timezone.now())
    letter = deliver_outbox()[-1]
    assert (letter.to, letter.subject) == (["anna@example.org"], "1 neuer Treffer: Brunnen")
    assert "Brunnen am Markt" in letter.body
    assert f"https://mitwirk.example/notiz/{first.pk}/" in letter.body
    write("Brunnen zwei")
    write("Brunnen drei")
    assert len(deliver_outbox()) == 1
    SavedMail.objects.update(created_at=timezone.now() - timedelta(minutes=16))
    digests.gather()
    assert [one.subject for one in deliver_outbox()[1:]] == ["2 neue Treffer: Brunnen"]
    digests.gather()
    assert len(deliver_outbox()) == 2


def test_digests_go_out_in_the_towns_morning_all_in_one_mail_and_never_empty(anna: User, write: Write) -> None:
    keep(anna, "Brunnen", rhythm="daily")
    keep(anna, "Bank", rhythm="weekly")
    keep(anna, "Hecke", rhythm="account")
    write("Brunnen am Markt")
    write("Bank am Ufer")
    write("Hecke am Deich")
    deliver_outbox()
    SavedHit.objects.update(found_at=at(22, weekday=1))
    assert mails_at(at(6)) == []  # at night nobody is written to
    (daily,) = mails_at(at(7))
    assert "Brunnen am Markt" in daily.body
    assert "Bank am Ufer" not in daily.body
    assert mails_at(at(8, weekday=4)) == [daily]
    _daily, weekly = mails_at(at(7, weekday=7))
    assert weekly.subject == "1 neuer Treffer: Bank"
    write("Brunnen zwei")
    write("Bank zwei")
    deliver_outbox()
    SavedHit.objects.filter(mail=None).update(found_at=at(12, weekday=7))
    both = mails_at(at(9, weekday=14))[-1]
    assert both.subject == "2 neue Treffer in Ihren gemerkten Suchen"
    assert len(mails_at(at(9, weekday=21))) == 3
    assert "Hecke" not in "".join(letter.body for letter in mail.outbox)


@pytest.mark.parametrize(("month", "utc"), [(1, 6), (7, 5)])
def test_the_morning_is_the_towns_in_summer_and_in_winter(month: int, utc: int) -> None:
    noon = timezone.make_aware(datetime(2027, month, 14, 12))
    assert digests.last_morning(noon).astimezone(timezone.get_fixed_timezone(0)).hour == utc
    assert digests.last_morning(noon, 0).weekday() == 0
    assert timezone.localtime(digests.last_morning(noon - timedelta(hours=6))).day == 13


def test_what_was_hidden_meanwhile_is_in_no_mail_and_on_no_page(anna: User, write: Write) -> None:
    search = keep(anna, "Brunnen", rhythm="at_once")
    note = write("Brunnen am Markt")
    with transaction.atomic():
        announce("search_appeared", kind="note", ids=str(note.pk))
    Note.objects.update(public=False)  # nobody told the index
    assert deliver_outbox() == []
    Note.objects.update(owner=anna.pk)  # now it is hers, but no longer for everybody: alerts are about what is public
    page = signed_in(anna).get(f"/mein/suchen/{search.pk}/").content.decode()
    assert "Brunnen am Markt" not in page


def test_only_some_of_a_mail_may_be_hidden(anna: User, write: Write) -> None:
    keep(anna, "Brunnen", rhythm="daily")
    write("Brunnen eins", published_at=timezone.now())
    hidden = write("Brunnen zwei")
    deliver_outbox()
    Note.objects.filter(pk=hidden.pk).update(public=False)
    SavedHit.objects.update(found_at=at(5))
    (letter,) = mails_at(at(7))
    assert letter.subject == "1 neuer Treffer: Brunnen"
    assert "Brunnen zwei" not in letter.body
    assert not re.search(r"\bzwei\b", re.sub(r"<[^>]*>", "", letter.alternatives[0][0]))


def test_a_mail_can_be_ended_by_one_click_without_signing_in(anna: User, write: Write) -> None:
    search = keep(anna, "Brunnen", rhythm="at_once")
    write("Brunnen eins")
    letter = deliver_outbox()[0]
    assert letter.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    address = re.fullmatch(r"<https://mitwirk\.example(/.+)>", letter.extra_headers["List-Unsubscribe"])[1]  # type: ignore[index]
    assert address in letter.body
    stranger = Client(enforce_csrf_checks=True)
    assert "Keine Mails mehr" in stranger.get(address).content.decode()
    search.refresh_from_db()
    assert search.rhythm == "at_once"  # programs look at links
    for _time in range(2):
        answer = stranger.post(address, {"List-Unsubscribe": "One-Click"})
        assert "Sie bekommen keine Mails mehr" in answer.content.decode()
    search.refresh_from_db()
    assert search.rhythm == "account"
    write("Brunnen zwei")
    assert len(deliver_outbox()) == 1
    assert found(search) == {"Brunnen eins", "Brunnen zwei"}


def test_changing_to_mail_does_not_send_what_stood_in_the_account(anna: User, write: Write) -> None:
    search = keep(anna, "Brunnen", rhythm="account")
    write("Brunnen eins")
    deliver_outbox()
    keeping.change(search, Wish("Brunnen", "Brunnen", rhythm="at_once"))
    digests.gather()
    assert deliver_outbox() == []


def test_a_blocked_account_gets_no_mail(anna: User, write: Write) -> None:
    keep(anna, "Brunnen", rhythm="at_once")
    User.objects.update(is_active=False)
    write("Brunnen eins")
    assert deliver_outbox() == []


def test_old_things_are_forgotten(anna: User, write: Write) -> None:
    keep(anna, "Brunnen", rhythm="at_once")
    keeping.ask(address="neu@example.org", wish=Wish("Bank", "Bank"), sender="192.0.2.1")
    write("Brunnen eins")
    deliver_outbox()
    forget_old()
    assert (SavedReader.objects.count(), SavedHit.objects.count()) == (1, 1)
    SavedSearch.objects.filter(state="waiting").update(created_at=timezone.now() - timedelta(days=4))
    SavedHit.objects.update(found_at=timezone.now() - timedelta(days=91))
    SavedMail.objects.update(created_at=timezone.now() - timedelta(days=91))
    forget_old()
    assert (SavedReader.objects.count(), SavedHit.objects.count(), SavedMail.objects.count()) == (0, 0, 0)
    assert SavedSearch.objects.count() == 1


@pytest.mark.parametrize("seed", range(2))
def test_nothing_hidden_or_own_is_ever_told_and_nothing_twice(seed: int) -> None:
    dice, notes, told = random.Random(seed), list[Note](), Counter[tuple[str, str]]()
    owners = {f"owner{pk}@example.org": pk for pk in (1, 2)}
    for address, pk in owners.items():
        User.objects.create_user(address, pk=pk, display_name=f"Person {pk}")
        for word in WORDS:
            keep(User.objects.get(pk=pk), word, rhythm="at_once")
    for word in WORDS:
        keeping.ask(address="neu@example.org", wish=Wish(word, word, rhythm="at_once"), sender=word)
        Bucket.objects.all().delete()
    for search in SavedSearch.objects.filter(state="waiting"):
        keeping.confirm(search.pk)
    deliver_outbox()
    for _step in range(35):
        change(dice, notes)
        SavedMail.objects.update(created_at=timezone.now() - timedelta(minutes=16))
        mail.outbox.clear()
        sweep()
        digests.gather()
        for letter in deliver_outbox():
            lines = {line.removeprefix("– ") for line in letter.body.splitlines() if line.startswith("– ")}
            allowed = Note.objects.filter(public=True).exclude(owner=owners.get(letter.to[0], 0))
            assert lines <= set(allowed.values_list("title", flat=True))
            told.update((letter.to[0], line) for line in lines)
    assert len(told) > 10
    assert max(told.values()) <= 2  # a title and its text have at most two of the words that are searched for
