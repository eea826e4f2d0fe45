"""A town's own colours: everything that follows from three of them, whether it can be read, and the stylesheet.

Editors give one colour for light pages; its darker, paler and night shades are mixed from it, so that nobody has to choose
eighteen colours. What is left empty stays as the site brings it along (``10-tokens.css``).
"""

import hashlib
from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from theme.contrast import LARGE, TEXT, contrast, lighten_until, mix

if TYPE_CHECKING:
    from cms.models import TownSettings

WHITE, INK, PAPER, MIST = "#ffffff", "#16211e", "#ffffff", "#f1f6f3"
NIGHT, NIGHT_MIST, NIGHT_INK = "#101817", "#17221f", "#eef4f1"
SOFT_ON_DARK = "#d5e6e1"
Shade = tuple[str, str]


class Pair(NamedTuple):
    """Two colours that meet on a page: what stands on what, how far apart they must be, which field is to blame."""

    field: str
    words: str
    front: str
    back: str
    least: float


def main_shades(main: str) -> dict[str, Shade]:
    """Return what follows from the main colour, for light and for dark pages."""
    night = lighten_until(main, NIGHT_MIST, 8.5)
    deep = mix(main, "#000000", 0.32)
    return {
        "river": (main, night),
        "on-river": (WHITE, mix(main, "#000000", 0.75)),
        "river-deep": (deep, mix(night, WHITE, 0.35)),
        "river-tint": (mix(main, WHITE, 0.86), mix(main, NIGHT, 0.7)),
        "band": (main, mix(main, NIGHT, 0.5)),
        "foot": (deep, mix(deep, NIGHT, 0.85)),
        "bar": (deep, mix(main, NIGHT, 0.45)),
    }


def accent_shades(accent: str) -> dict[str, Shade]:
    """Return what follows from the second colour."""
    return {
        "brick": (accent, lighten_until(accent, NIGHT_MIST, 8.5)),
        "brick-tint": (mix(accent, WHITE, 0.86), mix(accent, NIGHT, 0.72)),
    }


def shades(town: "TownSettings") -> dict[str, Shade]:
    """Return all tokens that the town changes; nothing for a town that keeps ours."""
    found: dict[str, Shade] = {}
    if town.main_colour:
        found |= main_shades(town.main_colour)
    if town.call_colour:
        found |= {"sun": (town.call_colour, town.call_colour)}
    if town.accent_colour:
        found |= accent_shades(town.accent_colour)
    return found


def pairs(town: "TownSettings") -> Iterator[Pair]:
    """Return every pair of colours that the town's choice touches."""
    found = shades(town)
    if town.main_colour:
        yield from main_pairs(found)
    if town.call_colour:
        yield Pair("call_colour", _("dark letters on the colour of the call"), INK, town.call_colour, TEXT)
        foot = found["foot"][0] if "foot" in found else "#083f3c"
        yield Pair("call_colour", _("the frame around the chosen link in the footer"), town.call_colour, foot, LARGE)
    if town.accent_colour:
        accent, tint = found["brick"], found["brick-tint"]
        for place, ground in enumerate((PAPER, NIGHT)):
            yield Pair("accent_colour", _("the second colour as letters on the page"), accent[place], ground, TEXT)
            yield Pair(
                "accent_colour", _("the second colour as letters on its own tint"), accent[place], tint[place], TEXT
            )


def main_pairs(found: dict[str, Shade]) -> Iterator[Pair]:
    """Return the pairs of the main colour, by day and by night."""
    for place, (paper, mist) in enumerate(((PAPER, MIST), (NIGHT, NIGHT_MIST))):
        at = {name: shade[place] for name, shade in found.items()}
        yield Pair("main_colour", _("letters on a button in the main colour"), at["on-river"], at["river"], TEXT)
        yield Pair("main_colour", _("links in the main colour on the page"), at["river"], paper, TEXT)
        yield Pair("main_colour", _("links in the main colour on a pale ground"), at["river"], mist, TEXT)
        yield Pair("main_colour", _("links in the main colour on its own tint"), at["river"], at["river-tint"], TEXT)
        yield Pair("main_colour", _("pale letters on a band in the main colour"), SOFT_ON_DARK, at["band"], TEXT)
        yield Pair("main_colour", _("white letters in the footer"), WHITE, at["foot"], TEXT)


def faults(town: "TownSettings") -> dict[str, list[str]]:
    """Return, by field, a sentence for each pair that cannot be read well enough."""
    found: dict[str, list[str]] = {}
    for pair in pairs(town):
        measured = contrast(pair.front, pair.back)
        if measured < pair.least:
            # Rounded down, so that 4,46 does not read as the 4,5 that is wanted.
            seen, wanted = (number_format(int(value * 10) / 10, 1) for value in (measured, pair.least))
            sentence = _(
                "Too little contrast for %(words)s: %(front)s on %(back)s is %(seen)s to 1, at least %(wanted)s to 1 is needed."
            )
            found.setdefault(pair.field, []).append(
                sentence % {"words": pair.words, "front": pair.front, "back": pair.back, "seen": seen, "wanted": wanted}
            )
    return found


def stylesheet(town: "TownSettings") -> str:
    """Return the town's stylesheet; empty for a town that keeps our colours.

    People who ask their device for more contrast keep ours, which are made for that.
    """
    rules = "".join(f"--mw-{name}:light-dark({light},{dark});" for name, (light, dark) in shades(town).items())
    return f"@media not (prefers-contrast: more){{:root{{{rules}}}}}\n" if rules else ""


def stamp(css: str) -> str:
    """Return the mark of a stylesheet: another one for other colours."""
    return hashlib.sha256(css.encode()).hexdigest()[:16]
