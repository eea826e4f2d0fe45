"""``make bench``, first visits: what start page and an article weigh, how fast they stand on a phone, how many are served.

python -m tests.benchmarks.visit [--runs 5] [--seconds 5]

The phone is Chromium's: 412 by 823, processor slowed down four times, 1.6 Mbit/s and 150 ms ("slow 4G"). Largest paint and
shifts are read from Chromium's own trace. Needs CHROMIUM_PATH, and PostgreSQL as the other benchmarks do.
"""

import argparse
import itertools
import json
import os
import statistics
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import Browser, BrowserContext, CDPSession, Page, sync_playwright

from tests import databases
from tests.benchmarks import load
from tests.served import Town, served

PHONE = {
    "viewport": {"width": 412, "height": 823},
    "device_scale_factor": 1.75,
    "is_mobile": True,
    "has_touch": True,
    "locale": "de-DE",
}
NETWORK = {"offline": False, "latency": 150, "downloadThroughput": 1_600_000 / 8, "uploadThroughput": 750_000 / 8}
SLOWER = 4
CATEGORIES = ["-*", "loading", "devtools.timeline", "blink.user_timing"]
LARGEST_MS, SHIFT, FIRST_KB, FIRST_REQUESTS, SECOND_KB, SHARE = 1800, 0.02, 120, 12, 15, 0.25
SCENE = """
import json
from datetime import timedelta
from django.utils import timezone
from cms.models import CampaignIndexPage, CampaignPage, StartPage
from config.demo.pictures import editors_picture
from ideas.models import Topic
from news.models import ArticleIdea, NewsArticlePage, NewsIndexPage
from tests import factories
topic = Topic.objects.create(name="Spiel und Freizeit", slug="spiel")
campaigns, ideas = [], []
for number, key in enumerate(("spielplatz", "schulweg", "muehle")):
    campaigns.append(factories.campaign(title=f"Kampagne {number}", slug=f"kampagne-{number}", summary="Wo fehlen Plätze? " * 6))
    ideas += [factories.idea(campaign=campaigns[-1], title=f"Idee {number} {n} für die Stadt", topic=topic) for n in range(7)]
    CampaignIndexPage.objects.get().add_child(
        instance=CampaignPage(title=f"Kampagne {number}", campaign=campaigns[-1], picture=editors_picture(key)))
text = "<p>" + "Ein Satz, wie er in jedem Artikel steht, mit einem Komma. " * 14 + "</p>"
for number, key in enumerate(("bus", "markt", "rathaus", "bank-am-fluss")):
    article = NewsArticlePage(title=f"Meldung {number}: was am Ufer geschieht", slug=f"meldung-{number}", teaser="Kurz gesagt. " * 8,
        topic=topic, picture=editors_picture(key), campaign=campaigns[0], date=timezone.localdate() - timedelta(days=9 - number),
        body=json.dumps([{"type": "text", "value": text}, {"type": "heading", "value": {"text": "Wie es weitergeht", "level": "2"}},
                         {"type": "text", "value": text}]))
    article.idea_links = [ArticleIdea(idea=idea, sort_order=place) for place, idea in enumerate(ideas[:3])]
    NewsIndexPage.objects.get().add_child(instance=article)
    article.save_revision().publish()
start = StartPage.objects.get()
tiles = [{"title": f"Lage {key}", "text": "Wege und Hilfe", "url": "/ideen/", "page": None, "picture": editors_picture(f"lage-{key}").pk}
         for key in ("kleine-kinder", "schule", "pflege", "aelter", "beruf", "neu")]
start.sections = json.dumps([{"type": name, "value": value} for name, value in (
    ("mine", {"title": "", "count": 3}), ("campaigns", {"title": "", "count": 3}),
    ("statement", {"text": "Fragen Sie uns. " * 12, "person": "Henriette Brockhoff", "office": "Oberbürgermeisterin",
                   "portrait": editors_picture("portraet").pk}),
    ("situations", {"title": "", "text": "Wählen Sie.", "tiles": tiles}), ("news", {"title": "", "count": 4}),
    ("ideas", {"title": "", "count": 3}), ("search", {"title": "", "words": []}), ("numbers", {"title": ""}))])
start.save_revision().publish()
print(article.get_absolute_url())
"""


