"""What the blocks of a page name: pages, documents, pictures, campaigns, contacts, and addresses on this site.

Read from what is stored, not from what is shown: a chosen thing that was deleted is nothing when it is shown.
"""

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from django.conf import settings
from django.db.models import Model
from wagtail import blocks
from wagtail.blocks.field_block import ChooserBlock
from wagtail.coreutils import resolve_model_string
from wagtail.documents import get_document_model
from wagtail.models import Page

LINK = re.compile(r"<a\s([^>]*)>(.*?)</a>", re.DOTALL)
PART = re.compile(r'([a-z]+)="([^"]*)"')
TAG = re.compile(r"<[^>]+>")


class Named(NamedTuple):
    """One thing that a block names: ``model`` and ``key``, or ``path`` on this site; ``words`` say where in the text."""

    model: type[Model] | None
    key: int
    path: str
    words: str


def named(block: blocks.Block, value: Any, words: str = "") -> Iterator[Named]:
    """Return all that the stored value of a block names."""
    if isinstance(block, blocks.StreamBlock):
        for one in value or []:
            child = block.child_blocks.get(one.get("type"))
            if child is not None:
                yield from named(child, one.get("value"), str(child.label))
    elif isinstance(block, blocks.ListBlock):
        for one in value or []:
            inner = one["value"] if isinstance(one, dict) and one.get("type") == "item" else one
            yield from named(block.child_block, inner, words)
    elif isinstance(block, blocks.StructBlock):
        yield from in_struct(block, value or {}, words)
    elif isinstance(block, blocks.RichTextBlock):
        yield from in_text(value or "")
    elif isinstance(block, ChooserBlock) and isinstance(value, int):
        # Documents are chosen by a block that gives the name of its model instead of the model.
        yield Named(resolve_model_string(block.target_model), value, "", words)


def in_struct(block: blocks.StructBlock, value: dict[str, Any], words: str) -> Iterator[Named]:
    """Return what the parts of a block name; an address typed into a link is one of them."""
    said = next(
        (str(value[name]) for name in ("text", "title") if isinstance(value.get(name), str) and value[name]), words
    )
    for name, child in block.child_blocks.items():
        if name == "url" and isinstance(value.get(name), str):
            if path := own_path(value[name]):
                yield Named(None, 0, path, TAG.sub("", said)[:80])
        else:
            yield from named(child, value.get(name), TAG.sub("", said)[:80])


def in_text(html: str) -> Iterator[Named]:
    """Return what the links of a text lead to."""
    for attributes, inner in LINK.findall(html):
        parts, words = dict(PART.findall(attributes)), TAG.sub("", inner)[:80]
        model = {"page": Page, "document": get_document_model()}.get(parts.get("linktype", ""))
        if model and parts.get("id", "").isdecimal():
            yield Named(model, int(parts["id"]), "", words)
        elif path := own_path(parts.get("href", "")):
            yield Named(None, 0, path, words)


def own_path(url: str) -> str:
    """Return the path of an address on this site; empty for all others."""
    if url.startswith(f"{settings.SITE_URL}/"):
        url = url.removeprefix(settings.SITE_URL)
    return re.split(r"[?#]", url)[0] if url.startswith("/") and not url.startswith("//") else ""
