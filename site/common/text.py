"""Clean text: one reading of what people type, whatever their keyboard or an attacker sends."""

import re
import unicodedata

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

# Directional overrides, zero-width signs, byte-order mark and tag characters can make a name look like another one.
INVISIBLE = re.compile("[\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\U000e0000-\U000e007f]")
JOINER_IN_EMOJI = re.compile(
    "(?<=[\u2190-\u2bff\ufe0f\U0001f000-\U0001faff])\u200d(?=[\u2190-\u2bff\U0001f000-\U0001faff])"
)
CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
LINE_ENDS = re.compile("\r\n?|\u2028|\u2029|\x85")
KEEP = "\ue000mw\ue000"


MOST_MARKS = 6  # accents on one letter; no script needs more, piles of them cover the lines above


def without_piles(value: str) -> str:
    """Return ``value`` with at most ``MOST_MARKS`` combining marks in a row."""
    if value.isascii():
        return value
    kept, row = [], 0
    for sign in value:
        row = row + 1 if unicodedata.combining(sign) else 0
        if row <= MOST_MARKS:
            kept.append(sign)
    return "".join(kept)


def refuse_broken(value: str) -> str:
    """Return ``value``; raise ``ValidationError`` for NUL and other control characters or half characters."""
    if CONTROLS.search(value) or any("\ud800" <= sign <= "\udfff" for sign in value):
        raise ValidationError(
            _("The text contains characters that cannot be stored. Please type it again."), code="broken"
        )
    return value


def one_line(value: str) -> str:
    """Return ``value`` as one clean line: NFC, no invisible characters, single spaces."""
    joined = JOINER_IN_EMOJI.sub(KEEP, without_piles(unicodedata.normalize("NFC", value)))
    return " ".join(INVISIBLE.sub("", joined).replace(KEEP, "\u200d").split())


def paragraphs(value: str) -> str:
    """Return ``value`` as clean text of several lines: NFC, plain line ends, no trailing space, no directional tricks."""
    joined = JOINER_IN_EMOJI.sub(KEEP, without_piles(unicodedata.normalize("NFC", LINE_ENDS.sub("\n", value))))
    lines = (line.rstrip() for line in INVISIBLE.sub("", joined).replace(KEEP, "\u200d").split("\n"))
    return re.sub(r"\n{4,}", "\n\n\n", "\n".join(lines)).strip()


class LineField(forms.CharField):
    """A form field for one clean line; length counts what the counter on the page shows."""

    def to_python(self, value: object) -> str:
        return one_line(refuse_broken(super().to_python(value) or ""))


class TextField(forms.CharField):
    """A form field for clean text of several lines."""

    widget = forms.Textarea

    def to_python(self, value: object) -> str:
        return paragraphs(refuse_broken(super().to_python(value) or ""))