@dataclass
class Visit:
    """What one visit took."""

    largest_ms: float = 0
    shift: float = 0
    requests: int = 0
    pictures: int = 0
    bytes: int = 0
    picture_bytes: int = 0
    kinds: dict[str, str] = field(default_factory=dict)


def listen(tools: CDPSession, visit: Visit) -> None:
    """Count what goes over the line, as the browser's network layer says it, headers and all; pictures by themselves."""
    tools.send("Network.enable")
    tools.on("Network.responseReceived", lambda event: visit.kinds.__setitem__(event["requestId"], event["type"]))

    def add(event: dict[str, Any]) -> None:
        size, is_picture = event["encodedDataLength"], visit.kinds.get(event["requestId"]) == "Image"
        if size:  # what comes from the browser's own memory takes nothing
            visit.requests, visit.pictures = visit.requests + (not is_picture), visit.pictures + is_picture
            visit.bytes, visit.picture_bytes = (
                visit.bytes + (0 if is_picture else size),
                visit.picture_bytes + (size if is_picture else 0),
            )

    tools.on("Network.loadingFinished", add)


def weigh(context: BrowserContext, address: str) -> Visit:
    """Visit a page without a brake and count; the page is looked at down to its end afterwards."""
    page, visit = context.new_page(), Visit()
    listen(context.new_cdp_session(page), visit)
    page.goto(address, wait_until="networkidle")
    page.close()
    return visit


def trace(browser: Browser, address: str) -> Visit:
    """Visit a page on the slow phone for the first time; return its largest paint, and all shifts down to its end."""
    context = browser.new_context(**PHONE, service_workers="block")  # type: ignore[arg-type]
    page = context.new_page()
    tools = context.new_cdp_session(page)
    tools.send("Network.enable")
    tools.send("Network.emulateNetworkConditions", NETWORK)
    tools.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    browser.start_tracing(page=page, categories=CATEGORIES)
    page.goto(address, wait_until="load")
    page.wait_for_timeout(1500)
    scroll(page)
    found = json.loads(browser.stop_tracing())["traceEvents"]
    context.close()
    return read(found, address)


def scroll(page: Page) -> None:
    """Go down to the end of the page as a thumb does."""
    for _turn in range(30):
        if page.evaluate("scrollY + innerHeight >= document.documentElement.scrollHeight - 2"):
            return
        page.mouse.wheel(0, 600)
        page.wait_for_timeout(150)


def read(events: list[dict[str, Any]], address: str) -> Visit:
    """Return the last candidate for the largest paint since the page was asked for, and the sum of shifts nobody caused."""
    began = max(
        one["ts"] for one in events
        if one["name"] == "navigationStart" and one["args"].get("data", {}).get("documentLoaderURL", "").startswith(address)
    )  # fmt: skip
    paints = [one["ts"] for one in events if one["name"] == "largestContentfulPaint::Candidate" and one["ts"] > began]
    shifts = [one["args"]["data"] for one in events if one["name"] == "LayoutShift" and one["ts"] > began]
    return Visit(
        largest_ms=(paints[-1] - began) / 1000 if paints else float("inf"),
        shift=sum(one["score"] for one in shifts if not one.get("had_recent_input")),
    )


def of_the_app(town: Town) -> list[int]:
    """Return what the app adds to a first visit: manifest, program and the page it keeps; files it keeps are there already."""
    found = []
    for path in ("/manifest.webmanifest", "/dienst.js", "/ohne-netz/"):
        asked = urllib.request.Request(town.url + path, headers={"Accept-Encoding": "gzip", "Accept-Language": "de"})
        with urllib.request.urlopen(asked, timeout=30) as answer:
            found.append(len(answer.read()) + len(str(answer.headers)))
    return found


