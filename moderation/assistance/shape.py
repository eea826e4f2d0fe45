"""What can be seen from the form of a text: many links, only capitals, personal data. Each returns where it stands."""

import re

Span = tuple[int, int]
MOST_LINKS = 2
_LINK = re.compile(r"\b(?:https?://|www\.)[^\s<>\")\]]{3,300}", re.I)
_LETTERS = re.compile(r"[^\W\d_]")
_LOUD = re.compile(r"(?:\b[A-ZÄÖÜẞ]{2,}\b[\s,.!?:;–-]{0,3}){3,40}")
LEAST_LETTERS, LOUD_SHARE = 20, 0.8

_MAIL = re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,4}")
_PHONE = re.compile(r"(?<![\w/.-])(?:\+49|0049|0)[ \t/()-]{0,3}[1-9]\d{0,4}(?:[ \t/()-]{0,3}\d{2,}){1,5}(?![\w%€])")
_IBAN = re.compile(r"\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){3,7}(?: ?[A-Z0-9]{1,3})?\b")
_STREET = re.compile(
    r"\b[A-ZÄÖÜ][\wäöüß-]{1,40}(?:[ -][A-ZÄÖÜ][\wäöüß]{1,30})?"
    r"(?:(?:str(?:aße|asse|\.)|weg|allee|gasse|platz|ring|ufer|damm)|[ -](?:Str(?:aße|asse|\.)|Weg|Allee|Gasse|Platz|Ring|Ufer|Damm))"
    r" ?\d{1,4} ?[a-z]?\b"
)
# A house is somebody's only where a person is spoken of beside it.
_PERSON = re.compile(r"\b(?:wohn\w*|zu ?hause|Familie|Herrn?|Frau|Nachbar\w*|Privatadresse|privat)\b", re.I)
_NEAR = 60


def links(text: str) -> list[Span]:
    """Return the links of a text."""
    return [match.span() for match in _LINK.finditer(text)]


def shouting(text: str) -> list[Span]:
    """Return the loud part of a text that is mostly capitals; abbreviations and single words are none."""
    letters = _LETTERS.findall(text)
    if len(letters) < LEAST_LETTERS or sum(letter.isupper() for letter in letters) < LOUD_SHARE * len(letters):
        return []
    match = _LOUD.search(text)
    return [match.span()] if match else []


def mails(text: str) -> list[Span]:
    """Return the mail addresses of a text."""
    return [match.span() for match in _MAIL.finditer(text)] if "@" in text else []


def phones(text: str) -> list[Span]:
    """Return what looks like telephone numbers: seven digits or more, no sums of money, no dates."""
    found = [match for match in _PHONE.finditer(text) if 7 <= sum(sign.isdigit() for sign in match[0]) <= 15]
    ibans_there = ibans(text)
    return [m.span() for m in found if not any(start <= m.start() < end for start, end in ibans_there)]


def ibans(text: str) -> list[Span]:
    """Return the account numbers whose check digits are right (ISO 13616)."""
    return [match.span() for match in _IBAN.finditer(text) if _is_iban(match[0])]


def _is_iban(written: str) -> bool:
    number = written.replace(" ", "")
    turned = number[4:] + number[:4]
    return 15 <= len(number) <= 34 and int("".join(str(int(sign, 36)) for sign in turned)) % 97 == 1


def homes(text: str) -> list[Span]:
    """Return streets with house numbers beside words about a person; those of a proposal („Marktplatz 3") are none."""
    spans = [match.span() for match in _STREET.finditer(text)]
    return [(start, end) for start, end in spans if _PERSON.search(text[max(0, start - _NEAR) : end + _NEAR])]
