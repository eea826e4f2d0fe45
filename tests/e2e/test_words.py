"""Other words of a page in a real browser: the switch keeps the place, words explain themselves, all of it without a script too."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import axe, look, sideways, until
from tests.served import Town, served

pytestmark = pytest.mark.browser
FILL = """
import json
from cms.models import PlainPage, StartPage, Term, Variant
start = StartPage.objects.get()
long = "<p>" + "Ein Satz über den Familienbeirat. " * 12 + "</p>"
text = json.dumps([{"type": "text", "value": long} for _ in range(6)])
page = start.add_child(instance=PlainPage(title="Beirat", slug="beirat", lead="Worum es geht.", body=text))
page.save_revision().publish()
Term.objects.create(word="Familienbeirat", explanation="Eine Gruppe, die den Rat berät.")
Variant.objects.create(page=page, level="leicht", title="Der Beirat", lead="Ein Satz.", body=text, live=True)
print("ready")
"""


@pytest.fixture(scope="module")
def town() -> Iterator[Town]:
    with served("sqlite") as made:
        made.python(FILL)
        yield made


def test_the_switch_stays_under_the_finger_and_the_page_is_clean(town: Town, open_page: Callable[..., Page]) -> None:
    page = open_page(town.url + "/beirat/", width=360)
    switch = page.get_by_role("link", name="Leichte Sprache")
    page.evaluate("document.fonts.ready.then(() => window.scrollTo({ top: 90, behavior: 'instant' }))")
    before = switch.bounding_box()
    switch.click()
    expect(page.get_by_role("heading", name="Der Beirat")).to_be_visible()
    expect(switch).to_be_focused()
    assert before
    until(page, lambda: abs(before["y"] - switch.bounding_box()["y"]) < 3)  # type: ignore[index]
    expect(page).to_have_url(f"{town.url}/beirat/?sprache=leicht")
    assert axe(page) == []
    assert sideways(page) == {}
    look(page, "leicht")
    page.get_by_role("button", name="Immer so anzeigen").click()
    expect(page.get_by_role("button", name="Meine Wahl vergessen")).to_be_visible()
    page.goto(town.url + "/beirat/")
    expect(page.get_by_role("heading", name="Der Beirat")).to_be_visible()
    page.get_by_role("button", name="Meine Wahl vergessen").click()
    expect(page.get_by_role("heading", name="Beirat", exact=True)).to_be_visible()


def test_a_word_explains_itself_by_pointing_focus_and_tap(town: Town, open_page: Callable[..., Page]) -> None:
    page = open_page(town.url + "/beirat/", scheme="dark")
    word, box = page.get_by_role("button", name="Familienbeirat"), page.locator(".mw-term__box").first
    expect(box).to_be_hidden()
    word.hover()
    expect(box).to_be_visible()
    box.hover()  # the pointer may go there
    page.wait_for_timeout(450)
    expect(box).to_be_visible()
    assert axe(page) == []
    look(page, "wort")
    page.keyboard.press("Escape")
    expect(box).to_be_hidden()
    page.mouse.move(5, 5)
    page.locator("#inhalt").focus()
    for _ in range(12):
        page.keyboard.press("Tab")
        if word.evaluate("one => one === document.activeElement"):
            break
    expect(box).to_be_visible()
    place, below = word.bounding_box(), box.bounding_box()
    assert place
    assert below
    assert 0 <= below["y"] - place["y"] < 200
    page.keyboard.press("Escape")
    expect(box).to_be_hidden()
    expect(word).to_be_focused()


@pytest.mark.parametrize("script", [True, False])
def test_a_tap_opens_and_a_tap_closes_with_a_script_and_without(
    town: Town, open_page: Callable[..., Page], script: bool
) -> None:
    page = open_page(town.url + "/beirat/?sprache=leicht", width=360, script=script, has_touch=True)
    word, box = page.get_by_role("button", name="Familienbeirat"), page.locator(".mw-term__box").first
    word.tap()
    expect(box).to_be_visible()
    found = box.bounding_box()
    assert found
    assert found["x"] >= 0
    assert found["x"] + found["width"] <= 360
    word.tap()
    expect(box).to_be_hidden()
    page.get_by_role("link", name="Alltagssprache").click()
    expect(page.get_by_role("heading", name="Beirat", exact=True)).to_be_visible()
    page.get_by_role("link", name="English").first.click()
    expect(page.get_by_text("This page does not exist in English yet.")).to_be_visible()
    expect(page).to_have_url(f"{town.url}/en/beirat/")
