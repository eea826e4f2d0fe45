"""Links, sharing and claiming in a real browser: keyboard, narrow, dark, on paper, in a foreign frame."""

import re
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest
from django.test import Client
from django.utils import timezone
from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer

from ideas.actions import Received, link_idea, publish_idea, take_in_idea
from ideas.content import IdeaContent
from ideas.models import Idea
from tests import factories
from tests.e2e.conftest import axe, foreign_requests, sideways
from tests.ideas.conftest import with_right

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
Opens = Callable[..., Page]


@pytest.fixture
def blog() -> Iterator[tuple[str, list[bytes]]]:
    """Another site: its address, and the page it shows."""
    shown = [b""]

    class Answer(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.end_headers()
            self.wfile.write(shown[0])

        def log_message(self, *args: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answer)
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/", shown
    server.shutdown()


@pytest.fixture
def idea(settings: object, live_server: LiveServer) -> Idea:
    settings.SITE_URL = live_server.url  # type: ignore[attr-defined]
    campaign = factories.campaign(title="Spielräume für alle")
    first, second = (factories.idea(campaign=campaign, title=f"Schatten für die Rutsche {n}") for n in (1, 2))
    link_idea(idea=first, by=with_right("Amt", "ideas.answer"), kind="idea", object_id=second.pk)
    return first


def test_pages_to_carry_elsewhere_are_sound(live_server: LiveServer, open_page: Opens, idea: Idea) -> None:
    for path in (idea.get_absolute_url(), f"/ideen/{idea.pk}/aushang/?streifen=1", f"/ideen/{idea.pk}/einbetten/"):
        for scheme in ("light", "dark"):
            page = open_page(live_server.url + path, width=360, scheme=scheme)
            assert axe(page) == [], (path, scheme)
        assert sideways(page) == {}, path
        assert foreign_requests(page, live_server.url + path) == []


def test_the_frame_stands_on_a_foreign_page_without_script(
    live_server: LiveServer, open_page: Opens, idea: Idea, blog: tuple[str, list[bytes]]
) -> None:
    page = open_page(live_server.url + idea.get_absolute_url())
    snippet = page.locator("#einbetten").input_value()
    said: list[str] = []
    foreign = open_page("about:blank", script=False)
    foreign.on("console", lambda message: said.append(message.text))
    address, shown = blog
    shown[0] = f"<!doctype html><title>Blog</title><h1>Stadtteilblog</h1>{snippet}".encode()
    foreign.goto(address)
    heading = foreign.frame_locator("iframe").get_by_role("link", name=re.compile(idea.title))
    heading.first.wait_for()
    assert said == []
    assert foreign.context.cookies() == []


def test_a_code_is_typed_and_the_idea_is_mine(live_server: LiveServer, open_page: Opens) -> None:
    campaign, clerk = factories.campaign(), with_right("Anmeldung", "ideas.take_in")
    content = IdeaContent(title="Eine Bank am Brunnen", text="Damit man beim Warten sitzen kann.")
    taken = take_in_idea(by=clerk, campaign=campaign, content=content, received=Received("phone", timezone.localdate()))
    publish_idea(taken.intake.idea_id)
    browser = Client()
    browser.force_login(factories.person("Federwolke"))
    page = open_page("about:blank", width=360)
    page.context.add_cookies(
        [{"name": "sessionid", "value": browser.cookies["sessionid"].value, "url": live_server.url}]
    )
    page.goto(f"{live_server.url}/ideen/abholen/")
    page.get_by_label("Code auf Ihrem Beleg").fill("ABCD-EFGH-2345")
    page.keyboard.press("Enter")
    page.locator("#fehler").wait_for()
    assert axe(page) == []
    page.get_by_label("Code auf Ihrem Beleg").fill((taken.code or "").lower().replace("-", " "))
    page.keyboard.press("Enter")
    page.get_by_text("Die Idee ist jetzt Ihre").wait_for()
    assert "Federwolke" in (page.locator("article header").first.text_content() or "")
    assert axe(page) == []
