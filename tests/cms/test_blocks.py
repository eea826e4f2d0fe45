"""Blocks: what editors put together, what they are told, and what citizens see when something is missing."""

import datetime as dt
import html
import json
from io import BytesIO

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from django.utils import timezone
from pypdf import PdfWriter
from wagtail.documents import get_document_model
from wagtail.models import Collection, CollectionViewRestriction
from wagtail.test.utils.form_data import inline_formset, nested_form_data, streamfield

from cms.blocks import BodyBlock
from cms.models import CampaignIndexPage, CampaignPage, Picture, PlainPage, StartPage
from ideas.models import Phase
from tests import factories
from tests.cms.pieces import make_picture

pytestmark = pytest.mark.django_db
MINE = (
    "heading", "text", "picture", "gallery", "video", "quote", "accordion", "table", "figures", "call", "campaign", "vote",
    "ideas", "dates", "news", "documents",
)  # fmt: skip
TABLE = {
    "table": {
        "caption": "Plätze je Stadtteil",
        "columns": [{"type": "text", "heading": "Stadtteil"}, {"type": "number", "heading": "Plätze"}],
        "rows": [{"values": ["Uferstadt", "1284.5"]}, {"values": ["Weststadt", None]}],
    },
    "first_column_heads": True,
    "source": "Jugendamt",
}


def page_with(start: StartPage, *blocks: tuple[str, object]) -> str:
    body = json.dumps([{"type": name, "value": value} for name, value in blocks])
    start.refresh_from_db()
    page = start.add_child(instance=PlainPage(title="Probe", slug=f"probe-{PlainPage.objects.count()}", body=body))
    return page.get_absolute_url()


def shown(client: Client, start: StartPage, *blocks: tuple[str, object]) -> str:
    answer = client.get(page_with(start, *blocks))
    assert answer.status_code == 200
    return answer.content.decode()


def document(name: str, content: bytes = b"x" * 2000, **fields: object):
    return get_document_model().objects.create(title=name, file=ContentFile(content, name=name), **fields)


def told(answer, words: str) -> bool:
    """Whether the editor reads this at one of the blocks; the admin hands faults over as JSON."""
    return json.dumps(words)[1:-1] in html.unescape(answer.content.decode())


def publish(desk: Client, start: StartPage, *blocks: tuple[str, object]):
    data = nested_form_data(
        {
            "title": "Probe", "slug": "probe", "lead": "", "picture": "", "seo_title": "", "search_description": "",
            "body": streamfield(blocks), "go_live_at": "", "expire_at": "", "comments": inline_formset([]),
        }
    )  # fmt: skip
    return data, desk.post(f"/cms/pages/add/cms/plainpage/{start.pk}/", data | {"action-publish": "1"})


def test_every_block_shows_itself_to_editors_even_in_an_empty_town(desk: Client, start: StartPage):
    for name in MINE:
        block = BodyBlock().child_blocks[name]
        assert block.is_previewable, name
        answer = desk.get("/cms/block-preview/", {"id": block.definition_prefix})
        assert answer.status_code == 200, name
        page = answer.content.decode()
        assert "mw-body" in page
        assert "mitwirk" in page
        if name in ("picture", "gallery", "campaign", "vote"):
            assert "Noch nichts zu sehen" in page or "mw-gallery" in page, name


def test_a_table_has_a_caption_and_header_cells_and_german_numbers(client: Client, start: StartPage):
    text = shown(client, start, ("table", TABLE))
    for words in (
        "<caption>Plätze je Stadtteil</caption>", '<th scope="col">Stadtteil</th>', '<th scope="row">Uferstadt</th>',
        '<td class="mw-table__number">1.284,5</td>', 'aria-label="kein Wert"', "Quelle: Jugendamt",
    ):  # fmt: skip
        assert words in text, words


def test_a_gallery_shows_all_pictures_at_once_with_their_credits(client: Client, start: StartPage):
    one, two = make_picture("Eins"), make_picture("Zwei", usable_until="2020-01-01")
    three = make_picture("Drei")
    chosen = [{"picture": picture.pk, "caption": "Am Ufer"} for picture in (one, two, three)]
    text = shown(client, start, ("gallery", {"title": "Bilder vom Fest", "pictures": chosen}))
    assert text.count("mw-gallery__pictures") == 1
    assert text.count("Illustration: Mara Lindner") == 2
    assert text.count('alt="Kinder spielen am Wasser"') == 2
    assert "Bilder vom Fest" in text


