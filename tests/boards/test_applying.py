"""Applying for a seat on the board: a form without an account, the office that answers, and that nothing stays too long."""

import re
from datetime import datetime, time, timedelta
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.test import Client
from django.utils import timezone

from accounts.models import User
from boards.actions import applying
from boards.models import Application, BoardPage, Seat
from common.events import due_jobs
from ideas.models import Invitation
from tests import factories
from tests.factories import deliver_outbox
from tests.ideas.conftest import signed_in

pytestmark = pytest.mark.django_db
FORM, OFFICE = "/familienbeirat/bewerbung/", "/cms/beirat/bewerbungen/"
WHY = "Ich habe drei Kinder und kenne jede Haltestelle."


@pytest.fixture
def seeking(board: BoardPage) -> BoardPage:
    """The board while it looks for members."""
    board.seeks_members, board.apply_until = True, timezone.localdate() + timedelta(days=9)
    board.save_revision().publish()
    board.refresh_from_db()
    return board


def send(client: Client, **fields: Any) -> Any:
    words = {"name": "Wilhelmina Feld", "email": "mina@example.org", "why": WHY, "consent": "on"}
    return client.post(FORM, words | fields, follow=False)


def desk(*groups: str) -> Client:
    number = User.objects.count()
    browser = signed_in(factories.make_person(f"amt{number}@example.org", f"Frau Amt {number}", groups=list(groups)))
    browser.raise_request_exception = False
    return browser


def answer(browser: Client, does: str, pk: int | str | None = None) -> str:
    number = Application.objects.get().pk if pk is None else pk
    return browser.post(OFFICE, {"application": number, "action": does}, follow=True).content.decode()


def test_whoever_wants_to_join_applies_without_an_account_and_gets_a_receipt(client, seeking):
    assert FORM in client.get("/familienbeirat/").content.decode()
    assert "30 Tage nach unserer Antwort, spätestens nach 180 Tagen" in client.get(FORM).content.decode()
    sent = send(client)
    assert sent.status_code == 303
    page = client.get(sent["Location"])
    for words in ("Danke, Ihre Bewerbung ist da", "Wilhelmina Feld", WHY, "Wird gelöscht am"):
        assert words in page.content.decode(), words
    assert page["Cache-Control"] == "private, no-store"
    deliver_outbox()
    (receipt,) = mail.outbox
    assert receipt.to == ["mina@example.org"]
    assert sent["Location"] in receipt.body
    # Anybody can type anybody's address: nothing that was typed is in the mail.
    assert "Wilhelmina" not in f"{receipt.subject}{receipt.body}"
    assert WHY not in receipt.body


def test_an_address_gets_one_receipt_a_day(client, seeking):
    assert [send(client).status_code for _time in range(3)] == [303] * 3
    deliver_outbox()
    assert len(mail.outbox) == 1


def test_the_same_form_sent_twice_is_one_application(client, seeking):
    key = re.search(r'name="key" value="([^"]+)"', client.get(FORM).content.decode())[1]
    first, second = send(client, key=key), send(client, key=key)
    assert first["Location"] == second["Location"]
    assert Application.objects.count() == 1


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"name": ""}, "Bitte schreiben Sie Ihren Namen."),
        ({"name": "Wilhelmina\x00Feld"}, "Zeichen"),
        ({"name": "x" * 121}, "120"),
        ({"email": ""}, "damit wir Ihnen dort antworten können"),
        ({"email": "mina@"}, "gültige E-Mail-Adresse"),
        ({"email": "mina@example.org\nBcc: a@example.org"}, "gültige E-Mail-Adresse"),
        ({"why": "Kurz."}, "20 Zeichen"),
        ({"why": "x" * 3001}, "3000"),
        ({"consent": ""}, "Ohne Ihr Einverständnis"),
        ({"website": "https://spam.example"}, "Bitte"),
    ],
)
def test_what_is_missing_is_explained_and_what_was_typed_stays(client, seeking, fields, words):
    sent = send(client, **fields)
    text = sent.content.decode()
    assert sent.status_code == 422
    assert words in text
    assert (WHY if "why" not in fields else "Wilhelmina Feld") in text
    assert not Application.objects.exists()


def test_too_many_from_one_network_are_asked_to_wait(client, seeking):
    assert {send(client, email=f"mina{number}@example.org").status_code for number in range(5)} == {303}
    held = send(client, email="mina6@example.org")
    assert held.status_code == 429
    assert int(held["Retry-After"]) > 0
    assert WHY in held.content.decode()
    assert Application.objects.count() == 5


