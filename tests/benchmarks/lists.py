"""B5, B9 and B14: other views of a list, sending an idea, and what a first visit weighs."""

import gzip
import itertools
import os
import re
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote, urlencode, urlsplit

from playwright.sync_api import sync_playwright

from tests import crowd
from tests.served import Town

TERMS = """
from ideas.models import District, Goal, Topic
for model, word in ((Topic, "thema"), (Goal, "ziel"), (District, "teil")):
    for number in range(8):
        model.objects.get_or_create(slug=f"{word}-{number}", defaults={"name": f"{word} {number}", "position": number})
"""
DEEP = 8


def views(town: Town, path: str, campaign: str) -> list[tuple[str, str]]:
    """Return other views of a campaign's list: every order, filters, a deep page, the map's data."""
    sorts = [(f"sorted by {sort}", f"{path}?sort={sort}") for sort in ("neu", "unterstuetzt", "diskutiert", "trend")]
    return [
        *sorts,
        ("one topic", f"{path}?thema=thema-1"),
        ("topic, district, by support", f"{path}?thema=thema-1&stadtteil=teil-2&sort=unterstuetzt"),
        ("three districts, newest", f"{path}?stadtteil=teil-1&stadtteil=teil-2&stadtteil=teil-3&sort=neu"),
        (f"page {DEEP}", deep(town, f"{path}?sort=unterstuetzt")),
        ("map, whole town", f"/ideen/karte.geojson?bbox=8.2,51.6,8.5,51.7&kampagne={quote(campaign)}"),
    ]


def all_views(town: Town, campaign: str) -> list[tuple[str, str]]:
    """Return the campaign's list as it opens, and its other views."""
    path = f"/mitmachen/{campaign}/"
    return [("campaign page with 20 ideas", path), *views(town, path, campaign)]


def deep(town: Town, address: str) -> str:
    """Follow the link to the next page a few times."""
    for _page in range(DEEP - 1):
        found = re.search(r'href="([^"]*[?&;]nach=[^"#]+)', town.get(address))
        if found is None:
            return address
        address = found.group(1).replace("&amp;", "&")
    return address


def ideas(town: Town, campaign: str, people: list[crowd.Member]) -> Iterator[bytes]:
    """Yield filled-in forms, every one by the next person."""
    for number in itertools.count():
        member = people[number % len(people)]
        body = urlencode(
            {
                "campaign": campaign, "title": f"Mehr Schatten am Ufer, Platz {number}", "step": "submit",
                "text": "Im Sommer ist es auf der Rutsche zu heiß. Ein Segel hilft allen Kindern.",
                "request_key": f"bench-{number}", "csrfmiddlewaretoken": crowd.TOKEN,
            }
        ).encode()  # fmt: skip
        head = [
            "POST /ideen/neu/ HTTP/1.1", f"Host: {urlsplit(town.url).netloc}", "Accept: text/html",
            f"Cookie: sessionid={member.session}; csrftoken={crowd.TOKEN}",
            "Content-Type: application/x-www-form-urlencoded", f"Content-Length: {len(body)}",
        ]  # fmt: skip
        yield "\r\n".join(head).encode() + b"\r\n\r\n" + body


def cpu_seconds(town: Town) -> float:
    """Return the processor's time that the web processes have used so far."""
    ticks = 0
    for pid in town.web_workers():
        parts = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        ticks += int(parts[11]) + int(parts[12])
    return ticks / os.sysconf("SC_CLK_TCK")


def weight(town: Town, path: str) -> tuple[int, int]:
    """Return bytes and requests of a first visit of a page on a phone, compressed, without pictures.

    The browser says what it asks for (a font that no letter needs is not fetched), we weigh it.
    """
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=os.environ["CHROMIUM_PATH"], args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 360, "height": 800})
        asked: dict[str, None] = {}
        page.on("request", lambda one: one.resource_type == "image" or asked.setdefault(one.url))
        page.goto(town.url + path, wait_until="networkidle")
        browser.close()
    return sum(_fetched(address) for address in asked), len(asked)


def _fetched(address: str) -> int:
    """Return how many bytes come over the line. Styles and scripts are packed only where they were collected."""
    asked = urllib.request.Request(address, headers={"Accept-Encoding": "gzip", "Accept": "text/html,*/*"})
    with urllib.request.urlopen(asked, timeout=30) as answer:
        body = answer.read()
        is_packed = answer.headers.get("Content-Encoding") == "gzip"
    may_pack = urlsplit(address).path.endswith((".css", ".js", ".svg"))
    return len(gzip.compress(body)) if may_pack and not is_packed else len(body)
