"""The look in a real browser: /stil/ shows every part, so what holds there holds for the parts everywhere."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from tests.e2e.conftest import BLOCKED, axe, foreign_requests, sideways

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.urls("tests.theme.addresses")]


@pytest.fixture(autouse=True)
def demo(settings: object) -> None:
    settings.PROFILE = "demo"  # type: ignore[attr-defined]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 768, 1280])
def test_axe_finds_nothing_on_the_parts(
    live_server: LiveServer, open_page: Callable[..., Page], width: int, scheme: str
) -> None:
    page = open_page(f"{live_server.url}/stil/", width=width, scheme=scheme)
    assert axe(page) == []


@pytest.mark.parametrize("address", ["/gibt-es-nicht/", "/trouble/denied/", "/trouble/broken/"])
def test_axe_finds_nothing_on_pages_of_trouble(
    live_server: LiveServer, open_page: Callable[..., Page], address: str
) -> None:
    assert axe(open_page(live_server.url + address, width=360)) == []


def test_nothing_scrolls_sideways(live_server: LiveServer, open_page: Callable[..., Page]) -> None:
    assert sideways(open_page(f"{live_server.url}/stil/")) == {}


def test_the_first_visit_is_light_and_stays_with_us(live_server: LiveServer, page: Page) -> None:
    sizes: list[str] = []
    page.on("response", lambda response: sizes.append(response.url))
    assert foreign_requests(page, f"{live_server.url}/plain/") == []
    assert len(sizes) <= 12, sizes


def test_no_content_policy_is_broken(live_server: LiveServer, page: Page) -> None:
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text) if message.text != BLOCKED else None)
    page.on("pageerror", lambda error: said.append(str(error)))
    page.goto(f"{live_server.url}/stil/")
    page.wait_for_load_state("networkidle")
    assert said == []


def test_the_fonts_are_ours(live_server: LiveServer, open_page: Callable[..., Page]) -> None:
    page = open_page(f"{live_server.url}/stil/")
    page.evaluate("document.fonts.ready")
    assert page.evaluate(
        "document.fonts.check('600 20px \"Source Serif 4\"') && document.fonts.check('16px \"Fira Sans\"')"
    )


def test_the_menu_opens_without_script(live_server: LiveServer, open_page: Callable[..., Page]) -> None:
    page = open_page(f"{live_server.url}/plain/", width=360, script=False)
    page.locator(".mw-menu summary").click()
    expect(page.locator(".mw-menu__box").get_by_role("link", name="Mitmachen")).to_be_visible()


def test_escape_closes_the_menu_and_gives_the_focus_back(
    live_server: LiveServer, open_page: Callable[..., Page]
) -> None:
    page = open_page(f"{live_server.url}/plain/", width=360)
    page.locator(".mw-menu summary").click()
    page.keyboard.press("Escape")
    expect(page.locator(".mw-menu__box")).to_be_hidden()
    expect(page.locator(".mw-menu summary")).to_be_focused()


def test_the_chosen_appearance_is_kept(live_server: LiveServer, open_page: Callable[..., Page]) -> None:
    page = open_page(f"{live_server.url}/plain/")
    page.get_by_text("Darstellung").first.click()
    page.get_by_role("button", name="Dunkel").click()
    expect(page.locator("body")).to_have_css("background-color", "rgb(16, 24, 23)")
    page.reload()
    assert page.evaluate("document.documentElement.dataset.kernTheme") == "dark"
    expect(page.locator("body")).to_have_css("background-color", "rgb(16, 24, 23)")


def test_the_skip_link_is_the_first_stop(live_server: LiveServer, open_page: Callable[..., Page]) -> None:
    page = open_page(f"{live_server.url}/plain/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Zum Inhalt springen"
    page.keyboard.press("Enter")
    expect(page.locator("#inhalt")).to_be_focused()


def test_the_counter_follows_the_typing(live_server: LiveServer, open_page: Callable[..., Page]) -> None:
    page = open_page(f"{live_server.url}/stil/")
    page.locator("#gut_title").fill("Schöne Bänke 🙂")
    assert page.locator("#gut_title_counter").text_content().split() == ["14", "von", "90", "Zeichen"]


def test_the_summary_of_errors_has_the_focus_and_leads_to_the_fields(
    live_server: LiveServer, open_page: Callable[..., Page]
) -> None:
    page = open_page(f"{live_server.url}/stil/")
    expect(page.locator("#fehler")).to_be_focused()
    page.locator("#fehler a").first.click()
    expect(page.locator("#id_title")).to_be_focused()
