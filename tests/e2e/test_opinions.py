"""Stars, for and against, and ratings of comments in a real browser: small, by keyboard, without a script, honest."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest
from playwright.sync_api import Page

from tests.e2e.conftest import axe, sideways
from tests.served import Town, served

pytestmark = pytest.mark.browser
BOX = "#unterstuetzung"
FILL = """
from uuid import uuid4
from django.test import Client
from django.utils import timezone
from ideas.models import Comment
from tests.factories import campaign, idea, person, phase
name = uuid4().hex[:12]
client = Client()
client.force_login(person(name, email=f"{name}@example.org"))
place = campaign(slug=name, phase=False)
phase(campaign=place, method="{method}")
made = idea(campaign=place)
said = Comment.objects.create(idea=made, text="Ja, bitte.", state="public", published_at=timezone.now())
print("ready", made.get_absolute_url(), said.pk, client.cookies["sessionid"].value)
"""


@dataclass
class Scene:
    """An idea on which people vote, a comment on it, and the session of somebody who has said nothing yet."""

    town: Town
    path: str
    comment: str
    session: str

    @property
    def opinions(self) -> dict[int, int]:
        ask = "SELECT value, number FROM voting_opiniontally WHERE idea_id = %s AND number > 0"
        return dict(self.town.rows(ask, int(self.path.split("/")[2])))

    @property
    def rating(self) -> tuple[int, int]:
        ask = "SELECT agree_count, disagree_count FROM ideas_comment WHERE id = %s"
        return tuple(self.town.rows(ask, int(self.comment))[0])

    def open(self, open_page: Callable[..., Page], **more: object) -> Page:
        page = open_page("about:blank", width=360, **more)
        page.context.add_cookies([{"name": "sessionid", "value": self.session, "url": self.town.url}])
        page.goto(self.town.url + self.path)
        return page


@pytest.fixture(scope="module")
def town() -> Iterator[Town]:
    with served("sqlite") as place:
        yield place


@pytest.fixture(scope="module")
def make(town: Town) -> Callable[[str], Scene]:
    def one(method: str) -> Scene:
        words = town.python(FILL.replace("{method}", method)).strip().splitlines()[-1].split()
        return Scene(town, *words[1:])

    return one


def test_stars_are_given_changed_and_taken_back_by_keyboard(
    make: Callable[..., Scene], open_page: Callable[..., Page]
) -> None:
    scene = make("rating")
    page = scene.open(open_page)
    assert sideways(page, (320, 360)) == {}
    page.locator(f"{BOX} button").first.focus()
    for _press in range(3):
        page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent.trim()").endswith("4 Sterne: gut")
    page.keyboard.press("Enter")
    page.locator(f"{BOX} button[aria-pressed=true]").get_by_text("4 Sterne").wait_for()
    page.get_by_text("4,0 von 5 Sternen").wait_for()
    assert page.evaluate("document.activeElement.getAttribute('aria-pressed')") == "true", "the focus stays"
    assert scene.opinions == {4: 1}
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Space")
    page.get_by_text("3,0 von 5 Sternen").wait_for()
    assert scene.opinions == {3: 1}
    page.keyboard.press("Enter")
    page.get_by_text("Noch hat niemand abgestimmt.").wait_for()
    assert scene.opinions == {}


def test_a_refusal_and_a_lost_line_are_said_and_nothing_is_pretended(
    make: Callable[..., Scene], open_page: Callable[..., Page]
) -> None:
    scene = make("opinion")
    page = scene.open(open_page)
    page.route("**/stimme/", lambda route: route.abort())
    page.get_by_role("button", name="Dafür").click()
    page.get_by_text("Das hat nicht geklappt.").wait_for()
    assert page.locator(f"{BOX} button[aria-pressed=true]").count() == 0
    page.unroute("**/stimme/")
    page.goto(scene.town.url + scene.path)
    scene.town.python(
        "from ideas.models import Phase; from django.utils import timezone\nPhase.objects.filter(campaign__ideas="
        + scene.path.split("/")[2]
        + ").update(closes_at=timezone.now())"
    )
    page.get_by_role("button", name="Dafür").click()
    page.get_by_text("Über diese Idee wird gerade nicht abgestimmt.").wait_for()
    page.get_by_text("Die Abstimmung endete am").wait_for()
    assert scene.opinions == {}
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        assert axe(page) == []


def test_without_a_script_forms_do_the_same(make: Callable[..., Scene], open_page: Callable[..., Page]) -> None:
    scene = make("opinion")
    page = scene.open(open_page, script=False)
    page.get_by_role("button", name="Dagegen").click()
    page.locator(f"{BOX} button[aria-pressed=true]").get_by_text("Dagegen").wait_for()
    assert scene.opinions == {-1: 1}
    page.locator(f"#bewertung-{scene.comment}-ja").click()
    page.locator(f"#bewertung-{scene.comment} button[aria-pressed=true]").wait_for()
    assert scene.rating == (1, 0)
    assert page.url.endswith(f"#kommentar-{scene.comment}")


def test_a_comment_is_rated_at_once_and_rolled_back_when_the_line_is_lost(
    make: Callable[..., Scene], open_page: Callable[..., Page]
) -> None:
    scene = make("rating")
    page = scene.open(open_page)
    yes, no = (page.locator(f"#bewertung-{scene.comment}-{word}") for word in ("ja", "nein"))
    yes.click()
    page.locator(f"#bewertung-{scene.comment}-ja[aria-pressed=true]").wait_for()
    page.locator(f"#bewertung-{scene.comment}-ja:not([aria-busy])").wait_for()
    assert scene.rating == (1, 0)
    page.route("**/bewertung/", lambda route: route.abort())
    no.click()
    page.get_by_text("Das hat nicht geklappt.").wait_for()
    assert (yes.get_attribute("aria-pressed"), no.get_attribute("aria-pressed")) == ("true", "false")
    assert [page.locator(f"#bewertung-{scene.comment} b").nth(place).text_content() for place in (0, 1)] == ["1", "0"]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_bars_the_way(make: Callable[..., Scene], open_page: Callable[..., Page], scheme: str) -> None:
    page = make("rating").open(open_page, scheme=scheme)
    page.locator(f"{BOX} button").nth(4).click()
    page.get_by_text("5,0 von 5 Sternen").wait_for()
    assert axe(page) == []


def test_strangers_are_led_to_sign_in(make: Callable[..., Scene], open_page: Callable[..., Page]) -> None:
    scene = make("rating")
    page = open_page(scene.town.url + scene.path, width=360)
    page.locator(f"{BOX} button").first.click()
    page.wait_for_url("**/konto/login/**")
