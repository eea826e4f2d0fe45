"""B8: every picture of the corpus is either written anew without anything but the picture, or refused with a sentence."""

import resource
import time
from io import BytesIO
from typing import Any

import pytest
from django.test import Client
from PIL import Image

from accounts.models import User
from ideas.images import clean_picture
from ideas.models import Campaign, Idea, IdeaPicture
from ideas.models.picture import WIDTHS, size_path
from tests import factories
from tests.corpora.b8_pictures import PICTURES
from tests.corpora.made import SECRET, Case
from tests.ideas.conftest import signed_in

# Two seconds of computing are promised; what a case took is printed, and four times as much is for slow machines.
SECONDS, SLOW, MEGABYTES = 2.0, 4, 200
CHUNKS = {b"VP8 ", b"VP8L", b"VP8X", b"ALPH"}


def chunks(webp: bytes) -> set[bytes]:
    """Return the kinds of chunks in a WebP."""
    found, at = set(), 12
    while at < len(webp):
        found.add(webp[at : at + 4])
        size = int.from_bytes(webp[at + 4 : at + 8], "little")
        at += 8 + size + size % 2
    return found


@pytest.fixture
def own(author: User) -> Idea:
    return factories.idea(author=author, campaign=factories.campaign(slug="noch-eine"), title="Schatten am Spielplatz")


def sent(client: Client, case: Case, typed: dict[str, Any], idea: Idea | None) -> Any:
    """Send the form with the picture of a case, watching time and memory."""
    address = f"/ideen/{idea.pk}/bearbeiten/" if idea else "/ideen/neu/"
    version = idea.versions.count() if idea else ""
    fields = typed | {"step": "submit", "version": version, "request_key": case.id, "images": case.make().file()}
    before, began = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.process_time()
    answer = client.post(address, fields | ({"image_remove": last_pictures(idea)} if idea else {}))
    spent = time.process_time() - began
    if spent > SECONDS:
        print(f"{case.id} {case.what}: {spent:.1f} s instead of {SECONDS}")
    assert spent < SLOW * SECONDS, case
    assert (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024 < MEGABYTES, case
    return answer


def last_pictures(idea: Idea) -> list[str]:
    """Return the pictures of the newest version, to be taken out."""
    version = idea.versions.order_by("-number").first()
    return [str(use.picture.key) for use in version.pictures.all()] if version else []


@pytest.mark.parametrize("form", ["submit", "change"])
def test_each_picture_is_kept_clean_or_refused(form: str, typed: dict[str, Any], author: User, own: Idea) -> None:
    client, number = signed_in(author), 0
    for case in PICTURES:
        answer = sent(client, case, typed, own if form == "change" else None)
        if case.expected == "refused":
            assert answer.status_code == 422, case
            assert 'id="id_images_error"' in answer.text, case
            assert "Ein Segel hilft allen Kindern." in answer.text, case
        else:
            assert answer.status_code == 303, case
            number += 1
            is_clean(IdeaPicture.objects.latest("pk"), case)
        assert IdeaPicture.objects.count() == number, case


def is_clean(picture: IdeaPicture, case: Case) -> None:
    """Check that every stored size is a WebP with nothing but the picture."""
    for width in WIDTHS:
        data = picture.file.storage.open(size_path(picture.key, width)).read()
        assert SECRET not in data, case
        assert chunks(data) <= CHUNKS, case
        assert not Image.open(BytesIO(data)).getexif(), case
    assert (picture.width, picture.height) == Image.open(picture.file).size, case


def test_what_heic_means_is_said(typed: dict[str, Any], author: User) -> None:
    case = next(case for case in PICTURES if case.what == "HEIC")
    answer = signed_in(author).post("/ideen/neu/", typed | {"images": case.make().file(), "step": "submit"})
    assert "Bilder im Format HEIC" in answer.text


def test_turned_pictures_stand_upright_and_grey_stays_grey() -> None:
    made = {case.what: case.make().data for case in PICTURES[:20]}
    turned = clean_picture(BytesIO(made["EXIF with GPS, turned"]), 1)
    assert (turned.width, turned.height) == (300, 400)
    grey = Image.open(BytesIO(clean_picture(BytesIO(made["16 bits of grey"]), 1).sizes[1600])).convert("L")
    assert 100 < grey.getpixel((9, 9)) < 130  # type: ignore[operator]


def test_six_pictures_are_refused_before_any_is_read(typed: dict[str, Any], campaign: Campaign) -> None:
    large = next(case for case in PICTURES if case.what == "25 million pixels").make()
    began = time.process_time()
    answer = Client().post("/ideen/neu/", typed | {"images": [large.file() for _number in range(20)]})
    assert answer.status_code == 422
    assert "höchstens 5 Bilder" in answer.text
    assert time.process_time() - began < SLOW * SECONDS
