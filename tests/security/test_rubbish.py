"""Every public address of the site gets rubbish, from visitors and from people signed in: no error of ours, and no leak."""

import re
from collections.abc import Iterator
from itertools import product

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from django.urls.resolvers import RoutePattern

from ideas.models import Campaign
from tests.security.conftest import PENDING, SECRET, make_idea
from tests.soak import by_database

HUGE = "99999999999999999999"
VALUES = {
    "int": ("0", "{id}", "9223372036854775808", HUGE),
    "uuid": ("00000000-0000-0000-0000-000000000000",),
    "slug": ("idea", "x" * 300),
    "str": ("x", "%00", "%ff", "x" * 300),
    "path": ("x/../y", "%00"),
    "picture": ("x.png",),
}
PART = re.compile(r"<(?:(\w+):)?\w+>")
# Addresses given by regular expressions, of the libraries.
OTHERS = (
    "/gibt/es/nicht/", "/%00/", "/%ff/", f"/dokumente/{HUGE}/x.pdf", "/dokumente/1/x.pdf", "/konto/confirm-email/x:y:z/",
    "/konto/password/reset/key/1-x/", f"/konto/password/reset/key/{HUGE}-x/", "/_util/authenticate_with_password/1/1/",
    f"/_util/authenticate_with_password/{HUGE}/{HUGE}/", "/mitmachen/", "/mitmachen/spielraeume/", "/aktuelles/", "/",
)  # fmt: skip
QUERIES = (
    "",
    "?q=%00&nach=%00&ab=%00&sort=%00",
    "?q=%ff",
    f"?ab={HUGE}&antwort={HUGE}&seite={HUGE}&p={HUGE}&nach={HUGE}&number={HUGE}&page={HUGE}",
    "?ab=-1&antwort=x&seite=-1&nach=x:y:z&thema=x&stadtteil=x&status=x&schlagwort=x&kampagne=x&art=x&genau=x",
    "?q=" + "%22-" * 200 + "&thema=spiel&schlagwort=%F0%9F%98%80",
    "?kampagne=spielraeume&entwurf=x&schritt=pruefen&next=//boese.example/&kommentar=1&x=" + "y" * 2000,
    "?q=Feldlerche+Nebelkr%C3%A4he+Platz",
)
BODIES = (
    ("application/x-www-form-urlencoded", b""),
    (
        "application/x-www-form-urlencoded",
        b"action=x&text=%00&title=%ff&parent=99999999999999999999&version=1e9&decision=x",
    ),
    (
        "application/x-www-form-urlencoded",
        b"action=support&next=//boese.example&email=a%00@b&login=%ed%a0%80&code=%00&q=1",
    ),
    ("application/json", b'{"action": [1, {"x": "\\ud800"}]'),
    ("multipart/form-data; boundary=x", b"--x\r\nContent-Disposition: form-data; name=images; filename=a\r\n\r\nno"),
    ("quatsch", b"\xff\xfe"),
)
METHODS = ("HEAD", "PUT", "DELETE", "QUATSCH")
SKIPPED = ("cms/", "konto/logout/", "cms/logout/")
IMPOSSIBLE = re.compile(f"%|xxx|/0/|{HUGE}|9223372036854775808|0000-0000")


def addresses(patterns: list[URLPattern | URLResolver], before: str = "") -> Iterator[str]:
    """Yield the addresses of all routes, each with good, wrong and impossible values in its places."""
    for pattern in patterns:
        if not isinstance(pattern.pattern, RoutePattern):
            continue
        route = before + str(pattern.pattern._route)
        if route in SKIPPED:
            continue
        if isinstance(pattern, URLResolver):
            yield from addresses(pattern.url_patterns, route)
        else:
            choices = [VALUES[kind or "str"] for kind in PART.findall(route)]
            for values in product(*choices):
                parts = iter(values)
                yield "/" + PART.sub(lambda _match, parts=parts: next(parts), route)  # type: ignore[misc]


@pytest.fixture
def paths(campaign: Campaign, browsers: dict[str, Client]) -> list[str]:
    """All addresses (every third on SQLite), for an idea that waits and for one with a change that waits."""
    ideas = [make_idea(state, campaign, browsers) for state in ("waiting", "changed")]
    found = [path.replace("{id}", str(idea.pk)) for path in addresses(get_resolver().url_patterns) for idea in ideas]
    assert len(found) > 100
    some = list(dict.fromkeys([*found, *OTHERS]))
    return some[:: by_database(3, 1)]


def ask(browser: Client, method: str, path: str, body: tuple[str, bytes] = ("", b"")) -> str:
    """Return what went wrong, or nothing."""
    answer = browser.generic(method, path, body[1], content_type=body[0] or "application/octet-stream")
    if answer.status_code >= 500:
        return f"{answer.status_code} {method} {path[:150]} {body}"
    words = b"".join(answer.streaming_content) if answer.streaming else answer.content
    shown = words.decode("utf-8", "replace")
    typed = path + body[1].decode("utf-8", "replace")
    if any(word in shown for word in (SECRET, PENDING) if word not in typed and "q=Feldlerche" not in typed):
        return f"leak {method} {path[:150]} {body}"
    if "q=Feldlerche" in path and f"Platz für die {SECRET}" in shown:
        return f"leak {method} {path[:150]}"
    if "boese.example" in answer.get("Location", "").split("?")[0]:
        return f"led away {method} {path[:150]} {body}"
    return ""


@pytest.mark.parametrize("role", ["visitor", "citizen"])
def test_rubbish_in_addresses_is_answered(role: str, paths: list[str], browsers: dict[str, Client]) -> None:
    wrong = []
    for path in paths:
        # Where the address itself is impossible, what follows it does not matter.
        queries = QUERIES[:1] if IMPOSSIBLE.search(path) else QUERIES
        wrong += [ask(browsers[role], "GET", path + query) for query in queries]
    assert not list(filter(None, wrong))


@pytest.mark.parametrize("role", ["visitor", "citizen"])
def test_rubbish_in_bodies_and_odd_methods_are_answered(
    role: str, paths: list[str], browsers: dict[str, Client]
) -> None:
    wrong = []
    for path in paths:
        wrong += [
            ask(browsers[role], "POST", path, body) for body in (BODIES[:1] if IMPOSSIBLE.search(path) else BODIES)
        ]
        wrong += [ask(browsers[role], method, path, BODIES[1]) for method in METHODS]
    assert not list(filter(None, wrong))
