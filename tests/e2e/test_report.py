"""In a real browser: an editor makes a report with a series out of a table, citizens read it on a phone and on paper."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import axe, enter, look, sideways
from tests.served import Town, served

pytestmark = pytest.mark.browser
FILL = """
import json
from django.test import Client
from cms.models import ChapterIndicator, ChapterPage, Indicator, IndicatorValue, ReportIndexPage, ReportPage, StartPage
from tests import factories
nora = factories.make_person("nora@example.org", "Nora Redaktion", groups=["Redaktion"])
index = StartPage.objects.first().add_child(instance=ReportIndexPage(title="Familienbericht"))
asked = {2023: ("open", "not", 912), 2025: ("drawn", "whole", 1486)}
found = Indicator.objects.create(
    name="Familien mit jemandem, den sie fragen können", slug="hilfe", unit="Prozent", source="Befragung", from_survey=True
)
for year, (kind, stands, answers) in asked.items():
    index.refresh_from_db()
    report = index.add_child(instance=ReportPage(
        title=f"Bericht {year}", slug=f"bericht-{year}", year=year, lead="Wie Familien leben.",
        survey_kind=kind, survey_stands=stands, survey_answered=answers, survey_limits="Junge fehlen.",
    ))
    IndicatorValue.objects.create(indicator=found, year=year, value=year - 1950, edition=report)
    for title in ("Hilfe", "Wohnen", "Betreuung"):
        report.refresh_from_db()
        page = ChapterPage(title=title, slug=title.lower(), lead="Ein Satz dazu.")
        page.series = [ChapterIndicator(indicator=found, words="Es sind mehr geworden.")]
        report.add_child(instance=page)
client = Client()
client.force_login(nora)
print("RESULT", json.dumps({"sessions": {"Nora Redaktion": client.cookies["sessionid"].value}}))
"""
TABLE = "Kennzahl;Jahr;Wert;Einheit;Quelle\r\nFreie Kitaplätze;2023;312;Plätze;Jugendamt\r\nFreie Kitaplätze;2025;{};Plätze;Jugendamt\r\n"
PAGES = {
    "liste": "/familienbericht/",
    "bericht": "/familienbericht/bericht-2023/",
    "kapitel": "/familienbericht/bericht-2025/wohnen/",
    "vergleich": "/familienbericht/vergleich/",
}


@pytest.fixture(scope="module")
def town() -> Iterator[Town]:
    with served("sqlite", extra={"MITWIRK_PROFILE": "demo"}) as place:
        line = next(line for line in place.python(FILL).splitlines() if line.startswith("RESULT "))
        place.scene = SimpleNamespace(**json.loads(line.removeprefix("RESULT ")))
        yield place


def test_a_table_becomes_a_series_after_a_look_at_it(
    town: Town, open_page: Callable[..., Page], tmp_path: Path
) -> None:
    wrong, right = tmp_path / "falsch.csv", tmp_path / "richtig.csv"
    wrong.write_bytes(TABLE.format("viele").encode("cp1252"))
    right.write_bytes(TABLE.format("298").encode("cp1252"))
    page = enter(town, open_page, "Nora Redaktion", "/cms/kennzahlen/uebernehmen/")
    page.get_by_label("Tabelle (CSV)").set_input_files(str(wrong))
    page.get_by_role("button", name="Vorschau zeigen").click()
    expect(page.get_by_text("„viele“ ist keine Zahl.")).to_be_visible()
    assert axe(page) == []
    page.get_by_label("Tabelle (CSV)").set_input_files(str(right))
    page.get_by_label("Familienbericht").select_option(label="Bericht 2025")
    page.get_by_role("button", name="Vorschau zeigen").click()
    expect(page.get_by_text("2 neue Werte")).to_be_visible()
    assert axe(page) == []
    assert sideways(page, (360, 1280)) == {}
    look(page, "bericht-tabelle")
    page.get_by_role("button", name="Alles speichern").click()
    expect(page.get_by_text("2 Werte sind gespeichert.")).to_be_visible()


def test_citizens_read_reports_on_every_screen_and_on_paper(town: Town, open_page: Callable[..., Page]) -> None:
    for scheme in ("light", "dark"):
        page = enter(town, open_page, "", "/", width=360, scheme=scheme, script=scheme == "light")
        for name, path in PAGES.items():
            page.goto(town.url + path)
            look(page, f"bericht-{name}-{scheme}")
            assert scheme == "dark" or axe(page) == [], path
            assert sideways(page) == {}, path
    page = enter(town, open_page, "", PAGES["kapitel"], width=360)
    page.get_by_role("link", name="Nächstes Kapitel").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Betreuung")
    expect(page.get_by_text("Kapitel 3 von 3")).to_be_visible()
    page.emulate_media(media="print")
    expect(page.get_by_role("cell", name="75")).to_be_visible()  # the table is open on paper
    expect(page.get_by_role("navigation", name="Blättern")).to_be_hidden()
