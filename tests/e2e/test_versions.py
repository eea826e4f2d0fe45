"""The way of a version in Leichte Sprache, in a real browser: written, seen on a phone, published, read, out of date."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import look
from tests.served import Town, served

pytestmark = pytest.mark.browser
FILL = """
from django.test import Client
from cms.models import PlainPage, StartPage
from tests.factories import make_person
start = StartPage.objects.get()
page = start.add_child(instance=PlainPage(title="Beirat", slug="beirat", lead="Worum es geht."))
page.save_revision().publish()
client = Client()
client.force_login(make_person("redaktion@example.org", "Nele Hartwig", groups=["Redaktion"]))
print(page.pk, client.cookies["sessionid"].value)
"""


@pytest.fixture(scope="module")
def town() -> Iterator[Town]:
    # With the demo profile the admin asks for no second factor. One process: without Redis others hear of news after a minute.
    with served("sqlite", workers=1, extra={"MITWIRK_PROFILE": "demo"}) as made:
        yield made


def test_a_version_is_written_seen_published_read_and_goes_out_of_date(
    town: Town, open_page: Callable[..., Page]
) -> None:
    number, session = town.python(FILL).split()[-2:]
    desk = open_page("about:blank")
    desk.context.add_cookies([{"name": "sessionid", "value": session, "url": town.url}])

    desk.goto(f"{town.url}/cms/snippets/cms/variant/add/?page={number}&level=leicht")
    look(desk, "fassung-neu")
    desk.locator("[name=title]").fill("Der Beirat")
    desk.locator("[name=lead]").fill("Der Beirat ist eine Gruppe.\nDie Gruppe hilft Familien.")
    desk.get_by_role("button", name="Vorschau umschalten").click()
    desk.get_by_role("radio", name="Vorschau wie auf einem Handy").check(force=True)
    shown = desk.frame_locator("#w-preview-iframe")
    expect(shown.get_by_role("heading", name="Der Beirat")).to_be_visible()
    look(desk, "fassung-vorschau")

    reader = open_page(town.url + "/beirat/", width=360)
    expect(reader.get_by_role("heading", name="Beirat", exact=True)).to_be_visible()
    expect(reader.get_by_role("link", name="Leichte Sprache")).to_have_count(0)

    publish(desk)
    reader.reload()
    reader.get_by_role("link", name="Leichte Sprache").click()
    expect(reader.get_by_role("heading", name="Der Beirat")).to_be_visible()
    expect(reader.get_by_text("Die Gruppe hilft Familien.")).to_be_visible()

    desk.goto(f"{town.url}/cms/pages/{number}/edit/")
    desk.locator("[name=lead]").fill("Der Beirat tagt jetzt jeden Monat.")
    publish(desk)
    desk.goto(f"{town.url}/cms/sprachfassungen/uebersicht/?nur=alt")
    expect(desk.get_by_role("link", name="veraltet seit")).to_be_visible()
    look(desk, "fassung-veraltet")
    reader.reload()
    expect(reader.get_by_text("In diesem Text steht vielleicht noch nicht alles Neue.")).to_be_visible()


def publish(desk: Page) -> None:
    """Publish what is in the form; the button lies in a menu."""
    # A whole page that follows: the editor, which saves by itself, only gives this one another address.
    with desk.expect_event("domcontentloaded"):
        desk.locator("button[name=action-publish]").evaluate("one => one.click()")
