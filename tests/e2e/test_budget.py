"""The basket of a participatory budget in a real browser: by thumb, by keyboard, without a script."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import axe, sideways
from tests.served import Town, served

pytestmark = pytest.mark.browser
FILL = """
from uuid import uuid4
from django.test import Client
from tests.factories import campaign, person
from tests.voting.budgets import budget, fill, in_north
for _scene in range(12):
    name = uuid4().hex[:12]
    client = Client()
    client.force_login(person(name, email=f"{name}@example.org"))
    made = budget(rule="at_most", number=3, campaign=campaign(phase=False, title="Bürgerhaushalt", slug=f"haushalt-{name}"))
    in_north(made, 0, 1)
    fill(made, [[0, 1], [0, 2]])
    print("ready", made.campaign.slug, made.phase.pk, client.cookies["sessionid"].value, *made.ids)
"""
SEAL = """
from ideas.models import Phase
from voting.actions import close_phase
from voting.actions.budget_runs import count, count_sealed
close_phase(phase=Phase.objects.get(pk=%d))
count(count_sealed(%d).pk)
"""


@dataclass
class Scene:
    """A budget of 1.000 € with five projects, and the session of somebody without a basket."""

    town: Town
    slug: str
    phase: int
    session: str
    ids: list[str]

    def path(self, more: str = "") -> str:
        return f"{self.town.url}/mitmachen/{self.slug}/haushalt/{more}"

    def open(self, open_page: Callable[..., Page], **more: object) -> Page:
        page = open_page("about:blank", **({"width": 360} | more))
        page.context.add_cookies([{"name": "sessionid", "value": self.session, "url": self.town.url}])
        page.goto(self.path())
        return page

    def saved(self) -> set[str]:
        rows = self.town.rows(
            """SELECT p.idea_id FROM voting_basketitem i JOIN voting_project p ON p.id = i.project_id
               JOIN voting_basket b ON b.id = i.basket_id WHERE b.phase_id = %s AND b.id = (SELECT max(id) FROM voting_basket)""",
            self.phase,
        )
        return {str(idea) for (idea,) in rows}


@pytest.fixture(scope="module")
def scenes() -> Iterator[Iterator[Scene]]:
    """A town with one budget for each test and each second try: made together, because names count from one in every process."""
    with served("sqlite") as town:
        made = [line.split() for line in town.python(FILL).splitlines() if line.startswith("ready")]
        yield (Scene(town, slug, int(phase), session, ids) for _ready, slug, phase, session, *ids in made)


@pytest.fixture
def scene(scenes: Iterator[Scene]) -> Scene:
    return next(scenes)


def test_the_sum_moves_at_once_stays_in_sight_and_the_basket_is_saved(
    scene: Scene, open_page: Callable[..., Page]
) -> None:
    page = scene.open(open_page)
    left = page.locator("[data-left]")
    assert left.inner_text() == "Noch 1.000\u00a0€"
    for place in (0, 1):
        page.locator(f"#vorhaben-{scene.ids[place]} button").click()
        page.locator(f"#vorhaben-{scene.ids[place]} button[name=remove]:not([aria-busy])").wait_for()
        assert page.evaluate("document.activeElement.name") == "remove", "the focus stays on the project"
        box, high = page.locator("#korb").bounding_box(), page.viewport_size["height"]  # type: ignore[index]
        assert box is not None
        assert box["y"] + box["height"] <= high + 1, "the sum that is left stays in sight"
    assert left.inner_text() == "Noch 300\u00a0€"
    expect(page.get_by_text("Noch nicht gespeichert.")).to_be_visible()
    assert page.locator("#stand").get_attribute("role") == "status"
    page.locator(f"#vorhaben-{scene.ids[4]} button").click()
    page.get_by_role("alert").get_by_text("mehr als die 1.000").wait_for()
    assert left.inner_text() == "Noch 300\u00a0€"
    assert axe(page) == []
    page.get_by_role("button", name="Korb speichern").click()
    page.get_by_text("Ihr Korb ist gespeichert: 2 Vorhaben für 700").wait_for()
    expect(page.get_by_text("Gespeichert. Ihr Korb zählt.")).to_be_visible()
    assert scene.saved() == {scene.ids[0], scene.ids[1]}
    assert sideways(page) == {}


def test_quick_presses_one_after_the_other_all_hold(scene: Scene, open_page: Callable[..., Page]) -> None:
    page = scene.open(open_page)
    for place in (1, 2, 3):
        page.locator(f"#vorhaben-{scene.ids[place]} button").click()
    page.locator("#korb:has-text('3 von 3 ausgewählt')").wait_for()
    page.locator("#korb:not(:has([aria-busy]))").wait_for()
    assert page.locator(".mw-project--in").count() == 3
    assert page.locator("[data-left]").inner_text() == "Noch 150\u00a0€"
    page.reload()
    assert page.locator(".mw-project--in").count() == 3, "what was chosen outlives a reload"


def test_a_lost_line_is_said_and_nothing_is_pretended(scene: Scene, open_page: Callable[..., Page]) -> None:
    page = scene.open(open_page)
    page.route("**/haushalt/", lambda route: route.abort() if route.request.method == "POST" else route.continue_())
    page.locator(f"#vorhaben-{scene.ids[0]} button").click()
    page.get_by_text("Das ist nicht angekommen.").wait_for()
    assert page.locator(f"#vorhaben-{scene.ids[0]} button").get_attribute("name") == "add"
    assert page.locator("[data-left]").inner_text() == "Noch 1.000\u00a0€"


def test_by_keyboard_and_without_a_script(scene: Scene, open_page: Callable[..., Page]) -> None:
    page = scene.open(open_page, script=False)
    page.locator(f"#vorhaben-{scene.ids[2]} button").focus()
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/haushalt/#vorhaben-{scene.ids[2]}")
    assert page.locator("[data-left]").inner_text() == "Noch 700\u00a0€"
    page.get_by_role("button", name="Korb speichern").focus()
    page.keyboard.press("Space")
    page.get_by_text("Ihr Korb ist gespeichert: 1 Vorhaben").wait_for()
    assert scene.saved() == {scene.ids[2]}


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_two_windows_and_the_result_are_plain_for_everybody(
    scene: Scene, open_page: Callable[..., Page], scheme: str
) -> None:
    page = scene.open(open_page, scheme=scheme)
    page.locator(f"#vorhaben-{scene.ids[0]} button").click()
    page.locator("#korb:has-text('1 von 3 ausgewählt')").wait_for()
    other = page.context.new_page()
    other.goto(scene.path())
    other.locator(f"#vorhaben-{scene.ids[1]} button").click()
    other.locator("#korb:has-text('2 von 3 ausgewählt')").wait_for()
    other.get_by_role("button", name="Korb speichern").click()
    other.get_by_text("Ihr Korb ist gespeichert").wait_for()
    page.get_by_role("button", name="Korb speichern").click()
    page.get_by_role("heading", name="Ihr Korb wurde in einem anderen Fenster geändert").wait_for()
    assert axe(page) == []
    page.get_by_role("button", name="Diesen speichern").click()
    page.get_by_text("Ihr Korb ist gespeichert: 1 Vorhaben").wait_for()
    assert axe(page) == []
    scene.town.python(SEAL % (scene.phase, scene.phase))
    page.goto(scene.path("ergebnis/"))
    page.get_by_role("heading", name="Wofür das Geld ausgegeben wird").wait_for()
    assert axe(page) == []
    assert sideways(page) == {}
