"""Writing in a discussion in a real browser: on a phone, by keyboard, without a script, no findings of axe."""

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
from ideas.models import Comment
from tests import factories
campaign = factories.campaign(title="Draußen zu Hause", check_comments="before")
hanna, wim, gerda = (factories.person(name) for name in ("Hanna vom Deich", "Opa Wim", "Gerda und Horst"))
mo = factories.make_person("mo@example.org", "Mo", groups=["Moderation"])
idea = factories.idea(campaign=campaign, author=hanna, title="Alle 200 Schritte eine Bank am Uferweg")
free = factories.idea(campaign=factories.campaign(title="Am Ufer", check_comments="after"), author=hanna, title="Ein Steg am Wehr")
made = {}
for key, where, who, text in (("wait", idea, wim, "Zwischen Speicher und Wehr steht **keine** Bank."),
        ("free", free, wim, "Ein Steg aus Holz am Wehr wäre gut für alle."), ("other", free, gerda, "Wir sind dabei.")):
    made[key] = actions.publish_comment(actions.write_comment(author=who, idea=where, text=text).pk).pk
for key, text in (("wait", "Zwischen Speicher und Wehr steht keine einzige Bank."),
        ("free", "Ein Steg aus Lärche am Wehr wäre gut für alle Kinder.")):
    actions.change_comment(comment=Comment.objects.get(pk=made[key]), editor=wim, text=text)
sessions = {}
for who in (hanna, wim, gerda, mo):
    client = Client()
    client.force_login(who)
    sessions[who.display_name.split()[0]] = client.cookies["sessionid"].value
