"""Voting with a card in a real browser: 360 pixels, by keyboard, without a script, light and dark."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import axe, sideways
from tests.served import Town, served

pytestmark = pytest.mark.browser
FILL = """
from django.test import Client
from tests import factories
from voting.actions.codes import make_package
made = factories.campaign(phase=False, slug="karten", support_limit=2, title="Plätze für alle")
phase = factories.phase(campaign=made, takes_codes=True, level=1)
for title in ("Eine Bank am Markt", "Ein Brunnen im Uferpark", "Eine Schaukel für alle"):
    factories.idea(campaign=made, title=title)
codes = make_package(phase=phase, name="Karten", number=6, by=factories.person())[1]
client = Client()
client.force_login(factories.person("Anna", email="anna@example.org"))
print("ready", client.cookies["sessionid"].value, *codes)
"""


@dataclass
class Scene:
    """A vote that takes codes, codes enough to try again, and the session of somebody with an account."""

    town: Town
    session: str
    codes: list[str]

    @property
    def address(self) -> str:
        return f"{self.town.url}/mitmachen/karten/code/"


@pytest.fixture(scope="module")
def scene() -> Iterator[Scene]:
    with served("sqlite") as town:
        _ready, session, *codes = town.python(FILL).strip().splitlines()[-1].split()
        yield Scene(town, session, codes)


def test_a_card_is_scanned_and_the_code_leaves_no_trace(scene: Scene, open_page: Callable[..., Page]) -> None:
    code = scene.codes.pop()
    page = open_page(f"{scene.address}#{code}", width=360)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(f"{request.url} {request.headers.get('referer', '')}"))
    expect(page.locator("#id_code")).to_have_value(code)
    expect(page).to_have_url(scene.address)
    page.locator("#id_code").focus()
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Ihr Stimmzettel").wait_for()
    page.get_by_label("Eine Bank am Markt").focus()
    page.keyboard.press("Space")
    page.get_by_label("Eine Schaukel für alle").focus()
    page.keyboard.press("Space")
    page.get_by_role("button", name="Stimmen abgeben").focus()
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Danke! Ihre Stimmen zählen.").wait_for()
    assert len(re.findall(r"(?:\w{4}-){12}\w{4}", page.inner_text("main"))) == 2
    assert not [one for one in asked if code in one]
    assert code not in scene.town.log.read_text(errors="replace")
    page.goto("about:blank")  # from the same page it would only be a step to another mark on it
    page.goto(f"{scene.address}#{code}")
    page.get_by_role("button", name="Weiter zum Stimmzettel").click()
    page.get_by_text("schon benutzt").first.wait_for()


def test_without_a_script_the_code_is_typed(scene: Scene, open_page: Callable[..., Page]) -> None:
    page = open_page(scene.address, width=360, script=False)
    page.locator("#id_code").fill(scene.codes.pop().lower().replace("-", " "))
    page.get_by_role("button", name="Weiter zum Stimmzettel").click()
    for label in ("Eine Bank am Markt", "Ein Brunnen im Uferpark", "Eine Schaukel für alle"):
        page.get_by_label(label).check()
    page.get_by_role("button", name="Stimmen abgeben").click()
    page.get_by_text("alle 2 Unterstützungen").first.wait_for()
    page.get_by_label("Ein Brunnen im Uferpark").uncheck()
    page.get_by_role("button", name="Stimmen abgeben").click()
    page.get_by_role("heading", name="Danke! Ihre Stimmen zählen.").wait_for()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_pages_are_usable_by_everybody(scene: Scene, open_page: Callable[..., Page], scheme: str) -> None:
    page = open_page(scene.address, width=360, scheme=scheme)
    assert axe(page) == []
    page.locator("#id_code").fill("KTR-4WX")
    page.get_by_role("button", name="Weiter zum Stimmzettel").click()
    page.locator("#id_code_error").wait_for()
    assert axe(page) == []
    assert sideways(page) == {}
    page.locator("#id_code").fill(scene.codes[0])
    page.get_by_role("button", name="Weiter zum Stimmzettel").click()
    page.get_by_role("heading", name="Ihr Stimmzettel").wait_for()
    assert axe(page) == []
    page.get_by_role("button", name="Stimmen abgeben").click()
    page.get_by_text("noch nichts ausgewählt").first.wait_for()
    assert axe(page) == []
    assert sideways(page) == {}
    page.context.add_cookies([{"name": "sessionid", "value": scene.session, "url": scene.town.url}])
    page.goto(f"{scene.town.url}/mein/ausweisen/")
    assert axe(page) == []
    page.get_by_role("button", name="Brief anfordern").click()
    page.locator("#id_name_error, #fehler").first.wait_for()
    assert axe(page) == []
    assert sideways(page) == {}
