"""Pictures: what is refused, what is published of them, and what is not."""

from datetime import timedelta
from io import BytesIO

import pytest
import time_machine
from django.core.cache import caches
from django.test import Client
from django.utils import timezone
from lxml import html
from PIL import Image

from cms import avif, renditions
from cms.models import Picture
from tests.cms.pieces import image_bytes, make_picture, moving, upload

FORM = {
    "title": "Ufer",
    "alt": "Kinder spielen am Wasser",
    "credit_author": "Foto: Mara Lindner",
    "credit_agency": "Stadt Musterstadt",
    "licence": "",
    "source_url": "",
    "usable_until": "",
    "tags": "",
}
PATIENCE = 120.0  # seconds that making AVIF may take on a slow machine


def send(desk: Client, **changed: object) -> str:
    answer = desk.post("/cms/images/add/", FORM | {"file": upload()} | changed, follow=True)
    assert answer.status_code == 200
    return answer.content.decode()


def test_an_editor_adds_a_picture(desk: Client):
    send(desk)
    picture = Picture.objects.get()
    assert (picture.alt, picture.credit) == ("Kinder spielen am Wasser", "Foto: Mara Lindner – Stadt Musterstadt")


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"alt": ""}, "Bitte beschreiben Sie, was das Bild zeigt, oder kennzeichnen Sie es als Schmuck."),
        ({"credit_author": ""}, "Dieses Feld muss ausgefüllt werden."),
        ({"credit_author": "   "}, "Dieses Feld muss ausgefüllt werden."),
        ({"alt": "x" * 251}, "250"),
        ({"usable_until": "gestern"}, "Bitte ein gültiges Datum eingeben."),
        ({"source_url": "javascript:alert(1)"}, "Bitte eine gültige Adresse eingeben."),
    ],
)
def test_what_is_missing_is_said_at_the_field(desk: Client, changed: dict[str, str], words: str):
    assert words in send(desk, **changed)
    assert not Picture.objects.exists()


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        (
            "wappen.svg",
            b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
            "Unterstützte Bildformate",
        ),
        ("kein-bild.png", b"Das ist kein Bild.", "gültiges Bild"),
        ("abgeschnitten.png", image_bytes()[:60], "beschädigt"),
        ("halb.png", image_bytes()[:-400], "beschädigt"),
        ("verkleidet.jpg", image_bytes("PNG"), "jpeg"),
        ("leer.png", b"", "leer"),
        ("seite.html", b"<html></html>", "Unterstützte Bildformate"),
        ("film.gif", moving(), "Bewegte Bilder"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_is_no_picture_is_refused_in_german(desk: Client, name: str, content: bytes, words: str):
    assert words in send(desk, file=upload(name, content))
    assert not Picture.objects.exists()


def test_a_picture_whose_time_is_over_is_refused(desk: Client):
    yesterday = timezone.localdate() - timedelta(days=1)
    assert "Dieser Tag ist vorbei." in send(desk, usable_until=yesterday.isoformat())


def test_a_bomb_of_pixels_is_refused(desk: Client):
    flat = BytesIO()
    Image.new("1", (9000, 9000)).save(flat, "PNG")
    page = send(desk, file=upload("bombe.png", flat.getvalue()))
    assert "Pixel" in page
    assert not Picture.objects.exists()


def test_every_size_is_webp_without_the_cameras_data(db: None):
    exif = Image.Exif()
    exif[0x010F], exif[0x0132] = "Geheime Kamera", "2026:11:20 10:00:00"
    picture = make_picture(content=image_bytes("JPEG", (1500, 1000), exif=exif), name="foto.jpg")
    found = renditions.prepare(picture, "wide", "row")
    found += [picture.get_rendition("max-165x165")]
    for size in found:
        with size.file.open() as handle:
            data = handle.read()
        assert Image.open(BytesIO(data)).format == "WEBP"
        assert b"Geheime" not in data


def test_sizes_are_kept_for_a_minute_and_originals_are_not_served_at_all(client: Client, picture: Picture):
    url = renditions.prepare(picture, "row")[0].url
    answer = client.get(url)
    assert answer.status_code == 200
    assert answer["Content-Type"] == "image/webp"
    assert answer["Cache-Control"] == "public, max-age=60"
    assert answer["X-Content-Type-Options"] == "nosniff"
    b"".join(answer.streaming_content)
    assert client.get(f"/medien/{picture.file.name}").status_code == 404


@pytest.mark.parametrize(
    "path",
    [
        "images/../secret_key",
        "images/..%2fsecret_key",
        "images/",
        "images/x.svg",
        "images/.webp",
        "images/fehlt.webp",
        "",
    ],
)
def test_other_files_have_no_address(client: Client, db: None, path: str):
    assert client.get(f"/medien/{path}").status_code == 404


def test_the_picture_on_a_page_reserves_its_room_and_names_its_sizes(picture: Picture):
    tag = renditions.img(picture, "card")
    assert 'width="800" height="533"' in tag
    assert 'alt="Kinder spielen am Wasser"' in tag
    assert "400w" in tag
    assert 'loading="lazy"' in tag
    assert "style=" not in tag


def test_after_its_last_day_a_picture_is_not_shown(picture: Picture):
    with time_machine.travel(timezone.now(), tick=False):
        picture.usable_until = timezone.localdate() - timedelta(days=1)
        assert renditions.img(picture, "card") == ""
        picture.usable_until = timezone.localdate()
        assert renditions.img(picture, "card")


def test_a_picture_whose_file_is_lost_leaves_the_page_standing(picture: Picture):
    picture.file.storage.delete(picture.file.name)
    assert renditions.img(picture, "card") == ""


@pytest.fixture
def shown() -> Picture:
    """A photo that a page has shown, so that its sizes are there as WebP."""
    exif = Image.Exif()
    exif[0x010F] = "Geheime Kamera"
    made = make_picture(content=image_bytes("JPEG", (900, 600), exif=exif), name="foto.jpg")
    assert renditions.img(made, "card").startswith("<img ")
    return made


@pytest.mark.django_db
def test_avif_is_made_in_the_background_and_then_offered_beside_webp(client: Client, shown: Picture):
    assert avif.make_waiting(PATIENCE) == len(renditions.ROLES["card"].filters)
    assert avif.make_waiting() == 0, "each is made once"
    caches["renditions"].clear()  # ten minutes later
    tag = renditions.img(shown, "card")
    source, img = (next(html.fragment_fromstring(tag).iter(name)) for name in ("source", "img"))
    assert source.get("type") == "image/avif"
    assert source.get("sizes") == img.get("sizes")
    assert [one.split()[1] for one in source.get("srcset").split(", ")] == ["400w", "800w"]
    assert (img.get("width"), img.get("height"), img.get("loading")) == ("800", "533", "lazy")
    assert ".webp 800w" in img.get("srcset")
    answer = client.get(source.get("srcset").split()[0])
    data = b"".join(answer.streaming_content)
    assert (answer["Content-Type"], Image.open(BytesIO(data)).format) == ("image/avif", "AVIF")
    assert b"Geheim" not in data


@pytest.mark.django_db
def test_asking_for_avif_costs_no_statement_again(shown: Picture, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert renditions.img(shown, "card").startswith("<img ")
    avif.make_waiting(PATIENCE)
    caches["renditions"].clear()
    first = renditions.img(shown, "card")
    with django_assert_num_queries(0):
        assert renditions.img(shown, "card") == first
    assert first.startswith("<picture>")


@pytest.mark.django_db
def test_no_avif_of_small_signs_lost_files_and_pictures_that_ended(shown: Picture):
    Picture.objects.filter(pk=shown.pk).update(usable_until=timezone.localdate() - timedelta(days=1))
    lost, small = make_picture(name="weg.png"), make_picture(name="klein.png")
    renditions.img(lost, "card")
    renditions.img(small, "row")
    lost.file.storage.delete(lost.file.name)
    assert avif.make_waiting() == 0


@pytest.mark.django_db
def test_after_its_focus_moved_a_picture_is_not_shown_in_the_old_cut(shown: Picture):
    avif.make_waiting(PATIENCE)
    shown.focal_point_x, shown.focal_point_y, shown.focal_point_width, shown.focal_point_height = 100, 100, 50, 50
    shown.save()
    assert renditions.img(shown, "card").startswith("<img ")
    assert avif.make_waiting(PATIENCE) == 2