from moderation.models import Case
case = Case.objects.get(object_id=made["wait"], kind="comment", state="open").pk
print("RESULT", json.dumps({"free": free.get_absolute_url(), "made": made, "case": case, "sessions": sessions}))
"""


@pytest.fixture(scope="module")
def town() -> Iterator[Town]:
    with served("sqlite", extra={"MITWIRK_PROFILE": "demo"}) as place:  # the desk asks for no second factor there
        line = next(line for line in place.python(FILL).splitlines() if line.startswith("RESULT "))
        place.scene = SimpleNamespace(**json.loads(line.removeprefix("RESULT ")))
        yield place


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_pages_have_no_findings_and_do_not_scroll_sideways(
    town: Town, open_page: Callable[..., Page], scheme: str
) -> None:
    made = town.scene.made
    pages = {
        "change": ("Opa", f"/kommentare/{made['free']}/bearbeiten/"),
        "change-waits": ("Opa", f"/kommentare/{made['wait']}/bearbeiten/"),
        "versions": ("", f"/kommentare/{made['free']}/fassungen/"),
        "quote": ("Gerda", f"{town.scene.free}?zitat={made['free']}"),
        "case": ("Mo", f"/cms/moderation/{town.scene.case}/beitrag/"),
    }
    for name, (who, path) in pages.items():
        page = enter(town, open_page, who, path, width=360, scheme=scheme)
        look(page, f"{name}-360-{scheme}")
        # The contribution stands in a frame of a page that has the first heading.
        assert [line for line in axe(page) if "case" not in name or "heading-one" not in line] == [], name
        assert sideways(page, (320, 360, 1280)) == {}, name
        look(page, f"{name}-1280-{scheme}")


def test_names_are_chosen_by_keyboard_and_by_touch(town: Town, open_page: Callable[..., Page]) -> None:
    page = enter(town, open_page, "Gerda", town.scene.free, width=360)
    field, names = page.locator("#id_comment_text"), page.get_by_role("listbox", name="Namen in diesem Gespräch")
    field.focus()
    page.keyboard.type("Hallo @")
    expect(names.get_by_role("option")).to_have_text(["Hanna vom Deich", "Opa Wim"])
    expect(page.locator(".mw-names [role=status]")).to_contain_text("2 Namen. Mit den Pfeiltasten wählen")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    expect(names.get_by_role("option", selected=True)).to_have_text("Opa Wim")
    chosen = names.get_by_role("option", selected=True).get_attribute("id")
    expect(field).to_have_attribute("aria-activedescendant", chosen or "")
    look(page, "names-360")
    assert axe(page) == []
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Enter")
    expect(field).to_have_value("Hallo @Opa Wim ")
    expect(names).to_be_hidden()
    page.keyboard.type("und @hann")
    expect(names.get_by_role("option")).to_have_text(["Hanna vom Deich"])
    page.keyboard.press("Escape")
    expect(names).to_be_hidden()
    page.keyboard.type("a")
    page.keyboard.press("Enter")
    expect(field).to_have_value("Hallo @Opa Wim und @hanna\n")
    page.keyboard.type("@vom D")
    names.get_by_role("option").first.click()
    expect(field).to_have_value("Hallo @Opa Wim und @hanna\n@Hanna vom Deich ")
    page.keyboard.type("mail@op")
    page.wait_for_timeout(400)
    expect(names).to_be_hidden()
    page.get_by_role("button", name="Kommentar senden").click()
    expect(page.locator(".mw-mention")).to_have_text(["@Opa Wim", "@Hanna vom Deich"])


def test_what_was_typed_outlives_the_way_to_a_quote(town: Town, open_page: Callable[..., Page]) -> None:
    page = enter(town, open_page, "Gerda", town.scene.free, width=360)
    page.locator("#id_comment_text").fill("Das wollte ich sagen.")
    words = page.locator(f"#kommentar-{town.scene.made['free']} .mw-comment__text")
    words.evaluate("""(box) => {
        const text = box.querySelector("p").firstChild, range = document.createRange();
        range.setStart(text, 4); range.setEnd(text, 19);
        getSelection().removeAllRanges(); getSelection().addRange(range);
    }""")
    page.locator(f"[data-quote=kommentar-{town.scene.made['free']}]").press("Enter")
    expect(page.locator("#id_comment_quote_text")).to_have_value("Steg aus Lärche")
    expect(page.locator("#id_comment_text")).to_have_value("Das wollte ich sagen.")
    page.locator("#id_comment_quote_text").fill("Steg aus Beton")
    page.get_by_role("button", name="Kommentar senden").click()
    expect(page.locator("#fehler")).to_contain_text("Zitierte Worte")
    expect(page.locator("#id_comment_text")).to_have_value("Das wollte ich sagen.")
    look(page, "quote-error-360")
    assert axe(page) == []
    page.locator("#id_comment_quote_text").fill("Steg aus Lärche")
    page.get_by_role("button", name="Kommentar senden").click()
    expect(page.locator("blockquote", has_text="Steg aus Lärche")).to_be_visible()
    page.goto(town.url + town.scene.free)
    expect(page.locator("#id_comment_text")).to_have_value("")


def test_changing_and_a_conflict_without_a_script(town: Town, open_page: Callable[..., Page]) -> None:
    address = f"/kommentare/{town.scene.made['other']}/bearbeiten/"
    first, second = (enter(town, open_page, "Gerda", address, width=360, script=False) for _window in range(2))
    both = (
        (first, "Wir sind alle dabei.", "Ihre Änderung ist veröffentlicht."),
        (second, "Wir sind doch nicht dabei, @Opa Wim.", "Wir sind alle dabei."),
    )
    for page, words, answer in both:
        page.locator("#id_comment_text").fill(words)
        page.get_by_role("button", name="Änderung senden").focus()
        page.keyboard.press("Enter")
        expect(page.locator("main")).to_contain_text(answer)
    expect(second.locator("#vergleich")).to_be_visible()
    expect(second.locator("main")).to_contain_text("Wir sind alle dabei.")
    expect(second.locator("#id_comment_text")).to_have_value("Wir sind doch nicht dabei, @Opa Wim.")
    look(second, "comment-conflict-360")
    assert sideways(second, (360,)) == {}
    second.get_by_role("button", name="Änderung senden").click()
    expect(second.locator("main")).to_contain_text("Ihre Änderung ist veröffentlicht.")
    expect(second.locator(".mw-mention")).to_contain_text(["@Opa Wim"])
    scripted = enter(town, open_page, "Gerda", address, width=360)
    scripted.locator("#id_comment_text").fill("x")
    scripted.get_by_role("button", name="Änderung senden").click()
    expect(scripted.locator("#fehler")).to_be_visible()
    look(scripted, "change-error-360")
    assert axe(scripted) == []
    scripted.evaluate("document.querySelector('[name=version]').value = '1'")
    scripted.locator("#id_comment_text").fill("Wir sind vielleicht dabei.")
    scripted.get_by_role("button", name="Änderung senden").click()
    expect(scripted.locator("#vergleich")).to_be_visible()
    assert axe(scripted) == []
