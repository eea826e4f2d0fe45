"""The installable app: manifest, symbol in all sizes, the program for the time without network."""

import datetime as dt
import json
import re
from io import BytesIO

import pytest
from django.test import Client
from django.utils import timezone
from PIL import Image

from cms.models import Picture, StartPage, TownSettings
from tests import factories
from tests.cms.pieces import image_bytes, make_picture

pytestmark = pytest.mark.django_db


def manifest(client: Client) -> dict:
    answer = client.get("/manifest.webmanifest")
    assert answer["Content-Type"] == "application/manifest+json"
    return answer.json()


def picture(client: Client, path: str) -> Image.Image:
    answer = client.get(path)
    assert answer.status_code == 200, path
    assert "public" in answer["Cache-Control"]
    return Image.open(BytesIO(b"".join(answer.streaming_content)))


def test_every_page_names_manifest_symbol_and_colours(client: Client, start: StartPage):
    page = client.get("/").content.decode()
    assert '<link rel="manifest" href="/manifest.webmanifest">' in page
    assert re.search(r'<link rel="apple-touch-icon" href="/symbol/\w+/180-voll.png">', page)
    assert 'content="#0b5c57" media="(prefers-color-scheme: light)"' in page
    assert 'content="#101817" media="(prefers-color-scheme: dark)"' in page


def test_name_and_colour_are_the_town_s(client: Client, start: StartPage):
    kept = TownSettings.load()
    kept.name, kept.full_name, kept.claim, kept.main_colour = "Lippstadt", "Stadt Lippstadt", "redet mit", "#7a1f3d"
    kept.save()
    found = manifest(client)
    assert (found["name"], found["short_name"]) == ("Stadt Lippstadt redet mit", "Lippstadt")
    assert found["theme_color"] == "#7a1f3d"
    assert found["lang"] == "de"
    assert {one["url"] for one in found["shortcuts"]} == {"/ideen/neu/", "/mein/", "/aktuelles/", "/suche/"}
    for one in found["shortcuts"]:
        assert client.get(one["url"]).status_code in (200, 302, 303), one["url"]
    assert 'content="#7a1f3d"' in client.get("/").content.decode()


def test_the_symbol_has_all_sizes_by_itself_and_for_masks(client: Client, start: StartPage):
    icons = manifest(client)["icons"]
    assert {one["sizes"] for one in icons if one["purpose"] == "any"} >= {
        f"{size}x{size}" for size in (48, 72, 96, 128, 144, 152, 192, 256, 384, 512)
    }
    assert {one["sizes"] for one in icons if one["purpose"] == "maskable"} >= {"192x192", "512x512"}
    for one in icons:
        found = picture(client, one["src"])
        assert f"{found.width}x{found.height}" == one["sizes"]
        masked = one["purpose"] == "maskable"
        assert (found.mode == "RGB") is masked, "a mask must find colour to the edge"
        if masked:
            assert drawn_within(found, 0.8), "what lies outside the middle may be cut off"


def drawn_within(found: Image.Image, share: float) -> bool:
    """Whether everything drawn lies within the circle that masks leave."""
    middle, reach = found.width / 2, found.width * share / 2
    grey = found.convert("L").point(lambda value: 255 if value < 250 else 0)
    left, top, right, bottom = grey.getbbox() or (0, 0, 0, 0)
    corners = [(x, y) for x in (left, right) for y in (top, bottom)]
    return all((x - middle) ** 2 + (y - middle) ** 2 <= reach**2 * 1.02 for x, y in corners)


def test_the_town_s_crest_is_the_symbol_until_its_last_day(client: Client, start: StartPage):
    kept = TownSettings.load()
    own = manifest(client)["icons"][0]["src"]
    kept.crest = make_picture("Wappen", content=image_bytes(size=(300, 400)))
    kept.save()
    chosen = manifest(client)["icons"][-1]["src"]
    assert chosen.split("/")[2] != own.split("/")[2]
    assert picture(client, chosen).getpixel((256, 256)) == (11, 92, 87)
    assert client.get(own)["Location"] == manifest(client)["icons"][0]["src"], (
        "an old address leads to the symbol of now"
    )
    Picture.objects.filter(pk=kept.crest.pk).update(usable_until=timezone.localdate() - dt.timedelta(days=1))
    kept.save()
    assert manifest(client)["icons"][0]["src"] == own


@pytest.mark.parametrize("path", ["/symbol/x/7.png", "/symbol/x/48-voll.png", "/symbol/x/99999999999.png"])
def test_other_sizes_do_not_exist(client: Client, start: StartPage, path: str):
    assert client.get(path).status_code == 404


def test_old_programs_find_a_small_symbol(client: Client, start: StartPage):
    assert client.get("/favicon.ico")["Location"].endswith("/48.png")


def test_the_program_keeps_files_and_one_page_only(client: Client, start: StartPage):
    answer = client.get("/dienst.js")
    assert answer["Content-Type"].startswith("text/javascript")
    assert answer["Cache-Control"] == "no-cache"
    plan = json.loads(re.search(r"const plan = (\{.*\});", answer.content.decode())[1])
    assert plan["page"] == "/ohne-netz/"
    assert all(path.startswith(("/static/", "/farben/")) for path in plan["files"])
    assert "push" not in answer.content.decode().replace("no push", "")


def test_the_program_is_another_one_when_what_it_keeps_changes(client: Client, start: StartPage):
    before = client.get("/dienst.js").content
    assert client.get("/dienst.js").content == before
    kept = TownSettings.load()
    kept.phone = "02999 17-1"
    kept.save()
    assert client.get("/dienst.js").content != before


def test_the_page_without_network_is_the_same_for_everybody(client: Client, start: StartPage):
    page = client.get("/ohne-netz/").content.decode()
    assert "Gerade keine Verbindung" in page
    assert "Noch einmal versuchen" in page
    assert '<meta name="robots" content="noindex">' in page
    client.force_login(factories.person())
    assert client.get("/ohne-netz/").content.decode() == page
    assert "Set-Cookie" not in client.get("/ohne-netz/").headers


def test_a_signed_in_person_gets_no_page_that_others_could_keep(client: Client, start: StartPage):
    someone = factories.person()
    mine = factories.idea(author=someone, title="Mein Sonnensegel", state="waiting")
    client.force_login(someone)
    answer = client.get("/")
    assert answer["Cache-Control"] == "private, no-store"
    assert mine.title in answer.content.decode()
    assert "Meine Ideen" in answer.content.decode()
    stranger = Client().get("/").content.decode()
    assert mine.title not in stranger
    assert "Meine Ideen" not in stranger
