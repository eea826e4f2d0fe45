"""Assistance in a real browser: marks explain themselves beside a case and in it, and one check is switched off by keyboard."""

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
from common import outbox
from moderation.actions import decide, open_case
from moderation.models import Rule, RuleVersion, WordList
from tests import factories
rule = RuleVersion.objects.create(rule=Rule.objects.create(number=3), title="Respektvoller Ton", text="Freundlich.")
WordList.objects.create(title="Grobe Wörter", words="Idiot")
campaign = factories.campaign(title="Draußen zu Hause")
mo = factories.make_person("mo@example.org", "Mo", groups=["Moderation"])
def case_of(title, text):
    idea = factories.idea(campaign=campaign, title=title, text=text, state="waiting", author=factories.person())
    with transaction.atomic():
        return open_case("idea", idea.pk)
first = case_of("Bürgermeister ist unfähig", "Der Bürgermeister ist ein unfähiger Lügner und gehört weggejagt, dieser Idiot.")
decide(case_id=first.pk, version=1, actor=mo, decision="refuse", rule_version=rule, reason="Das ist eine Beleidigung.")
outbox.drain()
case = case_of("Weg mit dem Lügner", "Unser Bürgermeister ist ein 1diot und Lügner, unfähig noch dazu. Anruf genügt: 0211 8991234.")
client = Client()
client.force_login(mo)
print("RESULT", json.dumps({"case": case.get_absolute_url(), "campaign": campaign.pk,
    "sessions": {"Mo": client.cookies["sessionid"].value}}))
"""


@pytest.fixture(scope="module")
def town() -> Iterator[Town]:
    with served("sqlite", extra={"MITWIRK_PROFILE": "demo"}) as place:
        line = next(line for line in place.python(FILL).splitlines() if line.startswith("RESULT "))
        place.scene = SimpleNamespace(**json.loads(line.removeprefix("RESULT ")))
        yield place


def test_marks_explain_themselves_and_similar_cases_stand_beside(town, open_page):
    for width, scheme in ((360, "dark"), (1280, "light")):
        page = enter(town, open_page, "Mo", town.scene.case, width=width, scheme=scheme)
        marks = page.get_by_role("region", name="Warum ein zweiter Blick")
        expect(marks).to_contain_text("enthält „Idiot“ aus der Liste „Grobe Wörter“")
        expect(marks.locator("mark")).to_have_text(["1diot", "0211 8991234"])
        expect(page.frame_locator("iframe").locator("mark").first).to_have_text("1diot")
        alike = page.get_by_role("region", name="Wie wir in ähnlichen Fällen entschieden haben")
        expect(alike).to_contain_text("Bürgermeister ist unfähig")
        expect(alike).to_contain_text("Das ist eine Beleidigung.")
        look(page, f"marks-{width}-{scheme}")
        assert axe(page) == []
        assert sideways(page) == {}


def test_one_check_is_switched_off_for_a_campaign_by_keyboard(town, open_page):
    page = enter(town, open_page, "Mo", town.scene.case)
    page.get_by_role("link", name="Prüfungen ein- und ausschalten").press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Draußen zu Hause")
    box = page.get_by_role("checkbox", name="Persönliche Daten")
    expect(box).to_be_checked()
    box.press("Space")
    page.get_by_role("button", name="Speichern").press("Enter")
    expect(page.get_by_text("Gespeichert.").first).to_be_visible()
    expect(page.get_by_role("checkbox", name="Persönliche Daten")).not_to_be_checked()
    expect(page.get_by_role("checkbox", name="Wörter einer Liste")).to_be_checked()
    look(page, "checks-1280")
    assert axe(page) == []
    page.goto(f"{town.url}/cms/moderation/hilfen/listen/0/?vorlage=1&kampagne={town.scene.campaign}")
    expect(page.get_by_label("Wörter, eines je Zeile")).to_contain_text("Trottel")
    assert axe(page) == []
    for path in ("", "listen/0/?vorlage=1"):
        page.goto(f"{town.url}/cms/moderation/hilfen/{path}")
        assert sideways(page) == {}
        look(page, f"checks-{'list' if path else 'all'}")
