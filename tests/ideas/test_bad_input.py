"""Whatever is typed or sent: a clear answer at the field, the text still there, nothing half-saved, never an error of ours."""

import struct
import zlib
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from accounts.models import User
from ideas.models import Idea, IdeaPicture
from tests.ideas.conftest import picture_file, signed_in

BAD = {
    "empty title": ({"title": ""}, "Bitte geben Sie Ihrer Idee einen Titel."),
    "short title": ({"title": "Kurz"}, "Der Titel ist zu kurz."),
    "long title": ({"title": "x" * 91}, "Der Titel ist zu lang: 91 Zeichen, höchstens 90."),
    "blank title": ({"title": " \u200b\u202e " * 20}, "Bitte geben Sie Ihrer Idee einen Titel."),
    "short text": ({"text": "zu wenig"}, "Bitte beschreiben Sie die Idee"),
    "long text": ({"text": "ä" * 4001}, "Der Text ist zu lang: 4001 Zeichen"),
    "huge text": ({"text": "x" * 1_000_000}, "Der Text ist zu lang"),
    "NUL": ({"text": "vor\x00nach, und noch ein paar Wörter dazu"}, "Zeichen, die wir nicht speichern können"),
    "unknown topic": ({"topic": "quatsch"}, "quatsch"),
    "NUL topic": ({"topic": "\x00"}, "mw-field--error"),
    "number as district": ({"district": "1"}, "mw-field--error"),
    "nine tags": ({"tags": ",".join("abcdefghi")}, "höchstens 8 Schlagwörter"),
    "long tag": ({"tags": "x" * 41}, "höchstens 40 Zeichen"),
    "north of the pole": ({"lat": "91", "lng": "8"}, "nicht auf der Erde"),
    "not a number": ({"lat": "NaN", "lng": "1e400"}, "nicht auf der Erde"),
    "half a place": ({"lat": "51.5", "lng": ""}, "unvollständig"),
    "odd key": ({"request_key": "x" * 65}, "kern-alert--danger"),
}


@pytest.mark.parametrize("name", list(BAD))
def test_bad_fields_come_back_with_a_reason(name: str, typed: dict[str, Any], author: User) -> None:
    changed, words = BAD[name]
    for step in ("preview", "submit"):
        answer = signed_in(author).post("/ideen/neu/", {**typed, **changed, "step": step})
        assert answer.status_code == 422
        assert words in answer.text
        if "text" not in changed:
            assert "Ein Segel hilft allen Kindern." in answer.text
    assert not Idea.objects.exists()


def test_broken_bytes_are_no_error(typed: dict[str, Any], author: User) -> None:
    body = b"campaign=spielraeume&step=preview&title=Mehr+%ED%A0%80Schatten+hier&text=Ein+Segel+%FF+hilft+allen+Kindern+am+Ufer."
    answer = signed_in(author).post("/ideen/neu/", body, content_type="application/x-www-form-urlencoded")
    assert answer.status_code in (200, 422)


def test_decomposed_umlauts_emoji_and_direction_marks_are_cleaned(typed: dict[str, Any], author: User) -> None:
    title = "Scho\u0308ne Ba\u0308nke \U0001f469\u200d\U0001f33e \u202eam Ufer"
    signed_in(author).post("/ideen/neu/", {**typed, "title": title, "step": "submit"})
    assert Idea.objects.get().title == "Schöne Bänke \U0001f469\u200d\U0001f33e am Ufer"


def test_unknown_steps_and_fields_change_nothing(typed: dict[str, Any], author: User) -> None:
    answer = signed_in(author).post(
        "/ideen/neu/", {**typed, "step": "zaubern", "state": "public", "author": "1", "files": "x"}
    )
    assert answer.status_code == 200
    assert not Idea.objects.exists()


def bomb() -> SimpleUploadedFile:
    """Return a PNG that says it has 2.5 billion pixels."""
    head = struct.pack(">IIBBBBB", 50_000, 50_000, 8, 2, 0, 0, 0)
    chunk = lambda kind, data: struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))  # noqa: E731
    data = (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(b"\x00" * 1000))
        + chunk(b"IEND", b"")
    )
    return SimpleUploadedFile("bombe.png", data, "image/png")


def truncated() -> SimpleUploadedFile:
    whole = picture_file().read()
    return SimpleUploadedFile("halb.jpg", whole[: len(whole) // 2], "image/jpeg")


UPLOADS = {
    "text": lambda: SimpleUploadedFile("bild.jpg", b"<script>alert(1)</script>", "image/jpeg"),
    "svg": lambda: SimpleUploadedFile("bild.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>", "image/svg+xml"),
    "empty": lambda: SimpleUploadedFile("leer.jpg", b"", "image/jpeg"),
    "bomb": bomb,
    "truncated": truncated,
    "too many pixels": lambda: picture_file(6000, 5000, "PNG", "gross.png"),
}


@pytest.mark.parametrize("name", list(UPLOADS))
def test_what_is_no_picture_is_refused_at_the_field(name: str, typed: dict[str, Any], author: User) -> None:
    answer = signed_in(author).post("/ideen/neu/", {**typed, "images": UPLOADS[name](), "step": "submit"})
    assert answer.status_code == 422
    assert 'id="id_images_error"' in answer.text
    assert "Ein Segel hilft allen Kindern." in answer.text
    assert not Idea.objects.exists()
    assert not IdeaPicture.objects.exists()


def test_six_pictures_are_one_too_many(typed: dict[str, Any], author: User) -> None:
    answer = signed_in(author).post(
        "/ideen/neu/", {**typed, "images": [picture_file() for _number in range(6)], "step": "submit"}
    )
    assert answer.status_code == 422
    assert "höchstens 5 Bilder" in answer.text


def test_pictures_tell_nothing_and_stand_upright(typed: dict[str, Any], author: User) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    exif[0x010E] = "Geheimer Ort 51.66 Nord"
    client = signed_in(author)
    client.post(
        "/ideen/neu/",
        {**typed, "images": picture_file(900, 600, exif=exif), "image_alt": "Ein Platz", "step": "submit"},
    )
    picture = IdeaPicture.objects.get()
    assert (picture.width, picture.height) == (600, 900)
    for width in (320, 800, 1600):
        data = b"".join(client.get(picture.address(width)).streaming_content)
        assert b"Geheimer" not in data
        assert b"EXIF" not in data
        assert Image.open(BytesIO(data)).format == "WEBP"


def test_pictures_of_a_draft_are_for_its_session_only(client: Client, typed: dict[str, Any]) -> None:
    client.post("/ideen/neu/", {**typed, "images": picture_file(), "step": "preview"})
    address = IdeaPicture.objects.get().address(800)
    assert client.get(address).status_code == 200
    assert Client().get(address).status_code == 404
