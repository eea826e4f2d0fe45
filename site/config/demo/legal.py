"""Legal pages made of fields, a page that shows what editors can build with, and a draft that waits for a second person."""

from datetime import timedelta
from typing import Any

from wagtail.users.models import UserProfile

from accounts.models import User
from cms.models import AccessibilityPage, ImprintPage, PlainPage, StartPage
from config.demo import body
from config.demo.clock import ago, today
from config.demo.films import film
from config.demo.pages import add_page, editor, german_start, missing, stream
from config.demo.pictures import editors_picture
from config.demo.texts import read
from ideas.models import Campaign


def make_legal_pages() -> None:
    """Publish imprint and statement, unless somebody has written them."""
    start, texts = german_start(), read("legal")
    if not ImprintPage.objects.exists():
        fields = {name: value.strip() for name, value in texts["imprint"].items() if name != "body"}
        page = ImprintPage(slug="impressum", **fields)
        page.body = stream(page, "body", body.blocks(texts["imprint"]["body"]))
        add_page(start, page, at=ago(120))
        start.refresh_from_db()
    if not AccessibilityPage.objects.exists():
        add_statement(start, texts["statement"])
        start.refresh_from_db()


def add_statement(start: StartPage, entry: dict[str, Any]) -> None:
    """Publish the statement, looked through four months ago."""
    fields = {name: value for name, value in entry.items() if name not in ("body", "barriers")}
    page = AccessibilityPage(slug="barrierefreiheit", **fields)
    page.prepared_on, page.reviewed_on = today() - timedelta(days=300), today() - timedelta(days=120)
    page.barriers = stream(page, "barriers", [("barrier", one) for one in entry["barriers"]])
    page.body = stream(page, "body", body.blocks(entry["body"]))
    add_page(start, page, at=ago(120))


def make_sample_pages() -> None:
    """Publish the page with blocks, and let a draft wait for the editor's approval."""
    start, texts = german_start(), read("legal")
    if missing(PlainPage, texts["blocks"]["slug"], start):
        page = PlainPage(**{name: texts["blocks"][name] for name in ("title", "slug", "lead")})
        page.picture = editors_picture(texts["blocks"]["picture"])
        page.body = stream(page, "body", sample())
        add_page(start, page, at=ago(20))
        start.refresh_from_db()
    if missing(PlainPage, texts["draft"]["slug"], start):
        submit_draft(start, texts["draft"])


def submit_draft(start: StartPage, entry: dict[str, str]) -> None:
    """Let the administrator submit a page; nobody gets a mail about it."""
    for person in User.objects.filter(groups__name="Redaktion"):
        profile = UserProfile.get_for_user(person)
        profile.submitted_notifications = False
        profile.save()
    writer = User.objects.filter(is_superuser=True, email="admin@demo.example").first() or editor()
    page = PlainPage(title=entry["title"], slug=entry["slug"], lead=entry["lead"], live=False, owner=writer)
    page.body = stream(page, "body", body.blocks(entry["body"]))
    start.add_child(instance=page)
    page.save_revision(user=writer)
    workflow = page.get_workflow()
    if workflow is not None:
        workflow.start(page, writer)


def sample() -> list[body.Block]:
    """Return a body that uses what editors can build with."""
    rows = [["Uferpark", "Uferstadt", 220000, "im Bau"], ["Alte Ziegelei", "Nordfeld", 148500, "fertig"],
            ["Am Kornmarkt", "Innenstadt", 61000, "geplant"]]  # fmt: skip
    columns = [("text", "Spielplatz"), ("text", "Stadtteil"), ("number", "Kosten in Euro"), ("text", "Stand")]
    table = {
        "caption": "Spielplätze, an denen gebaut wird",
        "columns": [{"type": kind, "heading": heading} for kind, heading in columns],
        "rows": [{"values": row} for row in rows],
    }
    pictures = [
        ("spielplatz", "So soll der Uferpark werden"),
        ("sonnensegel", "Schatten für den Sand"),
        ("nebelbogen", ""),
    ]
    return [
        ("text", body.html("Drei Plätze werden in diesem Jahr neu. Auf jedem gibt es ein Gerät, "
                           "das auch ein Kind im Rollstuhl benutzen kann.")),
        ("figures", {"title": "In Zahlen", "entries": [
            {"value": "41", "words": "Spielplätze hat die Stadt"}, {"value": "3", "words": "werden gerade neu"},
            {"value": "86 %", "words": "der Kinder haben einen in zehn Gehminuten"}], "source": "Amt für Grünflächen und Spielplätze"}),
        ("heading", {"text": "Wo gebaut wird", "level": "2"}),
        ("table", {"table": table, "first_column_heads": True, "source": "Amt für Grünflächen und Spielplätze"}),
        ("gallery", {"title": "Wie es aussehen soll", "pictures": [
            {"picture": editors_picture(key), "caption": words} for key, words in pictures]}),
        ("video", film("idee", "Wie aus einer Idee eine Bank wird",
                       "Vier Zeichnungen mit je einem Satz. Der Film hat keinen Ton; die Sätze stehen auch in den Untertiteln.")),
        ("video", {"title": "Rundgang über die Baustelle im Uferpark", "file": None, "captions": None, "picture": None,
                   "url": "https://video.example.org/uferpark",
                   "spoken": "Georg Lühning geht über die Baustelle. Er zeigt die Rampe zum Rutschturm und sagt, wann sie fertig ist."}),
        ("vote", {"campaign": Campaign.objects.filter(slug="schulwege").first(), "words": "Und der Weg dorthin? Stimmen Sie mit ab!"}),
        ("call", {"title": "Welcher Platz soll als Nächstes dran sein?", "words_below": "Sagen Sie uns, was Kindern bei Ihnen fehlt.",
                  "text": "Idee einreichen", "page": None, "url": "/ideen/neu/"}),
    ]  # fmt: skip
