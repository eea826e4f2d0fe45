"""Tables of values in the admin: read row by row, shown before anything is saved, saved as a whole or not at all."""

import csv
import html
import re
from decimal import Decimal
from io import StringIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from cms.models import Indicator, IndicatorValue, ReportIndexPage, ReportPage, StartPage
from tests import factories

pytestmark = pytest.mark.django_db
URL = "/cms/kennzahlen/uebernehmen/"
HEAD = "Kennzahl;Jahr;Wert;Einheit;Quelle"


@pytest.fixture
def editor(start: StartPage) -> Client:
    client = Client()
    client.force_login(factories.make_person("redaktion@example.org", "Nora", groups=["Redaktion"]))
    return client


@pytest.fixture
def care(start: StartPage) -> Indicator:
    made = Indicator.objects.create(name="Kitaplätze", slug="kitaplaetze", unit="Plätze", source="Jugendamt")
    IndicatorValue.objects.create(indicator=made, year=2023, value=4200, note="Stichtag 1. März")
    return made


def send(client: Client, data: bytes | str, **more: str) -> tuple[int, str]:
    content = data.encode() if isinstance(data, str) else data
    answer = client.post(URL, {"file": SimpleUploadedFile("werte.csv", content), **more})
    return answer.status_code, html.unescape(answer.content.decode())


def confirm(client: Client, text: str) -> tuple[int, str]:
    fields = dict(re.findall(r'<input type="hidden" name="(text|edition|stamp)" value="([^"]*)"', text))
    answer = client.post(URL, {**fields, "save": "1"}, follow=True)
    return answer.status_code, html.unescape(answer.content.decode())


def seen(client: Client, data: str, **more: str) -> str:
    """Return the preview with its fields as they are in the page."""
    answer = client.post(URL, {"file": SimpleUploadedFile("werte.csv", data.encode()), **more})
    assert answer.status_code == 200, answer.content.decode()
    return answer.content.decode()


def values() -> list[tuple[str, int, Decimal]]:
    return list(IndicatorValue.objects.order_by("indicator", "year").values_list("indicator__name", "year", "value"))


def test_a_table_is_shown_before_it_is_saved(editor, care):
    data = f"{HEAD}\nKitaplätze;2023;4.300;;\nKitaplätze;2025;4380;Plätze;\nSpielplätze;2025;12,5;Hektar;Grünamt\n"
    data += "Spielplätze;2024;11;Hektar;Grünamt\n"
    status, text = send(editor, data.replace("4.300", "4300"))
    assert status == 200
    assert "Wert ändert sich von 4.200 auf 4.300" in text
    assert "neuer Wert" in text
    assert "neue Kennzahl mit diesem Wert" in text
    assert values() == [("Kitaplätze", 2023, Decimal(4200))]
    status, text = confirm(editor, seen(editor, data.replace("4.300", "4300")))
    assert status == 200
    assert "4 Werte sind gespeichert" in text
    assert values() == [
        ("Kitaplätze", 2023, Decimal(4300)), ("Kitaplätze", 2025, Decimal(4380)), ("Spielplätze", 2024, Decimal(11)),
        ("Spielplätze", 2025, Decimal("12.5")),
    ]  # fmt: skip
    made = Indicator.objects.get(name="Spielplätze")
    assert (made.slug, made.unit, made.source, made.decimals) == ("spielplaetze", "Hektar", "Grünamt", 1)
    # The table has no column for notes: what stands there stays.
    assert care.values.get(year=2023).note == "Stichtag 1. März"


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ("Kitaplätze;2025;viele;;", "„viele“ ist keine Zahl."),
        ("Kitaplätze;2025;38 %;;", "„38 %“ ist keine Zahl."),
        ("Kitaplätze;2025;1e5;;", "„1e5“ ist keine Zahl."),
        ("Kitaplätze;2025;NaN;;", "„NaN“ ist keine Zahl."),
        ("Kitaplätze;2025;;;", "Der Wert fehlt."),
        ("Kitaplätze;2025;=SUMME(B2:B9);;", "ist eine Formel"),
        ('Kitaplätze;2025;7;;"=HYPERLINK(""http://x"")"', "ist eine Formel"),
        ("Kitaplätze;2025;4.380;;", "Bitte schreiben Sie 4380 oder 4,380."),
        ("Kitaplätze;2025;1,2345;;", "hat zu viele Stellen"),
        ("Kitaplätze;2025;999999999999;;", "hat zu viele Stellen"),
        ("Kitaplätze;25;7;;", "„25“ ist kein Jahr."),
        ("Kitaplätze;2O25;7;;", "„2O25“ ist kein Jahr."),
        ("Kitaplätze;2025;7;Prozent;", "Die Einheit ist hier „Plätze“, nicht „Prozent“."),
        ("Neues;2025;7;;", "Einheit und Quelle sind nötig"),
        (";2025;7;;", "Der Name der Kennzahl fehlt."),
        ("Kitaplätze;2024;7;;\nkitaplätze;2024;8;;", "Dieses Jahr steht schon in Zeile 2."),
        (f"{'x' * 121};2025;7;m;Amt", "ist länger als 120 Zeichen"),
    ],
)
def test_one_wrong_row_stops_the_table_and_says_why(editor, care, row, words):
    status, text = send(editor, f"{HEAD}\n{row}\nKitaplätze;2022;4100;;\n")
    assert status == 422
    assert words in text
    assert "Nichts wurde gespeichert" in text
    assert "Alles speichern" not in text
    editor.post(URL, {"text": f"{HEAD}\n{row}\nKitaplätze;2022;4100;;\n", "stamp": "", "save": "1"})
    assert values() == [("Kitaplätze", 2023, Decimal(4200))]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("sign", [";", ",", "\t"])
