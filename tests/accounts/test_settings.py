"""One's own settings, and every page of the account: German, in our look, without a 500."""

import pytest
from allauth.account.models import EmailAddress

from accounts.models import User
from tests.accounts.test_sign_in import code_in, newest_mail
from tests.factories import deliver_outbox, make_person

pytestmark = pytest.mark.django_db
SETTINGS = "/mein/einstellungen/"


@pytest.fixture
def anna(client) -> User:
    person = make_person("anna@example.org", "Anna")
    client.post("/konto/login/", {"login": "anna@example.org", "password": "Probe-Passwort-1"})
    return person


def test_visitors_are_asked_to_sign_in(client):
    assert client.get(SETTINGS).url == f"/konto/login/?next={SETTINGS}"


def test_settings_link_to_everything_that_exists_and_nothing_else(client, anna):
    page = client.get(SETTINGS).content.decode()
    for words in (
        "Öffentlicher Name",
        "Mail-Adresse",
        "Passwort ändern",
        "Zweiter Faktor",
        "Geräte",
        "Schreiben Sie mir per Mail",
    ):
        assert words in page
    assert "löschen" not in page
    assert "Datenkopie" not in page


def test_name_can_be_changed(client, anna):
    answer = client.post(SETTINGS, {"display_name": "  Anna   Neu "}, follow=True)
    assert "Ihr öffentlicher Name ist geändert." in answer.content.decode()
    anna.refresh_from_db()
    assert (anna.display_name, anna.name_key) == ("Anna Neu", "annaneu")


def test_own_name_in_other_letters_is_not_taken(client, anna):
    assert client.post(SETTINGS, {"display_name": "ANNA"}).status_code == 302


@pytest.mark.parametrize("name", ["", "Moderation", "Berta", "B\u0435rta", "x" * 61, "a\x00b", "\u200b"])
def test_bad_names_are_refused_with_what_was_typed(client, anna, name):
    make_person("berta@example.org", "Berta")
    answer = client.post(SETTINGS, {"display_name": name})
    assert answer.status_code == 422
    assert 'id="fehler"' in answer.content.decode()
    anna.refresh_from_db()
    assert anna.display_name == "Anna"


def test_mail_choices_are_kept(client, anna):
    page = client.get(SETTINGS).content.decode()
    assert page.count('name="wanted"') == 8
    assert page.count("checked") == 8
    answer = client.post(f"{SETTINGS}mails/", {"wanted": ["answer", "published"]}, follow=True)
    assert "Ihre Auswahl ist gespeichert." in answer.content.decode()
    assert answer.content.decode().count("checked") == 2
    assert sorted(anna.mail_choice.muted) == ["change", "comment", "mention", "merge", "receipt", "together"]


def test_unknown_choices_change_nothing(client, anna):
    assert client.post(f"{SETTINGS}mails/", {"wanted": ["decision"]}).status_code == 302
    assert not hasattr(User.objects.get(), "mail_choice")


def test_mail_address_changes_with_a_code_sent_there(client, anna):
    answer = client.post("/konto/email/", {"email": "anna2@example.org", "action_add": ""})
    assert answer.url == "/konto/reauthenticate/?next=%2Fkonto%2Femail%2F"
    assert "Sind Sie es?" in client.get(answer.url).content.decode()
    client.post(answer.url, {"password": "Probe-Passwort-1"})
    letter = newest_mail()
    assert letter.to == ["anna2@example.org"]
    anna.refresh_from_db()
    assert anna.email == "anna@example.org"
    client.post("/konto/confirm-email/", {"code": code_in(letter.body)})
    anna.refresh_from_db()
    assert anna.email == "anna2@example.org"
    assert list(EmailAddress.objects.values_list("email", "verified")) == [("anna2@example.org", True)]
    told = [mail for mail in deliver_outbox() if mail.to == ["anna@example.org"]]
    assert "anna2@example.org statt an anna@example.org" in told[-1].body


