"""What the frame says about the town; a room above may provide it from the admin (``provides_town``)."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace

from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

Text = str | Promise
Link = tuple[Text, str]


CLAIM = _("takes part")


@dataclass(frozen=True)
class Town:
    """Names, contact and links of header and footer."""

    name: Text = "Musterstadt"
    full_name: Text = "Musterstadt an der Lippe"
    claim: Text = CLAIM
    contact_lines: tuple[Text, ...] = (_("Office for Families and Participation"),)
    phone: str = ""
    email: str = ""
    place_lines: tuple[Text, ...] = ()
    # In one line, without the opening hours.
    address: str = ""
    colours_url: str = ""
    crest_url: str = ""
    # The colour around the app's symbol and of its frame: by day, at night.
    colour: str = "#0b5c57"
    colour_dark: str = "#101817"
    # Stands for what the app's symbol looks like; changes when crest or colour do.
    symbol: str = "mitwirk"
    # Changes whenever anything here does; empty: nobody vouches for that, so nothing made of it is kept.
    stamp: str = ""
    nav: tuple[tuple[str, Text, str], ...] = (
        ("start", _("Start page"), "/"),
        ("aktuelles", _("News"), "/aktuelles/"),
        ("mitmachen", _("Take part"), "/mitmachen/"),
        ("ideen", _("Ideas"), "/ideen/"),
    )
    top_links: tuple[tuple[str, Text, str], ...] = ()
    take_part: tuple[Link, ...] = (
        (_("All campaigns"), "/mitmachen/"),
        (_("All ideas"), "/ideen/"),
        (_("Search"), "/suche/"),
    )
    check: tuple[Link, ...] = ((_("News"), "/aktuelles/"),)
    legal: tuple[Link, ...] = field(
        default=(
            (_("Imprint"), "/impressum/"),
            (pgettext_lazy("data protection", "Privacy"), "/datenschutz/"),
            (_("Accessibility"), "/barrierefreiheit/"),
        )
    )

    def icon(self, size: int, *, maskable: bool = False) -> str:
        """Return the path of the town's symbol as a square of that many pixels; maskable ones reach to the edge."""
        return f"/symbol/{self.symbol}/{size}{'-voll' if maskable else ''}.png"


Provider = Callable[[HttpRequest | None], Town]
_providers: list[Provider] = []


def provides_town(provider: Provider) -> Provider:
    """Register who knows the town's texts (the cms); the last one wins. It must cache what it reads."""
    _providers.append(provider)
    return provider


def town_for(request: HttpRequest | None) -> Town:
    """Return the town's texts for this request."""
    return _providers[-1](request) if _providers else Town()


__all__ = ["Link", "Town", "provides_town", "replace", "town_for"]
