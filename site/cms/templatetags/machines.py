"""The part of a page's head that machines read: canonical address, other languages, shared picture, JSON-LD."""

import json
from collections.abc import Iterable
from typing import Any

from django import template
from django.core.serializers.json import DjangoJSONEncoder
from django.template import Context
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from cms import drawn, renditions
from cms.models import Picture
from cms.models.machines import ForMachines, absolute
from ideas.models import Idea

register = template.Library()
# What could end the element or begin another one: JSON knows all of it by number as well.
OPEN = str.maketrans({"<": "\\u003C", ">": "\\u003E", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"})
Image = tuple[str, int, int, str]


@register.simple_tag(takes_context=True)
def page_head(context: Context) -> SafeString:
    """Render what machines read of the page that Wagtail shows; nothing on all other pages."""
    page = context.get("head_page")
    if not isinstance(page, ForMachines):
        return SafeString()
    request = context.get("request")
    return mark_safe("\n  ".join([*links(page, request), open_graph(page), json_ld(page.json_ld(request))]))


def links(page: ForMachines, request: Any) -> list[SafeString]:
    """Return the canonical address and those in other languages; the first one is what strangers get."""
    others = page.alternates(request)
    found = [("canonical", "", page.canonical_path(request))]
    found += [("alternate", language, path) for language, path in others]
    found += [("alternate", "x-default", others[0][1])] if others else []
    return [
        format_html(
            '<link rel="{}"{} href="{}">', rel, format_html(' hreflang="{}"', lang) if lang else "", absolute(path)
        )
        for rel, lang, path in found
    ]


def open_graph(page: ForMachines) -> SafeString:
    """Return what other sites show beside a link."""
    url, width, height, alt = image(page)
    properties = {
        "og:type": page.share_kind,
        "og:title": page.share_title,
        "og:description": page.share_text,
        "og:url": absolute(page.get_absolute_url()),
        "og:locale": "en_GB" if getattr(page, "language", "de") == "en" else "de_DE",
        "og:image": url,
        "og:image:width": width,
        "og:image:height": height,
        "og:image:alt": alt,
    }
    return format_html_join(
        "\n  ", '<meta property="{}" content="{}">', ((k, v) for k, v in properties.items() if v != "")
    )


def image(page: Any) -> Image:
    """Return the picture of a page as others show it: the editor's while it may be shown, else a drawn one."""
    picture = page.share_picture
    size = next(iter(renditions.prepare(picture, "share")), None)
    if size is not None:
        return absolute(size.url), size.width, size.height, picture.default_alt_text
    return absolute(drawn.address(page)), drawn.WIDTH, drawn.HEIGHT, page.share_title


@register.simple_tag
def drawn_for(idea: Idea) -> str:
    """Return the full address of the picture that is drawn for an idea without one."""
    return absolute(drawn.idea_address(idea))


@register.simple_tag
def json_ld(nodes: Iterable[dict[str, Any]]) -> SafeString:
    """Render nodes of schema.org as data; no text in them can end the element."""
    graph = [settled(node) for node in nodes]
    if not graph:
        return SafeString()
    text = json.dumps({"@context": "https://schema.org", "@graph": graph}, ensure_ascii=False, cls=DjangoJSONEncoder)
    text = text.translate(OPEN)
    return mark_safe(f'<script type="application/ld+json">{text}</script>')


def settled(node: dict[str, Any]) -> dict[str, Any]:
    """Return a node with the addresses of its pictures, without those that may not be shown."""
    found = {name: shown(value) if isinstance(value, Picture) else value for name, value in node.items()}
    return {name: value for name, value in found.items() if value not in (None, "")}


def shown(picture: Picture) -> str:
    """Return the address of the size that others show."""
    size = next(iter(renditions.prepare(picture, "share")), None)
    return absolute(size.url) if size else ""


@register.simple_tag(takes_context=True)
def app_icon(context: Context, size: int, maskable: bool = False) -> str:
    """Return the address of the town's symbol in one size."""
    town = context.get("town")
    return str(town.icon(size, maskable=maskable)) if town else ""
