"""The official proof of identity, against a small real service that speaks OpenID Connect."""

import json
import threading
from base64 import urlsafe_b64encode
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import ClassVar
from urllib.parse import parse_qs, urlencode, urlsplit

import jwt
import pytest
import requests
from cryptography.hazmat.primitives.asymmetric import rsa
from django.test import Client

from accounts.models import User, Verification
from accounts.official import has_claim
from accounts.rules import level_of
from config.settings.identity import oidc_app
from tests import factories

pytestmark = pytest.mark.django_db
KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)


class Service(BaseHTTPRequestHandler):
    """Sends everybody back with a code, checks PKCE and the client's secret, signs what it says."""

    subject, loa = "buerger-4711", "high"
    asked: ClassVar[dict[str, dict[str, str]]] = {}

    def log_message(self, *args):
        pass

    def tell(self, body):
        data = json.dumps(body).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    @property
    def issuer(self):
        return f"http://127.0.0.1:{self.server.server_port}"

    def do_GET(self):
        parts = urlsplit(self.path)
        if parts.path == "/.well-known/openid-configuration":
            ends = {f"{name}_endpoint": f"{self.issuer}/{name}" for name in ("authorization", "token", "userinfo")}
            return self.tell({"issuer": self.issuer, "jwks_uri": f"{self.issuer}/jwks", **ends})
        if parts.path == "/jwks":
            return self.tell({"keys": [json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(KEY.public_key()))]})
        if parts.path == "/userinfo":
            return self.tell({"sub": self.subject, "loa": self.loa, "name": "Anna Geheim", "birthdate": "1970-01-01"})
        asked = {name: values[0] for name, values in parse_qs(parts.query).items()}
        self.asked["code-1"] = asked
        self.send_response(302)
        self.send_header(
            "Location", f"{asked['redirect_uri']}?{urlencode({'code': 'code-1', 'state': asked['state']})}"
        )
        self.end_headers()
        return None

    def do_POST(self):
        sent = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
        asked = self.asked.pop(sent["code"][0])
        proof = urlsafe_b64encode(sha256(sent["code_verifier"][0].encode()).digest()).rstrip(b"=").decode()
        assert proof == asked["code_challenge"]
        claims = {"iss": self.issuer, "aud": asked["client_id"], "sub": self.subject, "exp": 4_000_000_000, "iat": 0}
        token = jwt.encode(claims, KEY, algorithm="RS256")
        self.tell({"access_token": "a", "token_type": "Bearer", "id_token": token})


@pytest.fixture
def service(settings):
    server = ThreadingHTTPServer(("127.0.0.1", 0), Service)
    threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    issuer = f"http://127.0.0.1:{server.server_port}"
    settings.OIDC_ISSUER, settings.OIDC_CLAIM = issuer, "loa=high"
    app = oidc_app(issuer, "mitwirk", "geheim")
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"SCOPE": ["openid"], "APPS": [app]}}
    Service.subject, Service.loa = "buerger-4711", "high"
    yield server
    server.shutdown()
    server.server_close()


def prove(person):
    """Go there and back as a browser does; return the browser and what the town answers."""
    browser = Client()
    browser.force_login(person)
    away = browser.post("/konto/oidc/nachweis/login/?process=connect")
    assert away.status_code == 302, away.content
    back = requests.get(away["Location"], allow_redirects=False, timeout=120).headers["Location"]
    parts = urlsplit(back)
    return browser, browser.get(f"{parts.path}?{parts.query}")


def test_an_official_proof_is_kept_as_a_hash_and_nothing_else(service):
    from allauth.socialaccount.models import SocialAccount

    anna = factories.person()
    browser, answer = prove(anna)
    assert answer["Location"] == "/mein/ausweisen/nachweis/"
    assert level_of(anna) == 0
    assert "Wir behalten davon eine Prüfsumme" in browser.get("/mein/ausweisen/nachweis/").content.decode()
    assert browser.post("/mein/ausweisen/nachweis/").status_code == 303
    assert level_of(anna) == 2
    row = Verification.objects.get()
    assert len(row.proof) == 64
    assert "buerger" not in row.proof  # no hexadecimal digits
    assert not SocialAccount.objects.exists()
    assert "Geheim" not in str(list(User.objects.values()))
    assert "amtlich nachgewiesen" in browser.get("/mein/ausweisen/").content.decode()


def test_a_second_account_with_the_same_subject_is_asked_first(service):
    anna, second = factories.person(), factories.person()
    for person in (anna, second):
        browser, _answer = prove(person)
        page = browser.get("/mein/ausweisen/nachweis/").content.decode()
        asks = "schon ein anderes Konto" in page
        assert asks == (person == second)
        browser.post("/mein/ausweisen/nachweis/", {"agreed": "on"} if asks else {})
    second.refresh_from_db()
    assert second.voter_id == anna.person_id


def test_a_proof_that_is_too_weak_is_not_kept(service):
    Service.loa = "low"
    anna = factories.person()
    browser, _answer = prove(anna)
    assert browser.get("/mein/ausweisen/nachweis/").status_code == 303
    assert "reicht für Abstimmungen hier nicht aus" in browser.get("/mein/ausweisen/").content.decode()
    assert level_of(anna) == 0


def test_nobody_signs_in_or_up_with_it(service):
    browser = Client()
    before = User.objects.count()
    away = browser.post("/konto/oidc/nachweis/login/")
    parts = urlsplit(requests.get(away["Location"], allow_redirects=False, timeout=120).headers["Location"])
    browser.get(f"{parts.path}?{parts.query}")
    assert User.objects.count() == before
    assert "_auth_user_id" not in browser.session
    assert browser.get("/konto/3rdparty/").status_code in (301, 302)


def test_an_ended_proof_leads_back_with_a_word(service):
    anna = factories.person()
    browser = Client()
    browser.force_login(anna)
    answer = browser.get("/konto/oidc/nachweis/login/callback/?error=access_denied&state=falsch")
    assert answer.status_code == 302
    assert "hat nicht geklappt" in browser.get("/mein/ausweisen/").content.decode()


def test_without_a_service_there_is_no_way_to_it():
    browser = Client()
    browser.force_login(factories.person())
    assert "BundID" not in browser.get("/mein/ausweisen/").content.decode()
    assert browser.post("/konto/oidc/nachweis/login/").status_code == 404


def test_a_claim_may_stand_in_either_part_of_the_answer():
    assert has_claim({"userinfo": {"loa": ["low", "high"]}}, "loa=high")
    assert has_claim({"id_token": {"loa": "high"}}, "loa=high")
    assert not has_claim({"userinfo": {"loa": "low"}}, "loa=high")
    assert has_claim({}, "")
