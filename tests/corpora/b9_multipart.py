"""B9: forms as programs, broken proxies and attackers send them, byte by byte."""

import base64
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from tests.corpora.b8_files import pdf
from tests.corpora.b8_pictures import JPG

LINE = b"\r\n"
EDGE = b"Grenze-7391"
FORM = "multipart/form-data; boundary=Grenze-7391"
TYPED = {
    "campaign": "spielraeume",
    "title": "Mehr Schatten auf Spielplätzen",
    "text": "Im Sommer ist es auf der Rutsche zu heiß. Ein Segel hilft allen Kindern.",
    "step": "preview",
    "version": "1",
}


@dataclass(frozen=True)
class Body:
    """What is sent; ``headers`` are WSGI's names."""

    data: bytes
    kind: str = FORM
    headers: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Case:
    """``form``: the form's own answer (200, 303, 422) · ``400``/``413``: that page · ``any``: anything below 500."""

    id: str
    what: str
    make: Callable[[], Body]
    expected: str


def part(name: str, value: bytes | str, *more: str, file: str | None = None) -> bytes:
    """Return one part, without the edge before it."""
    data = value.encode() if isinstance(value, str) else value
    head = f'Content-Disposition: form-data; name="{name}"' + (f'; filename="{file}"' if file is not None else "")
    return LINE.join([head.encode(), *(line.encode() for line in more), b"", data])


def body(*parts: bytes, typed: bool = True, end: bytes = b"--\r\n", edge: bytes = EDGE) -> bytes:
    """Return a whole body: the typed form, then these parts."""
    own = [part(name, value) for name, value in TYPED.items()] if typed else []
    return b"".join(b"--" + edge + LINE + one + LINE for one in (*own, *parts)) + b"--" + edge + end


def sent(*parts: bytes, **how: bytes) -> Callable[[], Body]:
    return lambda: Body(body(*parts, **how))  # type: ignore[arg-type]


def kind(words: str, data: bytes = b"") -> Callable[[], Body]:
    return lambda: Body(data or body(), words)


def length(number: str) -> Callable[[], Body]:
    return lambda: Body(body(), headers={"CONTENT_LENGTH": number})


def picture(*more: str, data: bytes = JPG, file: str = "bild.jpg", name: str = "images") -> bytes:
    return part(name, data, "Content-Type: image/jpeg", *more, file=file)


def many(number: int, make: Callable[[int], bytes]) -> Callable[[], Body]:
    return lambda: Body(body(*(make(n) for n in range(number))))


def reverse() -> Body:
    """Return the form with its files first and its fields backwards."""
    fields = [part(name, value) for name, value in reversed(TYPED.items())]
    return Body(body(picture(), part("files", pdf(), file="a.pdf"), *fields, typed=False))


def cases(rows: Iterable[tuple[str, str, Callable[[], Body]]]) -> list[Case]:
    return [Case(f"B9-{n:03}", what, make, expected) for n, (what, expected, make) in enumerate(rows, 1)]


