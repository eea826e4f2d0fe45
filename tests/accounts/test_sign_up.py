"""Signing up: a mail address and a public name, and nothing given away."""

import re

import pytest
from django.core import mail
from django.db import IntegrityError
from django.test import Client

from accounts.models import User
from tests.accounts.test_sign_in import code_in, newest_mail
from tests.factories import deliver_outbox, make_person

pytestmark = pytest.mark.django_db
SIGN_UP, CONFIRM = "/konto/signup/", "/konto/confirm-email/"


def sign_up(client: Client, **fields: str):
    return client.post(SIGN_UP, {"email": "nina@example.org", "display_name": "Nina"} | fields)


def test_mail_and_name_then_code_then_in(client):
    page = client.get(f"{SIGN_UP}?next=/mitmachen/rad/").content.decode()
    assert 'name="next" value="/mitmachen/rad/"' in page
    assert "Es muss nicht Ihr echter sein" in page
    assert sign_up(client, next="/mitmachen/rad/").url == CONFIRM
    assert "_auth_user_id" not in client.session
    letter = newest_mail()
    assert "bestätigt Ihre Mail-Adresse" in letter.subject
    answer = client.post(CONFIRM, {"code": code_in(letter.body)})
    assert answer.url == "/mitmachen/rad/"
    nina = User.objects.get(email="nina@example.org")
    assert nina.display_name == "Nina"
    assert not nina.has_usable_password()
    assert int(client.session["_auth_user_id"]) == nina.pk


def test_who_turns_out_to_be_new_still_arrives_where_they_were_going(client):
    client.post("/konto/login/code/", {"email": "nina@example.org", "next": "/ideen/neu/?kampagne=rad"})
    assert "/konto/signup/" in newest_mail().body
    sign_up(client)
    assert client.post(CONFIRM, {"code": code_in(newest_mail().body)}).url == "/ideen/neu/?kampagne=rad"


def test_empty_name_gets_a_friendly_one(client):
    sign_up(client, display_name="  ")
    name = User.objects.get(email="nina@example.org").display_name
    assert re.fullmatch(r"[A-ZÄÖÜ]\w+ [A-ZÄÖÜ]\w+( \d+)?", name)


def test_name_is_cleaned(client):
    sign_up(client, display_name="  Nina\u202e\u200b   Rad\u0308  ")
    assert User.objects.get(email="nina@example.org").display_name == "Nina Rad\u0308".replace("d\u0308", "d̈")


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("аdmin", "Stadtverwaltung"),
        ("Admin", "Stadtverwaltung"),
        ("Moderati0n", "Stadtverwaltung"),
        ("ＭＯＤＥＲＡＴＩＯＮ", "Stadtverwaltung"),
        ("Stadt Musterstadt", "Stadtverwaltung"),
        ("Das Ordnungsamt", "Stadtverwaltung"),
        ("Bürgermeisterin", "Stadtverwaltung"),
        ("ANNA", "hat schon jemand"),
        ("Аnna", "verwechseln"),
        ("A.n-n a", "hat schon jemand"),
        ("Ann\u0430", "verwechseln"),
        ("!!", "mindestens zwei Buchstaben"),
        ("a" * 61, "60"),
        ("Ni\x00na", "nicht speichern"),
    ],
)
def test_misleading_and_taken_names_are_refused_and_the_text_stays(client, name, words):
    make_person("anna@example.org", "Anna")
    answer = sign_up(client, display_name=name)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert words in page
    assert 'value="nina@example.org"' in page
    assert not User.objects.filter(email="nina@example.org").exists()


@pytest.mark.parametrize(
    "name", ["Stadtradlerin", "Jörg", "Amtmann Kurt", "Ωmega".replace("Ω", "O"), "Мария", "Gänseblümchen 7"]
)
def test_ordinary_names_are_fine(client, name):
    assert sign_up(client, display_name=name).status_code == 302


def test_umlauts_make_another_name():
    make_person("a@example.org", "Müller")
    assert not User.objects.is_name_taken("Muller")
    assert User.objects.is_name_taken("müller")


def test_database_refuses_a_name_that_looks_the_same():
    make_person("a@example.org", "Müller")
    with pytest.raises(IntegrityError):
        User.objects.create_user("b@example.org", display_name="M ü l l e r")


def test_address_that_has_an_account_gets_the_same_page_and_a_helpful_mail():
    make_person("anna@example.org", "Anna")
    seen = []
    for address in ("anna@example.org", "neu@example.org"):
        client = Client()
        answer = client.post(SIGN_UP, {"email": address, "display_name": "Nina N"}, follow=True)
        text = re.sub(r'(csrfmiddlewaretoken" value=)"\w+"', r"\1", answer.content.decode()).replace(address, "X")
        seen.append((answer.status_code, answer.redirect_chain, text))
    assert seen[0] == seen[1]
    first, second = deliver_outbox()
    assert first.subject == "Sie haben schon ein Konto"
    assert "/konto/login/" in first.body
    assert "bestätigt Ihre Mail-Adresse" in second.subject


def test_double_click_makes_one_person_and_no_error(client, monkeypatch):
    from allauth.account.internal.flows import manage_email

    make_person("nina@example.org", "Nina Vorher")
    monkeypatch.setattr(manage_email, "email_already_exists", lambda email, **kwargs: (email, False))
    assert sign_up(client, display_name="Nina Zwei").status_code == 302
    assert User.objects.filter(email="nina@example.org").count() == 1


def test_name_taken_in_the_same_moment_becomes_another_one(client, monkeypatch):
    make_person("anna@example.org", "Anna")
    monkeypatch.setattr("accounts.models.UserManager.is_name_taken", lambda self, name, besides=None: False)
    assert sign_up(client, display_name="ANNA").status_code == 302
    assert User.objects.get(email="nina@example.org").display_name not in ("Anna", "ANNA")


BROKEN = ["", "nina", "nina@", "a@b@c.de", "ni\r\nna@example.org", "x" * 250 + "@example.org", "ni\x00na@example.org"]


@pytest.mark.parametrize("address", BROKEN)
def test_broken_addresses_are_refused_at_the_field(client, address):
    answer = sign_up(client, email=address)
    assert answer.status_code in (400, 422)
    assert len(mail.outbox) == 0


def test_sign_up_nobody_confirmed_is_forgotten_after_a_week(client):
    from datetime import timedelta

    from django.utils import timezone

    from accounts.due import forget_unconfirmed

    sign_up(client)
    anna = make_person("anna@example.org", "Anna", password=None)
    User.objects.update(date_joined=timezone.now() - timedelta(days=8))
    forget_unconfirmed()
    assert list(User.objects.all()) == [anna]
