"""Keeping a search in a real browser, from the search page to the mail that ends it: without an account, without a script."""

import re
import time
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import axe, look, sideways
from tests.journey.stage import body_of, readable_mails
from tests.served import Town, served

pytestmark = pytest.mark.browser
FILL = """
from tests.factories import campaign, idea
from search.actions import touch_many
made = campaign(title="Grün", slug="gruen")
touch_many("idea", [idea(campaign=made, title="Ein alter Brunnen").pk])
print("ready")
"""
PUBLISH = """
from django.db import transaction
from common import outbox
from ideas.models import Campaign
from search.actions import touch
from tests.factories import idea
with transaction.atomic():
    touch("idea", idea(campaign=Campaign.objects.get(), title="Trinkbrunnen am Spielplatz").pk)
outbox.drain()
"""


@pytest.fixture(scope="module")
def town() -> Iterator[Town]:
    with served("sqlite") as made:
        made.python(FILL)
        yield made


ADDRESS, OTHER = "neu@example.org", "auch@example.org"


def link(town: Town, part: str, to: str) -> str:
    """Deliver what waits and return the link with this part from the newest mail to an address that has one."""
    town.python("from common import outbox; outbox.drain()")
    for _second in range(120):  # the served site may have begun to deliver it before
        bodies = [body_of(mail) for mail in readable_mails(town) if to in str(mail["To"]).lower()]
        links = [found[0] for body in reversed(bodies) if (found := re.search(rf"http\S*{part}\S*", body))]
        if links:
            return links[0]
        time.sleep(1)
    raise AssertionError(f"no mail to {to} with a link to {part}")


def sound(page: Page, name: str) -> None:
    """Look at a page in all widths, with axe."""
    look(page, name)
    assert axe(page) == []
    assert sideways(page) == {}
    page.set_viewport_size({"width": 360, "height": 900})


def test_from_the_search_page_to_the_mail_and_out_again_on_a_phone_without_a_script(
    open_page: Callable[..., Page], town: Town
) -> None:
    page = open_page(town.url + "/suche/?q=Brunnen", width=360, script=False)
    page.get_by_role("link", name="Suche merken").click()
    expect(page).to_have_url(re.compile(re.escape(f"{town.url}/suche/merken/?q=Brunnen")))
    page.get_by_label("Sofort per Mail").check()
    page.get_by_role("button", name="Suche merken").click()
    expect(page.locator("main")).to_contain_text("Bitte prüfen Sie")  # no address yet; what was chosen stays
    expect(page.get_by_label("Sofort per Mail")).to_be_checked()
    page.get_by_label("Ihre Mail-Adresse").fill(ADDRESS.capitalize())
    page.get_by_role("button", name="Suche merken").click()
    expect(page.locator("h1")).to_contain_text("Noch ein Schritt")
    page.goto(link(town, "bestaetigen", ADDRESS))
    page.get_by_role("button", name="Ja, ich möchte diese Mails").click()
    expect(page.locator("main")).to_contain_text("„Brunnen“ läuft jetzt")
    town.python(PUBLISH)
    page.goto(link(town, "/meine/", ADDRESS))
    expect(page.locator("main")).to_contain_text("Trinkbrunnen am Spielplatz")
    assert "alter Brunnen" not in page.locator("main").inner_text()
    page.goto(link(town, "abmelden", ADDRESS))
    page.get_by_role("button", name="Keine Mails mehr").click()
    expect(page.locator("h1")).to_contain_text("Sie bekommen keine Mails mehr")


def test_the_pages_have_no_findings_in_light_and_dark(open_page: Callable[..., Page], town: Town) -> None:
    page = open_page(town.url + "/suche/merken/", width=1280, scheme="dark")
    sound(page, "merken-dunkel")
    page.get_by_label("Wörter").fill("Brunnen")
    page.get_by_label("In der Nähe von").fill("Nirgendwo")
    page.get_by_label("Ihre Mail-Adresse").fill(OTHER)
    page.get_by_role("button", name="Suche merken").click()
    page.locator("#fehler").wait_for()
    expect(page.locator("main")).to_contain_text("Diesen Ort kennen wir nicht")
    assert page.get_by_label("In der Nähe von").input_value() == "Nirgendwo"
    sound(page, "merken-fehler")
    page.get_by_label("In der Nähe von").fill("")
    page.get_by_role("button", name="Suche merken").click()
    page.get_by_role("heading", name="Noch ein Schritt").wait_for()
    page.goto(link(town, "bestaetigen", OTHER))
    sound(page, "bestaetigen")
    page.get_by_role("button", name="Ja, ich möchte diese Mails").click()
    page.get_by_role("heading", name="Meine gemerkten Suchen").wait_for()
    sound(page, "liste")
    page.get_by_role("link", name="Brunnen").click()
    page.get_by_text("Diese Suche ändern").click()
    sound(page, "suche")
