"""A process, its place and the contacts in a real browser: on a phone, at a desk, in print, without a script."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import axe, foreign_requests, look, sideways
from tests.served import served

pytestmark = pytest.mark.browser
PATHS = ("/kernprozesse/", "/kernprozesse/haus/", "/kontakt/", "/kontakte/empfang/", "/bildnachweise/", "/kontakte/orte/1/",
         "/kontakte/empfang/schreiben/")  # fmt: skip
TOWN = """
import json
from cms.models import Contact, ContactIndexPage, Place, ProcessIndexPage, ProcessPage, StartPage
from ideas.actions.outlines import save_outlines
from ideas.models import District
from tests.cms.pieces import make_picture
from tests.cms.test_places import OFFICE
from tests.cms.test_processes import milestone, stream
from tests.ideas.test_point import square

shore = District.objects.create(name="Uferstadt", slug="uferstadt")
save_outlines(chosen=[(shore, square(8.33, 51.65))])
place = Place.objects.create(
    name="Familienrathaus", street="Am Lippeufer 12", zipcode="59999", city="Musterstadt", latitude=51.655, longitude=8.335,
    directions="Das weiße Haus mit der Uhr.", stop="Linie 3", step_free="yes", hours=json.dumps(OFFICE),
)
contact = Contact.objects.create(
    office="Empfang", slug="empfang", phone="02999 17-4410", email="empfang@stadt.example", location=place
)
start = StartPage.objects.get()
index = start.add_child(instance=ProcessIndexPage(title="Kernprozesse", lead="Drei große Vorhaben."))
ContactIndexPage.objects.update(place=place)
page = index.add_child(instance=ProcessPage(
    title="Familienrathaus", slug="haus", lead="Eine Tür.", state="running", place=place, picture=make_picture(),
    services=stream(("service", {"title": "Kitaplatz", "words_below": "Mit Ihnen.", "text": "", "page": None, "url": "/suche/"})),
    milestones=stream(milestone("2026-03-02", "Eröffnet", reached=True), milestone("2099-01-01", "Stadtteile")),
    contacts=stream(("contact", contact.pk)), partners=stream(("partner", {"name": "Verein", "words": "", "url": ""})),
    questions=stream(("question", {"title": "Termin?", "text": "<p>Nein.</p>"})),
))
page.save_revision().publish()
print("ready")
"""


@pytest.fixture(scope="module")
def town() -> Iterator[str]:
    """A town with one process, one place, one contact."""
    with served("sqlite") as place:
        assert "ready" in place.python(TOWN)
        yield place.url


@pytest.mark.parametrize(("width", "scheme"), [(360, "light"), (1280, "dark")])
def test_axe_finds_nothing_and_nothing_is_wider_than_the_screen(
    town: str, open_page: Callable[..., Page], width: int, scheme: str
) -> None:
    page = open_page("about:blank", width=width, scheme=scheme)
    for path in PATHS:
        page.goto(town + path)
        assert axe(page) == [], path
        assert sideways(page, (320, width)) == {}, path
        page.set_viewport_size({"width": width, "height": 900})
        look(page, f"places{path.replace('/', '-')}{width}")


def test_the_map_is_drawn_without_asking_anybody_outside(town: str, page: Page) -> None:
    assert foreign_requests(page, f"{town}/kernprozesse/haus/") == []
    page.locator(".mw-place .mw-tools").scroll_into_view_if_needed()
    expect(page.locator("[data-map][data-ready]")).to_be_visible()
    expect(page.locator(".mw-map__pin")).to_have_count(1)
    expect(page.get_by_role("link", name="In einer Karten-App öffnen")).to_have_attribute(
        "href", "geo:51.655000,8.335000"
    )


def test_without_a_script_everything_can_be_read_and_the_mail_address_be_asked_for(
    town: str, open_page: Callable[..., Page]
) -> None:
    page = open_page(f"{town}/kernprozesse/haus/", width=360, script=False)
    expect(page.get_by_text("Das weiße Haus mit der Uhr.")).to_be_visible()
    page.get_by_text("Termin?").click()
    expect(page.get_by_text("Nein.")).to_be_visible()
    page.goto(f"{town}/kontakte/empfang/")
    expect(page.get_by_text("empfang@stadt.example")).to_have_count(0)
    page.get_by_role("button", name="E-Mail-Adresse").click()
    expect(page.get_by_role("link", name="empfang@stadt.example")).to_be_visible()


def test_a_message_is_written_without_a_script_and_nothing_is_lost(town: str, open_page: Callable[..., Page]) -> None:
    page = open_page(f"{town}/kontakte/empfang/", width=360, script=False)
    page.get_by_role("link", name="Nachricht schreiben").click()
    page.get_by_label("Ihre Nachricht").fill("Wann ist die Tür offen?")
    with page.expect_navigation():  # without a subject it comes back
        page.get_by_role("button", name="Nachricht senden").click()
    expect(page.get_by_label("Ihre Nachricht")).to_have_value("Wann ist die Tür offen?")
    page.get_by_label("Worum geht es?").fill("Öffnungszeiten")
    page.get_by_role("button", name="Nachricht senden").click()
    expect(page.get_by_role("heading", name="Danke, Ihre Nachricht ist unterwegs")).to_be_visible()
    assert sideways(page, (320, 360)) == {}


def test_on_paper_the_way_is_whole(town: str, open_page: Callable[..., Page]) -> None:
    page = open_page(f"{town}/kernprozesse/haus/", width=800)
    page.emulate_media(media="print")
    for words in ("Am Lippeufer 12", "Montag bis Mittwoch", "Das weiße Haus mit der Uhr.", "Linie 3"):
        expect(page.locator(".mw-place").get_by_text(words).first).to_be_visible()
    expect(page.locator(".mw-place").get_by_text("Drucken")).to_be_hidden()
