"""In a real browser: a template goes into the reason and the letter follows; a pause is met with the text kept."""

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
from django.db import transaction
from moderation.actions import decide, open_case
from moderation.models import Case, LetterTemplate, Rule, RuleVersion
from ideas.actions import submit_idea
from ideas.content import IdeaContent
from tests import factories
mira = factories.make_person("mira@example.org", "Mira Kaya", groups=["Moderation"])
anna = factories.make_person("anna@example.org", "Anna Ufer")
ben = factories.make_person("ben@example.org", "Ben Brand")
campaign = factories.campaign(check_ideas="before")
words = {"title": "Respektvoller Ton", "text": "Kritik an Ideen ist erwünscht, Angriffe nicht."}
rule = RuleVersion.objects.create(rule=Rule.objects.create(number=3), **words)
LetterTemplate.objects.create(title="Ton", decision="refuse", text="Guten Tag, {name}: „{titel}“ greift jemanden an.")
idea = submit_idea(author=anna, campaign=campaign, content=IdeaContent("Eine Bank am Markt", "Dort kann man sitzen."))
other = factories.idea(campaign=campaign, title="Ein Brunnen", author=anna)
write = submit_idea(author=ben, campaign=campaign, content=IdeaContent("Mehr Licht", "An der Brücke ist es dunkel."))
for decision, target in (("warn", ""), ("pause", "14")):
    with transaction.atomic():
        case = open_case("profile", ben.pk, reason="own")
    decide(case_id=case.pk, version=case.version, actor=mira, decision=decision, rule_version=rule, reason="Der Ton.", target=target)
sessions = {}
for who in (mira, ben):
    client = Client()
    client.force_login(who)
    sessions[who.display_name] = client.cookies["sessionid"].value
case = Case.objects.get(kind="idea", object_id=idea.pk).pk
print("RESULT", json.dumps({"sessions": sessions, "case": case, "page": other.get_absolute_url(), "ben": ben.pk}))
"""


@pytest.fixture(scope="module")
def town() -> Iterator[Town]:
    with served("sqlite", extra={"MITWIRK_PROFILE": "demo"}) as place:
        line = next(line for line in place.python(FILL).splitlines() if line.startswith("RESULT "))
        place.scene = SimpleNamespace(**json.loads(line.removeprefix("RESULT ")))
        yield place


def test_a_template_goes_into_the_reason_and_the_letter_follows(town: Town, open_page: Callable[..., Page]) -> None:
    page = enter(town, open_page, "Mira Kaya", f"/cms/moderation/{town.scene.case}/")
    page.locator("[name=decision][value=refuse]").check()
    page.get_by_label("Briefvorlage").select_option(label="Ton")
    page.get_by_role("button", name="In die Begründung übernehmen").click()
    reason = page.locator("#id_reason")
    expect(reason).to_have_value("Guten Tag, Anna Ufer: „Eine Bank am Markt“ greift jemanden an.")
    letter = page.locator("[data-mod-letter]")
    expect(letter).to_contain_text("greift jemanden an.")
    reason.press_sequentially(" Bitte sachlich.")
    expect(letter).to_contain_text("Bitte sachlich.")
    page.locator("#id_rule").select_option(label="3 – Respektvoller Ton")
    expect(letter).to_contain_text("Respektvoller Ton")
    assert axe(page) == []
    page.goto(f"{town.url}/cms/moderation/personen/{town.scene.ben}/")
    look(page, "person-1280")
    expect(page.locator("body")).to_contain_text("Schreibpause")
    assert axe(page) == []


def test_somebody_paused_meets_the_pause_with_the_text_kept(town: Town, open_page: Callable[..., Page]) -> None:
    page = enter(town, open_page, "Ben Brand", town.scene.page, width=360)
    before = page.locator("#kommentar-schreiben")
    for words in ("Ihr Schreiben ist pausiert, bis einschließlich", "Grund:", "Beschwerde, bis"):
        expect(before).to_contain_text(words)
    assert axe(page) == []
    page.locator("#kommentar-schreiben textarea").fill("Das ist mein langer Satz.")
    with page.expect_navigation():  # the answer looks much like the page before
        page.locator("#kommentar-schreiben button[type=submit]").last.click()
    expect(page.locator("#kommentar-schreiben textarea")).to_have_value("Das ist mein langer Satz.")
    expect(page.locator("body")).to_contain_text("Ihr Schreiben ist pausiert, bis einschließlich")
    page.goto(f"{town.url}/mein/bescheide/")
    expect(page.locator("body")).to_contain_text("Wir haben Ihr Schreiben pausiert")
    assert axe(page) == []
    assert sideways(page, (360,)) == {}
    page.get_by_role("link", name="Wir haben Ihr Schreiben pausiert").click()
    expect(page.locator("body")).to_contain_text("kostenlos bis")
    assert axe(page) == []
    look(page, "brief-360")
    page.goto(f"{town.url}/massnahmen/")
    look(page, "massnahmen-360")
    assert axe(page) == []
    assert sideways(page, (360,)) == {}
