"""Blocks, imprint and statement in a browser, in a town with colours of its own: axe, phone, dark, no foreign request, films."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import axe, foreign_requests, look, sideways
from tests.served import Town, served

pytestmark = pytest.mark.browser

SET_UP = """
import datetime as dt, json
from django.core.files.base import ContentFile
from wagtail.documents import get_document_model
from cms.models import AccessibilityPage, ImprintPage, PlainPage, StartPage, TownSettings
from tests.cms.pieces import make_picture
from tests.cms.test_blocks import TABLE
from tests.cms.test_legal import BARRIER, IMPRINT

kept = TownSettings.load()
kept.main_colour, kept.call_colour, kept.accent_colour = "#7a1f4b", "#ffd866", "#1d5a7d"
kept.full_clean(); kept.save()
film = get_document_model().objects.create(title="Fest", file=ContentFile(b"x" * 4000, name="fest.mp4"))
body = [
    ("heading", {"text": "Donaudampfschifffahrtsgesellschaft", "level": "2"}), ("table", TABLE),
    ("figures", {"title": "Das Jahr", "entries": [{"value": "1.280", "words": "Ideen"}], "source": "Stand: Dezember"}),
    ("gallery", {"title": "Bilder", "pictures": [{"picture": make_picture(str(n)).pk, "caption": "Am Ufer"} for n in range(3)]}),
    ("video", {"title": "Das Fest", "file": film.pk, "url": "", "spoken": "Alle tanzen."}),
    ("video", {"title": "Der Rundgang", "file": None, "url": "https://video.ein-sehr-langer-name.example.org/x", "spoken": ""}),
    ("call", {"title": "Los", "words_below": "", "text": "Idee einreichen", "page": None, "url": "/ideen/"}),
]
start = StartPage.objects.get()
start.add_child(instance=PlainPage(title="Bausteine", slug="bausteine", body=json.dumps([{"type": n, "value": v} for n, v in body])))
start.refresh_from_db(); start.add_child(instance=ImprintPage(slug="impressum", **IMPRINT))
start.refresh_from_db()
start.add_child(instance=AccessibilityPage(
    title="Barrierefreiheit", slug="barrierefreiheit", scope="mitwirk.example", feedback_office="Stabsstelle",
    feedback_email="barrieren@musterstadt.example", barriers=json.dumps([{"type": "barrier", "value": BARRIER}])))
"""


@pytest.fixture(scope="module")
def town() -> Iterator[Town]:
    with served("sqlite") as made:
        made.python(SET_UP)
        yield made


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", ["bausteine/", "impressum/", "barrierefreiheit/"])
def test_nothing_stands_in_the_way_in_the_towns_own_colours(
    open_page: Callable[..., Page], town: Town, path: str, scheme: str
) -> None:
    page = open_page(f"{town.url}/{path}", width=360, scheme=scheme)
    river = page.evaluate("getComputedStyle(document.documentElement).getPropertyValue('--mw-river')")
    assert "#7a1f4b" in river
    look(page, f"{path.strip('/')}-{scheme}")
    assert axe(page) == []
    assert sideways(page) == {}


def test_no_film_is_loaded_before_a_click_and_nothing_from_elsewhere(page: Page, town: Town) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    assert foreign_requests(page, f"{town.url}/bausteine/") == []
    assert not [url for url in asked if "/filme/" in url]
    with page.expect_request(lambda request: "/filme/" in request.url):
        page.locator("video").evaluate("one => { one.play().catch(() => {}) }")
    expect(page.get_by_role("link", name="Zum Film auf video.ein-sehr-langer-name.example.org")).to_be_visible()
