"""Checking a vote in a real browser: on a phone, by keyboard, without script, light and dark, with no findings of axe."""

import json
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import axe, look, sideways
from tests.served import Town, served

pytestmark = pytest.mark.browser
FILL = """
import json
from django.test import Client
from tests import factories
from voting.actions import close_phase, give_support, reopen_phase
from voting.actions.rooting import build_roots
from voting.queries.receipts import receipt_of
from tests.voting.record_tools import in_days
from cms.models import CampaignIndexPage, CampaignPage
campaign = factories.campaign(title="Draußen zu Hause", slug="draussen")
page = CampaignPage(title=campaign.title, campaign=campaign, result_shown=True)
CampaignIndexPage.objects.get().add_child(instance=page)
page.save_revision().publish()
idea = factories.idea(campaign=campaign, title="Eine Bank am Deich")
hanna = factories.person("Hanna")
editor = factories.make_person("redaktion@example.org", "Rieke", groups=["Redaktion"])
for one in (hanna, factories.person(), factories.person()):
    give_support(voter=one, idea=idea)
build_roots()
phase = campaign.phases.get()
close_phase(phase=phase, by=editor)
reopen_phase(phase=phase, by=editor, because="Der Server stand eine Stunde still.", until=in_days(2))
sessions = {}
for who in (hanna, editor):
    client = Client()
    client.force_login(who)
    sessions[who.display_name] = client.cookies["sessionid"].value
print("RESULT", json.dumps({"idea": idea.get_absolute_url(), "code": receipt_of(hanna, idea), "sessions": sessions, "phase": phase.pk}))
"""
CHECK = "/abstimmungen/pruefen/"
ALL = [(360, "light"), (1280, "dark")]


@pytest.fixture(scope="module")
def town() -> Iterator[Town]:
    with served("sqlite", extra={"MITWIRK_PROFILE": "demo"}) as place:
        line = next(line for line in place.python(FILL).splitlines() if line.startswith("RESULT "))
        place.made = json.loads(line.removeprefix("RESULT "))  # type: ignore[attr-defined]
        yield place


@pytest.fixture
def opened(town: Town, open_page: Callable[..., Page]) -> Callable[..., Page]:
    """Open a page of the town, as somebody or as nobody."""

    def go(path: str, who: str = "", **more: object) -> Page:
        page = open_page("about:blank", **more)
        if who:
            session = town.made["sessions"][who]  # type: ignore[attr-defined]
            page.context.add_cookies([{"name": "sessionid", "value": session, "url": town.url}])
        page.goto(town.url + path)
        return page

    return go


@pytest.mark.parametrize(("width", "scheme"), ALL)
def test_a_receipt_is_checked_by_keyboard_alone(
    town: Town, opened: Callable[..., Page], width: int, scheme: str
) -> None:
    page = opened(CHECK, width=width, scheme=scheme)
    assert axe(page) == []
    field = page.get_by_label("Ihre Quittung")
    field.focus()
    page.keyboard.type("7K2M")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Das kann keine Quittung sein").first).to_be_visible()
    expect(page.get_by_label("Ihre Quittung")).to_have_value("7K2M")
    assert axe(page) == []
    page.get_by_label("Ihre Quittung").fill(town.made["code"].lower())  # type: ignore[attr-defined]
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Ihr Eintrag ist da")).to_be_visible()
    expect(page.get_by_role("link", name="Eine Bank am Deich")).to_be_visible()
    page.get_by_text("Der Beweis in Zahlen").press("Enter")
    look(page, f"found-{width}-{scheme}")
    assert axe(page) == []
    assert sideways(page) == {}


def test_without_script_one_finds_the_own_receipt_and_its_entry(town: Town, opened: Callable[..., Page]) -> None:
    page = opened("/mein/quittungen/", "Hanna", width=360, script=False)
    expect(page.get_by_text(town.made["code"])).to_be_visible()  # type: ignore[attr-defined]
    page.get_by_role("button", name="Im Verzeichnis finden").first.click()
    expect(page.get_by_role("heading", name="Ihr Eintrag ist da")).to_be_visible()


@pytest.mark.parametrize(("width", "scheme"), ALL)
def test_own_receipts_and_the_box_have_no_faults(
    town: Town, opened: Callable[..., Page], width: int, scheme: str
) -> None:
    page = opened("/mein/quittungen/", "Hanna", width=width, scheme=scheme)
    assert axe(page) == []
    assert sideways(page) == {}
    look(page, f"receipts-{width}-{scheme}")
    page.goto(town.url + town.made["idea"])  # type: ignore[attr-defined]
    page.get_by_text("Quittung für Ihre Stimme").press("Enter")
    expect(page.get_by_text(town.made["code"])).to_be_visible()  # type: ignore[attr-defined]
    assert axe(page) == []


@pytest.mark.parametrize(("width", "scheme"), ALL)
def test_the_result_tells_both_counts_and_why(opened: Callable[..., Page], width: int, scheme: str) -> None:
    page = opened("/mitmachen/draussen/ergebnis/", width=width, scheme=scheme)
    expect(page.get_by_text("Der Server stand eine Stunde still.")).to_be_visible()
    expect(page.get_by_text("Vor der Zeit von Hand geschlossen")).to_be_visible()
    look(page, f"result-{width}-{scheme}")
    assert axe(page) == []
    assert sideways(page) == {}


def test_editors_close_a_vote_with_a_tick(town: Town, opened: Callable[..., Page]) -> None:
    page = opened("/cms/abstimmungen/", "Rieke", width=1280)
    look(page, "cms-votes")
    page.get_by_role("link", name="Jetzt schließen").first.click()
    page.get_by_role("button", name="Jetzt schließen und versiegeln").click()
    expect(page.get_by_text("Bitte setzen Sie das Häkchen")).to_be_visible()
    page.get_by_label("Ja, diese Abstimmung jetzt schließen").check()
    page.get_by_role("button", name="Jetzt schließen und versiegeln").click()
    expect(page.get_by_text("Geschlossen und gezählt am")).to_be_visible()