def test_a_film_of_our_own_is_loaded_after_a_click_only(client: Client, start: StartPage):
    film, words = document("fest.mp4"), document("fest.vtt", b"WEBVTT\n")
    value = {
        "title": "Das Fest",
        "file": film.pk,
        "captions": words.pk,
        "picture": None,
        "url": "",
        "spoken": "Alle tanzen.",
    }
    text = shown(client, start, ("video", value))
    assert 'preload="none"' in text
    assert f'<source src="/filme/{film.pk}/{film.filename}" type="video/mp4">' in text
    assert "autoplay" not in text
    assert f'<track kind="captions" src="/filme/{words.pk}/{words.filename}"' in text
    assert "Alle tanzen." in text
    assert "2,0" in text


def test_a_film_elsewhere_is_a_link_with_a_sentence_and_nothing_else(client: Client, start: StartPage):
    value = {"title": "Das Fest", "file": None, "url": "https://www.video.example.org/fest?a=1", "spoken": ""}
    answer = client.get(page_with(start, ("video", value)))
    text = answer.content.decode()
    assert "Dieser Film liegt auf video.example.org. Von dort wird nichts geladen" in text
    assert 'rel="noopener noreferrer external"' in text
    assert "<iframe" not in text
    assert text.count("video.example.org/fest") == 1
    assert "example.org" not in answer.headers["Content-Security-Policy"]


def test_a_film_comes_in_pieces_and_not_from_closed_collections(client: Client):
    film = document("fest.mp4", bytes(range(256)) * 8)
    url = f"/filme/{film.pk}/fest.mp4"
    whole = client.get(url)
    assert (whole.status_code, whole.headers["Content-Type"], whole.headers["Accept-Ranges"]) == (
        200,
        "video/mp4",
        "bytes",
    )
    assert len(b"".join(whole.streaming_content)) == 2048
    part = client.get(url, headers={"range": "bytes=10-19"})
    assert (part.status_code, part.headers["Content-Range"]) == (206, "bytes 10-19/2048")
    assert b"".join(part.streaming_content) == bytes(range(10, 20))
    assert b"".join(client.get(url, headers={"range": "bytes=-8"}).streaming_content) == bytes(range(248, 256))
    assert client.get(url, headers={"range": "bytes=5000-"}).status_code == 416
    assert client.get(url, headers={"range": "bytes=0-1,5-6"}).status_code == 200
    assert client.get(url, headers={"if-none-match": whole.headers["ETag"]}).status_code == 304
    assert client.get(f"/filme/{document('brief.pdf').pk}/brief.pdf").status_code == 404
    closed = Collection.get_first_root_node().add_child(instance=Collection(name="Intern"))
    CollectionViewRestriction.objects.create(collection=closed, restriction_type="login")
    film.collection = closed
    film.save()
    assert client.get(url).status_code == 404


def test_a_document_says_kind_size_and_pages(client: Client, start: StartPage):
    out, writer = BytesIO(), PdfWriter()
    for _page in range(3):
        writer.add_blank_page(200, 200)
    writer.write(out)
    plan, broken = document("plan.pdf", out.getvalue()), document("kaputt.pdf", b"%PDF-1.4 nichts")
    entries = [{"document": plan.pk, "words": "Der Plan"}, {"document": broken.pk, "words": ""}]
    text = shown(client, start, ("documents", {"title": "", "documents": entries}))
    assert ", 3 Seiten)" in text
    assert "PDF" in text
    plan.delete()
    assert client.get(f"/probe-{PlainPage.objects.count() - 1}/").status_code == 200


def test_numbers_name_their_source(client: Client, start: StartPage):
    value = {"title": "Das Jahr", "entries": [{"value": "1.280", "words": "Ideen"}], "source": "Stand: Dezember"}
    text = shown(client, start, ("figures", value))
    assert "<b>1.280</b> Ideen" in text
    assert "Quelle: Stand: Dezember" in text


