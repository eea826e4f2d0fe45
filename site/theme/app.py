"""The small program in the browser that shows a page of ours while there is no network (``docs/decisions/0041``)."""

import hashlib
import json

from django.templatetags.static import static

from theme.town import Town

OFFLINE = "/ohne-netz/"
FILES = (
    "vendor/mitwirk.css",
    "vendor/mitwirk.js",
    "vendor/mitwirk-early.js",
    "vendor/fonts/fira-sans-400.woff2",
    "vendor/fonts/fira-sans-600.woff2",
    "vendor/fonts/source-serif-4-600.woff2",
    "theme/icons.svg",
)
LOOK = 1  # counts up when the page changes


def plan(town: Town, language: str) -> str:
    """Return, as JSON, what the program keeps: files that are the same for everybody, and one page; nothing else, ever.

    The name changes whenever one of them does: browsers then fetch all anew and throw the old ones away.
    """
    files = [static(name) for name in FILES] + ([town.colours_url] if town.colours_url else [])
    words = repr((LOOK, files, town.stamp, language))
    name = f"mitwirk-{hashlib.sha256(words.encode()).hexdigest()[:12]}"
    return json.dumps({"name": name, "files": files, "page": OFFLINE})
