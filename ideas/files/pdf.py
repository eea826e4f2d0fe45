"""PDF: read object by object, rid of everything that acts, tells or hides, and written anew."""

from collections.abc import Iterator
from io import BytesIO
from typing import Any

from pypdf import PdfReader, apply_configuration
from pypdf.errors import PyPdfError
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject, NullObject, PdfObject

from common.errors import Refused
from ideas.files.limits import MOST_UNPACKED, TEXT_LONGEST, Budget, is_locked, too_complex, unreadable
from ideas.files.pdf_rules import tidy

MOST_OBJECTS, MOST_PAGES_READ = 60_000, 60
TEXT_SECONDS = 0.5
MEGA = 1024 * 1024
LIMITS: dict[str, Any] = {
    "maximum_declared_stream_length": 12 * MEGA,
    "array_based_stream_maximum_output_length": 4 * MEGA,
    "lzw_maximum_output_length": 2 * MEGA,
    "run_length_maximum_output_length": 2 * MEGA,
    "zlib_maximum_output_length": 4 * MEGA,
    "zlib_maximum_recovery_input_length": MEGA // 4,
    "brotli_maximum_output_length": MEGA,
    "flate_maximum_columns": 20_000,
    "flate_maximum_row_length": MEGA,
    "stream_filters_maximum_length": 4,
    "stream_decoding_work_maximum_length": 8 * MEGA,
    "stream_parsing_work_maximum_count": 100_000,
    "page_tree_maximum_entries": 10_000,
    "page_tree_maximum_page_entries": 10_000,
    "xform_maximum_invocations_per_extraction": 50,
    "jbig2dec_binary": None,
    "disable_legacy_handling": True,
}


class Reader(PdfReader):
    """A reader that looks at the clock with every object."""

    def __init__(self, data: bytes, budget: Budget) -> None:
        self.budget = budget
        super().__init__(BytesIO(data), root_object_recovery_limit=500, xref_stream_maximum_entries=MOST_OBJECTS)

    def get_object(self, indirect_reference: int | IndirectObject) -> PdfObject | None:
        self.budget.check()
        return super().get_object(indirect_reference)


def clean_pdf(data: bytes, budget: Budget) -> tuple[bytes, str]:
    """Return the PDF written anew, and its words; raises ``Refused``."""
    if not data.startswith(b"%PDF-"):
        raise unreadable()
    with apply_configuration(**LIMITS):
        try:
            reader = Reader(data, budget)
            if reader.is_encrypted:
                raise is_locked()
            if not len(reader.pages):
                raise unreadable()
            found = reachable(reader, budget)
            written = b"".join(write(reader, found, budget))
        except Refused:
            raise
        except (PyPdfError, RecursionError, MemoryError) as error:
            raise too_complex() if isinstance(error, RecursionError | MemoryError) else unreadable() from error
        except Exception as error:  # readers of broken files fail in many ways
            raise unreadable() from error
        return written, text_of(reader)


def reachable(reader: Reader, budget: Budget) -> dict[tuple[int, int], PdfObject]:
    """Return every object that can be reached from the root once it is tidied: {(number, generation): object}."""
    found: dict[tuple[int, int], PdfObject] = {}
    root = reader.trailer.raw_get("/Root")
    waiting: list[PdfObject] = [root]
    while waiting:
        item = waiting.pop()
        if isinstance(item, IndirectObject):
            key = (item.idnum, item.generation)
            if key in found:
                continue
            budget.check()
            if len(found) >= MOST_OBJECTS:
                raise too_complex()
            target = item.get_object()  # may be empty, and is still what it is
            item = found[key] = NullObject() if target is None else target
        if isinstance(item, DictionaryObject):
            tidy(item, is_root=bool(found) and item is root.get_object())
            waiting.extend(item.raw_get(name) for name in item)
        elif isinstance(item, ArrayObject):
            waiting.extend(_raw(item))
    return found


def _raw(array: ArrayObject) -> Iterator[PdfObject]:
    """Yield the entries as they stand: references are not followed."""
    return iter(list(list.__iter__(array)))


def write(reader: Reader, found: dict[tuple[int, int], PdfObject], budget: Budget) -> Iterator[bytes]:
    """Yield a plain PDF of these objects, each under its old number: no history, no metadata, nothing between."""
    head = reader.pdf_header.encode("ascii", "replace")[:8]
    start = (head if head[5:6] in (b"1", b"2") else b"%PDF-1.7") + b"\n%\xe2\xe3\xcf\xd3\n"
    yield start
    at, places = len(start), {}
    for (number, generation), item in sorted(found.items(), key=lambda pair: pair[0]):
        budget.check()
        out = BytesIO()
        out.write(b"%d %d obj\n" % (number, generation))
        item.write_to_stream(out)
        out.write(b"\nendobj\n")
        places[number] = (at, generation)
        at += out.tell()
        if at > MOST_UNPACKED // 2:
            raise too_complex()
        yield out.getvalue()
    yield from _table(places, at, reader.trailer.raw_get("/Root"))


def _table(places: dict[int, tuple[int, int]], at: int, root: IndirectObject) -> Iterator[bytes]:
    """Yield the table of where the objects stand, and the way to the root."""
    yield b"xref\n0 1\n0000000000 65535 f \n"
    for number, (place, generation) in places.items():
        yield b"%d 1\n%010d %05d n \n" % (number, place, generation)
    size = max(places) + 1
    yield b"trailer\n<< /Size %d /Root %d %d R >>\nstartxref\n%d\n%%%%EOF\n" % (size, root.idnum, root.generation, at)


def text_of(reader: Reader) -> str:
    """Return the words of the first pages, as far as they can be had quickly."""
    reader.budget = Budget(TEXT_SECONDS)
    parts, length = [], 0
    try:
        for page in reader.pages[:MOST_PAGES_READ]:
            if reader.budget.is_over or length > TEXT_LONGEST:
                break
            parts.append(page.extract_text())
            length += len(parts[-1])
    except Exception:  # words are a help for searching; the file itself is in order
        return "\n".join(parts)
    return "\n".join(parts)
