"""Moderating in a real browser: a queue walked by keyboard alone, many decided at once and taken back, without a script too."""

import json
import time
from collections.abc import Callable, Iterator
from types import SimpleNamespace

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import axe, enter, look, sideways, until
from tests.served import Town, served

pytestmark = pytest.mark.browser
QUEUE = "/cms/moderation/"
FILL = """
import json
from django.test import Client
from ideas.actions import submit_idea
from ideas.content import IdeaContent
from moderation.models import Case, Rule, RuleVersion
from tests import factories
campaign = factories.campaign(title="Draußen zu Hause", check_ideas="before")
for number in range(14):
    content = IdeaContent(title=f"Bank Nummer {number + 1} am Deich", text="Dort warten viele auf den Bus.")
    submit_idea(author=factories.person(), campaign=campaign, content=content)
RuleVersion.objects.create(rule=Rule.objects.create(number=3), title="Respektvoller Ton", text="Kritik ja, Angriffe nein.")
mo = factories.make_person("mo@example.org", "Mo", groups=["Moderation"])
factories.make_person("jo@example.org", "Jo", groups=["Moderation"])
boss = factories.make_person("ina@example.org", "Ina", is_superuser=True)
sessions = {}
for who in (mo, boss):
    client = Client()
    client.force_login(who)
    sessions[who.display_name] = client.cookies["sessionid"].value
print("RESULT", json.dumps({"sessions": sessions, "mo": mo.pk, "case": Case.objects.latest("pk").pk}))
"""


@pytest.fixture(scope="module")
def town() -> Iterator[Town]:
    with served("sqlite", extra={"MITWIRK_PROFILE": "demo"}) as place:
        line = next(line for line in place.python(FILL).splitlines() if line.startswith("RESULT "))
        place.scene = SimpleNamespace(**json.loads(line.removeprefix("RESULT ")))
        yield place


@pytest.mark.parametrize(("width", "scheme"), [(360, "light"), (1280, "dark")])
def test_the_pages_have_no_findings_and_do_not_scroll_sideways(
    town: Town, open_page: Callable[..., Page], width: int, scheme: str
) -> None:
    pages = {
        "queue": ("Mo", QUEUE), "case": ("Mo", f"{QUEUE}{town.scene.case}/"), "runs": ("Mo", f"{QUEUE}viele/erledigt/"),
        "remits": ("Ina", f"{QUEUE}zustaendig/"), "remit": ("Ina", f"{QUEUE}zustaendig/{town.scene.mo}/"),
    }  # fmt: skip
    for name, (who, path) in pages.items():
        page = enter(town, open_page, who, path, width=width, scheme=scheme)
        look(page, f"{name}-{width}-{scheme}")
        expect(page.locator("main .mod h1").first).to_be_visible()
        assert axe(page) == [], name
        assert sideways(page, (width,)) == {}, name


def test_three_cases_are_decided_by_keyboard_alone(town: Town, open_page: Callable[..., Page]) -> None:
    page = enter(town, open_page, "Mo", QUEUE)
    page.keyboard.press("?")
    expect(page.get_by_text("diese Hilfe zeigen oder verbergen")).to_be_visible()
    page.keyboard.press("?")
    page.keyboard.press("j")
    page.keyboard.press("j")
    expect(page.get_by_role("link", name="Bank Nummer 2 am Deich")).to_be_focused()
    page.keyboard.press("k")
    page.keyboard.press("o")
    took = []
    for number in (1, 2, 3):
        start = time.perf_counter()
        expect(page.get_by_role("heading", name=f"Bank Nummer {number} am Deich", level=1)).to_be_visible()
        expect(page.get_by_text("Für Sie reserviert")).to_be_visible()
        page.keyboard.press("1")
        expect(page.get_by_role("radio", name="Freigeben", exact=True)).to_be_checked()
        page.keyboard.press("Control+Enter")
        expect(page.get_by_text(f"Freigeben: „Bank Nummer {number} am Deich“")).to_be_visible()
        took.append(time.perf_counter() - start)
    print(f"seconds per decision: {sorted(took)[1]:.1f}")
    page.keyboard.press("Escape")
    expect(page.get_by_role("heading", name="Beiträge warten")).to_be_visible()
    expect(page.get_by_role("link", name="Bank Nummer 1 am Deich")).to_have_count(0)


def test_single_keys_can_be_switched_off(town: Town, open_page: Callable[..., Page]) -> None:
    page = enter(town, open_page, "Mo", QUEUE)
    page.keyboard.press("?")
    page.get_by_label("Einzelne Tasten benutzen").uncheck()
    page.reload()
    page.keyboard.press("j")
    assert page.evaluate("document.activeElement.matches('[data-mod-row]')") is False


def test_many_are_decided_at_once_and_taken_back_by_keyboard(town: Town, open_page: Callable[..., Page]) -> None:
    page = enter(town, open_page, "Mo", QUEUE)
    count = page.get_by_role("checkbox", name="auswählen").count()
    page.keyboard.press("j")
    page.keyboard.press("x")
    page.keyboard.press("j")
    page.keyboard.press("x")
    button = page.get_by_role("button", name="Ausgewählte entscheiden")
    button.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="2 Fälle entscheiden")).to_be_visible()
    assert axe(page) == []
    page.get_by_role("radio", name="Freigeben", exact=True).focus()
    page.keyboard.press("Space")
    page.get_by_role("button", name="Zeigen, was geschähe").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("2 Fälle würden entschieden.")).to_be_visible()
    look(page, "bulk-preview")
    page.get_by_role("button", name="2 Fälle jetzt entscheiden").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Freigeben: 2 Fälle entschieden")).to_be_visible()
    look(page, "bulk-done")
    assert axe(page) == []
    page.get_by_role("button", name="Alles zurücknehmen").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("2 Entscheidungen sind zurückgenommen.")).to_be_visible()
    page.goto(town.url + QUEUE)
    assert page.get_by_role("checkbox", name="auswählen").count() == count


def test_the_list_asks_at_most_every_thirty_seconds_and_shows_what_is_new(
    town: Town, open_page: Callable[..., Page]
) -> None:
    page = open_page("about:blank")
    page.context.add_cookies([{"name": "sessionid", "value": town.scene.sessions["Mo"], "url": town.url}])
    page.clock.install(time=0)
    page.clock.pause_at(1000)  # else the seconds that loading takes count too
    asked: list[int] = []
    page.on("response", lambda answer: asked.append(answer.status) if "/moderation/stand/" in answer.url else None)
    page.goto(town.url + QUEUE)
    page.clock.run_for(25_000)
    assert asked == []
    page.clock.run_for(40_000)
    until(page, lambda: asked)
    page.wait_for_timeout(500)
    assert set(asked) == {304}
    assert len(asked) <= 2


def test_all_of_it_works_without_a_script(town: Town, open_page: Callable[..., Page]) -> None:
    page = enter(town, open_page, "Mo", QUEUE, script=False)
    page.get_by_role("link", name="Alle auf dieser Seite auswählen").click()
    expect(page.get_by_role("checkbox", name="auswählen").first).to_be_checked()
    page.get_by_role("button", name="Ausgewählte entscheiden").click()
    page.get_by_role("radio", name="Freigeben", exact=True).check()
    page.get_by_role("button", name="Zeigen, was geschähe").click()
    expect(page.get_by_text("Noch ist nichts geschehen.")).to_be_visible()
