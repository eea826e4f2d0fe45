"""Who made a picture stands at it and in one list; after its last day it is nowhere, and editors are told before."""

import datetime as dt
import json
import struct
import zlib

import pytest
import time_machine
from django.core import mail
from django.core.exceptions import ValidationError
from django.db.models import F
from django.test import Client
from django.utils import timezone
from wagtail.models import PageViewRestriction

from accounts.models import User
from cms import renditions, upkeep
from cms.due import remind_editors
from cms.models import CampaignIndexPage, CampaignPage, Contact, Picture, PlainPage, StartPage, UpkeepMail
from common.models import Delivery
from common.outbox import drain
from ideas.models import Topic
from news.models import NewsArticlePage, NewsIndexPage
from tests import factories
from tests.cms.pieces import image_bytes, make_picture, upload
from tests.cms.test_pictures import FORM, send

pytestmark = pytest.mark.django_db
CREDIT = "Illustration: Mara Lindner – Stadt Musterstadt"


def text_of(client: Client, url: str) -> str:
    answer = client.get(url)
    assert answer.status_code == 200
    return answer.content.decode()


def page_with(start: StartPage, picture: Picture, slug: str = "ufer", **fields: object) -> PlainPage:
    page = start.add_child(instance=PlainPage(title=f"Am {slug}", slug=slug, picture=picture, **fields))
    page.save_revision().publish()
    start.refresh_from_db()
    return page


def everywhere(start: StartPage, picture: Picture) -> list[str]:
    """Put a picture wherever pictures can stand; return the addresses."""
    block = {"type": "picture", "value": {"picture": picture.pk, "caption": ""}}
    tile = {"title": "Kinder", "picture": picture.pk, "text": "", "page": None, "url": "/ideen/"}
    statement = {"text": "Wir hören zu.", "person": "H. B.", "office": "Amt", "portrait": picture.pk}
    start.hero_picture = picture
    start.sections = json.dumps([
        {"type": "statement", "value": statement}, {"type": "campaigns", "value": {"title": "", "count": 3}},
        {"type": "situations", "value": {"title": "", "text": "", "tiles": [tile]}},
        {"type": "news", "value": {"title": "", "count": 3}},
    ])  # fmt: skip
    start.save_revision().publish()
    gallery = {"type": "gallery", "value": {"title": "", "pictures": [{"picture": picture.pk, "caption": ""}]}}
    page_with(start, picture, body=json.dumps([block, gallery]))
    campaign = CampaignPage(title="Runde", campaign=factories.campaign(title="Runde", slug="runde"), picture=picture)
    CampaignIndexPage.objects.get().add_child(instance=campaign)
    campaign.save_revision().publish()
    article = NewsArticlePage(title="Neues Ufer", slug="neues-ufer", teaser="Es geht los.", picture=picture)
    article.topic = Topic.objects.create(name="Ufer", slug="am-ufer")
    NewsIndexPage.objects.get().add_child(instance=article)
    article.save_revision().publish()
    return ["/", "/ufer/", "/mitmachen/", "/mitmachen/runde/", "/aktuelles/", "/aktuelles/neues-ufer/"]


def test_the_credit_stands_wherever_the_picture_does(client: Client, start: StartPage, picture: Picture):
    for url in everywhere(start, picture):
        text = text_of(client, url)
        assert "/medien/images/" in text, url
        assert CREDIT in text, url


def test_after_its_last_day_it_is_shown_nowhere_and_its_files_are_gone(
    client: Client, start: StartPage, picture: Picture
):
    urls = [*everywhere(start, picture), "/bildnachweise/"]
    files = [one.url for one in renditions.prepare(picture, "row", "share", "wide")]
    picture.usable_until = dt.date(2026, 11, 30)
    picture.save()
    others = ["/aktuelles/feed/", "/suche/?q=Ufer", "/sitemap-seiten.xml"]
    with time_machine.travel("2026-11-30T23:59:00+01:00", tick=False):
        assert all("/medien/images/" in text_of(client, url) for url in urls)
        assert all(client.get(file).status_code == 200 for file in files)
    with time_machine.travel("2026-12-01T00:00:30+01:00", tick=False):
        for url in urls + others:
            text = text_of(client, url)
            assert "/medien/images/" not in text, url
            assert CREDIT not in text, url
        assert [client.get(file).status_code for file in files] == [404] * len(files)
        assert client.get(files[0], headers={"If-None-Match": "*"}).status_code == 404


