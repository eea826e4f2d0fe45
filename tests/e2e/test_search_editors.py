"""In a real browser: an editor sees what was not found, makes it a synonym, looks first what that changes, recommends, asks why."""

import json
from collections.abc import Callable, Iterator
from types import SimpleNamespace

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import axe, enter, look, sideways
from tests.served import Town, served

pytestmark = pytest.mark.browser
FILL = """
import json
from django.test import Client
from search.actions import touch
from django.db import transaction
from django.utils import timezone
from search.editors.poor import monday
from search.models import PoorSearch
from tests import factories
ria = factories.make_person("ria@example.org", "Ria Redaktion", groups=["Redaktion"])
campaign = factories.campaign()
for title in ("Straßenbahn bis zum See", "Mehr Bänke am Marktplatz", "Radweg an der Allee"):
    idea = factories.idea(campaign=campaign, title=title, text="Das wünschen sich viele in der Nachbarschaft.")
    with transaction.atomic():
        touch("idea", idea.pk)
PoorSearch.objects.create(week=monday(timezone.localdate()), words="elektrische", people=6)
client = Client()
client.force_login(ria)
print("RESULT", json.dumps({"sessions": {"Ria Redaktion": client.cookies["sessionid"].value}}))
"""


@pytest.fixture(scope="module")
def town() -> Iterator[Town]:
    with served("sqlite", extra={"MITWIRK_PROFILE": "demo"}) as place:
        line = next(line for line in place.python(FILL).splitlines() if line.startswith("RESULT "))
        place.scene = SimpleNamespace(**json.loads(line.removeprefix("RESULT ")))
        yield place


def test_from_a_search_in_vain_to_a_synonym(town: Town, open_page: Callable[..., Page]) -> None:
    page = enter(town, open_page, "Ria Redaktion", "/cms/suche/")
    expect(page.get_by_role("row", name="elektrische")).to_be_visible()
    assert axe(page) == []
    page.get_by_role("link", name="Als Synonym – elektrische").click()
    page.get_by_label("Wörter", exact=True).fill("Elektrische, Straßenbahn")
    page.get_by_role("button", name="Was ändert sich?").click()
    expect(page.get_by_text("+ Straßenbahn bis zum See").first).to_be_visible()
    assert axe(page) == []
    assert sideways(page, (360, 1280)) == {}
    look(page, "suche-synonym")
    page.get_by_role("button", name="Speichern").click()
    expect(page.get_by_role("link", name="Elektrische, Straßenbahn")).to_be_visible()
    assert axe(page) == []
    page.goto(f"{town.url}/suche/?q=Elektrische")
    expect(page.get_by_role("link", name="Straßenbahn bis zum See")).to_be_visible()


def test_something_is_recommended_and_explained(town: Town, open_page: Callable[..., Page]) -> None:
    page = enter(town, open_page, "Ria Redaktion", "/cms/suche/empfehlungen/?wort=Radweg&suche=Marktplatz")
    assert axe(page) == []
    page.get_by_role("button", name="Empfehlen – Mehr Bänke am Marktplatz").click()
    expect(page.get_by_role("row", name="Radweg")).to_be_visible()
    look(page, "suche-empfehlungen")
    assert axe(page) == []
    assert sideways(page, (360, 1280)) == {}
    page.goto(f"{town.url}/suche/?q=Radweg")
    expect(page.get_by_role("heading", name="Empfohlen von der Redaktion")).to_be_visible()
    assert axe(page) == []
    page.goto(f"{town.url}/cms/suche/warum/?q=Fahrradweg+Allee")
    expect(page.get_by_text("rad + weg")).to_be_visible()
    assert axe(page) == []
    assert sideways(page, (360, 1280)) == {}
    look(page, "suche-warum")
    page.goto(f"{town.url}/cms/suche/stand/")
    expect(page.get_by_role("heading", name="Was antwortet")).to_be_visible()
    assert axe(page) == []
    assert sideways(page, (360, 1280)) == {}
    look(page, "suche-stand")
