"""Lists in a real browser: choices keep place and focus, say the number, and work without a script just the same."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import axe, sideways
from tests.served import Town, served

pytestmark = pytest.mark.browser
FILL = """
from ideas.models import IdeaViews, Topic
from tests.factories import campaign, idea
from django.utils import timezone
from datetime import timedelta
made, old = campaign(title="Spielen", slug="spielen"), timezone.now() - timedelta(days=20)
topics = [Topic.objects.create(name=name, slug=name.lower()) for name in ("Natur", "Rad")]
for number in range(30):
    one = idea(campaign=made, topic=topics[number % 3 == 0], published_at=old)
    IdeaViews.objects.create(idea=one, shown=20 + number)
print("ready")
"""


@pytest.fixture(scope="module")
def town() -> Iterator[Town]:
    with served("sqlite") as made:
        made.python(FILL)
        yield made


def test_a_choice_by_keyboard_keeps_focus_and_says_the_number(open_page: Callable[..., Page], town: Town) -> None:
    page = open_page(town.url + "/ideen/")
    page.focus("[data-key='thema:rad']")
    page.keyboard.press("Enter")
    page.wait_for_url("**thema=rad*")
    assert page.evaluate("document.activeElement.dataset.key") == "thema:rad"
    expect(page.locator("p[role=status]")).to_have_text("10 Ideen passen")
    assert axe(page) == []
    page.go_back()
    expect(page.locator(".mw-chips [data-key]")).to_have_count(0)
    expect(page.locator("[data-list]")).to_have_attribute("data-list", "30 Ideen")


def test_a_choice_without_a_script_at_phone_width(open_page: Callable[..., Page], town: Town) -> None:
    page = open_page(town.url + "/ideen/", width=360, script=False)
    page.locator("details.mw-fold summary").first.click()
    page.locator("[data-key='thema:rad']").click()
    expect(page.locator("main")).to_contain_text("10 Ideen passen")
    page.get_by_role("link", name="Alle Filter entfernen").click()
    expect(page).to_have_url(f"{town.url}/ideen/#ideen")
    expect(page.locator("main")).to_contain_text("30 Ideen")


def test_the_page_of_orders_has_no_findings(open_page: Callable[..., Page], town: Town) -> None:
    page = open_page(town.url + "/wie-wir-sortieren/", width=360)
    assert "Gini-Koeffizient" in page.locator("main").inner_text()
    assert axe(page) == []
    assert sideways(page) == {}
