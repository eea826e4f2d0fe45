"""Citizens' files (PDF, ODT, DOCX): judged by what is in them, not by their name, and written anew without anything else."""

import hashlib
import re
import unicodedata
from dataclasses import dataclass
from typing import IO

from common.errors import Refused
from common.text import one_line
from ideas.files.docx import TYPES, clean_docx
from ideas.files.limits import MOST_BYTES, TEXT_LONGEST, Budget, too_complex, too_large, unreadable
from ideas.files.odt import clean_odt
from ideas.files.package import START, Package
from ideas.files.pdf import clean_pdf

NAME_LONGEST = 80
# Names that Windows keeps for itself.
TAKEN = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)", re.IGNORECASE)
MEDIA_TYPES = {
    "pdf": "application/pdf",
    "odt": "application/vnd.oasis.opendocument.text",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


@dataclass(frozen=True)
class CleanFile:
    """One file as it is kept."""

    data: bytes
    name: str
    kind: str
    text: str

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.data).hexdigest()


def clean_file(handle: IO[bytes], size: int, name: str) -> CleanFile:
    """Return the file written anew; raises ``Refused`` with a sentence for what it cannot be taken."""
    if size > MOST_BYTES:
        raise too_large()
    handle.seek(0)
    data = handle.read(MOST_BYTES + 1)
    if len(data) > MOST_BYTES:
        raise too_large()
    try:
        kind, written, words = _cleaned(data, Budget())
    except Refused:
        raise
    except (RecursionError, MemoryError) as error:
        raise too_complex() from error
    except Exception as error:  # whatever a broken file does to a reader, the person gets a sentence
        raise unreadable() from error
    return CleanFile(written, clean_name(name, kind), kind, clean_words(words))


def _cleaned(data: bytes, budget: Budget) -> tuple[str, bytes, str]:
    """Return kind, bytes and words of a file."""
    if data.startswith(b"%PDF-"):
        return "pdf", *clean_pdf(data, budget)
    if not data.startswith(START):
        raise unreadable()
    package = Package(data, budget)
    if TYPES in package.parts:
        return "docx", *clean_docx(package, budget)
    return "odt", *clean_odt(package, budget)


def clean_name(name: str, kind: str) -> str:
    """Return a name that is safe on every system, with the ending that fits what the file is."""
    plain = re.split(r"[/\\]", unicodedata.normalize("NFC", name))[-1]
    plain = "".join(sign if sign.isprintable() and sign not in "<>:\"|?*%;'`$" else " " for sign in plain)
    stem = re.sub(r"(\.(pdf|odt|docx|docm|doc|zip|html?|exe|js))+$", "", one_line(plain), flags=re.IGNORECASE)
    stem = stem.strip(". -")[:NAME_LONGEST].strip(". -")
    if not stem or TAKEN.fullmatch(stem.partition(".")[0]):
        stem = f"Datei {stem}".strip()
    return f"{stem}.{kind}"


def clean_words(text: str) -> str:
    """Return words that can be stored and searched."""
    kept = "".join(
        sign if sign.isprintable() else "\n" if sign in "\n\r\f" else " " for sign in text[: 2 * TEXT_LONGEST]
    )
    kept = "".join(sign for sign in kept if not "\ud800" <= sign <= "\udfff")
    lines = (" ".join(line.split()) for line in kept.split("\n"))
    return "\n".join(line for line in lines if line)[:TEXT_LONGEST]


__all__ = ["MEDIA_TYPES", "CleanFile", "clean_file"]
