"""The whole main job, over HTTP, against processes as a town runs them: SQLite alone, and PostgreSQL with a Celery worker."""

import io
import os
import re
from collections.abc import Iterator

import pytest
from PIL import Image

from tests.journey.stage import body_of, code_from_mail, set_up, sign_in, wait_for_mail
from tests.served import Town, served
from tests.visitor import Visitor

pytestmark = pytest.mark.server

TITLE = "Sonnensegel für den Spielplatz am Lippeufer"
TEXT = "Ab elf Uhr ist die Rutsche im Sommer so heiß, dass kein Kind mehr rutscht. Zwei Segel würden helfen.\n\nSelbst gemessen: 61 Grad."
FORM = "form[action^='/ideen/neu/']"


def picture() -> bytes:
    """Return a photo as a phone makes it: JPEG with a place in its metadata."""
    exif = Image.Exif()
    exif[0x010F] = "Telefon der Anna"
    out = io.BytesIO()
    Image.new("RGB", (1200, 800), (220, 180, 60)).save(out, "JPEG", exif=exif)
    return out.getvalue()


@pytest.fixture(scope="module", params=["sqlite", "postgres"])
def town(request: pytest.FixtureRequest) -> Iterator[Town]:
    broker = request.param == "postgres" and bool(os.environ.get("CELERY_BROKER_URL"))
    with served(request.param, celery=broker, extra={"MITWIRK_PROFILE": "demo"}) as place:
        set_up(place)
        yield place


def sign_up(town: Town, visitor: Visitor, email: str, name: str) -> Visitor:
    """Make an account from the sign-in page on, with the code from the mail; where one wanted to go is kept."""
    visitor.follow("Konto anlegen").fill("main form:has([name=email])", email=email, display_name=name)
    return visitor.fill("main form:has([name=code])", code=code_from_mail(town, email))


def submit(town: Town, anna: Visitor) -> int:
    """Let Anna propose her idea without being signed in; return its number."""
    anna.open("/").follow("Spielräume für alle").follow("Idee einreichen")
    anna.fill(
        FORM,
        title=TITLE,
        text=TEXT,
        topic=anna.option("topic", "Spiel und Freizeit"),
        goal=anna.option("goal", "Wohnen und Umfeld"),
        district=anna.option("district", "Uferstadt"),
        tags="Schatten, Sommer",
        image_alt="Eine Rutsche in der Sonne",
        files={"images": ("rutsche.jpg", picture())},
        press="step=preview",
    )
    assert anna.reads(TITLE)
    assert anna.reads("61 Grad")
    anna.fill(FORM, press="step=submit")
    assert anna.path == "/konto/login/"
    sign_up(town, anna, "anna@example.org", "Anna vom Ufer")
    assert anna.reads("61 Grad"), "what was typed before signing in is still there"
    assert anna.page.select_one("main img[alt='Eine Rutsche in der Sonne']"), "so is the picture"
    anna.fill(FORM, press="step=submit")
    assert anna.path.endswith("/danke/")
    return int(anna.path.split("/")[2])


def seen_by(visitor: Visitor) -> list[str]:
    """Return the addresses at which a visitor meets the idea's title."""
    found = []
    for address in ("/", "/mitmachen/spielraeume/", "/ideen/", "/ideen/feed/", "/suche/?q=Sonnensegel", "/sitemap.xml"):
        visitor.open(address)
        if TITLE in visitor.answer.text.replace("„", "").replace("&shy;", "") or "lippeufer" in visitor.answer.text:
            found.append(address)
    return found


def decide(moderator: Visitor, title: str, decision: str, **values: str) -> Visitor:
    """Find the waiting case by its title in the queue, open it and decide it."""
    moderator.open("/cms/moderation/")
    links = moderator.page.find_all("a", href=re.compile(r"/cms/moderation/\d+/$"))
    cases = [link["href"] for link in links if link.get_text(" ", strip=True) == title]
    assert cases, moderator.words()[:800]
    moderator.open(str(cases[0]))
    return moderator.fill("form:has([name=decision])", decision=decision, **values)


def test_a_town_can_do_its_main_job_without_javascript(town: Town):
    anna, moderator, bert, stranger = (Visitor(town.url, name) for name in ("Anna", "Mod", "Bert", "Gast"))

    number = submit(town, anna)
    address = f"/ideen/{number}/"
    assert anna.reads("Ein Mensch aus der Moderation liest"), "the receipt says what happens next"

    # waiting: the author sees it, nobody else does anywhere
    anna.open("/mein/")
    assert anna.reads(TITLE)
    assert anna.reads("Wartet auf Prüfung")
    anna.open(address)
    stranger.open(address, expect=404)
    assert seen_by(stranger) == []
    picture_of = str(anna.page.select_one("main img[alt='Eine Rutsche in der Sonne']")["src"])
    anna.open(picture_of)
    assert b"Telefon der Anna" not in anna.answer.content
    stranger.open(picture_of, expect=404)

    # a moderator finds the case, sees it as the public would, and lets it through
    sign_in(moderator, "moderation@stadt.example")
    moderator.open("/cms/moderation/")
    assert TITLE in moderator.answer.text
    decide(moderator, TITLE, "approve")
    mail = wait_for_mail(town, "anna@example.org", TITLE)
    assert f"/ideen/{number}/" in body_of(mail)
    anna.open("/mein/nachrichten/")
    assert anna.reads(TITLE)

    # now it stands everywhere
    assert seen_by(stranger) == ["/", "/mitmachen/spielraeume/", "/ideen/", "/ideen/feed/", "/suche/?q=Sonnensegel"]
    stranger.open(address)
    assert stranger.reads("61 Grad")
    assert stranger.path.startswith(f"{address}sonnensegel-fuer")
    stranger.open(picture_of)

    # another citizen supports it – asked to sign in, and it is done afterwards –, takes it back, gives it again
    bert.open(address).fill("form[action$='/unterstuetzung/']", press="action=support")
    sign_up(town, bert, "bert@example.org", "Bert")
    bert.open(address)
    assert supports(town, number) == 1
    bert.fill("form[action$='/unterstuetzung/']", press="action=withdraw")
    assert supports(town, number) == 0
    bert.fill("form[action$='/unterstuetzung/']", press="action=support")
    assert supports(town, number) == 1
    state = bert.session.get(f"{town.url}{address}unterstuetzung/", headers={"Accept": "application/json"}).json()
    assert state == {"supported": True, "supports": 1, "left": 4}

    # and says something about it
    bert.fill("form[action$='/kommentare/']", text="Bei uns im Garten hält so ein Segel seit Jahren.", stance="pro")
    stranger.open(address)
    assert stranger.reads("Bei uns im Garten hält so ein Segel seit Jahren.")
    stranger.open("/suche/?q=Garten")
    assert stranger.reads("Garten")
    for command in ("verify_votes", "verify_audit", "verify_search"):
        town.manage(command)


