"""An editor uploads the outlines of the districts: read, looked at, saved."""

import html
import json
import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from accounts.models import User
from common.errors import Refused
from ideas.models import District, Outline
from ideas.outlines import read
from tests import factories
from tests.ideas.conftest import signed_in

ADDRESS = "/cms/stadtteile/umrisse/"
SQUARE = [[[8.0, 51.0], [8.1, 51.0], [8.1, 51.1], [8.0, 51.1], [8.0, 51.0]]]


def feature(
    name: str = "Uferstadt", coordinates: Any = SQUARE, kind: str = "Polygon", **properties: Any
) -> dict[str, Any]:
    geometry = {"type": kind, "coordinates": coordinates}
    return {"type": "Feature", "properties": {"name": name} | properties, "geometry": geometry}


def sheet(*features: Any) -> bytes:
    return json.dumps({"type": "FeatureCollection", "features": list(features)}).encode()


@pytest.fixture
def editor(db: None) -> Client:
    return signed_in(factories.make_person("redaktion@stadt.example", "Redaktion", groups=["Redaktion"]))


def upload(client: Client, data: bytes) -> Any:
    return client.post(ADDRESS, {"file": SimpleUploadedFile("stadt.geojson", data, "application/geo+json")})


def packed(page: Any) -> str:
    """Return what the page sends along to the second step."""
    found = re.search(r'name="sheet_json" value="([^"]*)"', page.text)
    assert found
    return html.unescape(found[1])


def test_a_file_is_looked_at_before_anything_is_saved(editor: Client, terms: None) -> None:
    page = upload(editor, sheet(feature(), feature("Neudorf"), feature("Weg", [[8, 51]], "LineString")))
    assert page.status_code == 200
    for words in (
        "Uferstadt",
        "Neudorf",
        "So heißt kein Stadtteil",
        "Das ist keine Fläche",
        "Neuer Stadtteil „Neudorf“",
    ):
        assert words in page.text
    assert not Outline.objects.exists()


def test_the_second_step_saves_and_makes_new_districts(editor: Client, terms: None) -> None:
    shore = District.objects.get(slug="uferstadt")
    page = upload(editor, sheet(feature(), feature("Neudorf"), feature("Rest")))
    answer = editor.post(ADDRESS, {"sheet_json": packed(page), "row_1": shore.pk, "row_2": "+", "row_3": ""})
    assert answer.status_code == 302
    assert set(Outline.objects.values_list("district__name", flat=True)) == {"Uferstadt", "Neudorf"}
    assert shore.outline.shape["coordinates"][0][0][0] == [8.0, 51.0]


def test_parts_of_one_district_are_put_together_and_replace_the_old_outline(editor: Client, terms: None) -> None:
    shore = District.objects.get(slug="uferstadt")
    Outline.objects.create(district=shore, shape={"type": "Polygon", "coordinates": SQUARE})
    page = upload(editor, sheet(feature(), feature("Insel", [[[9, 51], [9.1, 51], [9.1, 51.1], [9, 51]]])))
    editor.post(ADDRESS, {"sheet_json": packed(page), "row_1": shore.pk, "row_2": shore.pk})
    shore.outline.refresh_from_db()
    assert len(shore.outline.shape["coordinates"]) == 2


def test_nothing_chosen_is_told(editor: Client, terms: None) -> None:
    page = upload(editor, sheet(feature("Ganz anders")))
    again = editor.post(ADDRESS, {"sheet_json": packed(page), "row_1": ""})
    assert again.status_code == 422
    assert "mindestens einen Umriss" in again.text


def test_what_comes_back_changed_is_checked_again(editor: Client, terms: None) -> None:
    for bad in ("", "{", "[" * 100_000, '{"type":"FeatureCollection","features":[1]}'):
        answer = editor.post(ADDRESS, {"sheet_json": bad, "row_1": "1"})
        assert answer.status_code == 422
    assert not Outline.objects.exists()


def test_a_district_that_does_not_exist_is_refused(editor: Client, terms: None) -> None:
    page = upload(editor, sheet(feature()))
    assert editor.post(ADDRESS, {"sheet_json": packed(page), "row_1": "999999"}).status_code == 422


