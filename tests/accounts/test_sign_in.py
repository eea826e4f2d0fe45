"""Signing in: mail code first, password as the other way, and nothing given away."""

import re

import pytest
from django.core import mail
from django.test import Client

from accounts.models import User
from tests.factories import deliver_outbox, make_person

pytestmark = pytest.mark.django_db
LOGIN, CODE, CONFIRM = "/konto/login/", "/konto/login/code/", "/konto/login/code/confirm/"


def code_in(text: str) -> str:
    found = re.search(r"^\s+([A-Z0-9]{4}-[A-Z0-9]{4})\s*$", text, re.MULTILINE)
    assert found, text
    return found.group(1)


def newest_mail() -> mail.EmailMessage:
    return deliver_outbox()[-1]


def test_one_page_offers_both_ways_and_says_what_is_stored(client):
    page = client.get(LOGIN).content.decode()
    assert "Code schicken" in page
    assert "Mit Passwort anmelden" in page
    assert "Was wir speichern" in page
    assert "Konto anlegen" in page


def test_mail_code_signs_in_and_leads_on(client):
    anna = make_person("anna@example.org", "Anna")
    answer = client.post(CODE, {"email": "Anna@Example.org", "next": "/mitmachen/?a=1&b=2"})
    assert answer.status_code == 302
    assert answer.url.startswith(CONFIRM)
    page = client.get(answer.url).content.decode()
    assert "anna@example.org" in page
    assert 'name="next" value="/mitmachen/?a=1&amp;b=2"' in page
    letter = newest_mail()
    assert letter.to == ["anna@example.org"]
    assert "ist Ihr Code zum Anmelden" in letter.subject
    assert "Guten Tag" in letter.body
    answer = client.post(CONFIRM, {"code": code_in(letter.body), "next": "/mitmachen/?a=1&b=2"})
    assert answer.url == "/mitmachen/?a=1&b=2"
    assert int(client.session["_auth_user_id"]) == anna.pk


def test_code_counts_without_dash_and_in_small_letters(client):
    make_person("anna@example.org", "Anna")
    client.post(CODE, {"email": "anna@example.org"})
    code = code_in(newest_mail().body)
    answer = client.post(CONFIRM, {"code": code.replace("-", "").lower()})
    assert answer.status_code == 302
    assert answer.url == "/mein/"


def test_wrong_code_says_so_and_three_end_it(client):
    make_person("anna@example.org", "Anna")
    client.post(CODE, {"email": "anna@example.org"})
    answer = client.post(CONFIRM, {"code": "AAAA-AAAA"})
    assert answer.status_code == 422
    assert "Dieser Code stimmt nicht" in answer.content.decode()
    client.post(CONFIRM, {"code": "AAAA-AAAA"})
    answer = client.post(CONFIRM, {"code": "AAAA-AAAA"})
    assert answer.status_code == 302
    assert client.post(CONFIRM, {"code": code_in(newest_mail().body)}).status_code == 302
    assert "_auth_user_id" not in client.session


def test_known_and_unknown_address_get_the_same_answer():
    make_person("anna@example.org", "Anna")
    User.objects.filter(pk=make_person("zu@example.org", "Zu").pk).update(is_active=False)
    pages = []
    for address in ("anna@example.org", "nina@example.org", "zu@example.org"):
        client = Client()
        answer = client.post(CODE, {"email": address, "next": "/ideen/"}, follow=True)
        text = re.sub(r'(csrfmiddlewaretoken" value=)"\w+"', r"\1", answer.content.decode()).replace(address, "X")
        pages.append((answer.status_code, answer.redirect_chain, text, len(client.session.keys())))
    assert pages[0] == pages[1] == pages[2]


def test_unknown_address_learns_by_mail_how_to_sign_up(client, settings):
    settings.SITE_URL = "https://mitwirk.example"
    client.post(CODE, {"email": "nina@example.org"}, HTTP_HOST="localhost")
    letter = newest_mail()
    assert letter.subject == "Zu dieser Adresse gibt es noch kein Konto"
    assert "https://mitwirk.example/konto/signup/" in letter.body
    assert "localhost" not in letter.body
    assert letter.extra_headers["Message-ID"].endswith("@mitwirk.example>")


