"""Core processes, places with their hours, and the page of contacts."""

from datetime import timedelta
from typing import Any

from cms.models import Contact, ContactIndexPage, Place, ProcessIndexPage, ProcessPage
from config.demo import body
from config.demo.clock import ago, coming, today, with_days
from config.demo.pages import add_page, editor, german_start, missing, stream
from config.demo.people import People
from config.demo.pictures import editors_picture
from config.demo.texts import Entry, read
from ideas.actions import link_idea
from ideas.models import Idea, IdeaLink, Topic

WORDS = (
    "name",
    "street",
    "zipcode",
    "city",
    "directions",
    "stop",
    "bicycles",
    "parking",
    "step_free",
    "access",
    "hours_note",
)


def make_processes() -> None:
    """Publish what belongs to the core processes and the contacts, unless it is there."""
    texts, start = read("processes"), german_start()
    for entry in texts["places"]:
        add_place(entry)
    for slug, entry in texts["contacts"].items():
        fill_contact(slug, entry)
    if missing(ProcessIndexPage, "kernprozesse", start):
        add_page(start, with_words(ProcessIndexPage(slug="kernprozesse"), texts["list"]), at=ago(118))
        start.refresh_from_db()
    fill_contact_page(ContactIndexPage.objects.child_of(start).get(), texts["contact_page"])
    index = ProcessIndexPage.objects.get()
    for entry in texts["processes"]:
        if missing(ProcessPage, entry["slug"], index):
            add_process(index, entry)
            index.refresh_from_db()


def with_words(page: Any, entry: Entry) -> Any:
    """Give a page its title, first sentences, picture and text."""
    page.title, page.lead = entry["title"], with_days(entry["lead"])
    page.picture = editors_picture(entry["picture"]) if "picture" in entry else None
    page.body = stream(page, "body", body.blocks(entry["body"]))
    return page


def fill_contact_page(page: ContactIndexPage, entry: Entry) -> None:
    """Give the page of contacts, which every town has, its words, unless it has some."""
    if page.lead:
        return
    with_words(page, entry).place = place_of(entry)
    page.save_revision(user=editor(), clean=True).publish(user=editor(), skip_permission_checks=True)
    ContactIndexPage.objects.filter(pk=page.pk).update(first_published_at=ago(118), last_published_at=ago(118))


def place_of(entry: Entry) -> Place:
    """Return the place that a text names by its key."""
    name = next(one["name"] for one in read("processes")["places"] if one["key"] == entry["place"])
    return Place.objects.get(name=name)


def add_place(entry: Entry) -> None:
    """Keep one place with its hours."""
    if Place.objects.filter(name=entry["name"]).exists():
        return
    latitude, longitude = entry["point"]
    place: Any = Place(latitude=latitude, longitude=longitude, **{name: entry[name] for name in WORDS})
    place.hours = stream(place, "hours", [("hours", hours(*one)) for one in entry["hours"]])
    closed = [("closed", closed_days(*one)) for one in entry["closed"]]
    special = [("special", special_day(*one)) for one in entry["special"]]
    place.exceptions = stream(place, "exceptions", [*closed, *special])
    place.full_clean()
    place.save()


def hours(days: str, opens: str, closes: str) -> dict[str, Any]:
    """Return hours of some days of the week, named by their numbers from Monday on."""
    return {"days": list(days), "opens": opens, "closes": closes, "next_day": False, "note": ""}


def closed_days(first: int, last: int, reason: str) -> dict[str, Any]:
    """Return days on which it stays closed."""
    return {"first_day": in_days(first), "last_day": in_days(last), "reason": reason}


def special_day(day: int, opens: str, closes: str, reason: str) -> dict[str, Any]:
    """Return other hours on the next Thursday from a day on, when it is open longest."""
    at = {"day": coming(day, "do").isoformat(), "opens": opens, "closes": closes}
    return {**at, "next_day": False, "reason": reason}


def in_days(number: int) -> str:
    """Return a day as blocks keep it."""
    return (today() + timedelta(days=number)).isoformat()


def fill_contact(slug: str, entry: Entry) -> None:
    """Say of a contact where it is to be found, who stands in and when to look at it again."""
    body.card(slug)
    contact = Contact.objects.get(slug=slug)
    if contact.location is not None:
        return
    contact.location, contact.role, contact.hours = place_of(entry), entry["role"], ""
    contact.street = contact.zipcode = contact.city = ""
    if "away" in entry:
        contact.away_from, contact.away_until = (today() + timedelta(days=number) for number in entry["away"])
        contact.deputy = Contact.objects.get(slug=entry["deputy"])
    if "check" in entry:
        contact.check_on = today() + timedelta(days=entry["check"])
    contact.full_clean()
    contact.save()


def add_process(index: ProcessIndexPage, entry: Entry) -> None:
    """Publish one process and link it with two ideas."""
    page = with_words(ProcessPage(slug=entry["slug"]), entry)
    page.state, page.state_note, page.says_du = entry["state"], entry["state_note"], entry.get("du", False)
    page.place, page.topic = place_of(entry), Topic.objects.get(slug=entry["topic"])
    page.contacts = stream(
        page, "contacts", [("contact", Contact.objects.get(slug=slug)) for slug in entry["contacts"]]
    )
    for name, make in ENTRIES.items():
        setattr(page, f"{name}s", stream(page, f"{name}s", [(name, make(*one)) for one in entry[f"{name}s"]]))
    add_page(index, page, at=ago(117))
    staff = People().moderators[0]
    for idea in Idea.objects.listed().filter(topic=page.topic).order_by("pk")[:2]:
        link_idea(idea=idea, by=staff, kind=IdeaLink.Kind.PROCESS.value, object_id=page.pk)


def service(title: str, words: str, url: str) -> dict[str, Any]:
    """Return one service."""
    return {"title": title, "words_below": words, "text": "", "page": None, "url": url}


def milestone(day: int, title: str, words: str, reached: bool, when: str) -> dict[str, Any]:
    """Return one milestone."""
    return {"day": in_days(day), "when": when, "title": title, "text": words, "reached": reached}


def date(title: str, mark: str, begins: str, ends: str, place: str, words: str) -> dict[str, Any]:
    """Return one date; its day is marked as in texts: ``{mi+6}``."""
    weekday, _plus, days = mark.strip("{}").partition("+")
    at = {"day": coming(int(days), weekday).isoformat(), "last_day": None, "begins": begins, "ends": ends}
    return {"title": title, **at, "place": place, "text": words, "url": ""}


def partner(name: str, words: str) -> dict[str, Any]:
    """Return one partner."""
    return {"name": name, "words": words, "url": ""}


def question(title: str, words: str) -> dict[str, Any]:
    """Return one question with its answer."""
    return {"title": title, "text": body.html(words)}


ENTRIES: dict[str, Any] = {
    "service": service,
    "milestone": milestone,
    "date": date,
    "partner": partner,
    "question": question,
}
