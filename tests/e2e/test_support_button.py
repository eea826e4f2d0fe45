"""The support button in a real browser: at once, honest when it fails, and without a script just the same."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest
from playwright.sync_api import Page

from tests.served import Town, served

pytestmark = pytest.mark.browser
BOX = "#unterstuetzung"
FILL = """
from uuid import uuid4
from django.test import Client
from tests.factories import campaign, idea, person
name = uuid4().hex[:12]
client = Client()
client.force_login(person(name, email=f"{name}@example.org"))
made = idea(campaign=campaign(slug=name))
print("ready", made.get_absolute_url(), client.cookies["sessionid"].value)
"""


@dataclass
class Scene:
    """A public idea and the session of somebody who has not supported it yet."""

    town: Town
    path: str
    session: str

    @property
    def count(self) -> object:
        return self.town.rows("SELECT support_count FROM ideas_idea WHERE id = %s", int(self.path.split("/")[2]))[0][0]

    def open(self, open_page: Callable[..., Page], *, script: bool = True) -> Page:
        page = open_page("about:blank", width=360, script=script)
        page.context.add_cookies([{"name": "sessionid", "value": self.session, "url": self.town.url}])
        page.goto(self.town.url + self.path)
        return page


@pytest.fixture(scope="module")
def town() -> Iterator[Town]:
    with served("sqlite") as place:
        yield place


@pytest.fixture
def scene(town: Town) -> Scene:
    _ready, path, session = town.python(FILL).strip().splitlines()[-1].split()
    return Scene(town, path, session)


def test_one_press_counts_and_a_second_takes_it_back(scene: Scene, open_page: Callable[..., Page]) -> None:
    page = scene.open(open_page)
    width = page.evaluate(f"document.querySelector('{BOX}').offsetWidth")
    page.locator(f"{BOX} .mw-support__button").click()
    page.locator(f"{BOX}[data-state=given]").wait_for()
    assert scene.count == 1
    assert page.evaluate(f"document.querySelector('{BOX}').offsetWidth") == width
    assert page.evaluate("document.activeElement.getAttribute('aria-pressed')") == "true", "the focus stays"
    page.locator(f"{BOX} .mw-support__button").click()
    page.locator(f"{BOX}[data-state=free]").wait_for()
    assert scene.count == 0


def test_a_lost_line_is_said_and_nothing_is_pretended(scene: Scene, open_page: Callable[..., Page]) -> None:
    page = scene.open(open_page)
    page.route("**/unterstuetzung/", lambda route: route.abort())
    page.locator(f"{BOX} .mw-support__button").click()
    page.get_by_text("Das hat nicht geklappt.").wait_for()
    assert page.locator(f"{BOX} .mw-support__button").get_attribute("aria-pressed") == "false"
    assert page.locator("[data-support-number]").text_content() == "0"


def test_without_a_script_the_form_does_the_same(scene: Scene, open_page: Callable[..., Page]) -> None:
    page = scene.open(open_page, script=False)
    page.locator(f"{BOX} .mw-support__button").click()
    page.locator(f"{BOX}[data-state=given]").wait_for()
    assert scene.count == 1


def test_strangers_are_led_to_sign_in(scene: Scene, open_page: Callable[..., Page]) -> None:
    page = open_page(scene.town.url + scene.path, width=360)
    page.locator(f"{BOX} .mw-support__button").click()
    page.wait_for_url("**/konto/login/**")
