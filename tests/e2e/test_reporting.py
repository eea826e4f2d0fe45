"""Reporting in a real browser: by keyboard at 360 pixels, with the puzzle, without a script, then the status page."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest
from playwright.sync_api import Page

from tests.e2e.conftest import axe, foreign_requests, look, sideways
from tests.served import Town, served

pytestmark = pytest.mark.browser
FILL = """
from tests import factories
idea = factories.idea(campaign=factories.campaign(), title="Eine Bank am Markt", author=factories.person("Uferläufer"))
print("ready", idea.pk, idea.get_absolute_url())
"""
PACES = """
from moderation.models import Report, SpentProof
print("ready", Report.objects.count(), SpentProof.objects.count())
"""
DECIDE = """
from django.contrib.auth.models import Permission
from accounts.models import User
from moderation.actions import decide
from moderation.models import Case
made, _new = User.objects.get_or_create(email="mira@example.org", defaults={"display_name": "Mira Kaya", "is_staff": True})
made.user_permissions.add(Permission.objects.get(codename="decide"))
case = Case.objects.get(kind="idea", state="open")
decide(case_id=case.pk, version=case.version, actor=User.objects.get(pk=made.pk), decision="approve")
print("ready")
"""


PUZZLE = 60_000  # milliseconds: the browser may have a puzzle to solve first, and luck plays a part


@dataclass
class Scene:
    """A town with one idea."""

    town: Town
    idea: str
    page: str


@pytest.fixture(scope="module")
def scene() -> Iterator[Scene]:
    with served("sqlite") as town:
        _ready, number, page = town.python(FILL).strip().splitlines()[-1].split()
        yield Scene(town, number, page)


def by_keyboard(page: Page) -> None:
    """Fill in the form and send it, without a mouse."""
    page.keyboard.press("Tab")
    for _each in range(60):
        here = page.evaluate("document.activeElement.id || document.activeElement.type")
        kind = page.evaluate("document.activeElement.name || document.activeElement.type")
        if kind == "reason":
            page.keyboard.press("Space")
        elif kind == "text":
            page.keyboard.type("Im zweiten Satz.")
        elif kind == "good_faith":
            page.keyboard.press("Space")
        elif (
            kind == "submit" and here != "" and "Meldung absenden" in page.evaluate("document.activeElement.innerText")
        ):
            page.keyboard.press("Enter")
            return
        page.keyboard.press("Tab")
    raise AssertionError("The button was not reached.")


@pytest.mark.parametrize("script", [True, False])
def test_a_report_is_sent_by_keyboard_with_and_without_a_script(
    scene: Scene, open_page: Callable[..., Page], script: bool
) -> None:
    before = scene.town.python(PACES).split()[-2:]
    page = open_page(scene.town.url + scene.page, width=360, script=script)
    page.get_by_role("link", name="Melden", exact=True).first.click()
    page.wait_for_url("**/melden/idea/**")
    by_keyboard(page)
    page.get_by_role("heading", name="Danke, wir haben Ihre Meldung").wait_for(timeout=PUZZLE)
    assert "/meldung/" in page.url
    reports, proofs = map(int, scene.town.python(PACES).split()[-2:])
    assert (reports - int(before[0]), proofs - int(before[1])) == (1, int(script))


def test_its_pages_are_sound_and_ask_nobody_else(scene: Scene, open_page: Callable[..., Page]) -> None:
    form = f"/melden/idea/{scene.idea}/"
    page = open_page(scene.town.url + form, width=360)
    page.get_by_label("Der Beitrag ist verboten").check()
    page.get_by_role("button", name="Meldung absenden").click()
    page.locator("#fehler").wait_for()
    assert axe(page) == []
    page.get_by_label("Der Beitrag beleidigt oder bedroht").check()
    page.get_by_label("in gutem Glauben").check()
    page.get_by_role("button", name="Meldung absenden").click()
    page.wait_for_url("**/meldung/**", timeout=PUZZLE)
    status = page.url
    scene.town.python(DECIDE)
    for scheme in ("light", "dark"):
        for address in (scene.town.url + form, status, f"{status}beschwerde/", f"{scene.town.url}/kontaktstelle/"):
            page = open_page(address, width=360, scheme=scheme)
            look(page, f"melden-{address.rstrip('/').split('/')[-1][:12]}-{scheme}")
            assert axe(page) == [], (address, scheme)
            assert sideways(page, (320, 360)) == {}, address
    assert foreign_requests(page, scene.town.url + form) == []
    page.goto(status)
    page.get_by_role("link", name="Beschwerde schreiben").click()
    page.get_by_label("Warum sollen wir").fill("Doch, das beleidigt jemanden.")
    page.get_by_role("button", name="Beschwerde absenden").click()
    page.get_by_text("Es entscheidet jemand anderes als beim ersten Mal").wait_for()


@pytest.mark.parametrize("script", [True, False])
def test_somebody_writes_to_the_contact_point_with_and_without_a_script(
    scene: Scene, open_page: Callable[..., Page], script: bool
) -> None:
    page = open_page(f"{scene.town.url}/kontaktstelle/", width=360, script=script)
    page.get_by_label("Etwas funktioniert nicht").check()
    page.get_by_label("Ihre Nachricht").fill("Die Karte bleibt bei mir grau.")
    page.get_by_label("Auch per Mail").check()
    page.get_by_role("button", name="Nachricht senden").click()
    page.locator("#fehler").wait_for()
    if script:
        assert axe(page) == []
    assert page.get_by_label("Ihre Nachricht").input_value() == "Die Karte bleibt bei mir grau."
    page.get_by_label("Ihre Mail-Adresse").fill("helga@example.org")
    page.get_by_role("button", name="Nachricht senden").click()
    page.get_by_role("heading", name="Danke, Ihre Nachricht ist da").wait_for(timeout=PUZZLE)
    assert "/kontaktstelle/nachricht/" in page.url
    assert sideways(page, (320, 360)) == {}
    if script:
        assert axe(page) == []