def test_new_code_can_be_asked_for_from_the_code_page(client):
    make_person("anna@example.org", "Anna")
    client.post(CODE, {"email": "anna@example.org"})
    first = code_in(newest_mail().body)
    answer = client.post(CODE, {"email": "anna@example.org", "next": "/ideen/"})
    assert answer.url.startswith(CONFIRM)
    second = code_in(newest_mail().body)
    assert client.post(CONFIRM, {"code": first}).status_code == 422
    assert client.post(CONFIRM, {"code": second, "next": "/ideen/"}).url == "/ideen/"


@pytest.mark.parametrize("address", ["anna@example.org", "nina@example.org"])
def test_three_mails_an_hour_for_an_address_whoever_it_is(address):
    make_person("anna@example.org", "Anna")
    statuses = [
        Client(REMOTE_ADDR=f"10.0.0.{number}").post(CODE, {"email": address}).status_code for number in range(5)
    ]
    assert statuses == [302, 302, 302, 429, 429]
    assert len(deliver_outbox()) == 3


def test_signing_in_opens_the_address_for_mails_again(client):
    make_person("anna@example.org", "Anna")
    for _time in range(4):
        client.post(CODE, {"email": "anna@example.org"})
        client.post(CONFIRM, {"code": code_in(newest_mail().body)})
        client.post("/konto/logout/")
    assert len(mail.outbox) == 4


def test_password_is_the_other_way(client):
    make_person("anna@example.org", "Anna", password="Probe-Passwort-1")
    answer = client.post(LOGIN, {"login": "anna@example.org", "password": "Probe-Passwort-1", "next": "/ideen/"})
    assert answer.url == "/ideen/"


def test_wrong_password_keeps_the_form_open_and_the_address_typed(client):
    make_person("anna@example.org", "Anna")
    answer = client.post(LOGIN, {"login": "anna@example.org", "password": "falsch-falsch"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "passen nicht zusammen" in page
    assert '<details class="mw-fold" open>' in page
    assert 'value="anna@example.org"' in page


def test_guessing_passwords_is_stopped_after_five_tries():
    make_person("anna@example.org", "Anna", password="Probe-Passwort-1")
    for number in range(5):
        Client(REMOTE_ADDR=f"10.0.1.{number}").post(
            LOGIN, {"login": "anna@example.org", "password": f"falsch-{number}"}
        )
    right = {"login": "anna@example.org", "password": "Probe-Passwort-1"}
    answer = Client(REMOTE_ADDR="10.0.2.1", HTTP_HOST="localhost").post(LOGIN, right)
    assert answer.status_code == 429
    assert "ein wenig oft" in answer.content.decode()


def test_mail_server_down_stops_nobody(client, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    make_person("anna@example.org", "Anna")
    assert client.post(CODE, {"email": "anna@example.org"}).status_code == 302
    deliver_outbox()
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    from common.models import Delivery

    assert (
        Delivery.objects.filter(event="account_mail_written", state="waiting").update(next_try="2020-01-01T00:00Z") == 1
    )
    assert client.post(CONFIRM, {"code": code_in(newest_mail().body)}).status_code == 302


def test_closed_account_is_out_at_once(client):
    anna = make_person("anna@example.org", "Anna")
    client.force_login(anna)
    assert client.get("/mein/einstellungen/").status_code == 200
    User.objects.filter(pk=anna.pk).update(is_active=False)
    assert client.get("/mein/einstellungen/").status_code == 302


def test_session_key_changes_at_sign_in(client):
    make_person("anna@example.org", "Anna")
    client.post(CODE, {"email": "anna@example.org"})
    before = client.session.session_key
    client.post(CONFIRM, {"code": code_in(newest_mail().body)})
    assert client.session.session_key != before


def test_text_of_a_sent_mail_is_forgotten(client):
    from accounts.models import AccountMail

    make_person("anna@example.org", "Anna")
    client.post(CODE, {"email": "anna@example.org"})
    deliver_outbox()
    row = AccountMail.objects.get()
    assert (row.text, row.subject) == ("", "")
    assert row.mailed_at is not None


def test_thirty_people_in_one_room_get_their_codes_within_a_minute():
    for number in range(30):
        make_person(f"person{number}@example.org")
        assert Client(REMOTE_ADDR="10.9.9.9").post(CODE, {"email": f"person{number}@example.org"}).status_code == 302
    assert len(deliver_outbox()) == 30