BAD_FILES = {
    "nothing": b"",
    "no json": b"<gml/>",
    "no text": b"\xff\xfe\x00\x81",
    "no collection": b'{"type":"Feature"}',
    "a list": b"[]",
    "no features": b'{"type":"FeatureCollection","features":[]}',
    "features no list": b'{"type":"FeatureCollection","features":7}',
    "too deep": b'{"type":"FeatureCollection","features":' + b"[" * 200_000,
    "not a number": b'{"type":"FeatureCollection","features":[NaN]}',
    "too many": sheet(*[feature()] * 301),
}


@pytest.mark.parametrize("data", BAD_FILES.values(), ids=BAD_FILES)
def test_files_that_are_no_outlines_are_told_apart(editor: Client, data: bytes) -> None:
    assert upload(editor, data).status_code == 422


BAD_ROWS = {
    "no object": 7,
    "no geometry": {"type": "Feature", "properties": {}, "geometry": None},
    "a point": feature(kind="Point", coordinates=[8, 51]),
    "flat": feature(coordinates=[8, 51]),
    "empty": feature(coordinates=[]),
    "empty ring": feature(coordinates=[[]]),
    "open": feature(coordinates=[[[8, 51], [9, 51], [9, 52], [8, 52]]]),
    "two points": feature(coordinates=[[[8, 51], [9, 51], [8, 51]]]),
    "a line": feature(coordinates=[[[8, 51], [9, 51], [8.5, 51], [8, 51]]]),
    "utm": feature(
        coordinates=[[[452_000, 5_720_000], [453_000, 5_720_000], [453_000, 5_721_000], [452_000, 5_720_000]]]
    ),
    "words": feature(coordinates=[[["8", "51"], ["9", "51"], ["9", "52"], ["8", "51"]]]),
    "bools": feature(coordinates=[[[True, 51], [9, 51], [9, 52], [True, 51]]]),
    "huge": feature(coordinates=[[[10**400, 51], [9, 51], [9, 52], [10**400, 51]]]),
    "too deep": feature(kind="MultiPolygon", coordinates=[[[[[8, 51]]]]]),
    "objects": feature(coordinates=[[{"x": 8}]]),
}


@pytest.mark.parametrize("row", BAD_ROWS.values(), ids=BAD_ROWS)
def test_a_bad_row_is_told_and_the_good_one_stays_usable(row: Any) -> None:
    good, bad = read(sheet(feature(), row)).rows
    assert good.shape
    assert bad.shape is None
    assert bad.problem


def test_too_many_points_are_refused() -> None:
    ring = [[8 + number / 10_000_000, 51.0] for number in range(200_001)]
    [row] = read(sheet(feature(coordinates=[ring]))).rows
    assert "Zu viele Punkte" in row.problem


def test_exchanged_numbers_give_a_hint() -> None:
    turned = [[[lat, lng] for lng, lat in ring] for ring in SQUARE]
    assert "vertauscht" in read(sheet(feature(coordinates=turned))).warning
    assert read(sheet(feature())).warning == ""


def test_names_are_found_under_many_headings_and_cleaned() -> None:
    shapes = [
        {"type": "Feature", "properties": {"STADTTEIL": " Süd\u202ehang\n"}, "geometry": feature()["geometry"]},
        {"type": "Feature", "id": "altstadt", "properties": None, "geometry": feature()["geometry"]},
        {"type": "Feature", "properties": {"name": "\ud800<b>"}, "geometry": feature()["geometry"]},
    ]
    names = [row.name for row in read(sheet(*shapes)).rows]
    assert names == ["Süd hang", "altstadt", "<b>"]


def test_a_file_of_more_than_ten_megabytes_is_refused() -> None:
    with pytest.raises(Refused):
        read(b" " * (10 * 1024 * 1024 + 1))


@pytest.mark.parametrize("role", ["Moderation", "Fachamt"])
def test_only_editors_bring_outlines_in(db: None, role: str) -> None:
    client = signed_in(factories.make_person("wer@stadt.example", "Wer", groups=[role]))
    assert client.get(ADDRESS).status_code in (302, 403)
    assert upload(client, sheet(feature())).status_code in (302, 403)


def test_citizens_and_strangers_find_nothing(client: Client, author: User) -> None:
    for visitor in (client, signed_in(author)):
        assert visitor.get(ADDRESS).status_code in (302, 403)


def test_the_list_of_districts_leads_there(editor: Client, terms: None) -> None:
    assert ADDRESS in editor.get("/cms/snippets/ideas/district/").text
