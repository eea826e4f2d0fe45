"""Reading the place on the map as people write it: 51,66 · 51.66 N · 51°39'36" N 8°20'24" O · geo:51.66,8.34."""

import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

LONGEST = 80
NUMBER = r"\d{1,6}(?:[.,]\d{1,20})?"
ONE = re.compile(
    rf"""\s*(?P<before>[NSOEW])?\s*(?P<sign>[-+−])?\s*(?P<degrees>{NUMBER})\s*
    (?:[°º]\s*(?:(?P<minutes>{NUMBER})\s*['′’]\s*(?:(?P<seconds>{NUMBER})\s*(?:"|″|”|''|′′)\s*)?)?)?
    (?(before)|(?P<after>[NSOEW](?![a-z]))?)\s*""",
    re.VERBOSE | re.IGNORECASE,
)
WEST_OR_SOUTH = ("S", "W")
EAST_OR_WEST = ("O", "E", "W")


def read_point(lat: str, lng: str) -> tuple[float, float] | None:
    """Return latitude and longitude, None when nothing was typed; both may stand in one of the two fields.

    Raises ``ValidationError`` (codes ``incomplete``, ``nowhere``) with a sentence for the person.
    """
    text = f"{lat} ; {lng}".strip(" ;")
    if not text:
        return None
    found = _numbers(text.removeprefix("geo:").split("?")[0])
    if len(found) == 1:
        raise ValidationError(
            _("The place on the map is incomplete: it takes two numbers, such as 51,66 and 8,34."), code="incomplete"
        )
    if len(found) != 2:
        raise _nowhere()
    (first, first_side), (second, second_side) = found
    if first_side in EAST_OR_WEST and second_side not in EAST_OR_WEST:
        first, second = second, first
    if not (-90 <= first <= 90 and -180 <= second <= 180):
        raise _nowhere()
    return first, second


def _numbers(text: str) -> list[tuple[float, str]]:
    """Return the coordinates in a text with their sides; raises when anything else stands there."""
    found: list[tuple[float, str]] = []
    place = 0
    while place < len(text) and len(found) < 3:
        match = ONE.match(text, place)
        if match is None:
            raise _nowhere()
        found.append(_value(match))
        place = match.end()
        while place < len(text) and text[place] in " ,;/":
            place += 1
    return found


def _value(match: re.Match[str]) -> tuple[float, str]:
    degrees, minutes, seconds = (
        float((match[name] or "0").replace(",", ".")) for name in ("degrees", "minutes", "seconds")
    )
    side = (match["before"] or match["after"] or "").upper()
    if minutes >= 60 or seconds >= 60:
        raise _nowhere()
    value = degrees + minutes / 60 + seconds / 3600
    return (-value if match["sign"] in ("-", "−") or side in WEST_OR_SOUTH else value), side


def _nowhere() -> ValidationError:
    return ValidationError(
        _("This place is not on the map of the earth. Please write it like 51,66 and 8,34."), code="nowhere"
    )
