"""How well colours can be told apart (WCAG 2.2, 1.4.3): relative luminance, contrast, mixing. Colours are ``#rrggbb``."""

import re

HEX = re.compile(r"#[0-9a-f]{6}", re.IGNORECASE)
TEXT, LARGE = 4.5, 3.0


def channels(colour: str) -> tuple[int, int, int]:
    """Return red, green and blue, 0 to 255."""
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def luminance(colour: str) -> float:
    """Return the relative luminance, 0 (black) to 1 (white)."""
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in shares(colour)]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def shares(colour: str) -> list[float]:
    """Return red, green and blue, 0 to 1."""
    return [part / 255 for part in channels(colour)]


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours, 1 to 21."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def mix(colour: str, other: str, share: float) -> str:
    """Return ``colour`` with a share (0 to 1) of another one in it."""
    pairs = zip(channels(colour), channels(other), strict=True)
    return "#" + "".join(f"{round(one + (two - one) * share):02x}" for one, two in pairs)


def lighten_until(colour: str, ground: str, wanted: float) -> str:
    """Return the colour, as much lightened as it needs to stand out from a dark ground."""
    for step in range(21):
        found = mix(colour, "#ffffff", step / 20)
        if contrast(found, ground) >= wanted:
            return found
    return "#ffffff"