@contextmanager
def chromium() -> Iterator[Browser]:
    """Yield a browser without a window."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=os.environ["CHROMIUM_PATH"], args=["--no-sandbox"])
        yield browser
        browser.close()


def verdict(good: bool) -> str:
    return "ok" if good else "MISSED"


def looked_at(browser: Browser, town: Town, name: str, path: str, runs: int) -> bool:
    """Measure one page in the browser; print what was found; tell whether all bounds hold."""
    # The app's program would answer in place of the network layer that counts here: its files are weighed by themselves.
    context = browser.new_context(**PHONE, service_workers="block")  # type: ignore[arg-type]
    first, second = (weigh(context, town.url + path) for _visit in range(2))
    context.close()
    app = of_the_app(town)
    kilo, again, requests = (first.bytes + sum(app)) / 1000, second.bytes / 1000, first.requests + len(app)
    light = kilo <= FIRST_KB and requests <= FIRST_REQUESTS and again <= SECOND_KB
    print(
        f"{name:<12} first visit {kilo:.0f} kB in {requests} requests (≤ {FIRST_KB}, ≤ {FIRST_REQUESTS}), "
        f"{first.pictures} pictures {first.picture_bytes / 1000:.0f} kB; second {again:.1f} kB (≤ {SECOND_KB}), "
        f"{second.pictures} pictures {second.picture_bytes / 1000:.1f} kB: {verdict(light)}",
        flush=True,
    )
    found = [trace(browser, town.url + path) for _run in range(runs)]
    largest, shift = statistics.median(one.largest_ms for one in found), max(one.shift for one in found)
    quick = largest <= LARGEST_MS and shift <= SHIFT
    print(
        f"{'':<12} phone: largest paint {largest:.0f} ms ({min(one.largest_ms for one in found):.0f} to "
        f"{max(one.largest_ms for one in found):.0f}; ≤ {LARGEST_MS}), shifts {shift:.3f} (≤ {SHIFT}), "
        f"load {os.getloadavg()[0]:.1f}: {verdict(quick)}",
        flush=True,
    )
    return light and quick


def asked(town: Town, name: str, path: str, empty: float, seconds: float) -> bool:
    """Measure how many a second are served, against the empty view."""
    requests = itertools.repeat(load.request("GET", town.url, path))
    load.run(town.url, requests, seconds=1)
    found = load.run(town.url, requests, seconds=seconds)
    share = found.rate / empty
    print(
        f"{name:<12} {found.rate:.0f}/s, p99 {found.at(0.99):.0f} ms, {found.errors} errors, {share:.2f} of the empty view "
        f"(≥ {SHARE}), load {os.getloadavg()[0]:.1f}: {verdict(share >= SHARE)}",
        flush=True,
    )
    return share >= SHARE


def main() -> int:
    """Measure everything; return 1 when a bound is missed."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--seconds", type=float, default=5)
    parser.add_argument("--sqlite", action="store_true", help="for trying out without a server")
    options = parser.parse_args()
    if not (options.sqlite or databases.server()) or not os.environ.get("CHROMIUM_PATH"):
        print("This wants PostgreSQL (DATABASE_URL) and CHROMIUM_PATH (see docs/testing.md).", file=sys.stderr)
        return 2
    kind, results = "sqlite" if options.sqlite else "postgres", []
    with served(kind, start=False, workers=2, threads=4) as town:
        pages = {"start page": "/", "article": town.python(SCENE).split()[-1]}
        town.manage("collectstatic", "--noinput", "--verbosity", "0")
        town.start()
        for path in pages.values():
            town.get(path)  # makes the sizes of the pictures
        requests = itertools.repeat(load.request("GET", town.url, "/livez"))
        load.run(town.url, requests, seconds=1)
        empty = load.run(town.url, requests, seconds=options.seconds).rate
        print(f"{'empty view':<12} {empty:.0f}/s, whole middleware, load {os.getloadavg()[0]:.1f}", flush=True)
        results += [asked(town, name, path, empty, options.seconds) for name, path in pages.items()]
        with chromium() as browser:
            results += [looked_at(browser, town, name, path, options.runs) for name, path in pages.items()]
    return int(not all(results))


if __name__ == "__main__":
    sys.exit(main())
