"""The search in a real browser: suggestions by keyboard and by touch, choices in place, and all of it without a script."""

import re
from collections.abc import Callable, Iterator
from time import perf_counter

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.e2e.conftest import axe, look, sideways
from tests.served import Town, served

pytestmark = pytest.mark.browser
FILL = """
from django.contrib.auth.models import AnonymousUser
from ideas.models import District, Idea, Topic
from search.actions import touch_many
from tests.factories import campaign, idea
made = campaign(title="Spielen", slug="spielen")
topics = [Topic.objects.create(name=name, slug=name.lower()) for name in ("Natur", "Laternenlicht")]
districts = [District.objects.create(name=name, slug=name.lower()) for name in ("Uferstadt", "Nordfeld")]
for number in range(24):
    one = idea(campaign=made, title=f"Laternen am Weg {number}", topic=topics[number % 3 == 0], district=districts[number % 2])
    one.tags.add("laternenfest")
touch_many("idea", Idea.objects.values_list("pk", flat=True))
print("ready")
"""


@pytest.fixture(scope="module")
def town() -> Iterator[Town]:
    with served("sqlite") as made:
        made.python(FILL)
        yield made


def typed(field: Locator, words: str) -> None:
    """Type words as one who types fast does: a slow machine would ask between two letters, and show twice what it found."""
    field.press_sequentially(words[0])  # too little to ask for
    field.page.keyboard.insert_text(words[1:])


def test_suggestions_are_a_combobox_by_keyboard(open_page: Callable[..., Page], town: Town) -> None:
    page = open_page(town.url + "/")
    field = page.locator("#kopf-suche")
    expect(field).to_have_attribute("aria-expanded", "false")
    began = perf_counter()
    typed(field, "latern")
    options = page.get_by_role("option")
    expect(options).to_have_count(8)
    print(f"seconds until the suggestions: {perf_counter() - began:.1f}")
    expect(field).to_have_attribute("aria-expanded", "true")
    assert options.nth(0).inner_text().split("\n")[0].startswith("Laternenlicht")
    assert "Thema" in options.nth(0).inner_text()
    page.keyboard.press("ArrowDown")
    assert field.get_attribute("aria-activedescendant") == options.nth(0).get_attribute("id")
    expect(options.nth(0)).to_have_attribute("aria-selected", "true")
    assert axe(page) == []
    look(page, "suche-vorschlaege")
    page.keyboard.press("Escape")
    expect(options).to_have_count(0)
    assert field.input_value() == "latern"
    assert field.get_attribute("aria-activedescendant") is None
    page.keyboard.press("ArrowDown")
    expect(options).to_have_count(8)
    page.keyboard.press("ArrowUp")
    expect(options.nth(7)).to_have_attribute("aria-selected", "true")
    page.keyboard.press("ArrowDown")  # back in the field, as typed
    assert field.get_attribute("aria-activedescendant") is None
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**/ideen/?thema=laternenlicht")


def test_enter_without_a_choice_searches_and_a_touch_opens(open_page: Callable[..., Page], town: Town) -> None:
    page = open_page(town.url + "/suche/", width=360, has_touch=True)
    field = page.locator("#suche-feld")
    typed(field, "laternen am weg")
    expect(page.get_by_role("option").first).to_be_visible()
    assert sideways(page, (360,)) == {}
    page.get_by_role("option").nth(1).tap()
    page.wait_for_url("**/ideen/*/**")
    page.go_back()
    page.wait_for_url("**/suche/")
    field.fill("laternen")
    field.press("Enter")
    page.wait_for_url("**/suche/?q=laternen")
    expect(page.locator("h1")).to_have_text(re.compile(r"^\s*24 Treffer"))


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_choices_are_made_in_place_and_said_politely(scheme: str, open_page: Callable[..., Page], town: Town) -> None:
    page = open_page(town.url + "/suche/?q=Laternen", scheme=scheme)
    assert axe(page) == []
    look(page, f"suche-{scheme}")
    page.locator(".mw-filter [data-key='stadtteil:uferstadt']").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**stadtteil=uferstadt*")
    expect(page.locator("p[role=status]")).to_have_text("12 Treffer für „Laternen“")
    assert page.evaluate("document.activeElement.dataset.key") == "stadtteil:uferstadt"
    expect(page.locator("h1")).to_have_text(re.compile(r"^\s*12 Treffer"))
    page.locator(".mw-filter [data-key='stadtteil:nordfeld']").click()
    expect(page.locator("h1")).to_have_text(re.compile("24 Treffer"))
    assert page.locator(".mw-chips .mw-chip").count() == 2
    assert axe(page) == []
    page.go_back()
    expect(page.locator("h1")).to_have_text(re.compile("12 Treffer"))


def test_everything_works_on_a_phone_without_a_script(open_page: Callable[..., Page], town: Town) -> None:
    page = open_page(town.url + "/suche/", width=360, script=False)
    page.locator("#suche-feld").fill("Laternen")
    page.locator("main form button").first.click()
    expect(page.locator("h1")).to_have_text(re.compile(r"^\s*24 Treffer"))
    page.locator("details.mw-fold summary").first.click()
    page.locator(".mw-filter [data-key='thema:natur']").click()
    expect(page.locator("h1")).to_have_text(re.compile(r"^\s*16 Treffer"))
    page.get_by_role("link", name="Neueste zuerst").click()
    expect(page).to_have_url(re.compile("sort=neu"))
    assert sideways(page, (320, 360, 768, 1280)) == {}


def test_the_empty_page_helps_and_has_no_findings(open_page: Callable[..., Page], town: Town) -> None:
    page = open_page(town.url + "/suche/?q=Laterhelm&stadtteil=uferstadt", width=360)
    assert "Nichts gefunden" in page.locator("h1").inner_text()
    assert axe(page) == []
    assert sideways(page) == {}