def supports(town: Town, number: int) -> int:
    """Return the number of supports as the public page of lists shows it, which must equal the database."""
    [(count,)] = town.rows("SELECT support_count FROM ideas_idea WHERE id = %s", number)
    [(rows,)] = town.rows("SELECT count(*) FROM voting_vote WHERE idea_id = %s", number)
    assert count == rows
    page = Visitor(town.url).open("/ideen/")
    assert (
        page.page.find(string=lambda words: words and words.strip() == str(count))
        or f"{count} unterstütz" in page.words()
    )
    return int(count)


def test_an_editor_publishes_news_with_a_picture_and_everybody_reads_it(town: Town):
    editor, stranger = Visitor(town.url), Visitor(town.url)
    sign_in(editor, "redaktion@stadt.example")
    editor.open("/cms/images/add/")
    editor.fill(
        "main form[enctype]", title="Bank am Ufer", alt="Eine Bank am Ufer", credit_author="Mara Lindner",
        files={"file": ("bank.jpg", picture())},
    )  # fmt: skip
    [(number,)] = town.rows("SELECT id FROM cms_picture WHERE title = 'Bank am Ufer'")
    [(topic,)] = town.rows("SELECT id FROM ideas_topic")
    [(index,)] = town.rows("SELECT page_ptr_id FROM news_newsindexpage")
    editor.open(f"/cms/pages/add/news/newsarticlepage/{index}/")
    article = {
        "title": "Drei neue Bänke stehen", "slug": "drei-neue-baenke", "teaser": "Am Uferweg kann man jetzt ausruhen.",
        "topic": topic, "author_office": "Amt für Grün", "picture": number, "body-count": "0",
        "idea_links-TOTAL_FORMS": "0", "idea_links-INITIAL_FORMS": "0",
    }  # fmt: skip
    editor.fill("#page-edit-form", press="action-publish=action-publish", **article)
    for address in ("/", "/aktuelles/", "/aktuelles/drei-neue-baenke/", "/aktuelles/feed/", "/suche/?q=Bank"):
        stranger.open(address)
        assert "Drei neue Bänke stehen" in stranger.answer.text.replace("<mark>", "").replace("</mark>", ""), address
    stranger.open("/aktuelles/drei-neue-baenke/")
    assert stranger.reads("Mara Lindner")
    assert stranger.page.select_one("main img[alt='Eine Bank am Ufer']")


def test_a_refused_idea_stays_out_of_sight_and_its_author_reads_why_and_can_complain(town: Town):
    carla, moderator, second = Visitor(town.url), Visitor(town.url), Visitor(town.url)
    carla.open("/ideen/neu/?kampagne=spielraeume")
    carla.fill(
        FORM, title="Alle Trottel aus dem Rathaus jagen", text="Die sind doch alle unfähig, weg mit ihnen, und zwar sofort und ganz.",
        topic=carla.option("topic", "Spiel"), district=carla.option("district", "Uferstadt"), press="step=preview",
    )  # fmt: skip
    carla.fill(FORM, press="step=submit")
    sign_up(town, carla, "carla@example.org", "Carla")
    carla.fill(FORM, press="step=submit")
    number = int(carla.path.split("/")[2])

    sign_in(moderator, "moderation@stadt.example")
    decide(
        moderator,
        "Alle Trottel aus dem Rathaus jagen",
        "refuse",
        rule=rule_of(town),
        reason="Der Ton verletzt Menschen, die hier arbeiten.",
    )
    mail = wait_for_mail(town, "carla@example.org", "Der Ton verletzt Menschen")
    text = " ".join(body_of(mail).split())
    assert "Respektvoller Ton" in text
    assert "/beschwerde/" in text
    assert "moderation@stadt.example" not in text

    Visitor(town.url).open(f"/ideen/{number}/", expect=404)
    carla.open("/mein/")
    assert carla.reads("Alle Trottel aus dem Rathaus jagen")
    code = text.split("/beschwerde/")[1].split("/")[0]
    letter = Visitor(town.url).open(f"/beschwerde/{code}/")
    letter.fill("main form:has([name=text])", text="Das war Satire. Bitte schauen Sie noch einmal hin.")
    sign_in(second, "zweite@stadt.example")
    second.open("/cms/moderation/beschwerden/")
    assert second.reads("Alle Trottel") or "Alle Trottel" in second.answer.text


def rule_of(town: Town) -> str:
    """Return the id of the only version of a rule."""
    return str(town.rows("SELECT id FROM moderation_ruleversion")[0][0])
