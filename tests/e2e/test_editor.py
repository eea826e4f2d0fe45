"""An editor's day in a real browser: an article, a campaign, a meeting of the board; typed and clicked in the admin."""

import json
import re
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest
from playwright.sync_api import APIResponse, Locator, Page, Route, expect

from tests.cms.pieces import image_bytes
from tests.e2e.conftest import enter, until
from tests.served import Town, served

pytestmark = pytest.mark.browser
FILL = """
import json
from django.test import Client
from boards.models import BoardPage
from cms.models import CampaignIndexPage, CampaignPage, StartPage
from ideas.models import Topic
from news.models import NewsIndexPage
from tests import factories
Topic.objects.create(name="Spiel und Freizeit", slug="spiel")
old = factories.campaign(title="Schatten am Ufer", slug="schatten", summary="Wo fehlt Schatten?")
idea = factories.idea(campaign=old, title="Ein Segel über dem Sandkasten")
CampaignIndexPage.objects.get().add_child(instance=CampaignPage(title="Schatten am Ufer", campaign=old))
start = StartPage.objects.get()
start.add_child(instance=BoardPage(title="Familienbeirat", lead="Wir beraten die Stadt."))
sessions = {}
for name, group in (("Mira Text", "Schreiben"), ("Nora Westkamp", "Redaktion")):
    person = factories.make_person(f"{name[:4].lower()}@example.org", name, groups=[group])
    client = Client()
    client.force_login(person)
    sessions[name.split()[0]] = client.cookies["sessionid"].value
print("RESULT", json.dumps({
    "sessions": sessions, "idea": idea.get_absolute_url(),
    "campaigns": CampaignIndexPage.objects.get().pk, "news": NewsIndexPage.objects.get().pk,
}))
"""


@pytest.fixture(scope="module")
def town() -> Iterator[Town]:
    with served("sqlite", extra={"MITWIRK_PROFILE": "demo"}) as place:  # the admin asks for no second factor there
        line = next(line for line in place.python(FILL).splitlines() if line.startswith("RESULT "))
        place.scene = SimpleNamespace(**json.loads(line.removeprefix("RESULT ")))
        yield place


def box(page: Page, name: str) -> Locator:
    """Return the field of a form with this name, required or not."""
    return page.get_by_role("textbox", name=name, exact=False).first


def choose(page: Page, button: str, name: str) -> None:
    """Choose something in a window of the admin."""
    page.get_by_role("button", name=button).click()
    window = page.get_by_role("dialog")
    window.get_by_role("link", name=name).click()
    expect(window).to_have_count(0)


def add_block(page: Page, name: str) -> None:
    """Put a block into the page's content, which is empty."""
    page.get_by_role("button", name="Einen Block einfügen").first.click()
    page.get_by_role("option", name=name, exact=True).click()


def write(page: Page, words: str) -> None:
    """Write into the last text of the page; its label is its name (static/cms/admin.js)."""
    editor = page.get_by_role("textbox", name="Text").last
    editor.click()
    editor.press_sequentially(words)
    expect(editor).to_contain_text(words)
    expect(page.locator("[name=body-0-value]")).to_have_value(re.compile(re.escape(words)))


def upload(page: Page, file: Path) -> None:
    """Upload a picture: without credit and words it is refused, and what was typed is still there."""
    page.get_by_role("button", name="Bild auswählen").click()
    window = page.get_by_role("dialog")
    window.get_by_role("tab", name="Hochladen").click()
    window.get_by_label("Datei").set_input_files(str(file))
    window.get_by_label("Titel").fill("Der Sandkasten am Ufer")
    send = window.get_by_role("button", name="Hochladen")
    send.click()
    expect(window.get_by_text("Dieses Feld ist erforderlich.")).to_be_visible()
    window.get_by_label("Urheberin oder Urheber").fill("Foto: Mara Lindner")
    send.click()
    expect(window.get_by_text("Bitte beschreiben Sie, was das Bild zeigt")).to_be_visible()
    expect(window.get_by_label("Titel")).to_have_value("Der Sandkasten am Ufer")
    expect(window.get_by_label("Urheberin oder Urheber")).to_have_value("Foto: Mara Lindner")
    expect(window.get_by_label("Datei")).to_have_value(re.compile("sandkasten.png"))
    window.get_by_label("Was das Bild zeigt").fill("Kinder graben im Sand am Fluss.")
    send.click()
    expect(window).to_have_count(0)
    expect(page.locator("#id_picture-title")).to_have_text("Der Sandkasten am Ufer")