def test_outside_the_time_nobody_can_apply_and_typed_words_come_back(client, board):
    page = client.get(FORM)
    assert page.status_code == 200
    assert "Der Beirat sucht zurzeit keine Mitglieder." in page.content.decode()
    assert '<form method="post" class="mw-form"' not in page.content.decode()
    late = send(client)
    assert late.status_code == 409
    assert WHY in late.content.decode()
    assert FORM not in client.get("/familienbeirat/").content.decode()
    board.unpublish()
    assert client.get(FORM).status_code == 404
    assert not Application.objects.exists()


def test_whoever_sent_it_takes_it_back_and_nothing_is_left(client, seeking):
    address = send(client)["Location"]
    assert client.post(address)["Location"] == "/familienbeirat/"
    assert not Application.objects.exists()
    assert client.get(address).status_code == 404
    assert client.get(f"{FORM}{'x' * 24}/").status_code == 404


def test_the_office_accepts_and_the_invitation_goes_out_once(client, seeking, room):
    send(client)
    office = desk("Redaktion")
    assert WHY in office.get(OFFICE).content.decode()
    assert "Die Einladung ist unterwegs." in answer(office, "accept")
    assert "hat schon jemand beantwortet" in answer(office, "decline")
    made = Invitation.objects.get()
    assert (made.campaign_id, made.email, made.role) == (room.campaign_id, "mina@example.org", "member")
    deliver_outbox()
    assert sum("Einladung" in sent.subject for sent in mail.outbox) == 1
    assert not Seat.objects.exists()  # no name stands anywhere by that


def test_the_office_declines_in_a_letter(client, seeking, room):
    page = send(client)["Location"]
    assert "Die Absage ist unterwegs." in answer(desk("Redaktion"), "decline")
    deliver_outbox()
    assert "wurden für die freien Plätze andere ausgewählt" in mail.outbox[-1].body
    assert "Dieses Mal hat es nicht geklappt" in client.get(page).content.decode()
    assert not Invitation.objects.exists()


def test_without_a_room_nobody_can_be_invited_yet(client, seeking):
    send(client)
    assert "Öffnen Sie zuerst den geschlossenen Raum" in answer(desk("Redaktion"), "accept")
    assert Application.objects.get().state == "open"


def test_rubbish_at_the_desk_is_answered_in_words(client, seeking, room):
    send(client)
    office = desk("Redaktion")
    assert "Bitte drücken Sie einen der Knöpfe." in answer(office, "zaubern")
    for number in ("", "x", "²", "-1", "9" * 40, "999999"):
        assert "Diese Bewerbung gibt es nicht mehr" in answer(office, "accept", number), number
    assert Application.objects.get().state == "open"


def test_applications_are_for_the_office_alone(client, seeking):
    send(client)
    for browser in (client, desk(), desk("Moderation"), desk("Fachamt"), desk("Schreiben")):
        for answered in (browser.get(OFFICE), browser.post(OFFICE, {"application": 1, "action": "accept"})):
            assert answered.status_code in (302, 303, 403, 404)
            assert "Wilhelmina" not in answered.content.decode()
        assert "Wilhelmina" not in browser.get("/cms/", follow=True).content.decode()
    assert "Eine Person möchte in den Beirat" in desk("Redaktion").get("/cms/").content.decode()
    for path in ("/familienbeirat/", FORM, "/suche/?q=Wilhelmina", "/sitemap-seiten.xml"):
        assert "Wilhelmina Feld" not in client.get(path).content.decode(), path


def test_everything_is_deleted_on_the_day_that_was_said(client, seeking):
    send(client)
    last = Application.objects.get().delete_on
    assert last == timezone.localdate() + timedelta(days=applying.KEPT)
    # Said in days of the town's calendar: the same hour half a year on can be another day.
    begins = timezone.make_aware(datetime.combine(last, time()))
    with time_machine.travel(begins - timedelta(seconds=1), tick=False):
        assert applying.forget_applications() == 0
    with time_machine.travel(begins, tick=False):
        due_jobs["boards.due.forget_old_applications"][1]()
    assert not Application.objects.exists()


def test_an_answered_application_goes_after_thirty_days(client, seeking, room):
    send(client)
    answer(desk("Redaktion"), "decline")
    assert Application.objects.get().delete_on == timezone.localdate() + timedelta(days=30)