def test_tables_come_as_spreadsheets_write_them(editor, care, encoding, sign):
    line = sign.join(("Kitaplätze", "2025", '"4.380,5"'))
    data = f"sep={sign}\r\n{sign.join(('Kennzahl', 'Jahr', 'Wert'))}\r\n{line}\r\n\r\n".encode(encoding)
    status, text = send(editor, data)
    assert status == 200, text
    assert "Kitaplätze" in text
    assert "1 neuer Wert" in text


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "leer"),
        (b"PK\x03\x04\x14\x00\x00\x00 Tabelle.xlsx", "keine Tabelle im CSV-Format"),
        (b"Name;Zahl\nx;1\n", "Spalten „Kennzahl“, „Jahr“ und „Wert“"),
        (b"Kennzahl;Jahr;Wert\n;;\n", "Unter den Überschriften steht nichts."),
        (b"Kennzahl;Jahr;Wert\n" + b"x;2025;1\n" * 2001, "mehr als 2000 Zeilen"),
        (b"x" * (1024 * 1024 + 1), "größer als 1 MB"),
    ],
)
def test_files_that_are_no_such_table_are_refused_in_words(editor, data, words):
    status, text = send(editor, data)
    assert status == 422
    assert words in text


def test_without_a_file_the_page_asks_for_one(editor):
    answer = editor.post(URL, {})
    assert answer.status_code == 422
    assert "Bitte wählen Sie eine Datei." in answer.content.decode()


def test_what_changed_since_the_preview_is_shown_again(editor, care):
    text = seen(editor, f"{HEAD}\nKitaplätze;2023;4300;;\n")
    care.values.update(value=4250)
    status, text = confirm(editor, text)
    assert status == 409
    assert "Seit der Vorschau hat sich etwas geändert" in text
    assert "von 4.250 auf 4.300" in text
    assert values() == [("Kitaplätze", 2023, Decimal(4250))]


def test_new_values_of_a_report_to_come_stay_hidden_until_it_is_out(editor, care, start):
    index = start.add_child(instance=ReportIndexPage(title="Familienbericht"))
    coming = index.add_child(instance=ReportPage(title="Bericht 2025", slug="bericht-2025", year=2025, live=False))
    text = seen(editor, f"{HEAD}\nKitaplätze;2023;4300;;\nKitaplätze;2025;4999;;\n", edition=str(coming.pk))
    assert "nur die Redaktion" not in text.split("vorschau")[0]
    assert "Bis dahin sieht sie nur die Redaktion." in text
    confirm(editor, text)
    assert care.values.get(year=2025).edition == coming
    assert care.values.get(year=2023).edition is None
    answer = Client().get("/kennzahlen/kitaplaetze.csv").content.decode("utf-8-sig")
    rows = list(csv.reader(StringIO(answer), delimiter=";"))
    assert [row[:2] for row in rows[1:]] == [["2023", "4300"]]


def test_the_file_of_a_series_can_be_taken_over_again(editor, care):
    IndicatorValue.objects.create(
        indicator=care, year=2025, value=4380, breaks=True, note="-3 Gruppen", method="mit Tagespflege"
    )
    data = Client().get("/kennzahlen/kitaplaetze.csv").content
    status, text = send(editor, data)
    assert status == 200
    assert "Das alles steht schon da." in text
    assert "Diese Spalten werden nicht gelesen" not in text
    status, text = send(editor, data.replace(b"mit Tagespflege", b"ohne Tagespflege").replace(b";ja;", b";;"))
    assert "Bruch in der Reihe ändert sich, Zählweise ändert sich" in text


def test_words_that_would_act_in_a_page_or_table_are_only_words(editor, care):
    bad = "<script>alert(1)</script>"
    status, text = send(editor, f"{HEAD};Foo{bad}\n{bad};2025;7;m;Amt;x\n")
    assert status == 200
    assert (
        bad
        not in editor.post(
            URL, {"file": SimpleUploadedFile("w.csv", f"{HEAD}\n{bad};2025;7;m;Amt\n".encode())}
        ).content.decode()
    )
    assert "Diese Spalten werden nicht gelesen" in text


@pytest.mark.parametrize("group", ["Moderation", "Fachamt", ""])
def test_only_editors_take_tables_over(start, care, group):
    client = Client()
    client.force_login(factories.make_person("wer@example.org", "Wer", groups=[group] if group else []))
    for answer in (client.get(URL), client.post(URL, {"text": f"{HEAD}\nKitaplätze;2025;1;;\n", "save": "1"})):
        assert answer.status_code in (302, 403)
    assert IndicatorValue.objects.count() == 1


def test_the_way_to_it_stands_above_the_list_of_indicators(editor, care):
    text = editor.get("/cms/snippets/cms/indicator/").content.decode()
    assert f'href="{URL}"' in text
    assert (
        "Tabelle übernehmen" in editor.get(URL).content.decode()
        or "Werte aus einer Tabelle" in editor.get(URL).content.decode()
    )