@pytest.mark.parametrize(("kinds", "words"), [
    ((("collect", -20, -10), ("vote", -5, 5)), "Sie können jetzt abstimmen, bis"),
    ((("collect", -5, 5), ("vote", 6, 9)), "Die Abstimmung beginnt am"),
    ((("vote", -9, -5),), "Die Abstimmung ist vorbei."),
    ((("collect", -5, 5),), ""),
])  # fmt: skip
def test_the_card_of_a_vote_knows_its_time(
    client: Client, start: StartPage, campaigns: CampaignIndexPage, kinds, words: str
):
    campaign = factories.campaign(title="Spielräume", slug="spiel", phase=False)
    now = timezone.now()
    for kind, begins, ends in kinds:
        days = [now + dt.timedelta(days=day) for day in (begins, ends)]
        factories.phase(campaign=campaign, kind=kind, opens_at=days[0], closes_at=days[1])
    campaigns.add_child(instance=CampaignPage(title="Spielräume", campaign=campaign))
    text = shown(client, start, ("vote", {"campaign": campaign.pk, "words": "Stimmen Sie ab!"}))
    assert (words in text) if words else ("mw-votecard" not in text)


def test_a_block_whose_campaign_was_deleted_is_nothing_to_citizens_and_asks_editors(
    desk: Client, client: Client, start: StartPage
):
    campaign = factories.campaign(title="Vorbei")
    url = page_with(
        start, ("campaign", {"campaign": campaign.pk}), ("vote", {"campaign": campaign.pk, "words": ""}),
        ("text", "<p>Der Rest steht noch da.</p>"),
    )  # fmt: skip
    Phase.objects.filter(campaign=campaign).delete()
    gone = campaign.pk
    campaign.delete()
    text = client.get(url)
    assert text.status_code == 200
    assert "Der Rest steht noch da." in text.content.decode()
    page = PlainPage.objects.get()
    assert desk.get(f"/cms/pages/{page.pk}/edit/").status_code == 200
    _data, answer = publish(desk, start, ("campaign", {"campaign": str(gone)}))
    assert answer.status_code == 200
    assert not PlainPage.objects.filter(slug="probe").exists()


HEADING = {"text": "Anfahrt", "level": "3"}


def test_a_heading_that_leaves_out_a_level_is_said_to_the_editor_but_a_draft_may_have_it(
    desk: Client, start: StartPage
):
    sentence = "Eine kleinere Überschrift braucht eine Überschrift darüber."
    data, answer = publish(desk, start, ("heading", HEADING))
    assert answer.status_code == 200
    assert told(answer, sentence)
    assert desk.post(f"/cms/pages/add/cms/plainpage/{start.pk}/", data).status_code == 302
    _data, answer = publish(desk, start, ("heading", {"text": "Das Fest", "level": "2"}), ("heading", HEADING))
    assert not told(answer, sentence)


def test_an_empty_heading_is_refused(desk: Client, start: StartPage):
    _data, answer = publish(desk, start, ("heading", {"text": "  ", "level": "2"}))
    assert answer.status_code == 200
    assert told(answer, "Dieses Feld")


def faults(name: str, value: object) -> str:
    """What the editor would read."""
    block = BodyBlock().child_blocks[name]
    try:
        block.clean(block.to_python(value))
    except Exception as wrong:
        return str(getattr(wrong, "block_errors", "")) + str(
            [str(one.as_json_data()) for one in [wrong] if hasattr(one, "as_json_data")]
        )
    return ""


@pytest.mark.parametrize(("change", "words"), [
    ({"caption": " "}, "Bitte sagen Sie über der Tabelle, was sie zeigt."),
    ({"columns": [{"type": "text", "heading": ""}, {"type": "number", "heading": "Plätze"}]}, "Jede Spalte braucht eine Überschrift."),
    ({"rows": []}, "Die Tabelle ist leer."),
    ({"rows": [{"values": ["x", "1"]}] * 201}, "höchstens 8 Spalten und 200 Zeilen"),
])  # fmt: skip
def test_a_table_that_cannot_be_listened_to_is_refused_in_words(change: dict, words: str):
    assert words in faults("table", TABLE | {"table": TABLE["table"] | change})


def test_a_film_that_is_none_is_refused_in_words(picture: Picture):
    letter, film = document("brief.pdf"), document("fest.mp4")
    for value, words in (
        ({}, "eins von beiden"),
        ({"file": film.pk, "url": "https://example.org/x"}, "eins von beiden"),
        ({"file": letter.pk}, "kein Film, den Browser abspielen"),
        ({"url": "http://example.org/x"}, "Bitte beginnen Sie mit https://."),
        ({"file": film.pk, "captions": letter.pk}, "endet"),
    ):
        assert words in faults("video", {"title": "Fest", **value}), value


def test_there_is_no_block_for_raw_code():
    names = {type(block).__name__ for block in BodyBlock().child_blocks.values()}
    assert not names & {"RawHTMLBlock", "EmbedBlock"}
