"""Bad input by class: id, bytes as a browser or an attacker sends them, and what must become of it.

taken: stored, as ``stored`` says if given · refused: 4xx with a reason, and the rest of the form comes back ·
either: both are fine, an error of ours never is
"""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import quote_from_bytes

BEFORE, AFTER = "Schatten ", " am alten Wehr"


@dataclass(frozen=True)
class Entry:
    """One piece of input."""

    id: str
    raw: bytes
    expected: str
    stored: str | None = None

    @property
    def encoded(self) -> str:
        """Return it as a form sends it."""
        return quote_from_bytes(self.raw, safe="")


def _inside(sign: str) -> bytes:
    return (BEFORE + sign + AFTER).encode("utf-8", "surrogatepass")


def _unicode() -> Iterator[Entry]:
    """Yield B1: what is no text, what cannot be seen, what looks like something else, and what only looks odd."""
    for code in [*range(0x09), 0x0B, 0x0C, *range(0x0E, 0x20), 0x7F, *range(0x80, 0x85), *range(0x86, 0xA0, 3)]:
        yield Entry(f"control {code:02x}", _inside(chr(code)), "refused")
    for code in (0xD800, 0xDBFF, 0xDC00, 0xDFFF):
        # Percent-encoded surrogates are no UTF-8: the decoder replaces them by the replacement sign.
        yield Entry(f"surrogate {code:04x}", _inside(chr(code)), "either")
    broken = (b"\xff", b"\xfe\xff", b"\xc0\x80", b"\xc1\xbf", b"\xe0\x80\xaf", b"\xf0\x82\x82\xac", b"\xf8\x88\x80\x80\x80",
              b"\xe2\x82", b"\x80", b"\xf4\x90\x80\x80", b"\xed\xa0\xbd\xed\xb8\x80")  # fmt: skip
    for raw in broken:
        yield Entry(f"bytes {raw.hex()}", BEFORE.encode() + raw + AFTER.encode(), "either")
    gone = "\u00ad\u061c\u180e\u200b\u200c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2061\u2062\u2063"
    gone += "\u2064\u2066\u2067\u2068\u2069\ufeff"
    tags = "\U000e0001\U000e0041\U000e007f"
    for sign in gone + tags:
        yield Entry(f"unseen {ord(sign):05x}", _inside(sign), "taken", (BEFORE + AFTER).replace("  ", " "))
    for sign in "\u00a0\u1680\u2000\u2003\u2009\u202f\u205f\u3000\t\u2028\u2029":
        yield Entry(f"space {ord(sign):04x}", _inside(sign), "taken", (BEFORE + AFTER).replace("  ", " "))
    emoji = ("👨‍👩‍👧‍👦", "👩🏽‍🚀", "🏳️‍🌈", "❤️‍🔥", "1️⃣", "🇩🇪", "🚲", "☀️", "🧑‍🤝‍🧑")
    for sign in emoji:
        yield Entry(f"emoji {sign}", _inside(sign), "taken", BEFORE + sign + AFTER)
    for word in ("Grünanlage", "Öffnung", "Straße", "Café", "Škoda", "Việt", "İstanbul", "ı", "ǆ", "ﬁ", "Ⅷ"):
        raw = unicodedata.normalize("NFD", word)
        yield Entry(f"decomposed {word}", _inside(raw), "taken", BEFORE + unicodedata.normalize("NFC", raw) + AFTER)
    for word in (
        "ＡＢＣ",
        "１２３",
        "аdmin",
        "Ρ",
        "\ue000",
        "\uf8ff",
        "\ufffd",
        "\ufffe",
        "\uffff",
        "\U0010ffff",
        "𝕀𝕕𝕖𝕖",
        "ﷺ",
        "𒐫",
    ):
        yield Entry(f"odd {word!r}", _inside(word), "either")
    for word in ("Привет", "مرحبا", "שלום", "สวัสดี", "नमस्ते", "你好", "Γειά"):
        yield Entry(f"script {word}", _inside(word), "taken", BEFORE + unicodedata.normalize("NFC", word) + AFTER)
    yield Entry("500 marks", _inside("a" + "\u0301" * 500), "either")
    yield Entry("marks alone", _inside("\u0335" * 40), "either")


