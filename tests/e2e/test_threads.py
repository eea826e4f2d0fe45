"""A deep and lively discussion in a real browser: on a phone, by keyboard, without a script, no findings of axe."""

import json
from collections.abc import Callable, Iterator
from types import SimpleNamespace

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import axe, sideways
from tests.served import Town, served

pytestmark = pytest.mark.browser
FILL = """
import json
from django.utils import timezone
from ideas import actions
from tests import factories
from tests.ideas.threads import chain, say
campaign = factories.campaign(title="Draußen zu Hause")
hanna, wim, jona = (factories.person(name) for name in ("Hanna vom Deich", "Opa Wim", "Jona"))
idea = factories.idea(campaign=campaign, author=hanna, title="Alle 200 Schritte eine Bank am Uferweg")
stances = ("pro", "contra", "question", "improvement", "")
firsts = [say(idea, f"Meinung {n}, gern am Wasser.", author=wim, stance=stances[n % 5], rank=n % 7 / 10) for n in range(24)]
replies = [say(idea, f"Antwort {n} dazu.", firsts[0], author=jona) for n in range(23)]
deep = chain(idea, 8, author=wim)
quoting = say(idea, "Dazu @Opa Wim: ja.", firsts[1], author=jona, quote=firsts[1], quote_text="gern am Wasser",
    edited_at=timezone.now())
quoting.mentions.create(person=wim, version=1)
say(idea, "Wir bauen drei Bänke.", firsts[1], author=hanna, office="Grünflächenamt")
actions.hide_comment(firsts[2].pk)
actions.delete_comment(comment=deep[4], by=wim)
print("RESULT", json.dumps({"idea": idea.get_absolute_url(), "deep": [c.pk for c in deep], "firsts": [c.pk for c in firsts],
    "replies": [c.pk for c in replies], "quoting": quoting.pk}))
"""


@pytest.fixture(scope="module")
def town() -> Iterator[Town]:
    with served("sqlite") as place:
        line = next(line for line in place.python(FILL).splitlines() if line.startswith("RESULT "))
        place.scene = SimpleNamespace(**json.loads(line.removeprefix("RESULT ")))
        yield place


def test_from_the_idea_down_the_conversation_and_up_again_without_a_script(
    town: Town, open_page: Callable[..., Page]
) -> None:
    deep = town.scene.deep
    page = open_page(f"{town.url}/kommentare/{deep[0]}/", width=360, script=False)
    expect(page.locator(f"#kommentar-{deep[2]}")).to_be_visible()
    page.get_by_role("link", name="Weiter unten im Gespräch (1)").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Weiter unten im Gespräch")
    expect(page.locator(f"#kommentar-{deep[4]}")).to_contain_text("gelöscht von der Person, die ihn geschrieben hat")
    page.get_by_role("link", name="Weiter unten im Gespräch").click()
    expect(page.locator(f"#kommentar-{deep[6]}")).to_be_visible()
    expect(page.locator(".mw-answers")).to_contain_text("Glied 3 der Kette")
    page.get_by_role("link", name="Weiter oben im Gespräch").click()
    expect(page.locator(f"#kommentar-{deep[3]}")).to_be_in_viewport()
    assert page.evaluate("location.hash") == f"#kommentar-{deep[3]}"
    assert sideways(page) == {}


def test_a_permalink_marks_its_comment_in_a_long_branch(town: Town, open_page: Callable[..., Page]) -> None:
    last = town.scene.replies[-1]
    page = open_page(f"{town.url}/kommentare/{last}/", width=360)
    found = page.locator(f"#kommentar-{last}")
    expect(found).to_be_in_viewport()
    assert found.evaluate("one => getComputedStyle(one).boxShadow") != "none"
    page.get_by_role("link", name="Von der ersten Antwort an").click()
    expect(page.get_by_role("link", name="Weitere Antworten")).to_be_visible()


def test_kinds_and_orders_by_keyboard(town: Town, open_page: Callable[..., Page]) -> None:
    page = open_page(town.url + town.scene.idea, width=360)
    expect(page.get_by_role("img", name="Von 19 Kommentaren")).to_be_visible()
    page.get_by_role("link", name="Dagegen 5").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("Nur Kommentare der Art „Dagegen“, mit ihren Antworten.")).to_be_visible()
    expect(page.locator(".mw-comments > li")).to_have_count(5)
    page.get_by_role("link", name="Neueste").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".mw-comments > li article").first).to_contain_text("Meinung 21")
    page.get_by_role("link", name="Alle zeigen").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".mw-comments > li article").first).to_contain_text("Glied 0")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_findings_of_axe_on_all_kinds_of_rows(town: Town, open_page: Callable[..., Page], scheme: str) -> None:
    page = open_page(f"{town.url}/kommentare/{town.scene.quoting}/", width=360, scheme=scheme)
    for kind in (
        ".mw-quoted",
        ".mw-mention",
        ".mw-comment--town",
        ".mw-tombstone",
        ".mw-stances__bar",
        ".mw-thread-more",
    ):
        expect(page.locator(kind).first).to_be_attached()
    assert axe(page) == []
    page.goto(f"{town.url}/kommentare/{town.scene.deep[4]}/gespraech/")
    expect(page.locator(".mw-tombstone")).to_be_visible()
    assert axe(page) == []
    assert sideways(page) == {}