def test_an_article_is_written_reviewed_planned_and_read(
    town: Town, open_page: Callable[..., Page], tmp_path: Path
) -> None:
    file = tmp_path / "sandkasten.png"
    file.write_bytes(image_bytes())
    page = enter(town, open_page, "Mira", f"/cms/pages/add/news/newsarticlepage/{town.scene.news}/")
    box(page, "Titel").fill("Ein Segel für den Sandkasten")
    box(page, "Anreißer").fill("Im Mai wird es gespannt. Dann spielen Kinder im Schatten.")
    choose(page, "Thema auswählen", "Spiel und Freizeit")
    choose(page, "Kampagne auswählen", "Schatten am Ufer")
    page.get_by_role("button", name="Idee hinzufügen").click()
    choose(page, "Idee auswählen", "Ein Segel über dem Sandkasten")
    upload(page, file)
    add_block(page, "Text")
    write(page, "Der Bauhof spannt es zwischen zwei Pfosten.")
    page.get_by_role("button", name="Vorschau umschalten").click()
    preview = page.frame_locator("[data-side-panel=preview] iframe").last
    expect(preview.get_by_role("heading", name="Ein Segel für den Sandkasten")).to_be_visible()
    until(page, lambda: preview.locator("html").evaluate("window.innerWidth") == 360)
    expect(page).to_have_url(re.compile("/edit/$"))  # the editor has saved the new page by itself
    page.get_by_role("button", name="Mehr Aktionen").click()
    page.get_by_role("button", name="In Prüfung durch eine zweite Person einreichen").click()
    expect(page.get_by_role("row", name=re.compile("Ein Segel für den Sandkasten.*in Moderation"))).to_be_visible()
    approve_for_later(town, open_page)
    assert "Ein Segel für den Sandkasten" not in town.get("/aktuelles/")
    let_its_time_come(town)
    reader = enter(town, open_page, "", "/aktuelles/", width=360, script=False)
    reader.get_by_role("link", name="Ein Segel für den Sandkasten").first.click()
    expect(reader.get_by_role("img", name="Kinder graben im Sand am Fluss.")).to_be_visible()
    expect(reader.get_by_text("Foto: Mara Lindner").first).to_be_visible()
    expect(reader.get_by_text("Der Bauhof spannt es zwischen zwei Pfosten.")).to_be_visible()
    expect(reader.get_by_role("main")).to_contain_text("Schatten am Ufer")
    reader.goto(town.url + town.scene.idea)
    expect(reader.get_by_role("link", name="Ein Segel für den Sandkasten")).to_be_visible()
    assert "Ein Segel für den Sandkasten" in town.get("/aktuelles/feed/")


def approve_for_later(town: Town, open_page: Callable[..., Page]) -> None:
    """Find on the first page what waits, give it a time, and approve it: as the second person."""
    page = enter(town, open_page, "Nora", "/cms/")
    waits = page.get_by_role("link", name=re.compile("„Ein Segel für den Sandkasten“ wartet auf Ihre Freigabe"))
    waits.click()
    page.get_by_role("button", name="Status umschalten").click()
    panel = page.locator("[data-side-panel=status]")
    panel.get_by_role("button", name="Zeitplan festlegen").click()
    window = page.get_by_role("dialog", name="Veröffentlichungszeitplan festlegen")
    window.get_by_label("Veröffentlicht ab").fill("2031-03-10 09:00")
    window.get_by_role("button", name="Zeitplan speichern").press("Enter")
    expect(panel.get_by_text("10. März 2031")).to_be_visible()
    page.get_by_role("button", name="Mehr Aktionen").click()
    page.get_by_role("button", name="Freigeben und Veröffentlichen", exact=True).click()
    expect(page.get_by_role("row", name=re.compile("Ein Segel für den Sandkasten.*geplant", re.I))).to_be_visible()


def let_its_time_come(town: Town) -> None:
    """Move the article's time into the past, and let the job of each minute run."""
    town.rows("UPDATE wagtailcore_page SET go_live_at = '2021-03-10 08:00:00' WHERE title LIKE 'Ein Segel%'")
    town.rows(
        "UPDATE wagtailcore_revision SET approved_go_live_at = '2021-03-10 08:00:00',"
        " content = replace(content, '2031-03-10T', '2021-03-10T') WHERE approved_go_live_at IS NOT NULL"
    )
    town.python("from cms.actions import publish_due_pages; publish_due_pages()")


def fill(page: Page, **fields: str) -> None:
    """Type into fields by the names they have in the form."""
    for name, words in fields.items():
        page.locator(f"[name='{name.replace('__', '-')}']").fill(words)


def hold_first_save(page: Page) -> list[tuple[Route, APIResponse]]:
    """Keep back the answer to the first time the editor saves the new page by itself: the town has the page by then."""
    held: list[tuple[Route, APIResponse]] = []

    def hold(route: Route) -> None:
        if held or "json" not in route.request.headers.get("accept", ""):
            return route.continue_()
        answer = route.fetch()
        if not answer.json().get("success"):  # not enough was typed yet
            return route.fulfill(response=answer)
        return held.append((route, answer))

    page.route("**/cms/pages/add/**", hold)
    return held