def unicode_entries() -> list[Entry]:
    """Return B1 whole."""
    return list(_unicode())


@dataclass(frozen=True)
class Limits:
    """Between how many signs a field takes."""

    shortest: int
    longest: int


def length_entries(limits: Limits, *, lines: bool) -> list[Entry]:
    """Return B2: nothing, blanks, the limits and one beside them, and far too much."""
    made = [
        ("empty", "", "refused"),
        ("blank", "   ", "refused"),
        ("unseen only", "\u200b\u202e" * 20, "refused"),
        ("shortest - 1", "x" * (limits.shortest - 1), "refused"),
        ("shortest", "x" * limits.shortest, "taken"),
        ("shortest umlauts", "ä" * limits.shortest, "taken"),
        ("longest - 1", "y" * (limits.longest - 1), "taken"),
        ("longest", "z" * limits.longest, "taken"),
        ("longest umlauts", "ß" * limits.longest, "taken"),
        ("longest emoji", "🚲" * limits.longest, "taken"),
        ("longest decomposed", "o\u0308" * limits.longest, "taken"),
        ("longest in blanks", f"   {'q' * limits.longest}   ", "taken"),
        ("longest + 1", "a" * (limits.longest + 1), "refused"),
        ("longest + 1 umlauts", "ü" * (limits.longest + 1), "refused"),
        ("1 MB without spaces", "w" * 1_000_000, "refused"),
        ("1 MB words", "Wort " * 200_000, "refused"),
        ("10,000 links", "https://beispiel.example/ " * 10_000, "refused"),
        ("100,000 lines", "a\n" * 100_000, "refused"),
        ("lines only", "\n" * 1_000, "refused"),
        ("9,000 brackets", "[" * 9_000, "refused"),
    ]
    if lines:
        made += [
            ("brackets", "[" * limits.longest, "taken"),
            ("stars", "*" * limits.longest, "taken"),
            ("quotes", "> " * (limits.longest // 2), "either"),
            ("backticks", "`" * limits.longest, "taken"),
            ("nested lists", "".join(f"{' ' * depth}- x\n" for depth in range(60))[: limits.longest], "taken"),
        ]
    return [Entry(name, value.encode(), expected) for name, value, expected in made]


def number_entries() -> list[Entry]:
    """Return B3: what stands where a number is expected, and is none that we take."""
    made = (
        "-1", "0", "00", "+1", "1.0", "1,0", "1e0", "1e400", "-1e400", "NaN", "nan", "inf", "-inf", "Infinity", "2147483647",
        "2147483648", "4294967296", "9223372036854775807", "9223372036854775808", "99999999999999999999", "１２", "١٢", "Ⅻ", "½",
        "1_000", "0x1", "0b1", "0o7", "1 000", " 1", "1 ", "1\n", "\t1", "--1", "1-1", "1;DROP", "' OR 1=1", "true", "null",
        "None", "[]", "{}", "[1]", "%00", "\x00", "9" * 400, "1" * 5000, "🚲", "٠", "-0", "1.", ".1", "1e-400", "0.1e1",
        "123e4567-e89b-12d3-a456-426614174000", "deadbeef", "$1", "1€", "−1", "1\u200b", "\u202e1", "10**9", "1/0", "e", "i",
    )  # fmt: skip
    return [Entry(f"number {value[:30]!r}", value.encode("utf-8", "surrogatepass"), "either") for value in made]


def date_entries() -> list[Entry]:
    """Return the dates of B3: days that do not exist, the ends of the calendar, hours that are skipped."""
    wrong = (
        "2026-02-30", "2026-02-29", "2026-13-01", "2026-00-10", "2026-01-00", "0000-01-01", "-0001-01-01", "10000-01-01", "2026-1",
        "99999-12-31", "31.02.2026", "2026-06-31", "2026-W10", "2026-366", "heute", "2026-03-29T02:30", "24:00", "2026-10-25T02:30",
        "2026-01-01+99:99", "2026/01/01/01", "\x00", "1e9", "9" * 300, "2026-01-01\n2026",
    )  # fmt: skip
    found = [Entry(f"date {value[:30]!r}", value.encode(), "refused") for value in wrong]
    return [*found, Entry("date in wide digits", "２０２６-01-01".encode(), "either")]
