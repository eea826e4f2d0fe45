"""Maps in a real browser: by keyboard at 360 px, asking nobody outside, tiles only after a word."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page, Route, expect

from tests.e2e.conftest import BLOCKED, axe, sideways, until
from tests.served import served

pytestmark = pytest.mark.browser
PHONE = 360
TILES = "https://kacheln.example.org"
TOWN = """
from ideas.actions.outlines import save_outlines
from ideas.models import District, Idea, IdeaVersion
from tests import factories
from tests.ideas.test_point import square

shore = District.objects.create(name="Uferstadt", slug="uferstadt")
old = District.objects.create(name="Altstadt", slug="altstadt")
save_outlines(chosen=[(shore, square(8.33, 51.65)), (old, square(8.35, 51.65))])
campaign = factories.campaign(title="Spielräume für alle", slug="spielraeume")
alone = factories.idea(campaign=campaign, title="Brunnen am Ufer", district=shore, latitude=51.655, longitude=8.334)
for number in range(3):
    factories.idea(campaign=campaign, title=f"Bank Nummer {number}", latitude=51.6655 + number / 50_000, longitude=8.366)
version = IdeaVersion.objects.create(
    idea=alone, number=2, title=alone.title, text="Ein Brunnen.", district=shore, latitude=51.655, longitude=8.334
)
Idea.objects.filter(pk=alone.pk).update(approved_version=version, latest_version=version)
print("ready", alone.pk)
"""


@pytest.fixture(scope="module")
def town() -> Iterator[str]:
    """A town of two districts with a single idea in one and three together in the other."""
    with served("sqlite") as place:
        assert "ready" in place.python(TOWN)
        yield place.url


@pytest.fixture(scope="module")
def town_with_tiles() -> Iterator[str]:
    """A town that has named a server for tiles."""
    tiles = {"MAP_TILES_URL": f"{TILES}/{{z}}/{{x}}/{{y}}.png", "MAP_ATTRIBUTION": f"© [Vermessungsamt]({TILES}/)"}
    with served("sqlite", extra=tiles) as place:
        assert "ready" in place.python(TOWN)
        yield place.url


def watched(page: Page) -> tuple[list[str], list[str]]:
    """Return lists that fill with what the page asks for, and with what the browser complains about."""
    asked: list[str] = []
    faults: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on(
        "console",
        lambda message: (
            faults.append(message.text) if message.type in ("error", "warning") and message.text != BLOCKED else None
        ),
    )
    page.on("pageerror", lambda error: faults.append(str(error)))
    return asked, faults


def tab_to(page: Page, selector: str, most: int = 80) -> None:
    """Press Tab until an element has the focus."""
    for _step in range(most):
        page.keyboard.press("Tab")
        if page.evaluate("wanted => document.activeElement.matches(wanted)", selector):
            return
    raise AssertionError(f"{selector} cannot be reached by keyboard")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_marks_are_reached_and_opened_by_keyboard(town: str, open_page: Callable[..., Page], scheme: str) -> None:
    page = open_page("about:blank", width=PHONE, scheme=scheme)
    asked, faults = watched(page)
    page.goto(f"{town}/ideen/karte/")
    expect(page.locator("[data-map][data-ready]")).to_be_visible()
    expect(page.locator("[data-say]")).to_have_text("4 Ideen in diesem Ausschnitt.")
    tab_to(page, ".mw-map__pin")
    assert page.evaluate("document.activeElement.getAttribute('aria-label')") == "Brunnen am Ufer, Neu"
    page.keyboard.press("Enter")
    card = page.locator("[data-card]")
    expect(card).to_be_focused()
    expect(card.locator("[data-link]")).to_have_text("Brunnen am Ufer")
    assert axe(page) == []
    assert sideways(page, (PHONE,)) == {}
    page.keyboard.press("Escape")
    expect(card).to_be_hidden()
    assert page.evaluate("document.activeElement.classList.contains('mw-map__pin')")
    page.keyboard.press("Space")
    expect(card).to_be_visible()
    tab_to(page, "[data-link]")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("Brunnen am Ufer")
    assert [url for url in asked if not url.startswith((town, "data:", "blob:"))] == []
    assert faults == []


def test_a_group_leads_closer_until_its_ideas_stand_apart(town: str, open_page: Callable[..., Page]) -> None:
    page = open_page(f"{town}/ideen/karte/", width=PHONE)
    group = page.locator(".mw-map__group")
    expect(group).to_have_attribute("aria-label", "3 Ideen, näher heran")

    def stand_apart() -> bool:
        """Press Enter on the group, if there still is one: it may be exchanged at any moment."""
        if page.locator(".mw-map__pin").count() == 3:
            return True
        group.evaluate_all("all => all[0]?.focus()")
        page.keyboard.press("Enter")
        page.wait_for_timeout(700)
        return False

    until(page, stand_apart)


def test_what_the_map_shows_stands_beside_it_as_a_list(town: str, open_page: Callable[..., Page]) -> None:
    page = open_page(f"{town}/ideen/karte/", width=PHONE)
    page.locator("details:has([data-marks]) > summary").click()
    marks = page.locator("[data-marks]")
    expect(marks.get_by_role("link", name="Brunnen am Ufer")).to_be_visible()
    expect(marks.get_by_role("button", name="3 Ideen")).to_be_visible()
    assert axe(page) == []


def test_without_a_script_the_list_says_the_same(town: str, open_page: Callable[..., Page]) -> None:
    page = open_page(f"{town}/ideen/karte/?stadtteil=uferstadt", width=PHONE, script=False)
    expect(page.locator("main")).to_contain_text("Brunnen am Ufer")
    expect(page.locator("main")).to_contain_text("Die Karte braucht JavaScript")
    expect(page.locator("[data-map]")).to_be_hidden()


def open_point_map(page: Page, town: str) -> None:
    """Go to the form's map, as somebody with a keyboard does."""
    page.goto(f"{town}/ideen/neu/?kampagne=spielraeume")
    page.fill("[name=title]", "Ein Brunnen am Markt")
    page.fill("[name=text]", "Ein Brunnen am Markt tut allen gut, auch im Sommer.")
    page.locator("[data-step-next]").press("Enter")
    page.locator("details:has([data-map]) > summary").press("Enter")
    expect(page.locator("[data-map][data-ready]")).to_be_visible()


