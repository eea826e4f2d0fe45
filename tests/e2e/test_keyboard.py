"""The same main job in a real browser on a phone-sized screen, with nothing but the keyboard."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import axe, sideways
from tests.journey.stage import PASSWORD, code_from_mail, set_up
from tests.served import Town, served

pytestmark = pytest.mark.browser

FOCUSED = """() => {
  const e = document.activeElement;
  const label = e.labels && e.labels.length ? e.labels[0].innerText : '';
  return [e.innerText, e.value, label, e.getAttribute('aria-label')].filter(Boolean).join(' ').replace(/\\s+/g, ' ');
}"""
PHONE = 360
SHOTS = os.environ.get("MITWIRK_SCREENSHOTS")


@pytest.fixture(scope="module")
def town() -> Iterator[Town]:
    with served("sqlite", extra={"MITWIRK_PROFILE": "demo"}) as place:
        set_up(place)
        yield place


class Keyboard:
    """Somebody at a page who never touches a mouse."""

    def __init__(self, page: Page) -> None:
        self.page, self.faults, self.pages = page, [], 0

    def to(self, words: str, *, most: int = 120) -> "Keyboard":
        """Press Tab until what has the focus says these words, and see that the focus can be seen."""
        for _step in range(most):
            self.page.keyboard.press("Tab")
            if words in self.page.evaluate(FOCUSED):
                return self
        raise AssertionError(f"{words!r} cannot be reached by keyboard on {self.page.url}")

    def enter(self) -> "Keyboard":
        """Press Enter and wait for the page that follows."""
        # A page that follows, not only another address of this one (steps of the form have addresses of their own).
        with self.page.expect_event("domcontentloaded"):
            self.page.keyboard.press("Enter")
        return self.look()

    def type(self, text: str) -> "Keyboard":
        self.page.keyboard.insert_text(text)
        return self

    def choose(self, label: str, words: str) -> "Keyboard":
        """Go to a select and type the beginning of a choice."""
        self.to(label)
        self.page.keyboard.type(words)
        return self

    def look(self) -> "Keyboard":
        """Note what is wrong with this page for people with little sight or a small screen."""
        self.pages += 1
        self.page.wait_for_load_state("networkidle")
        self.faults += [f"{self.page.url}: {fault}" for fault in axe(self.page)]
        self.faults += [
            f"{self.page.url}: {pixels} px too wide at {width}"
            for width, pixels in sideways(self.page, (PHONE,)).items()
        ]
        if SHOTS:
            self.page.screenshot(path=str(Path(SHOTS) / f"journey-{self.pages:02d}.png"), full_page=True)
        return self


def test_a_citizen_proposes_and_supports_on_a_phone_by_keyboard_alone(town: Town, open_page: Callable[..., Page]):
    anna = Keyboard(open_page(town.url, width=PHONE)).look()
    anna.to("Spielräume für alle").enter()
    anna.to("Idee einreichen").enter()
    anna.to("Worum geht es").type("Wasserspielplatz am Lippeufer")
    anna.to("Was schlagen Sie vor").type(
        "Eine Handpumpe mit Rinne kostet wenig und macht allen Kindern Freude, auch denen im Rollstuhl."
    )
    anna.to("Weiter")
    anna.page.keyboard.press("Enter")
    anna.choose("In welchem", "Ufer").choose("Welches Thema", "Spiel")
    anna.to("Weiter").enter()
    expect(anna.page.locator("main")).to_contain_text("So wird Ihre Idee aussehen")
    anna.to("Idee senden").enter()
    anna.to("Konto anlegen").enter()
    anna.to("Mail-Adresse").type("tine@example.org").to("Öffentlicher Name").type("Tine").to("Konto anlegen").enter()
    anna.to("Code").type(code_from_mail(town, "tine@example.org")).to("Weiter").enter()
    expect(anna.page.locator("main")).to_contain_text("Eine Handpumpe mit Rinne")
    anna.to("Idee senden").enter()
    expect(anna.page.locator("main")).to_contain_text("Ihre Idee ist angekommen")
    idea = anna.page.url.split("/danke/")[0] + "/"

    mod = Keyboard(open_page(f"{town.url}/konto/login/", width=1280))
    mod.to("Mit Passwort")
    if mod.page.evaluate("document.activeElement.tagName") == "SUMMARY":
        mod.page.keyboard.press("Enter")
    mod.page.locator("[name=login]").focus()
    mod.type("moderation@stadt.example").to("Passwort").type(PASSWORD)
    with mod.page.expect_navigation():
        mod.page.keyboard.press("Enter")
    mod.page.goto(f"{town.url}/cms/moderation/")
    mod.page.keyboard.press("j")
    mod.page.keyboard.press("o")
    mod.page.wait_for_url("**/cms/moderation/*/")
    mod.page.wait_for_load_state("networkidle")
    mod.page.keyboard.press("1")
    with mod.page.expect_navigation():
        mod.page.keyboard.press("Control+Enter")

    bert = Keyboard(open_page(idea, width=PHONE)).look()
    bert.to("Idee unterstützen").enter()
    bert.to("Konto anlegen").enter()
    bert.to("Mail-Adresse").type("uwe@example.org").to("Öffentlicher Name").type("Uwe").to("Konto anlegen").enter()
    bert.to("Code").type(code_from_mail(town, "uwe@example.org")).to("Weiter").enter()
    expect(bert.page.locator("main")).to_contain_text("zurücknehmen")
    bert.to("zurücknehmen")
    bert.page.keyboard.press("Enter")
    expect(bert.page.locator("main")).to_contain_text("Idee unterstützen")
    assert anna.faults + bert.faults == []
