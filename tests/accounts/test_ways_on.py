"""Where people are led after signing in and out: never to another host."""

import pytest
import time_machine
from django.utils import timezone

from tests.accounts.test_sign_in import CODE, CONFIRM, LOGIN, code_in, newest_mail
from tests.factories import make_person

pytestmark = pytest.mark.django_db

FOREIGN = [
    "//evil.example", "///evil.example", "////evil.example", "http://evil.example", "https://evil.example/",
    "HTTPS://EVIL.EXAMPLE", "\\\\evil.example", "/\\evil.example", "\\/evil.example", "/\t/evil.example", "/\n/evil.example",
    "http:evil.example", "http:/evil.example", "http:///evil.example", "javascript:alert(1)", "JaVaScRiPt:alert(1)",
    "data:text/html,x", "vbscript:x", "//evil.example/%2e%2e", "//testserver@evil.example", "http://testserver@evil.example",
    "http://testserver:pw@evil.example", "http://evil.example#testserver", "http://evil.example?testserver",
    "http://testserver.evil.example", "http://eviltestserver", "//evil。example", "http://xn--80ak6aa92e.com", "//①②③.example",
    "http://127.0.0.1:8001@evil.example", "http://[::1]@evil.example", "//evil.example:80", "http://localhost/", "http://127.0.0.1/",
    "ftp://testserver/", "//user:pw@evil.example", "http://testserver%2eevil.example", "http://testserver\\.evil.example",
    "http://evil.example\\@testserver", " //evil.example", "\x0b//evil.example", "%0d%0aLocation: http://evil.example",
]  # fmt: skip


@pytest.mark.parametrize("address", FOREIGN)
def test_foreign_addresses_are_not_followed(client, address):
    make_person("anna@example.org", "Anna")
    answer = client.post(LOGIN, {"login": "anna@example.org", "password": "Probe-Passwort-1", "next": address})
    assert answer.status_code == 302
    assert answer.url.startswith("/")
    assert "evil" not in answer.url.split("?")[0].replace("%5C", "\\") or answer.url.startswith("/%")
    assert not answer.url.startswith(("//", "/\\"))
    client.post("/konto/logout/", {"next": address})
    answer = client.get("/konto/logout/", {"next": address})
    assert answer.url.startswith("/")
    assert not answer.url.startswith(("//", "/\\"))


@pytest.mark.parametrize("address", FOREIGN[:12])
def test_mail_code_does_not_lead_away_either(client, address):
    make_person("anna@example.org", "Anna")
    client.post(CODE, {"email": "anna@example.org", "next": address})
    answer = client.post(CONFIRM, {"code": code_in(newest_mail().body), "next": address})
    assert answer.url == "/mein/"


def test_own_host_in_full_is_fine(client):
    make_person("anna@example.org", "Anna")
    fields = {"login": "anna@example.org", "password": "Probe-Passwort-1", "next": "http://testserver/ideen/"}
    assert client.post(LOGIN, fields).url == "http://testserver/ideen/"


def test_who_is_signed_in_is_led_on_from_the_sign_in_page(client):
    client.force_login(make_person("anna@example.org", "Anna"))
    assert client.get(f"{LOGIN}?next=/ideen/").url == "/ideen/"


def test_sign_out_is_asked_for_and_then_done(client):
    client.force_login(make_person("anna@example.org", "Anna"))
    assert "Auf diesem Gerät abmelden?" in client.get("/konto/logout/").content.decode()
    assert "_auth_user_id" in client.session
    assert client.post("/konto/logout/").url == "/"
    assert "_auth_user_id" not in client.session


def test_too_many_requests_are_told_in_our_look(client):
    with time_machine.travel(timezone.now(), tick=False):  # sixty a minute are fine
        for _time in range(61):
            answer = client.post(LOGIN, {"login": "x@example.org", "password": "x"})
    assert answer.status_code == 429
    assert "Ein wenig zu schnell" in answer.content.decode() or "zu schnell" in answer.content.decode()
    assert "mw-header" in answer.content.decode()
