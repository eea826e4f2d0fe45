"""In a real browser: somebody without script asks for the newsletter, an editor lets an issue go, it stands in the archive."""

import json
import re
from collections.abc import Callable, Iterator
from types import SimpleNamespace

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import axe, enter, foreign_requests, look, sideways
from tests.mailbox import Mailbox, mail_server
from tests.served import Town, served

pytestmark = pytest.mark.browser
FILL = """
import json
from django.test import Client
from ideas.models import District, Topic
from news.models import NewsArticlePage, NewsIndexPage
from tests import factories
ria = factories.make_person("ria@example.org", "Ria Redaktion", groups=["Redaktion"])
topic = Topic.objects.create(name="Spiel und Freizeit", slug="spiel")
Topic.objects.create(name="Unterwegs", slug="unterwegs")
district = District.objects.create(name="Uferstadt", slug="uferstadt")
for title in ("Der Wasserspielplatz nimmt Form an", "Neue Bänke am Ufer"):
    page = NewsArticlePage(title=title, teaser="Im März beginnen die Bauarbeiten.", topic=topic, district=district)
    NewsIndexPage.objects.get().add_child(instance=page)
    page.save_revision().publish()
client = Client()
client.force_login(ria)
print("RESULT", json.dumps({"sessions": {"Ria Redaktion": client.cookies["sessionid"].value}}))
"""


@pytest.fixture(scope="module")
def box() -> Iterator[Mailbox]:
    with mail_server() as box:
        yield box


@pytest.fixture(scope="module")
def town(box: Mailbox) -> Iterator[Town]:
    extra = {"MITWIRK_PROFILE": "demo", "EMAIL_URL": f"smtp://127.0.0.1:{box.port}"}
    with served("sqlite", extra=extra) as place:
        line = next(line for line in place.python(FILL).splitlines() if line.startswith("RESULT "))
        place.scene = SimpleNamespace(**json.loads(line.removeprefix("RESULT ")))
        yield place


def fine(page: Page, name: str) -> None:
    """Look at a page: nothing for axe to say, nothing wider than a phone."""
    assert axe(page) == []
    assert sideways(page, (320, 360, 1280)) == {}
    look(page, name)


def test_from_the_wish_to_the_archive(town: Town, box: Mailbox, open_page: Callable[..., Page]) -> None:
    reader = open_page(f"{town.url}/aktuelles/newsletter/", width=360)
    fine(reader, "newsletter")
    assert foreign_requests(reader, reader.url) == []
    plain = open_page(f"{town.url}/aktuelles/newsletter/", script=False)
    plain.get_by_label("Spiel und Freizeit").check()
    plain.get_by_label("Jede Ausgabe").check()
    plain.get_by_label("Ihre Mail-Adresse").fill("anna@example.org")
    plain.get_by_role("button", name="Newsletter bestellen").click()
    expect(plain.get_by_role("heading", name="Noch ein Schritt")).to_be_visible()
    assert box.wait_for(1, 120)
    words = box.mails[0].get_payload(0).get_payload(decode=True).decode()  # type: ignore[union-attr]
    plain.goto(town.url + re.search(r"/aktuelles/newsletter/bestaetigen/\S+", words)[0])  # type: ignore[index]
    plain.get_by_role("button", name="Ja, ich möchte den Newsletter").click()
    expect(plain.get_by_text("Der Newsletter ist bestellt.")).to_be_visible()
    expect(plain.get_by_role("heading", name="Mein Newsletter")).to_be_visible()

    desk = enter(town, open_page, "Ria Redaktion", "/cms/snippets/news/issue/add/")
    desk.locator("#id_subject").fill("Neues vom Spielen")
    desk.locator("#id_topic").select_option(label="Spiel und Freizeit")
    desk.locator("#id_kind").select_option("at_once")
    desk.get_by_role("button", name="Speichern", exact=True).first.click()
    expect(desk).not_to_have_url(re.compile("/add/"))
    desk.get_by_role("button", name="Neues zum Thema einsetzen").click()
    expect(desk.get_by_text("2 Artikel wurden eingesetzt.")).to_be_visible()
    expect(
        desk.frame_locator("iframe.mod-frame").get_by_role("link", name="Neue Bänke am Ufer", exact=True)
    ).to_be_visible()
    assert axe(desk) == []
    assert sideways(desk, (360, 1280)) == {}
    look(desk, "newsletter-ausgabe")
    desk.get_by_role("button", name="Probe an ria@example.org").click()
    expect(desk.get_by_text("Eine Probe geht an ria@example.org.")).to_be_visible()
    desk.get_by_role("button", name="Jetzt an alle verschicken").click()
    expect(desk.get_by_text("Die Ausgabe wird verschickt.")).to_be_visible()
    assert box.wait_for(3, 120)
    assert sorted(str(mail["To"]) for mail in box.mails[1:]) == ["anna@example.org", "ria@example.org"]

    reader.goto(f"{town.url}/aktuelles/newsletter/archiv/")
    fine(reader, "newsletter-archiv")
    reader.get_by_role("link", name="Neues vom Spielen").click()
    expect(reader.get_by_role("link", name="Neue Bänke am Ufer")).to_be_visible()
    fine(reader, "newsletter-archiv-ausgabe")


def test_news_are_chosen_by_links_at_any_width_light_and_dark(town: Town, open_page: Callable[..., Page]) -> None:
    page = open_page(f"{town.url}/aktuelles/?thema=spiel&stadtteil=uferstadt", scheme="dark", script=False)
    expect(page.get_by_role("heading", name="Aktuelles: Spiel und Freizeit, Uferstadt")).to_be_visible()
    page.get_by_role("link", name="Ganze Stadt").click()
    expect(page).to_have_url(f"{town.url}/aktuelles/?thema=spiel")
    for scheme, path in (("light", "?thema=spiel"), ("dark", "?stadtteil=uferstadt&jahr=2001")):
        seen = open_page(f"{town.url}/aktuelles/{path}", width=360, scheme=scheme)
        fine(seen, f"aktuelles-{scheme}")
    seen = open_page(f"{town.url}/aktuelles/neue-banke-am-ufer/", width=360, scheme="dark")
    fine(seen, "artikel-dunkel")
