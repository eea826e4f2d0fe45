"""A browser on a served site: Chromium without a window, our own static files, axe-core from node_modules."""

import functools
import json
import os
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Error, Locator, Page, expect, sync_playwright

from tests.served import Town

ROOT = Path(__file__).resolve().parents[2]
AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
# Playwright's synchronous interface runs a loop of its own; Django must not take it for an asynchronous view.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
# As patient as the pages themselves: two browsers and two towns share two cores.
expect.set_options(timeout=15_000)
END_ANIMATIONS = """
for (const one of document.getAnimations()) if (one.effect.getComputedTiming().endTime !== Infinity) one.finish();
"""
AXE_OPTIONS = {"rules": {"target-size": {"enabled": True}}, "resultTypes": ["violations"]}

# What people do with a page they do when it is there. A test is faster: it would press a key between the words of the
# next page and its scripts, which are deferred.
ACTS = ("blur", "check", "clear", "click", "dblclick", "dispatch_event", "drag_and_drop", "drag_to", "evaluate", "fill",
        "focus", "hover", "press", "press_sequentially", "select_option", "set_checked", "set_input_files", "tap", "type",
        "uncheck")  # fmt: skip
# What reads at once must not read half a page either.
READS = ("all_inner_texts", "all_text_contents", "bounding_box", "content", "count", "get_attribute", "inner_html",
         "inner_text", "input_value", "is_checked", "is_visible", "text_content")  # fmt: skip

# What the test tool itself writes into the console, because pages here have no service worker (see open_page).
BLOCKED = "Service Worker registration blocked by Playwright"


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium for all tests; skipped only where none is named."""
    path = os.environ.get("CHROMIUM_PATH")
    if not path:
        pytest.skip("CHROMIUM_PATH names no browser")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield chromium
        chromium.close()


def _once_loaded(act: Callable[..., Any], page_of: Callable[[Any], Page]) -> Callable[..., Any]:
    """Return ``act`` so that it waits for the page's scripts first."""

    @functools.wraps(act)
    def waiting(target: Any, *values: Any, **named: Any) -> Any:
        page_of(target).wait_for_load_state("load")
        return act(target, *values, **named)

    return waiting


@pytest.fixture(scope="session", autouse=True)
def _patient_hands() -> Iterator[None]:
    """Let every act on an element or a page, and every look at it, wait until the page has loaded."""
    with pytest.MonkeyPatch.context() as patched:
        for name in ACTS + READS:
            if act := getattr(Locator, name, None):
                patched.setattr(Locator, name, _once_loaded(act, lambda locator: locator.page))
            if act := getattr(Page, name, None):
                patched.setattr(Page, name, _once_loaded(act, lambda page: page))
        yield


def _as_on_a_bad_line(page: Page) -> None:
    """Let every answer take 300 ms longer (SLOW=1): tests that act before a page is ready show it then."""
    line = {"offline": False, "latency": 300, "downloadThroughput": -1, "uploadThroughput": -1}
    page.context.new_cdp_session(page).send("Network.emulateNetworkConditions", line)


@pytest.fixture
def open_page(browser: Browser) -> Iterator[Callable[..., Page]]:
    """Return a function that opens an address in a fresh window: width, scheme, script on or off."""
    contexts = []

    def open_one(address: str, *, width: int = 1280, scheme: str = "light", script: bool = True, **more: Any) -> Page:
        context = browser.new_context(
            viewport={"width": width, "height": 900},
            color_scheme=scheme,  # type: ignore[arg-type]
            locale="de-DE",
            java_script_enabled=script,
            # What answers while there is no network has its own test (test_app.py); all others talk to the site itself.
            **({"service_workers": "block"} | more),  # type: ignore[arg-type]
        )
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(15_000)
        if os.environ.get("SLOW"):
            _as_on_a_bad_line(page)
        for name in ("press", "type", "insert_text"):
            keys = getattr(type(page.keyboard), name)
            setattr(page.keyboard, name, functools.partial(_once_loaded(keys, lambda _keyboard: page), page.keyboard))
        page.goto(address)
        return page

    yield open_one
    for context in contexts:
        context.close()


@pytest.fixture
def page(open_page: Callable[..., Page]) -> Page:
    """An empty window of ordinary width."""
    return open_page("about:blank")


def until(page: Page, true: Callable[[], object], *, seconds: float = 30) -> None:
    """Wait until something holds that no ``expect`` can ask for: a row in the database, several things at once."""
    end = time.monotonic() + seconds
    while True:
        try:
            if true():
                return
            trouble = ""
        except (Error, LookupError) as error:  # the page was just exchanged, the row is not there yet
            trouble = str(error)
        assert time.monotonic() < end, trouble or "it never came true"
        page.wait_for_timeout(100)


def axe(page: Page) -> list[str]:
    """Return what axe-core finds, a line for each element; it is put in from outside, so the content policy does not matter.

    What is still fading in is brought to its end first: its colours are on their way only.
    """
    page.evaluate(END_ANIMATIONS)
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate(f"axe.run(document, {json.dumps(AXE_OPTIONS)})")
    return [
        f"{violation['id']}: {node['target']} – {node['failureSummary']}"
        for violation in found["violations"]
        for node in violation["nodes"]
    ]


def sideways(page: Page, widths: tuple[int, ...] = (320, 360, 768, 1280)) -> dict[int, int]:
    """Return the widths at which the page can be scrolled sideways, with the number of pixels."""
    found = {}
    for width in widths:
        page.set_viewport_size({"width": width, "height": 900})
        over = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        if over > 0:
            found[width] = over
    return found


def foreign_requests(page: Page, address: str) -> list[str]:
    """Open ``address`` and return every request that left the site."""
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(address)
    page.wait_for_load_state("networkidle")
    home = "/".join(address.split("/")[:3])
    return [url for url in asked if not url.startswith((home, "data:", "blob:"))]


def enter(town: Town, open_page: Callable[..., Page], who: str, path: str, **more: object) -> Page:
    """Open a page as one of the people whose sessions the town's scene holds, or as nobody."""
    page = open_page("about:blank", **more)
    if who:
        page.context.add_cookies([{"name": "sessionid", "value": town.scene.sessions[who], "url": town.url}])
    page.goto(town.url + path)
    return page


def look(page: Page, name: str) -> None:
    """Keep a picture for whoever wants to look (SHOTS: a folder)."""
    if folder := os.environ.get("SHOTS"):
        page.screenshot(path=f"{folder}/{name}.png", full_page=True)
