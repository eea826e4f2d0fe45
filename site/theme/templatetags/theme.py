"""Icons, chips, dates, clean Markdown, form fields and the river in its forms, for the templates of every room."""

import datetime as dt
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any

from django import forms, template
from django.conf import settings
from django.forms.boundfield import BoundField
from django.templatetags.static import static
from django.utils import formats
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from theme import dates, fields
from theme import markdown as writing
from theme.kept import Shelf, Unkeepable, frozen, rendered

register = template.Library()
FRAMES, CARDS = Shelf(500), Shelf(3_000)
LOOKS = {"sky", "plum", "sun", "river", "done", "grey", "brick", "now", "plain"}
Step = Mapping[str, Any]


@register.simple_tag
def icon(name: str, css: str = "") -> SafeString:
    """Return a sign of our own set; it is decoration, words carry the meaning."""
    return sign(name, css)


# A list page has more than seventy of them, always the same few.
@lru_cache(maxsize=256)
def sign(name: str, css: str) -> SafeString:
    """Return the picture of a sign."""
    return format_html(
        '<svg class="mw-icon {}" aria-hidden="true" focusable="false" width="24" height="24"><use href="{}#{}"></use></svg>',
        css,
        static("theme/icons.svg"),
        name,
    )


@register.simple_tag
def german() -> SafeString:
    """Return the attribute that tells what people of the town wrote to be German, on pages that speak something else."""
    return SafeString("" if get_language() == settings.LANGUAGE_CODE else ' lang="de"')


@register.simple_tag(takes_context=True)
def frame(context: template.Context, part: str) -> SafeString:
    """Render header or footer; they are the same for all who are (or are not) signed in, until the town changes."""
    town, request, user = (context.get(name) for name in ("town", "request", "user"))
    if not (town and request and user and town.stamp) or context.get("header_query"):
        return rendered(context, part)
    path = request.path if any(request.path == url for _name, _text, url in town.nav) else ""
    key = (part, town.stamp, bool(context.get("demo")), user.is_authenticated, context.get("nav_current"), path)
    return FRAMES.html(key, lambda: rendered(context, part))


@register.simple_tag(takes_context=True)
def card(context: template.Context, card: Mapping[str, Any]) -> SafeString:
    """Render ``theme/parts/card.html``; a card that shows the same as before is not made again."""
    tall, level = context.get("tall"), context.get("level")
    try:
        shown = frozen({name: value for name, value in card.items() if name not in {"id", "idea"}})
    except Unkeepable:
        return rendered(context, "theme/parts/card.html", card=card)
    return CARDS.html((shown, tall, level), lambda: rendered(context, "theme/parts/card.html", card=card))


@register.simple_tag
def chip(look: str, text: str, sign: str = "", status: bool = True) -> SafeString:
    """Return a chip in one of the fixed looks; a status chip says so to those who cannot see it."""
    before = format_html('<span class="kern-sr-only">{} </span>', _("Status:")) if status else ""
    return format_html(
        '<span class="mw-chip mw-chip--{}">{}{}{}</span>',
        look if look in LOOKS else "grey",
        icon(sign) if sign else "",
        before,
        text,
    )


@register.filter(name="markdown")
def markdown_filter(value: str | None) -> SafeString:
    """Return citizens' Markdown as safe HTML."""
    return writing.as_html(value or "")


@register.filter
def excerpt(value: str | None, length: int = 180) -> str:
    """Return the first words as plain text."""
    return writing.excerpt(value or "", int(length))


@register.filter
def day(value: dates.Moment | None) -> str:
    """Return "Sonntag, 6. Dezember 2026"."""
    return dates.day(value) if value else ""


@register.filter
def short_day(value: dates.Moment | None) -> str:
    """Return "6. Dezember 2026"."""
    return dates.short_day(value) if value else ""


@register.filter
def moment(value: dates.Moment | None) -> str:
    """Return "Sonntag, 6. Dezember, 18 Uhr"."""
    return dates.moment(value) if value else ""


@register.filter
def short_moment(value: dates.Moment | None) -> str:
    """Return "6. Dezember, 18 Uhr"."""
    return dates.short_moment(value) if value else ""


@register.filter
def clock(value: dt.datetime | None) -> str:
    """Return "18 Uhr" or "18:30 Uhr"."""
    return dates.clock(value) if value else ""


@register.filter
def days_left(value: dates.Moment | None) -> str:
    """Return "noch 13 Tage"."""
    return dates.days_left(value) if value else ""


@register.filter
def number(value: float | None) -> str:
    """Return "1.284"."""
    return formats.number_format(value, force_grouping=True) if value is not None else ""


@register.inclusion_tag("theme/parts/field.html")
def field(bound: BoundField, counter: int = 0, hint: str = "", label: str = "", **extra: str) -> dict[str, object]:
    """Render a form field; further keywords become attributes (``autocomplete="email"``; ``_`` turns into ``-``)."""
    attrs = {name.replace("_", "-"): value for name, value in extra.items()}
    return fields.field_context(bound, counter=counter, hint=hint, label=label, extra=attrs)


@register.inclusion_tag("theme/parts/fields.html")
def form_fields(form: forms.BaseForm) -> dict[str, object]:
    """Render all fields of a form, hidden ones first."""
    return {"form": form}


@register.inclusion_tag("theme/parts/error_summary.html")
def error_summary(form: forms.BaseForm | None) -> dict[str, object]:
    """Render the summary above a form that came back: what to mend, linked to the fields."""
    bound = [form[name] for name in form.errors if name in form.fields] if form and form.is_bound else []
    general = list(form.non_field_errors()) if form and form.is_bound else []
    count = len(bound) + len(general)
    title = ngettext("Please check one entry", "Please check %(count)d entries", count) % {"count": count}
    return {"fields": bound, "general": general, "count": count, "title": title}


@register.inclusion_tag("theme/parts/phase_line.html")
def phase_line(steps: Iterable[Step]) -> dict[str, object]:
    """Render the river of a campaign: past, now, still to come."""
    return {"steps": list(steps)}


@register.inclusion_tag("theme/parts/phase_mini.html")
def phase_mini(steps: Iterable[Step]) -> dict[str, object]:
    """Render the river in five strokes, with its words, for cards."""
    found = list(steps)
    place = next((index for index, step in enumerate(found, 1) if step["state"] == "now"), 0)
    current = found[place - 1] if place else (found[-1] if found else None)
    return {"steps": found, "place": place, "total": len(found), "current": current}


@register.inclusion_tag("theme/parts/timeline.html")
def timeline(entries: Iterable[Mapping[str, Any]]) -> dict[str, object]:
    """Render what happened, by whom, and what comes next."""
    return {"entries": list(entries)}