BASE64 = "Content-Transfer-Encoding: base64"
MULTIPART = cases(
    [
        ("as browsers do it", "form", sent(picture())),
        ("no boundary", "400", kind("multipart/form-data")),
        ("empty boundary", "400", kind("multipart/form-data; boundary=")),
        ("long boundary", "400", kind("multipart/form-data; boundary=" + "x" * 300)),
        ("boundary with odd signs", "any", kind("multipart/form-data; boundary=ä;ö")),
        ("boundary twice", "any", kind("multipart/form-data; boundary=a; boundary=Grenze-7391")),
        ("another boundary than in the body", "any", kind("multipart/form-data; boundary=anders")),
        ("boundary in quotes", "form", kind('multipart/form-data; boundary="Grenze-7391"')),
        ("boundary with an encoding", "any", kind("multipart/form-data; boundary*=utf-8''Grenze-7391")),
        ("missing end", "any", sent(picture(), end=b"")),
        ("cut in a picture", "any", lambda: Body(body(picture())[:-400])),
        ("cut in a head", "any", lambda: Body(body() + b'--Grenze-7391\r\nContent-Disp')),
        ("nothing", "any", lambda: Body(b"")),
        ("only an edge", "any", lambda: Body(b"--Grenze-7391")),
        ("10,000 fields", "413", many(10_000, lambda n: part(f"f{n}", "x"))),
        ("10,000 times one field", "413", many(10_000, lambda n: part("tags", "x"))),
        ("10,000 files", "413", many(10_000, lambda n: part("images", b"x", file="a"))),
        ("21 files", "413", many(21, lambda n: picture())),
        ("20 files", "form", many(20, lambda n: picture())),
        ("10,000 parts without a name", "any", many(10_000, lambda n: b"X: y\r\n\r\nz")),
        ("a field of 3 MB", "413", sent(part("text", "x" * 3_000_000))),
        ("fields of 3 MB together", "413", many(30, lambda n: part("text", "x" * 100_000))),
        ("a head of 1 MB", "any", sent(part("x", "y", "X-Lang: " + "z" * 1_000_000))),
        ("10,000 lines in a head", "any", sent(part("x", "y", *(f"X-{n}: z" for n in range(10_000))))),
        ("a name of 100 kB", "any", sent(part("n" * 100_000, "y"))),
        ("two files in a field", "form", sent(picture(), picture())),
        ("six files in a field", "form", many(6, lambda n: picture())),
        ("base64", "form", sent(picture(BASE64, data=base64.b64encode(JPG)))),
        ("base64 in lines", "form", sent(picture(BASE64, data=base64.encodebytes(JPG)))),
        ("no base64", "any", sent(picture(BASE64, data=b"!!!" * 1000))),
        ("base64, one sign too few", "any", sent(picture(BASE64, data=base64.b64encode(JPG)[:-3]))),
        ("a field in base64", "any", sent(part("title", base64.b64encode(b"Mehr Schatten hier"), BASE64))),
        ("unknown encoding", "any", sent(picture("Content-Transfer-Encoding: rot13"))),
        ("quoted-printable", "any", sent(part("title", "Mehr =E4", "Content-Transfer-Encoding: quoted-printable"))),
        ("a field twice", "form", sent(part("title", "Noch mehr Schatten"))),
        ("a name twice in one head", "any", sent(b'Content-Disposition: form-data; name="title"; name="text"\r\n\r\nx')),
        ("files first, fields backwards", "form", lambda: reverse()),
        ("picture as a field", "any", sent(part("images", JPG))),
        ("field as a file", "form", sent(part("title", "Mehr Schatten", file="titel.txt"))),
        ("file without bytes", "any", sent(picture(data=b""))),
        ("file without a name", "any", sent(picture(file=""))),
        ("name with a path", "form", sent(picture(file="../../x.jpg"))),
        ("name with NUL", "any", sent(picture(file="a\0.jpg"))),
        ("name of 10,000 letters", "any", sent(picture(file="a" * 10_000))),
        ("name with a line end", "any", sent(picture(file="a\r\nX: y"))),
        ("no disposition", "any", sent(b"Content-Type: text/plain\r\n\r\nx")),
        ("disposition without a name", "any", sent(b"Content-Disposition: form-data\r\n\r\nx")),
        ("brackets in a name", "form", sent(part("title[]", "x"))),
        ("parts in a part", "any", sent(part("x", body(), "Content-Type: multipart/mixed; boundary=Grenze-7391"))),
        ("UTF-16 in a part", "any", sent(part("title", "Mehr Schatten".encode("utf-16"), "Content-Type: text/plain; charset=utf-16"))),
        ("broken UTF-8", "any", sent(part("title", b"Mehr \xed\xa0\x80 Schatten \xff hier"))),
        ("UTF-7", "any", kind(FORM + "; charset=utf-7")),
        ("unknown charset", "any", kind(FORM + "; charset=quatsch")),
        ("only line feeds", "any", lambda: Body(body().replace(b"\r\n", b"\n"))),
        ("words before and behind", "form", lambda: Body(b"Vorwort\r\n" + body() + b"Nachwort" * 100)),
        ("length too small", "any", length("300")),
        ("length too large", "any", length("90000")),
        ("negative length", "any", length("-5")),
        ("length that is no number", "any", length("viel")),
        ("length of 1 GB", "413", length("1000000000")),
        ("length of 5,000 digits", "413", length("9" * 5000)),
        ("JSON", "any", kind("application/json", b'{"title": "x"}')),
        ("text", "any", kind("text/plain", b"title=x")),
        ("no kind", "any", kind("", b"title=x")),
        ("broken per cent signs", "any", kind("application/x-www-form-urlencoded", b"title=%zz%&%=%&text=%E4%F6")),
        ("2,500 pairs", "413", kind("application/x-www-form-urlencoded", b"&".join(b"a%d=1" % n for n in range(2500)))),
        ("3 MB of pairs", "413", kind("application/x-www-form-urlencoded", b"text=" + b"x" * 3_000_000)),
    ]
)  # fmt: skip