def publish_while_it_is_saved(page: Page, held: list[tuple[Route, APIResponse]]) -> None:
    """Press „Veröffentlichen“ while the answer to what the editor saved by itself is on its way."""
    # The editor counts as change only what comes after its first look at the form, some moments after the page has loaded.
    for _second in range(30):
        if held:
            break
        box(page, "Titel").press("End")
        box(page, "Titel").press_sequentially("!")
        page.wait_for_timeout(1000)
    box(page, "Titel").press_sequentially("!")  # the editor wants to save this as well, when it has its answer
    page.wait_for_timeout(1000)
    posts: list[str] = []

    def slowly(route: Route) -> None:
        if route.request.method == "POST":
            posts.append("by itself" if "json" in route.request.headers.get("accept", "") else "published")
            time.sleep(2)
        route.continue_()

    page.route("**/cms/pages/*/edit/", slowly)
    page.get_by_role("button", name="Mehr Aktionen").click()
    page.get_by_role("button", name="Veröffentlichen", exact=True).click()
    route, answer = held[0]
    route.fulfill(response=answer)
    page.wait_for_url("**/cms/pages/*/")
    assert posts == ["published"]  # a draft that is saved meanwhile could put the page back


def test_a_campaign_is_built_from_blocks_shown_and_copied(town: Town, open_page: Callable[..., Page]) -> None:
    page = enter(town, open_page, "Nora", "/cms/snippets/ideas/campaign/add/")
    box(page, "Titel").fill("Mehr Wasser in der Stadt")
    page.get_by_role("textbox", name="Adresse").fill("mehr-wasser")
    box(page, "Worum es geht").fill("Wo fehlt Wasser zum Trinken, Spielen und Abkühlen?")
    page.get_by_role("tab", name="Phasen").click()
    phase = page.get_by_role("region", name="Phase 1")
    phase.get_by_role("combobox", name="Art").select_option("Ideen sammeln")
    phase.get_by_role("textbox", name="Von").fill("2026-01-05 08:00")
    phase.get_by_role("textbox", name="Bis").fill("2031-01-31 18:00")
    page.get_by_role("button", name="Speichern").press("Enter")
    expect(page.get_by_role("link", name="Mehr Wasser in der Stadt")).to_be_visible()
    page.goto(f"{town.url}/cms/pages/add/cms/campaignpage/{town.scene.campaigns}/")
    held = hold_first_save(page)
    box(page, "Titel").fill("Mehr Wasser in der Stadt")
    choose(page, "Kampagne auswählen", "Mehr Wasser in der Stadt")
    add_block(page, "Text")
    write(page, "Zehn Brunnen sind bezahlt. Wohin damit?")
    publish_while_it_is_saved(page, held)
    expect(page.get_by_role("row", name=re.compile("Mehr Wasser in der Stadt.*Veröffentlicht"))).to_be_visible()
    reader = enter(town, open_page, "", "/mitmachen/", width=360, script=False)
    reader.get_by_role("link", name="Mehr Wasser in der Stadt").first.click()
    expect(reader.get_by_text("Zehn Brunnen sind bezahlt. Wohin damit?")).to_be_visible()
    expect(reader.get_by_role("link", name="Idee einreichen").first).to_be_visible()
    page.goto(f"{town.url}/cms/snippets/ideas/campaign/")
    page.get_by_role("button", name=re.compile("Weitere Optionen für 'Mehr Wasser")).click()
    page.get_by_role("link", name="Kopieren").click()
    page.get_by_role("textbox", name="Titel der neuen Kampagne").fill("Mehr Wasser 2032")
    page.get_by_role("textbox", name="Erster Tag").fill("2032-01-05")
    page.get_by_role("button", name="Kopieren").press("Enter")
    expect(page.get_by_text("Niemand sieht die Kampagne, bevor ihre Seite veröffentlicht ist.")).to_be_visible()
    assert "Mehr Wasser 2032" not in town.get("/mitmachen/")


def test_a_meeting_is_announced_with_agenda_and_calendar_file(town: Town, open_page: Callable[..., Page]) -> None:
    page = enter(town, open_page, "Nora", "/cms/snippets/boards/meeting/add/")
    fill(page, title="Sitzung in Osterholz", starts_at="2031-03-10 18:00", ends_at="2031-03-10 20:00")
    fill(page, place="Feuerwehrhaus", agenda="1. Bäder\n2. Mühle")
    page.locator("[name=place]").press("Enter")
    expect(page.get_by_role("link", name="Sitzung in Osterholz")).to_be_visible()
    reader = enter(town, open_page, "", "/familienbeirat/", width=360, script=False)
    reader.get_by_role("link", name="Sitzung in Osterholz", exact=True).click()
    expect(reader.get_by_text("Mühle")).to_be_visible()
    address = reader.get_by_role("link", name=re.compile("Kalender")).get_attribute("href")
    assert "SUMMARY:Sitzung in Osterholz" in town.get(str(address))
