"""Read the text of one file and write it, page by page, as lines of JSON. Started as a process of its own.

    python -I reader.py pdf|odt|docx < file

What comes from outside is read here and nowhere else: this process has neither Django nor the database nor the network's
libraries, at most 512 MB of memory and 20 seconds of the processor, and may write no file. Lines: {"page": n, "text": …}
as soon as a page is read, and last {"end": "read"|"scanned"|"locked"|"broken"|"large", "cut": bool, "pages": n}.
"""

import json
import resource
import sys
import zipfile
from collections.abc import Iterator
from io import BytesIO
from xml.parsers import expat

MEMORY, SECONDS = 512 * 1024 * 1024, 20
MOST_CHARS, MOST_PAGES, MOST_UNPACKED, PIECE = 200_000, 500, 40 * 1024 * 1024, 5_000
OLE = b"\xd0\xcf\x11\xe0"  # what Word packs a document into that has a password
MAIN = {"odt": "content.xml", "docx": "word/document.xml"}
BREAKS = {"p": "\n", "h": "\n", "tab": " ", "br": "\n", "line-break": "\n", "s": " ", "cr": "\n"}
SKIPPED = {"tracked-changes", "annotation", "delText", "instrText"}


class Unreadable(Exception):
    """A file has no text for us; the argument is the state that says why."""


def main(kind: str) -> int:
    """Read standard input, write lines to standard output; always returns 0, what is wrong stands in the last line."""
    for limit, value in ((resource.RLIMIT_AS, MEMORY), (resource.RLIMIT_CPU, SECONDS), (resource.RLIMIT_FSIZE, 0)):
        resource.setrlimit(limit, (value, value))
    end, cut, chars, number = "read", False, 0, 0
    try:
        for number, text in pages(kind, sys.stdin.buffer.read()):
            room = MOST_CHARS - chars
            cut = len(text) > room
            chars += len(text.strip())
            write({"page": number, "text": text[:room]})
            if cut or chars >= MOST_CHARS:
                break
        end = "read" if chars else "scanned" if kind == "pdf" else "read"
    except Unreadable as reason:
        end = str(reason)
    except MemoryError:
        end = "large"
    except Exception as error:  # whatever a broken file does to a reader
        end = "read" if chars else "broken"
        cut = True
        write({"detail": f"{type(error).__name__}: {error}"[:180]})
    write({"end": end, "cut": cut or number >= MOST_PAGES, "pages": number})
    return 0


def write(line: dict[str, object]) -> None:
    """Write one line at once: what was read before the time was over is kept."""
    sys.stdout.write(json.dumps(line) + "\n")
    sys.stdout.flush()


def pages(kind: str, data: bytes) -> Iterator[tuple[int, str]]:
    """Yield number and text of each page; raises ``Unreadable``."""
    if kind == "pdf":
        yield from pdf_pages(data)
    elif kind in MAIN:
        yield from pieces(document_text(data, MAIN[kind]))
    else:
        raise Unreadable("broken")


def pdf_pages(data: bytes) -> Iterator[tuple[int, str]]:
    """Yield the pages of a PDF, at most five hundred."""
    from pypdf import PdfReader
    from pypdf.errors import LimitReachedError

    if not data.lstrip()[:5].startswith(b"%PDF-"):
        raise Unreadable("broken")
    reader = PdfReader(BytesIO(data))
    if reader.is_encrypted and not reader.decrypt(""):
        raise Unreadable("locked")
    for number, page in enumerate(reader.pages, start=1):
        if number > MOST_PAGES:
            return
        try:
            yield number, page.extract_text()
        except LimitReachedError as error:
            raise Unreadable("large") from error


def document_text(data: bytes, name: str) -> str:
    """Return the text of the main part of an ODT or DOCX."""
    if data.startswith(OLE):
        raise Unreadable("locked")
    with zipfile.ZipFile(BytesIO(data)) as package:
        if any(part.flag_bits & 1 for part in package.infolist()):
            raise Unreadable("locked")
        if name not in package.namelist():
            raise Unreadable("broken")
        if name == MAIN["odt"] and b"encryption-data" in unpacked(package, "META-INF/manifest.xml"):
            raise Unreadable("locked")
        return words(unpacked(package, name))


def unpacked(package: zipfile.ZipFile, name: str) -> bytes:
    """Return a part of a package; raises ``Unreadable`` when it grows beyond 40 MB, whatever it says of itself."""
    if name not in package.namelist():
        return b""
    with package.open(name) as part:
        data = part.read(MOST_UNPACKED + 1)
    if len(data) > MOST_UNPACKED:
        raise Unreadable("large")
    return data


def words(markup: bytes) -> str:
    """Return the text of a document's XML, a line for each paragraph; what was deleted or remarked is left out."""
    found: list[str] = []
    skipping: list[str] = []
    wanted = 0  # in WordprocessingML only w:t holds text
    is_word = b"wordprocessingml" in markup[:4_000]
    parser = expat.ParserCreate(namespace_separator=" ")

    def start(name: str, _attributes: dict[str, str]) -> None:
        nonlocal wanted
        local = name.rpartition(" ")[2]
        if local in SKIPPED or skipping:
            skipping.append(local)
        elif local in BREAKS and local not in {"p", "h"}:
            found.append(BREAKS[local])
        wanted += local == "t"

    def end(name: str) -> None:
        nonlocal wanted
        local = name.rpartition(" ")[2]
        if skipping:
            skipping.pop()
        elif local in {"p", "h"}:
            found.append("\n")
        wanted -= local == "t"

    def text(data: str) -> None:
        if not skipping and (wanted or not is_word):
            found.append(data)

    def refuse(*_arguments: object) -> None:
        raise Unreadable("broken")

    parser.StartElementHandler, parser.EndElementHandler, parser.CharacterDataHandler = start, end, text
    parser.StartDoctypeDeclHandler = refuse
    parser.Parse(markup, True)  # noqa: FBT003 - the name of this argument is not ours
    return "".join(found)


def pieces(text: str) -> Iterator[tuple[int, str]]:
    """Yield a text without pages in pieces of some thousand characters, cut between paragraphs where that is possible."""
    piece = ""
    for line in text.splitlines(keepends=True):
        for start in range(0, len(line), PIECE):
            part = line[start : start + PIECE]
            if len(piece) + len(part) > PIECE and piece:
                yield 0, piece
                piece = ""
            piece += part
    if piece.strip():
        yield 0, piece


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
