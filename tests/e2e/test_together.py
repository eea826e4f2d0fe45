"""Versions, writing together and withdrawing in a real browser: on a phone, by keyboard, without a script, no findings of axe."""

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
from ideas import actions
from ideas.content import IdeaContent
from ideas.models import Comment
from django.utils import timezone
from moderation.actions import report
from moderation.models import Case
from tests import factories
campaign = factories.campaign(title="Draußen zu Hause", check_ideas="before")
hanna, wim, gerda = (factories.person(name) for name in ("Hanna vom Deich", "Opa Wim", "Gerda und Horst"))
old = "Zwischen Speicher und Wehr steht keine Bank. Mein Vater braucht alle 200 Schritte eine Pause. Fünf Bänke wären gut."
new = "Zwischen Speicher und Wehr steht keine einzige Bank. Mein Vater braucht alle 200 Schritte Pause. Drei Bänke mit Lehne wären gut."
idea = factories.idea(campaign=campaign, author=hanna, title="Alle 200 Schritte eine Bank am Uferweg", text=old)
Comment.objects.create(idea=idea, author=gerda, text="Das unterschreiben wir sofort.", state="public", published_at=timezone.now())
row, _token = actions.invite_by_link(idea=idea, lead=hanna)
actions.accept_invitation(invitation=row, person=wim)
actions.change_idea(idea=idea, editor=wim, content=IdeaContent(title=idea.title, text=new, tags=("sitzen",)))
actions.publish_idea(idea.pk)
actions.change_idea(idea=idea, editor=hanna, content=IdeaContent(title=idea.title, text=new + " Bitte mit Dach.", tags=("sitzen",)))
_row, token = actions.invite_by_link(idea=idea, lead=hanna)
gone = factories.idea(campaign=campaign, author=hanna, title="Ein Steg am Wehr", text="Ein Steg aus Holz am Wehr.")
Comment.objects.create(idea=gone, author=gerda, text="Schade, der Steg fehlt uns.", state="public", published_at=timezone.now())
actions.withdraw_idea(idea=gone, by=hanna, kind="done", reason="Der Bauhof hat ihn schon gebaut.")
mo = factories.make_person("mo@example.org", "Mo", groups=["Moderation"])
sessions = {}
for who in (hanna, wim, gerda, mo):
    client = Client()
    client.force_login(who)
    sessions[who.display_name.split()[0]] = client.cookies["sessionid"].value
cases = {case.object_id: case.pk for case in Case.objects.filter(state="open")}
print("RESULT", json.dumps({"id": idea.pk, "idea": idea.get_absolute_url(), "gone": gone.get_absolute_url(), "token": token,
    "case": cases[idea.pk], "gone_case": cases[gone.pk], "sessions": sessions}))
"""


@pytest.fixture(scope="module")
def town() -> Iterator[Town]:
    with served("sqlite") as place:
        line = next(line for line in place.python(FILL).splitlines() if line.startswith("RESULT "))
        place.scene = SimpleNamespace(**json.loads(line.removeprefix("RESULT ")))
        yield place


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_pages_have_no_findings_and_do_not_scroll_sideways(
    town: Town, open_page: Callable[..., Page], scheme: str
) -> None:
    at = f"/ideen/{town.scene.id}"
    pages = {
        "versions": ("", f"{at}/fassungen/"), "versions-own": ("Hanna", f"{at}/fassungen/"),
        "versions-mod": ("Mo", f"{at}/fassungen/"), "lead": ("Hanna", f"{at}/mitautoren/"),
        "coauthor": ("Opa", f"{at}/mitautoren/"), "withdraw": ("Hanna", f"{at}/zurueckziehen/"),
        "invitation": ("Gerda", f"/ideen/einladung/{town.scene.token}/"), "mine": ("Opa", "/mein/"),
        "invitation-out": ("", f"/ideen/einladung/{town.scene.token}/"), "idea": ("", town.scene.idea),
        "gone": ("Hanna", town.scene.gone), "case": ("Mo", f"/cms/moderation/{town.scene.case}/beitrag/"),
        "gone-case": ("Mo", f"/cms/moderation/{town.scene.gone_case}/beitrag/"),
    }  # fmt: skip
    for name, (who, path) in pages.items():
        page = enter(town, open_page, who, path, width=360, scheme=scheme)
        look(page, f"{name}-360-{scheme}")
        # The contribution stands in a frame of a page that has the first heading.
        assert [line for line in axe(page) if "case" not in name or "heading-one" not in line] == [], name
        assert sideways(page) == {}, name
        look(page, f"{name}-1280-{scheme}")


def test_errors_have_no_findings(town: Town, open_page: Callable[..., Page]) -> None:
    page = enter(town, open_page, "Hanna", f"/ideen/{town.scene.id}/zurueckziehen/", width=360)
    page.get_by_role("button", name="Idee zurückziehen").click()
    expect(page.locator("#fehler")).to_contain_text("Bitte wählen Sie einen Grund.")
    assert axe(page) == []
    look(page, "withdraw-error-360")
    page = enter(town, open_page, "Hanna", f"/ideen/{town.scene.id}/bearbeiten/", width=360)
    page.evaluate("document.querySelector('[name=version]').value = '1'")
    page.get_by_role("button", name="Änderung senden").click()
    expect(page.locator("#vergleich")).to_be_visible()
    assert axe(page) == []
    look(page, "conflict-360")
    assert sideways(page) == {}


def test_inviting_and_joining_by_keyboard_without_a_script(town: Town, open_page: Callable[..., Page]) -> None:
    page = enter(town, open_page, "Hanna", f"/ideen/{town.scene.id}/mitautoren/", width=360, script=False)
    button = page.get_by_role("button", name="Einladungslink erstellen")
    button.focus()
    page.keyboard.press("Enter")
    link = page.locator("#einladung").input_value()
    assert "/ideen/einladung/" in link
    look(page, "link-360")
    guest = enter(town, open_page, "Gerda", link[link.index("/ideen/") :], width=360, script=False)
    for _step in range(40):
        guest.keyboard.press("Tab")
        if guest.locator("button[value=accept]:focus").count():
            break
    guest.keyboard.press("Enter")
    expect(guest.locator("main")).to_contain_text("Sie schreiben ab jetzt an dieser Idee mit.")
    guest.goto(town.url + town.scene.idea)
    expect(guest.locator("main")).to_contain_text("von Hanna vom Deich mit Opa Wim und Gerda und Horst")
