"""Pictures inside of documents: what they show stays as it is, byte by byte; everything else they carry goes."""

import zlib
from collections.abc import Iterator

JPEG, PNG, GIF = b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", (b"GIF87a", b"GIF89a")
# Needed to see a PNG as it was meant; text, time, EXIF and private chunks are not.
PNG_KEPT = {b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"sBIT", b"pHYs", b"bKGD"}
# JFIF and Adobe's colour transform; everything else in application segments is about the picture, not the picture.
JPEG_KEPT_APPS = {0xE0: b"JFIF\0", 0xEE: b"Adobe"}
ALONE = {0x01, *range(0xD0, 0xD8)}


class NotClean(ValueError):
    """The picture is broken, or of a kind that cannot be cleaned."""


def without_metadata(data: bytes) -> bytes:
    """Return a JPEG, PNG or GIF without anything but the picture; raises ``NotClean`` for everything else."""
    try:
        if data.startswith(JPEG):
            return b"".join(_jpeg(data))
        if data.startswith(PNG):
            return b"".join(_png(data))
        if data.startswith(GIF):
            return b"".join(_gif(data))
    except (IndexError, ValueError) as error:
        raise NotClean(str(error)) from error
    raise NotClean("unknown kind")


def _jpeg(data: bytes) -> Iterator[bytes]:
    """Yield the parts of a JPEG up to its end; comments, EXIF, XMP, colour profiles and previews are left out."""
    yield data[:2]
    at = 2
    while True:
        if data[at] != 0xFF:
            raise NotClean("no marker")
        kind = data[at + 1]
        if kind == 0xFF:  # padding
            at += 1
        elif kind == 0xD9:
            yield b"\xff\xd9"
            return
        elif kind in ALONE:
            yield data[at : at + 2]
            at += 2
        else:
            end = at + 2 + int.from_bytes(data[at + 2 : at + 4], "big")
            if end < at + 4 or end > len(data):
                raise NotClean("segment too long")
            segment = data[at:end]
            if kind == 0xDA:
                end = _scan_end(data, end)
                yield data[at:end]
            elif _kept(kind, segment):
                # A preview in the JFIF segment would show what was cut away.
                yield segment if kind != 0xE0 else b"\xff\xe0\x00\x10" + segment[4:16] + b"\0\0"
            at = end


def _kept(kind: int, segment: bytes) -> bool:
    if kind in JPEG_KEPT_APPS:
        return segment[4:].startswith(JPEG_KEPT_APPS[kind])
    return not (0xE0 <= kind <= 0xEF or kind == 0xFE)


def _scan_end(data: bytes, at: int) -> int:
    """Return where the compressed stretch ends: at the next marker that is neither filling nor a restart."""
    while True:
        at = data.find(b"\xff", at)
        if at < 0 or at + 1 >= len(data):
            raise NotClean("no end")
        if data[at + 1] not in (0x00, 0xFF) and not 0xD0 <= data[at + 1] <= 0xD7:
            return at
        at += 1 if data[at + 1] == 0xFF else 2


def _png(data: bytes) -> Iterator[bytes]:
    """Yield the chunks of a PNG that make the picture."""
    yield PNG
    at = len(PNG)
    while True:
        length, kind = int.from_bytes(data[at : at + 4], "big"), data[at + 4 : at + 8]
        end = at + 12 + length
        if end > len(data) or len(kind) != 4:
            raise NotClean("chunk too long")
        if kind in PNG_KEPT:
            body = data[at + 4 : at + 8 + length]
            yield data[at : at + 4] + body + zlib.crc32(body).to_bytes(4, "big")
        if kind == b"IEND":
            return
        at = end


def _gif(data: bytes) -> Iterator[bytes]:
    """Yield the blocks of a GIF; comments, plain text and applications' own blocks are left out."""
    at = 13 + _colours(data[10])
    yield data[:at]
    while data[at] != 0x3B:
        if data[at] == 0x2C:
            end = _blocks_end(data, at + 11 + _colours(data[at + 9]))
            yield data[at:end]
        elif data[at] == 0x21:
            end = _blocks_end(data, at + 2)
            if data[at + 1] == 0xF9:
                yield data[at:end]
        else:
            raise NotClean("unknown block")
        at = end
    yield b"\x3b"


def _colours(flags: int) -> int:
    return 3 * 2 ** ((flags & 7) + 1) if flags & 0x80 else 0


def _blocks_end(data: bytes, at: int) -> int:
    while data[at]:
        at += data[at] + 1
    return at + 1