def test_editors_still_see_it_in_their_library_and_nobody_keeps_the_answer(desk: Client, picture: Picture):
    file = renditions.prepare(picture, "row")[0].url
    picture.usable_until = timezone.localdate() - dt.timedelta(days=1)
    picture.save()
    answer = desk.get(file)
    assert answer.status_code == 200
    assert answer["Cache-Control"] == "private, no-store"


def test_the_list_names_pictures_with_licence_source_and_pages(client: Client, start: StartPage):
    picture = make_picture(licence="CC BY 4.0", source_url="https://bilder.example/7")
    page_with(start, picture)
    text = text_of(client, "/bildnachweise/")
    for words in (
        CREDIT,
        "CC BY 4.0",
        'href="https://bilder.example/7"',
        '<a href="/ufer/">Am ufer</a>',
        "Kinder spielen",
    ):
        assert words in text, words


def test_the_list_names_only_what_everybody_can_see(client: Client, start: StartPage, campaigns: CampaignIndexPage):
    drafted = make_picture("Entwurf", credit_author="Foto: Entwurf")
    draft = start.add_child(instance=PlainPage(title="Entwurf", slug="entwurf", picture=drafted, live=False))
    draft.save_revision()
    start.refresh_from_db()
    closed = page_with(start, make_picture("Zu", credit_author="Foto: Verschlossen"), "zu")
    PageViewRestriction.objects.create(page=closed, restriction_type="login")
    group = factories.campaign(title="Runde", slug="runde", audience="members")
    page = CampaignPage(
        title="Runde", campaign=group, picture=make_picture("Runde", credit_author="Foto: Geheime Runde")
    )
    campaigns.add_child(instance=page)
    page.save_revision().publish()
    make_picture("Nirgends", credit_author="Foto: Nirgends")
    past = make_picture("Alt", credit_author="Foto: Vorbei", usable_until=timezone.localdate() - dt.timedelta(days=1))
    page_with(start, past, "alt")
    assert "Foto:" not in text_of(client, "/bildnachweise/")
    assert "Gerade wird kein Bild gezeigt" in text_of(client, "/bildnachweise/")
    page_with(start, drafted, "offen")
    text = text_of(client, "/bildnachweise/")
    assert "Foto: Entwurf" in text
    assert "entwurf/" not in text


@pytest.mark.parametrize("number", ["0", "-1", "99999999999999999999", "x", ""])
def test_a_page_of_the_list_that_is_none_is_the_nearest(client: Client, number: str):
    assert client.get(f"/bildnachweise/?seite={number}").status_code == 200


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"alt": "Bild"}, "zu wenig"),
        ({"alt": "IMG_20260412.jpg"}, "zu wenig"),
        ({"alt": "DSC_0815"}, "zu wenig"),
        ({"alt": "x" * 251}, "250"),
        ({"shows_people": "on"}, "wer eingewilligt hat"),
        ({"credit_author": ""}, "Dieses Feld muss ausgefüllt werden."),
    ],
)
def test_what_a_picture_lacks_is_said_at_the_field(desk: Client, changed: dict[str, str], words: str):
    assert words in send(desk, **changed)
    assert not Picture.objects.exists()


def test_who_agreed_is_kept_and_shown_to_nobody_else(desk: Client, client: Client, start: StartPage):
    note = "Eltern der Kita Deich, 3. März, Ordner 7"
    send(desk, shows_people="on", consent=note)
    picture = Picture.objects.get()
    page_with(start, picture)
    assert picture.consent == note
    assert note not in text_of(client, "/ufer/") + text_of(client, "/bildnachweise/")