def test_password_can_be_set_later(client):
    person = make_person("nina@example.org", "Nina", password=None)
    client.force_login(person)
    assert "Passwort festlegen" in client.get(SETTINGS).content.decode()
    client.post("/konto/password/set/", {"password1": "kurz", "password2": "kurz"})
    person.refresh_from_db()
    assert not person.has_usable_password()
    client.post("/konto/password/set/", {"password1": "Linde-Otter-Kiesel", "password2": "Linde-Otter-Kiesel"})
    person.refresh_from_db()
    assert person.check_password("Linde-Otter-Kiesel")
    assert "Ihr Passwort ist festgelegt" in newest_mail().subject


def test_forgotten_password_comes_back_by_code(client):
    person = make_person("anna@example.org", "Anna")
    client.post("/konto/password/reset/", {"email": "anna@example.org"})
    client.post("/konto/password/reset/confirm/", {"code": code_in(newest_mail().body)})
    fields = {"password1": "Linde-Otter-Kiesel", "password2": "Linde-Otter-Kiesel"}
    answer = client.post("/konto/password/reset/complete/", fields, follow=True)
    assert "Ihr Passwort ist geändert" in answer.content.decode()
    person.refresh_from_db()
    assert person.check_password("Linde-Otter-Kiesel")


def test_forgotten_password_tells_nothing_about_unknown_addresses(client):
    from django.test import Client

    make_person("anna@example.org", "Anna")
    first = client.post("/konto/password/reset/", {"email": "anna@example.org"}, follow=True)
    second = Client().post("/konto/password/reset/", {"email": "nina@example.org"}, follow=True)
    assert first.redirect_chain == second.redirect_chain
    assert len(first.content) - len(second.content) == 0
    assert len(deliver_outbox()) == 2


def test_devices_are_listed_and_others_signed_out(client, anna):
    from django.test import Client

    phone = Client(HTTP_USER_AGENT="Mozilla/5.0 (Android 15; Mobile) Firefox/140.0")
    phone.post("/konto/login/", {"login": "anna@example.org", "password": "Probe-Passwort-1"})
    page = client.get("/konto/sessions/").content.decode()
    assert "Firefox, Android" in page
    assert "Dieses Gerät" in page
    client.post("/konto/sessions/")
    assert phone.get(SETTINGS).status_code == 302
    assert client.get(SETTINGS).status_code == 200


PAGES = [
    "/konto/login/", "/konto/login/code/", "/konto/signup/", "/konto/password/reset/", "/konto/inactive/",
    "/konto/password/reset/done/", "/konto/login/code/confirm/", "/konto/confirm-email/",
]  # fmt: skip
OWN_PAGES = [
    SETTINGS, "/konto/email/", "/konto/password/change/", "/konto/password/set/", "/konto/2fa/", "/konto/2fa/totp/activate/",
    "/konto/sessions/", "/konto/logout/", "/konto/reauthenticate/", "/konto/2fa/recovery-codes/", "/mein/nachrichten/",
    "/konto/2fa/recovery-codes/generate/", "/konto/2fa/totp/deactivate/",
]  # fmt: skip
INFORMAL = [" du ", " dein ", " deine ", " dich ", " dir ", "Bitte gib", "Email ", " Token"]


def look_at(client, address: str) -> None:
    answer = client.get(address, follow=True)
    assert answer.status_code in (200, 404), address
    page = answer.content.decode()
    assert "mw-header" in page
    assert not [words for words in INFORMAL if words.lower() in page.lower()], address
    assert " style=" not in page
    assert "onclick" not in page
    assert "<script>" not in page
    assert page.count("<h1") == 1, address


@pytest.mark.parametrize("address", PAGES)
def test_pages_for_visitors_are_polite_german_in_our_look(client, address):
    look_at(client, address)


@pytest.mark.parametrize("address", OWN_PAGES)
def test_own_pages_are_polite_german_in_our_look(client, anna, address):
    look_at(client, address)
