"""Reached numbers and odd votes in a real browser: on a phone, for everybody, offices and reviewers; no findings of axe."""

import json
import os
from collections.abc import Callable, Iterator
from types import SimpleNamespace

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import axe, enter, sideways
from tests.served import Town, served

pytestmark = pytest.mark.browser
FILL = """
import json
from django.test import Client
from tests import factories
from voting.actions import give_support
from voting.actions.flagging import look_for_oddities
from voting.models import Flag
campaign = factories.campaign(title="Draußen zu Hause", support_goal=12, answer_days=15, answer_office="Grünflächenamt")
idea = factories.idea(campaign=campaign, title="Eine Bank am Deich", author=factories.person("Anna"))
for number in range(16):
    give_support(voter=factories.person(), idea=idea, address=f"198.51.100.{number}")
look_for_oddities()
mo = factories.make_person("mo@example.org", "Mo", groups=["Moderation"])
ida = factories.make_person("ida@example.org", "Ida", groups=["Moderation"])
olga = factories.make_person("olga@example.org", "Olga", groups=["Fachamt"], office="Grünflächenamt")
sessions = {}
for who in (mo, ida, olga):
    client = Client()
    client.force_login(who)
    sessions[who.display_name] = client.cookies["sessionid"].value
flag = Flag.objects.get(kind="network")
print("RESULT", json.dumps({"idea": idea.get_absolute_url(), "flag": f"/cms/auffaellige-stimmen/{flag.pk}/",
    "sessions": sessions}))
"""


@pytest.fixture(scope="module")
def town() -> Iterator[Town]:
    with served("sqlite", extra={"MITWIRK_PROFILE": "demo"}) as place:
        line = next(line for line in place.python(FILL).splitlines() if line.startswith("RESULT "))
        place.scene = SimpleNamespace(**json.loads(line.removeprefix("RESULT ")))
        yield place


def fine(page: Page, name: str = "") -> None:
    """Nothing to find for axe, nothing runs out of a phone's width."""
    assert axe(page) == []
    width = page.viewport_size["width"]  # type: ignore[index]
    assert not sideways(page, widths=(360,))
    page.set_viewport_size({"width": width, "height": 900})
    if folder := os.environ.get("SHOTS"):
        page.screenshot(path=f"{folder}/{name}.png", full_page=True)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_everybody_reads_until_when_the_town_answers(town: Town, open_page: Callable[..., Page], scheme: str) -> None:
    page = enter(town, open_page, "", town.scene.idea, width=360, scheme=scheme)
    expect(page.get_by_text("12 Unterstützungen erreicht.")).to_be_visible()
    expect(page.get_by_text("Grünflächenamt antwortet bis").first).to_be_visible()
    fine(page, f"idea-{scheme}")
    page.goto(f"{town.url}/ideen/")
    expect(page.get_by_text("Antwort bis")).to_be_visible()
    fine(page, f"list-{scheme}")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_office_sees_what_is_due(town: Town, open_page: Callable[..., Page], scheme: str) -> None:
    page = enter(town, open_page, "Olga", "/cms/faellige-antworten/", width=360, scheme=scheme)
    expect(page.get_by_role("link", name="Eine Bank am Deich").first).to_be_visible()
    fine(page, f"desk-{scheme}")


def test_two_reviewers_set_votes_apart_by_keyboard_and_without_script(
    town: Town, open_page: Callable[..., Page]
) -> None:
    page = enter(town, open_page, "Mo", "/cms/auffaellige-stimmen/", width=360)
    fine(page, "flags-light")
    page.goto(town.url + town.scene.flag)
    page.get_by_label("Vorschlagen, diese Stimmen zurückzustellen").focus()
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert").get_by_text("Bitte nennen Sie die Gründe.")).to_be_visible()
    fine(page, "flag-error-light")
    page.emulate_media(color_scheme="dark", reduced_motion="reduce")
    fine(page, "flag-error-dark")
    page.get_by_label("Die Gründe").fill("Alle aus einem Netz.")
    page.get_by_role("button", name="Entscheiden").click()
    expect(page.get_by_text("Eine andere Person muss entscheiden.")).to_be_visible()

    other = enter(town, open_page, "Ida", town.scene.flag, width=360, scheme="dark", script=False)
    other.get_by_label("Die Stimmen zurückstellen").focus()
    other.keyboard.press("Space")
    other.get_by_role("button", name="Entscheiden").focus()
    other.keyboard.press("Enter")
    expect(other.get_by_text("Stimmen zurückgestellt").first).to_be_visible()

    everybody = enter(town, open_page, "", town.scene.idea, width=360)
    expect(everybody.get_by_text("16 Stimmen werden geprüft und sind nicht mitgezählt.")).to_be_visible()
    expect(everybody.get_by_text("12 Unterstützungen erreicht.")).to_be_visible()
    fine(everybody, "reviewed-light")
    page.goto(town.url + town.scene.flag)
    fine(page, "flag-apart-dark")
