"""Writing an idea in a browser: three steps by keyboard, saved while typing, hints beside the title, pictures at once."""

import json
from collections.abc import Callable, Iterator
from io import BytesIO
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from tests.e2e.conftest import axe, sideways, until
from tests.served import Town, served

pytestmark = pytest.mark.browser
TITLE, TEXT = "Mehr Schatten auf Spielplätzen", "Im Sommer ist es auf der Rutsche zu heiß. Ein Segel hilft allen."
FILL = """
from uuid import uuid4
from django.db import transaction
from django.test import Client
from search.actions import touch
from tests.factories import campaign, idea, person
name = uuid4().hex[:12]
client = Client()
client.force_login(person(name, email=f"{name}@example.org"))
made = campaign(title="Spielräume für alle", slug=f"s-{name}")
with transaction.atomic():
    for title in ("Schatten auf Spielplätzen", "Ein Brunnen am Markt", "Sichere Radwege", "Bänke am Fluss"):
        touch("idea", idea(campaign=made, title=title, text="So wäre es schöner.").pk)
print("ready", made.slug, client.cookies["sessionid"].value)
"""


class Scene:
    """A campaign of its own with four ideas, and somebody who is about to write."""

    def __init__(self, town: Town, open_page: Callable[..., Page]) -> None:
        self.town, self.open_page = town, open_page
        _ready, self.slug, self.session = town.python(FILL).strip().splitlines()[-1].split()

    def open(self, *, signed_in: bool = True, **how: Any) -> Page:
        page = self.open_page("about:blank", **how)
        if signed_in:
            page.context.add_cookies([{"name": "sessionid", "value": self.session, "url": self.town.url}])
        page.goto(f"{self.town.url}/ideen/neu/?kampagne={self.slug}")
        return page

    def drafts(self) -> list[dict[str, Any]]:
        """Return the fields of the campaign's drafts, the oldest first."""
        rows = self.town.rows(
            "SELECT d.fields FROM ideas_draft d JOIN ideas_campaign c ON c.id = d.campaign_id WHERE c.slug = %s ORDER BY d.id",
            self.slug,
        )
        return [json.loads(row[0]) for row in rows]

    def ideas(self, title: str) -> list[int]:
        """Return the numbers of supports of the campaign's ideas with that title."""
        found = self.town.rows(
            "SELECT i.support_count FROM ideas_idea i JOIN ideas_campaign c ON c.id = i.campaign_id"
            " WHERE c.slug = %s AND i.title = %s",
            self.slug,
            title,
        )
        return [row[0] for row in found]


@pytest.fixture(scope="module")
def town() -> Iterator[Town]:
    with served("sqlite") as place:
        yield place


@pytest.fixture
def scene(town: Town, open_page: Callable[..., Page]) -> Scene:
    return Scene(town, open_page)


def picture() -> dict[str, Any]:
    out = BytesIO()
    Image.new("RGB", (900, 600), "#88aacc").save(out, "JPEG")
    return {"name": "platz.jpg", "mimeType": "image/jpeg", "buffer": out.getvalue()}


def test_three_steps_by_keyboard_at_360_px(scene: Scene) -> None:
    page = scene.open(width=360)
    assert axe(page) == []
    page.get_by_label("Worum geht es in einem Satz?").focus()
    page.keyboard.type("Kurz")
    page.keyboard.press("Enter")  # the next step, but something is to be mended first
    expect(page.locator("#id_title_error")).to_contain_text("zu kurz")
    expect(page.locator("#id_title")).to_be_focused()
    assert page.locator("#id_title").input_value() == "Kurz"
    assert axe(page) == []
    page.locator("#id_title").fill(TITLE)
    expect(page.locator("#id_title_error")).to_have_count(0)
    page.keyboard.press("Tab")
    page.locator("#id_text").fill(TEXT)
    page.get_by_role("button", name="Weiter: Wo und worum?").press("Enter")
    expect(page.get_by_label("In welchem Stadtteil?")).to_be_visible()
    expect(page.locator("#id_title")).to_be_hidden()
    expect(page.locator("[data-step='2']")).to_be_focused()
    assert axe(page) == []
    assert sideways(page, (320, 360)) == {}
    page.go_back()
    expect(page.locator("#id_title")).to_be_visible()
    assert page.locator("#id_title").input_value() == TITLE
    page.go_forward()
    page.get_by_role("button", name="Weiter: Prüfen").press("Enter")
    expect(page.get_by_text("So wird Ihre Idee aussehen")).to_be_visible()
    assert axe(page) == []
    page.go_back()  # the form again, filled from the draft
    expect(page.locator("#id_title")).to_have_value(TITLE)
    page.go_forward()
    page.get_by_role("button", name="Idee senden").press("Enter")
    expect(page.get_by_text("Ihre Idee ist angekommen")).to_be_visible()
    assert len(scene.ideas(TITLE)) == 1
    assert scene.drafts() == []


