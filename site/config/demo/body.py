"""Page bodies from small marks, so that texts can be written as texts.

A line that begins with a mark makes a block of its own; everything else is Markdown. The parts of a mark are split by ``|``.

``## Heading`` · ``!quote text | person | role`` · ``!question title`` (its answer follows) · ``!contact key`` · ``!goals`` ·
``!call title | words | text on the button | address`` · ``!ideas title | campaign | count`` · ``!picture key | words``
"""

from collections.abc import Callable
from typing import Any

from markdown_it import MarkdownIt

from cms.models import Contact
from config.demo.clock import with_days
from config.demo.pictures import editors_picture
from config.demo.texts import read
from ideas.models import Campaign

Block = tuple[str, Any]
MARKDOWN = MarkdownIt("commonmark", {"html": False})


def html(text: str) -> str:
    """Return rich text as editors write it."""
    return str(MARKDOWN.render(text.strip())).strip()


def parts(rest: str, count: int) -> list[str]:
    """Split what follows a mark; missing parts are empty."""
    found = [part.strip() for part in rest.split("|")]
    return found + [""] * (count - len(found))


def quote(rest: str) -> Block:
    text, person, role = parts(rest, 3)
    return "quote", {"text": text, "person": person, "role": role}


def card(rest: str) -> Block:
    """Return a contact of the list, made from the same words when it is not there yet."""
    entry = read("pages")["contacts"][rest]
    place, _comma, town = entry.get("address", "").rpartition(", ")
    zipcode, _blank, city = town.partition(" ")
    fields = {"office": entry["office"], "name": entry.get("persons", ""), "hours": entry.get("hours", "")}
    fields |= {name: entry.get(name, "") for name in ("phone", "email")}
    fields |= {"street": place, "zipcode": zipcode, "city": city}
    return "contact_card", {"contact": Contact.objects.get_or_create(slug=rest, defaults=fields)[0]}


def call(rest: str) -> Block:
    title, words, text, url = parts(rest, 4)
    return "call", {"title": title, "words_below": words, "text": text, "page": None, "url": url}


def ideas(rest: str) -> Block:
    title, slug, count = parts(rest, 3)
    campaign = Campaign.objects.filter(slug=slug).first()
    return "ideas", {"title": title, "campaign": campaign, "count": int(count or 3)}


def goals(rest: str) -> Block:
    entries = read("town")["goals"]
    return "accordion", {
        "entries": [{"title": one["name"], "text": html(f"**{one['line']}**\n\n{one['text']}")} for one in entries]
    }


def picture(rest: str) -> Block:
    key, words = parts(rest, 2)
    return "picture", {"picture": editors_picture(key), "caption": words}


MARKS: dict[str, Callable[[str], Block]] = {
    "!quote": quote, "!contact": card, "!call": call, "!ideas": ideas, "!goals": goals, "!picture": picture,
}  # fmt: skip


def blocks(text: str) -> list[Block]:
    """Return the blocks of a body."""
    found: list[Block] = []
    words: list[str] = []
    for line in [*with_days(text).strip().splitlines(), "!end"]:
        mark, _blank, rest = line.partition(" ")
        if not line.startswith(("!", "## ")):
            words.append(line)
            continue
        put_words(found, words)
        words = []
        if mark == "##":
            found.append(("heading", {"text": rest, "level": "2"}))
        elif mark == "!question":
            open_question(found, rest)
        elif mark in MARKS:
            found.append(MARKS[mark](rest))
    return found


def put_words(found: list[Block], words: list[str]) -> None:
    """Add running text: to the question that waits for its answer, or as a block."""
    text = "\n".join(words).strip()
    if not text:
        return
    if found and found[-1][0] == "accordion" and not found[-1][1]["entries"][-1]["text"]:
        found[-1][1]["entries"][-1]["text"] = html(text)
    else:
        found.append(("text", html(text)))


def open_question(found: list[Block], title: str) -> None:
    """Begin a question; several in a row stand in one list."""
    if not found or found[-1][0] != "accordion":
        found.append(("accordion", {"entries": []}))
    found[-1][1]["entries"].append({"title": title, "text": ""})
