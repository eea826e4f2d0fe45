"""Marking explained words in texts: the first time on a page each, outside of links, as a button that says what it means."""

import re
from collections.abc import Iterable
from functools import lru_cache
from html import escape
from typing import Any

from django.core.cache import caches
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from cms.models import Term

KEY, SECONDS = "cms:terms", 300
TAG = re.compile(r"(<[^>]*>)")
LINK = re.compile(r"</?a[\s>]")
Plain = dict[str, Any]


def terms() -> list[Plain]:
    """Return all words; costs no statement while they are in the cache."""
    found: list[Plain] | None = caches["fast"].get(KEY)
    if found is None:
        found = [term.as_plain() for term in Term.objects.all()]
        caches["fast"].set(KEY, found, SECONDS)
    return found


def forget() -> None:
    """Read the words again."""
    caches["fast"].delete(KEY)


@lru_cache(maxsize=8)
def pattern(forms: tuple[str, ...]) -> re.Pattern[str]:
    """Return what finds any of these forms as a whole word, the longest first."""
    longest_first = sorted(forms, key=len, reverse=True)
    return re.compile(rf"(?<![\w-])({'|'.join(map(re.escape, longest_first))})(?![\w-])")


def marked(html: str, seen: set[int], found: Iterable[Plain] | None = None) -> SafeString:
    """Return safe HTML with the words marked that are not in ``seen`` yet, which grows by them."""
    words = terms() if found is None else found
    by_form = {escape(form, quote=False): term for term in words for form in term["forms"]}
    if not by_form:
        return mark_safe(html)
    rule = pattern(tuple(sorted(by_form)))
    in_link, parts = False, []
    for part in TAG.split(html):
        if LINK.match(part):
            in_link = not part.startswith("</")
        is_text = not part.startswith("<") and not in_link
        parts.append(rule.sub(lambda match: button(match[0], by_form, seen), part) if is_text else part)
    return mark_safe("".join(parts))


def button(words: str, by_form: dict[str, Plain], seen: set[int]) -> str:
    """Return a word as a button with its explanation, or as it is when it was explained already."""
    term = by_form.get(words)
    if term is None or term["pk"] in seen:
        return words
    seen.add(term["pk"])
    return render_to_string("cms/parts/term.html", {"term": term, "words": mark_safe(words)}).strip()