def test_saved_while_typing_told_when_not_and_again(scene: Scene) -> None:
    page = scene.open()
    page.locator("#id_title").type("Mehr Schatten")
    expect(page.locator("[data-saved-words]")).to_contain_text("gespeichert")
    until(page, lambda: scene.drafts()[0]["title"] == "Mehr Schatten")
    page.context.set_offline(True)
    page.locator("#id_text").type("Es ist zu heiß.")
    expect(page.locator("[data-saved-words]")).to_have_text("noch nicht gespeichert – keine Verbindung")
    assert axe(page) == []
    page.context.set_offline(False)
    page.evaluate("dispatchEvent(new Event('online'))")
    expect(page.locator("[data-saved-said]")).to_have_text("wieder gespeichert")
    until(page, lambda: scene.drafts()[0]["text"] == "Es ist zu heiß.")
    phone = scene.open()
    phone.get_by_role("link", name="Daran weiterschreiben").click()
    expect(phone.locator("#id_title")).to_have_value("Mehr Schatten")
    phone.locator("#id_title").fill("Am Telefon")
    until(phone, lambda: scene.drafts()[0]["title"] == "Am Telefon")
    page.locator("#id_text").type(" Sehr.")
    expect(page.locator("[data-conflict]")).to_be_visible()
    expect(page.locator("[data-conflict]")).to_contain_text("Am Telefon")
    assert axe(page) == []
    page.get_by_role("button", name="Beide ansehen und wählen").click()
    expect(page.get_by_role("heading", name="Zwei Fassungen Ihres Entwurfs")).to_be_visible()
    expect(page.get_by_text("Es ist zu heiß. Sehr.")).to_be_visible()
    assert axe(page) == []
    assert [draft["title"] for draft in scene.drafts()] == ["Am Telefon", "Mehr Schatten"]


def test_hints_stand_beside_the_title_and_lead_to_supporting(scene: Scene) -> None:
    page = scene.open()
    page.locator("#id_title").type("Schatten für Spielplätze")
    box = page.locator("[data-hints] .mw-hint-box")
    expect(box).to_contain_text("Schatten auf Spielplätzen")
    expect(page.locator("[data-hints-said]")).to_contain_text("ähnliche Idee")
    assert axe(page) == []
    assert sideways(page) == {}
    page.locator("#id_text").fill(TEXT)
    page.get_by_role("button", name="Das ist auch meine Idee").first.click()
    expect(page.get_by_role("heading", name="Das ist auch meine Idee")).to_be_visible()
    expect(page.get_by_label("Ihr Text")).to_have_value(f"Schatten für Spielplätze\n\n{TEXT}")
    assert axe(page) == []
    page.get_by_label("Meinen Text als Kommentar").check()
    page.get_by_role("button", name="Idee unterstützen").click()
    expect(page.get_by_text("Danke! Ihre Unterstützung zählt.")).to_be_visible()
    assert scene.ideas("Schatten auf Spielplätzen") == [1]
    assert scene.drafts() == []


def test_a_picture_goes_up_when_it_is_chosen(scene: Scene) -> None:
    page = scene.open(width=360)
    page.locator("#id_title").fill(TITLE)
    page.locator("#id_text").fill(TEXT)
    page.get_by_role("button", name="Weiter: Wo und worum?").click()
    until(page, lambda: scene.drafts()[0]["text"] == TEXT)  # people look for a picture longer than the words need
    page.locator("#id_images").set_input_files([picture()])
    expect(page.get_by_text("Ihre Bilder bisher")).to_be_visible()
    expect(page.get_by_label("Was ist auf dem Bild zu sehen?")).to_be_focused()
    assert axe(page) == []
    page.locator("#id_images").set_input_files(
        [{"name": "x.jpg", "mimeType": "image/jpeg", "buffer": b"kein Bild, nur Worte"}]
    )
    expect(page.locator("#id_images_error")).to_be_visible()
    assert axe(page) == []
    assert len(scene.drafts()[0]["alts"]) == 1


def test_signed_out_the_words_outlive_a_reload_in_this_window_only(scene: Scene) -> None:
    page = scene.open(signed_in=False)
    page.locator("#id_title").fill(TITLE)
    page.locator("#id_text").fill(TEXT)
    page.reload()
    expect(page.locator("#id_title")).to_have_value(TITLE)
    expect(page.locator("[data-saved-words]")).to_have_text("Ihr Text von vorhin ist wieder da.")
    assert scene.drafts() == []


def test_without_script_one_page_does_it_all(scene: Scene) -> None:
    page = scene.open(script=False)
    page.locator("#id_title").fill(TITLE)
    page.locator("#id_text").fill(TEXT)
    page.locator("#id_title").press("Enter")
    expect(page.get_by_text("So wird Ihre Idee aussehen")).to_be_visible(timeout=20_000)
    page.get_by_role("button", name="Idee senden").click()
    expect(page.get_by_text("Ihre Idee ist angekommen")).to_be_visible()