def move(page: Page, key: str) -> None:
    """Move the map by an arrow key; while it still slides, it does not listen to the next one."""
    page.keyboard.press(key)
    expect(page.locator(".leaflet-pan-anim")).to_have_count(0)


def test_a_point_is_chosen_by_keyboard_and_names_the_district(town: str, open_page: Callable[..., Page]) -> None:
    page = open_page("about:blank", width=PHONE, permissions=[])
    asked, faults = watched(page)
    open_point_map(page, town)
    page.locator("[data-plane]").focus()
    for _step in range(2):
        move(page, "ArrowLeft")
    tab_to(page, "[data-take]")
    page.keyboard.press("Enter")
    expect(page.locator("[data-map] [data-say]")).to_have_text(
        "Der Punkt ist übernommen. Er liegt im Stadtteil Uferstadt."
    )
    expect(page.locator("[name=district]")).to_have_value("uferstadt")
    assert 51.65 < float(page.input_value("[name=lat]").replace(",", ".")) < 51.67
    assert axe(page) == []
    assert sideways(page, (PHONE,)) == {}
    for _step in range(8):
        page.locator("[data-plane]").focus()
        move(page, "ArrowUp")
    page.locator("[data-take]").press("Enter")
    expect(page.locator("[data-map] [data-say]")).to_contain_text("außerhalb unserer Stadt")
    page.locator("[data-clear]").press("Enter")
    expect(page.locator("[name=lat]")).to_have_value("")
    assert [url for url in asked if not url.startswith((town, "data:", "blob:"))] == []
    assert faults == []


def test_where_the_device_is_is_asked_only_on_request(town: str, open_page: Callable[..., Page]) -> None:
    here = {"latitude": 51.66, "longitude": 8.36}
    page = open_page("about:blank", width=PHONE, permissions=["geolocation"], geolocation=here)
    page.add_init_script(
        "window.asked = 0; const own = navigator.geolocation.getCurrentPosition.bind(navigator.geolocation);"
        "navigator.geolocation.getCurrentPosition = (...rest) => { window.asked++; own(...rest); };"
    )
    open_point_map(page, town)
    assert page.evaluate("window.asked") == 0
    page.locator("[data-locate]").press("Enter")
    expect(page.locator("[name=lat]")).to_have_value("51,660000")
    expect(page.locator("[name=district]")).to_have_value("altstadt")


def test_the_form_in_error_has_no_faults(town: str, open_page: Callable[..., Page]) -> None:
    page = open_page(f"{town}/ideen/neu/?kampagne=spielraeume", width=PHONE, script=False)
    page.fill("[name=title]", "Ein Brunnen am Markt")
    page.fill("[name=text]", "Ein Brunnen am Markt tut allen gut, auch im Sommer.")
    page.locator("details:has([name=lat]) > summary").click()
    page.fill("[name=lat]", "52,5 13,4")
    page.locator("[data-step-last]").click()
    expect(page.locator("#fehler")).to_contain_text("außerhalb unserer Stadt")
    expect(page.locator("[name=lat]")).to_have_value("52,5 13,4")
    expect(page.locator("[name=lat]")).to_have_attribute("aria-invalid", "true")


def test_the_idea_shows_its_place_on_a_small_map(town: str, open_page: Callable[..., Page]) -> None:
    page = open_page(f"{town}/ideen/", width=PHONE)
    page.get_by_role("link", name="Brunnen am Ufer").click()
    small = page.locator("[data-map=here]")
    page.get_by_role("heading", name="Wo das ist").scroll_into_view_if_needed()
    expect(small.locator(".mw-map__pin--own")).to_be_visible()
    assert axe(page) == []


def test_tiles_are_loaded_only_after_a_word_and_remembered_only_on_wish(
    town_with_tiles: str, open_page: Callable[..., Page]
) -> None:
    page = open_page("about:blank", width=PHONE)
    asked: list[str] = []

    def answer(route: Route) -> None:
        asked.append(route.request.url)
        route.fulfill(status=200, content_type="image/svg+xml", body="<svg xmlns='http://www.w3.org/2000/svg'/>")

    page.route(f"{TILES}/**", answer)
    page.goto(f"{town_with_tiles}/ideen/karte/")
    expect(page.locator("[data-consent]")).to_contain_text("erfährt dieser Server Ihre IP-Adresse")
    page.wait_for_load_state("networkidle")
    assert asked == []
    assert axe(page) == []
    page.locator("[data-load-tiles]").press("Enter")
    expect(page.locator("[data-credit]")).to_contain_text("Vermessungsamt")
    expect(page.locator(".leaflet-tile-loaded").first).to_be_attached()
    assert asked
    page.reload()
    expect(page.locator("[data-consent]")).to_be_visible()
    page.locator("[data-keep-tiles]").check()
    page.locator("[data-load-tiles]").press("Enter")
    asked.clear()
    page.reload()
    expect(page.locator(".leaflet-tile-loaded").first).to_be_attached()
    expect(page.locator("[data-consent]")).to_be_hidden()
