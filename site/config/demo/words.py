"""Pages in other words and in English, and the words explained."""

from typing import Any

from wagtail.models import Locale, Page

from cms.models import PlainPage, StartPage, Term, Variant
from config.demo import body
from config.demo.films import film
from config.demo.pages import editor, german_start, stream
from config.demo.pictures import editors_picture
from config.demo.texts import Entry, read


def make_words() -> None:
    """Write what is not there yet."""
    texts = read("words")
    for entry in texts["terms"]:
        Term.objects.get_or_create(word=entry["word"], defaults={k: v for k, v in entry.items() if k != "word"})
    for entry in texts["versions"]:
        write_version(entry)
    make_english(texts["english"])


def page_at(path: str) -> Page | None:
    """Return the German page at an address."""
    start = german_start()
    return Page.objects.filter(url_path=start.url_path + path.lstrip("/")).first()


def write_version(entry: Entry) -> None:
    """Write one version of one page."""
    page = page_at(entry["page"])
    if page is None or Variant.objects.filter(page=page, level=entry["level"]).exists():
        return
    made = Variant(page=page, level=entry["level"], title=entry["title"], lead=entry["lead"].strip(), live=True)
    made.checked_by = entry.get("checked_by", "")
    made.body = stream(made, "body", [block(row) for row in entry["rows"]])  # type: ignore[arg-type]
    made.full_clean()
    made.save()


def block(row: Entry) -> body.Block:
    """Return one block of a version."""
    if "heading" in row:
        return "heading", {"text": row["heading"], "level": "2"}
    if "film" in row:
        return "video", film(*row["film"])
    if "call" in row:
        return body.call(" | ".join(row["call"]))
    if "picture" in row:
        return "picture_text", {"picture": editors_picture(row["picture"]), "text": body.html(row["text"])}
    return "text", body.html(row["text"])


def make_english(texts: dict[str, Any]) -> None:
    """Translate the start page and a few more, as the admin does."""
    english = Locale.objects.get(language_code="en")
    source = german_start()
    if not source.has_translation(english):
        home: StartPage = source.copy_for_translation(english)
        words = texts["home"]
        home.title, home.hero_title, home.hero_text = words["title"], words["hero_title"], words["hero_text"]
        home.sections = stream(home, "sections", sections(home, words["sections"]))
        publish(home)
    for entry in texts["pages"]:
        german = page_at(entry["source"])
        if german is None or not isinstance(german.specific, PlainPage) or german.has_translation(english):
            continue
        page: PlainPage = german.specific.copy_for_translation(english)
        page.title, page.slug, page.lead = entry["title"], entry["slug"], entry["lead"]
        page.body = stream(page, "body", body.blocks(entry["body"]))
        publish(page)


def sections(home: StartPage, words: dict[str, Any]) -> list[body.Block]:
    """Return the sections of the German start page with English words in them."""
    found: list[body.Block] = []
    for section in home.sections:
        value = dict(section.value)
        if section.block_type == "statement":
            value |= {"text": words["statement"], "office": words["office"]}
        if section.block_type == "situations":
            tiles = zip(value["tiles"], words["tiles"], words["small"], strict=False)
            value |= {"title": words["situations"], "text": words["words"]}
            value["tiles"] = [dict(tile) | {"title": title, "text": small} for tile, title, small in tiles]
        found.append((section.block_type, value))
    return found


def publish(page: Page) -> None:
    """Publish a page as the editor."""
    page.save_revision(user=editor()).publish(user=editor(), skip_permission_checks=True)
