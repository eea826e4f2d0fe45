"""The app in a real browser: it can be installed, and without network there is a page of ours and nothing else."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import BrowserContext, Page

from tests.e2e.conftest import axe, look, sideways
from tests.served import Town, served

pytestmark = pytest.mark.browser

KEPT = """async () => {
  const found = [];
  for (const name of await caches.keys())
    for (const request of await (await caches.open(name)).keys()) found.push(new URL(request.url).pathname);
  return found.sort();
}"""
MINE = """
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from tests import factories
someone = factories.person()
factories.idea(author=someone, title="Nur für mich", state="waiting")
session = SessionStore()
session.update({SESSION_KEY: str(someone.pk), BACKEND_SESSION_KEY: "allauth.account.auth_backends.AuthenticationBackend",
                HASH_SESSION_KEY: someone.get_session_auth_hash()})
session.save()
print(session.session_key)
"""


@pytest.fixture(scope="module")
def town() -> Iterator[Town]:
    with served("sqlite") as made:
        yield made


def installed(open_page: Callable[..., Page], address: str, **more: object) -> Page:
    """Open a page and wait until the program for the time without network is in charge of it."""
    page = open_page(address, width=360, service_workers="allow", **more)
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    page.wait_for_function("navigator.serviceWorker.controller !== null")
    return page


def cut(context: BrowserContext) -> None:
    context.set_offline(True)


def test_the_browser_finds_nothing_that_keeps_the_app_from_being_installed(
    open_page: Callable[..., Page], town: Town
) -> None:
    said: list[str] = []
    asked: list[str] = []
    page = open_page("about:blank", width=360, service_workers="allow")
    page.on("console", lambda message: said.append(message.text))
    page.on("request", lambda request: asked.append(request.url))
    page.goto(town.url)
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    tools = page.context.new_cdp_session(page)
    found = tools.send("Page.getAppManifest")
    assert found["errors"] == []
    assert found["url"] == f"{town.url}/manifest.webmanifest"
    problems = [one["errorId"] for one in tools.send("Page.getInstallabilityErrors")["installabilityErrors"]]
    assert set(problems) <= {"in-incognito"}, problems  # the windows of tests are private ones
    assert [one for one in asked if not one.startswith((town.url, "data:"))] == []
    assert [words for words in said if "Content Security Policy" in words or "Refused" in words] == []


def test_without_network_there_is_our_page_and_what_was_wanted_comes_back(
    open_page: Callable[..., Page], town: Town
) -> None:
    page = installed(open_page, town.url)
    cut(page.context)
    page.goto(f"{town.url}/aktuelles/")
    page.get_by_role("heading", name="Gerade keine Verbindung").wait_for()
    assert page.evaluate("getComputedStyle(document.body).fontFamily").startswith('"Fira Sans"')
    assert page.evaluate("document.fonts.ready.then(() => document.fonts.check('600 20px \"Source Serif 4\"'))")
    assert axe(page) == []
    look(page, "offline-360")
    assert sideways(page) == {}
    page.context.set_offline(False)
    page.get_by_role("heading", name="Aktuelles", level=1).wait_for()  # by itself, as soon as the network is back


def test_nothing_of_a_person_is_kept_and_nothing_old_is_shown(open_page: Callable[..., Page], town: Town) -> None:
    page = open_page("about:blank", width=360, service_workers="allow")
    key = town.python(MINE).split()[-1]
    page.context.add_cookies([{"name": "sessionid", "value": key, "url": town.url}])
    page.goto(town.url)
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    page.wait_for_function("navigator.serviceWorker.controller !== null")
    for path in ("/", "/mein/"):
        page.goto(town.url + path)
        page.get_by_text("Nur für mich").first.wait_for()
    page.goto(town.url)
    assert axe(page) == []
    assert sideways(page, (320, 1280)) == {}
    kept = page.evaluate(KEPT)
    assert "/ohne-netz/" in kept
    assert [path for path in kept if not path.startswith("/static/")] == ["/ohne-netz/"]
    cut(page.context)
    for path in ("/", "/mein/"):
        page.goto(town.url + path)
        page.get_by_role("heading", name="Gerade keine Verbindung").wait_for()
        assert "Nur für mich" not in page.content()
    assert "Anmelden" not in page.content()
