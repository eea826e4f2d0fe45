"""Merging in a real browser: the supporter's page by keyboard on a phone, the moderator's form, no findings of axe."""

import json
from collections.abc import Iterator
from types import SimpleNamespace

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import axe, enter, look, sideways
from tests.served import Town, served

pytestmark = pytest.mark.browser
FILL = """
import json
from django.db import transaction
from django.test import Client
from ideas.actions import merge_ideas
from moderation.actions import open_case
from tests import factories
from voting.actions import give_support
campaign = factories.campaign(title="Draußen zu Hause", support_limit=5)
source = factories.idea(campaign=campaign, title="Eine Bank am Deich", author=factories.person("Anna"))
target = factories.idea(campaign=campaign, title="Mehr Bänke an der Lippe", author=factories.person("Bert"))
third = factories.idea(campaign=campaign, title="Bänke mit Lehne", author=factories.person("Cem"))
hanna = factories.person("Hanna", email="hanna@example.org")
for one in [hanna, *(factories.person() for _n in range(4))]:
    give_support(voter=one, idea=source)
give_support(voter=factories.person(), idea=third)
mo = factories.make_person("mo@example.org", "Mo", groups=["Moderation"])
merge_ideas(source=source, target=target, reason="Beide wünschen sich Bänke mit Blick aufs Wasser.", actor=mo)
from common import outbox
outbox.drain()
with transaction.atomic():
    case = open_case("idea", third.pk, reason="own")
sessions = {}
for who in (hanna, mo):
    client = Client()
    client.force_login(who)
    sessions[who.display_name] = client.cookies["sessionid"].value
print("RESULT", json.dumps({"source": source.get_absolute_url(), "target": target.get_absolute_url(), "id": source.pk,
    "case": case.get_absolute_url(), "sessions": sessions}))
"""


@pytest.fixture(scope="module")
def town() -> Iterator[Town]:
    with served("sqlite", extra={"MITWIRK_PROFILE": "demo"}) as place:
        line = next(line for line in place.python(FILL).splitlines() if line.startswith("RESULT "))
        place.scene = SimpleNamespace(**json.loads(line.removeprefix("RESULT ")))
        yield place


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_pages_of_a_merge_have_no_findings_and_do_not_scroll_sideways(town, open_page, scheme):
    address = f"/ideen/{town.scene.id}/zusammenlegung/"
    pages = {"choice": ("Hanna", address), "visitor": ("", address), "source": ("Hanna", town.scene.source),
             "target": ("", town.scene.target), "messages": ("Hanna", "/mein/nachrichten/")}  # fmt: skip
    for name, (who, path) in pages.items():
        page = enter(town, open_page, who, path, width=360, scheme=scheme)
        look(page, f"{name}-360-{scheme}")
        assert axe(page) == [], name
        assert sideways(page) == {}, name
        look(page, f"{name}-1280-{scheme}")


def test_a_supporter_chooses_by_keyboard_and_changes_the_mind(town, open_page):
    page = enter(town, open_page, "Hanna", f"/ideen/{town.scene.id}/zusammenlegung/", width=360)
    page.get_by_role("button", name="Übertragen").focus()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_contain_text("Ihre Unterstützung ist übertragen.")
    page.get_by_role("button", name="Hierher zurückholen").focus()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_contain_text("Ihre Unterstützung bleibt hier")
    look(page, "chosen-360")
    assert axe(page) == []


def test_a_moderator_looks_for_the_other_idea_and_merges_by_keyboard(town, open_page):
    page = enter(town, open_page, "Mo", town.scene.case + "?entscheidung=merge", width=1280)
    page.get_by_label("Nummer, Adresse oder Wörter").fill("Lippe")
    page.get_by_role("button", name="Suchen", exact=True).press("Enter")
    choice = page.get_by_role("radio", name="Mehr Bänke an der Lippe")
    expect(choice).to_be_visible()
    choice.focus()
    page.keyboard.press("Space")
    look(page, "case-1280")
    assert axe(page) == []
    page.get_by_role("button", name="Entscheiden", exact=True).press("Enter")
    expect(page.locator("#fehler")).to_be_visible()
    look(page, "case-error-1280")
    assert axe(page) == []
    expect(page.get_by_role("radio", name="Mehr Bänke an der Lippe")).to_be_checked()
    page.get_by_label("Begründung, geht an").fill("Beide wünschen sich Bänke.")
    page.get_by_role("button", name="Entscheiden", exact=True).press("Enter")
    expect(page.locator("body")).to_contain_text("Zusammenlegen: „Bänke mit Lehne“")
