"""The public ledger of moderation in a real browser: on a phone and a desk, light and dark, without script, with no findings of axe."""

from collections.abc import Callable, Iterator
from types import SimpleNamespace

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import axe, look, sideways
from tests.served import Town, served

pytestmark = pytest.mark.browser
FILL = """
from datetime import datetime, timedelta, UTC
from django.db import transaction
from django.utils import timezone
from common.database import replayed_at
from ideas.actions.modes import change_mode
from moderation import record
from moderation.queries import ledger
from moderation.models import Case, Rule, RuleVersion
from tests import factories
campaign = factories.campaign(title="Draußen zu Hause", slug="draussen")
mira = factories.make_person("mira@example.org", "Mira Kaya", groups=["Moderation"])
tone = {"title": "Respektvoller Ton", "text": "Kritik an Ideen ist erwünscht, Angriffe nicht."}
rule = RuleVersion.objects.create(rule=Rule.objects.create(number=3), **tone)
reason = "Der Text greift Frau Müller an („du Lügner“). Bitte sachlich."
last = (timezone.localdate().replace(day=1) - timedelta(days=1)).replace(day=12)
at = datetime(last.year, last.month, 12, 12, tzinfo=UTC)
for number in range(34):
    decision = "approve" if number < 20 else "refuse" if number < 31 else "hide"
    case = Case.objects.create(kind="idea", object_id=9000 + number, title="Eine Idee", campaign_id_copy=campaign.pk, state="decided",
                               opened_at=at - timedelta(hours=number % 9), decided_at=at)
    more = {} if decision == "approve" else {"rule_version": rule, "ground": "terms", "reason": reason}
    with replayed_at(at), transaction.atomic():
        record.append(case=case, kind="idea", object_id=case.object_id, subject_version=1, subject_title="Eine Idee", decision=decision,
                      actor=mira, actor_role="Moderation", state_before="waiting", state_after="public", **more)
change_mode(campaign=campaign, actor=mira, reason="Es läuft friedlich.", ideas="after")
ledger.refresh()
print("YEAR", last.year, timezone.localdate().year)
"""
ALL = [(360, "light"), (360, "dark"), (1280, "light"), (1280, "dark")]


@pytest.fixture(scope="module")
def town() -> Iterator[Town]:
    with served("sqlite", extra={"MITWIRK_PROFILE": "demo"}) as place:
        line = next(line for line in place.python(FILL).splitlines() if line.startswith("YEAR "))
        place.scene = SimpleNamespace(year=line.split()[1], today=line.split()[2])
        yield place


@pytest.mark.parametrize(("width", "scheme"), ALL)
def test_the_ledger_reads_well_everywhere(town: Town, open_page: Callable[..., Page], width: int, scheme: str) -> None:
    page = open_page(f"{town.url}/moderationsbuch/?jahr={town.scene.year}", width=width, scheme=scheme)
    expect(page.get_by_role("heading", level=1)).to_have_text("Moderationsbuch")
    expect(page.get_by_text("unter 5").first).to_be_visible()
    expect(page.get_by_text("Der Text greift […] an ([…]).").first).to_be_visible()
    if town.scene.today == town.scene.year:
        expect(page.get_by_text("Es läuft friedlich.")).to_be_visible()
    assert axe(page) == []
    look(page, f"ledger-{width}-{scheme}")
    assert not sideways(page)  # last: it leaves the window wide


def test_the_present_year_tells_how_a_campaign_checks(town: Town, open_page: Callable[..., Page]) -> None:
    page = open_page(f"{town.url}/moderationsbuch/?jahr={town.scene.today}")
    expect(page.get_by_text("Es läuft friedlich.")).to_be_visible()
    assert axe(page) == []


def test_it_works_by_keyboard_and_its_files_are_there(town: Town, open_page: Callable[..., Page]) -> None:
    page = open_page(f"{town.url}/moderationsbuch/?jahr={town.scene.year}")
    fold = page.locator("details.mw-fold").first
    expect(fold).to_have_attribute("open", "")
    fold.locator("summary").focus()
    page.keyboard.press("Enter")
    expect(fold).not_to_have_attribute("open", "")
    for words in ("Tabelle (CSV)", "Für Programme (JSON)"):
        answer = page.request.get(town.url + str(page.get_by_role("link", name=words).get_attribute("href")))
        assert answer.ok
        assert "Müller" not in answer.text()
