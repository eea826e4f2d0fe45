"""Markdown for citizens: paragraphs, lists, links, emphasis – and nothing else, checked twice."""

import html
from functools import cache, lru_cache
from urllib.parse import urlsplit

import nh3
from django.utils.html import strip_tags
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt

LONGEST = 20_000
TAGS = {"p", "br", "ul", "ol", "li", "a", "em", "strong"}
ATTRIBUTES = {"a": {"href", "title"}, "ol": {"start"}}
SCHEMES = {"http", "https", "mailto"}


@cache
def parser() -> MarkdownIt:
    """Return the parser; HTML in the source is text to it, every rule not named here is off."""
    made = MarkdownIt("zero", {"html": False, "linkify": False, "typographer": False, "breaks": True})
    return made.enable(["list", "link", "emphasis", "newline", "escape", "autolink", "entity"])


def safe_address(_tag: str, name: str, value: str) -> str | None:
    """Return the address when its scheme is harmless (relative ones are); drop the attribute otherwise."""
    if name != "href":
        return value
    try:
        scheme = urlsplit(value.strip()).scheme.lower()
    except ValueError:
        return None
    return value if scheme in SCHEMES or (not scheme and not value.strip().startswith("//")) else None


# The same texts are shown over and over; who asks for one brings it along, so nothing can leak.
@lru_cache(maxsize=500)
def as_html(source: str) -> SafeString:
    """Return ``source`` as safe HTML; what is beyond ``LONGEST`` signs is not read at all."""
    rendered = parser().render(source[:LONGEST])
    clean = nh3.clean(
        rendered,
        tags=TAGS,
        attributes=ATTRIBUTES,
        attribute_filter=safe_address,
        url_schemes=SCHEMES,
        link_rel="nofollow ugc noopener",
    )
    return mark_safe(clean)


def as_text(source: str) -> str:
    """Return ``source`` as plain words, for excerpts."""
    blocks = (
        parser().render(source[:LONGEST]).replace("</p>", "</p> ").replace("</li>", "</li> ").replace("<br", " <br")
    )
    return " ".join(html.unescape(strip_tags(blocks)).split())


def excerpt(source: str, length: int = 180) -> str:
    """Return the first words of ``source``, at most ``length`` signs, cut between words."""
    text = as_text(source)
    if len(text) <= length:
        return text
    head = text[: length - 1]
    return f"{head.rsplit(' ', 1)[0] if ' ' in head else head} …".replace(", …", " …")