def huge_png(side: int) -> bytes:
    """A picture of many pixels in few bytes: only its head says how large it is."""

    def part(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0)
    row = b"\0" * (side // 8 + 1)
    packed = zlib.compressobj(9)
    body = packed.compress(row * 64) + packed.flush()
    return b"\x89PNG\r\n\x1a\n" + part(b"IHDR", head) + part(b"IDAT", body) + part(b"IEND", b"")


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("riesig.png", huge_png(50_000)),
        ("gross.png", huge_png(12_000)),
        ("keins.png", b"%PDF-1.7 kein Bild"),
        ("wappen.svg", b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"><script>alert(1)</script></svg>'),
        ("wappen.png", b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"><script>alert(1)</script></svg>'),
    ],
    ids=["50,000 pixels square", "12,000 pixels square", "a document", "an SVG with a script", "one by another name"],
)
def test_what_is_no_usable_picture_is_refused_in_german_by_every_door(desk: Client, name: str, content: bytes):
    page = send(desk, file=upload(name, content))
    assert any(
        words in page for words in ("Pixel", "Kein gültiges", "gültiges Bild", "Unterstützte Bildformate", "beschädigt")
    ), name
    many = desk.post(
        "/cms/images/multiple/add/", {"title": "x", "files[]": upload(name, content)},
        headers={"X-Requested-With": "XMLHttpRequest"},
    )  # fmt: skip
    assert many.status_code == 200
    assert many.json()["success"] is False
    assert not Picture.objects.exists()


def test_many_pictures_at_once_wait_for_their_credit(desk: Client):
    headers = {"X-Requested-With": "XMLHttpRequest"}
    answer = desk.post("/cms/images/multiple/add/", {"title": "x", "files[]": upload()}, headers=headers)
    assert not Picture.objects.exists()
    waiting = answer.json()["uploaded_file_id"]
    prefix = f"uploaded-image-{waiting}"
    url = f"/cms/images/multiple/create_from_uploaded_image/{waiting}/"
    values = {f"{prefix}-{name}": value for name, value in FORM.items()}
    refused = desk.post(url, values | {f"{prefix}-credit_author": ""}, headers=headers)
    assert refused.json()["success"] is False
    assert desk.post(url, values, headers=headers).json()["success"] is True
    assert Picture.objects.get().credit == "Foto: Mara Lindner – Stadt Musterstadt"


def test_editors_are_told_of_a_picture_once_and_of_contacts_once_a_month(editor: User):
    factories.make_person("leserin@example.org", "Leserin")
    with time_machine.travel("2026-11-02T09:00:00+01:00", tick=False) as clock:
        make_picture("Deichfest", usable_until=dt.date(2026, 11, 12))
        make_picture("Für immer")
        Contact.objects.create(office="Empfang", slug="empfang", phone="02999 1", check_on=dt.date(2026, 11, 10))
        remind_editors()
        remind_editors()
        drain()
        (first,) = mail.outbox
        assert first.to == [editor.email]
        assert "Deichfest (12. November 2026)" in first.body
        assert "Empfang (10. November 2026)" in first.body
        assert "Für immer" not in first.body
        for day in range(3, 30):
            clock.move_to(dt.datetime(2026, 11, day, 9, tzinfo=dt.UTC))
            remind_editors()
        drain()
        assert len(mail.outbox) == 1
        # The clock of a database server does not travel along.
        UpkeepMail.objects.update(written_at=F("written_at") - dt.timedelta(days=31))
        clock.move_to(dt.datetime(2026, 12, 3, 9, tzinfo=dt.UTC))
        remind_editors()
        drain()
        assert len(mail.outbox) == 2
        assert "Empfang" in mail.outbox[1].body
        assert "Deichfest" not in mail.outbox[1].body
        assert not Delivery.objects.filter(state="dead").exists()


def test_a_mail_that_is_not_true_any_more_is_not_sent(editor: User):
    contact = Contact.objects.create(office="Empfang", slug="empfang", phone="02999 1", check_on=timezone.localdate())
    remind_editors()
    contact.check_on = timezone.localdate() + dt.timedelta(days=365)
    contact.save()
    assert not upkeep.send(UpkeepMail.objects.get().pk)
    assert mail.outbox == []


def test_the_start_of_the_admin_warns_before_the_end(desk: Client):
    make_picture("Deichfest", usable_until=timezone.localdate() + dt.timedelta(days=9))
    make_picture("Später", usable_until=timezone.localdate() + dt.timedelta(days=40))
    text = text_of(desk, "/cms/")
    assert "Deichfest" in text
    assert "Später" not in text


def test_a_pictures_own_checks_hold_without_a_form():
    picture = Picture(title="x", alt="", credit_author="", shows_people=True)
    with pytest.raises(ValidationError) as caught:
        picture.clean()
    assert set(caught.value.error_dict) == {"alt", "credit_author", "consent"}
    assert image_bytes()
