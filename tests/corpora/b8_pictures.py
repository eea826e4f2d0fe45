"""B8, pictures: whatever calls itself one."""

import struct
import zlib
from io import BytesIO
from typing import Any

from PIL import Image, PngImagePlugin

from tests.corpora.made import SECRET, Upload, cases

MOST = 10 * 1024 * 1024


def image(mode: str = "RGB", size: tuple[int, int] = (400, 300), colour: Any = None) -> Image.Image:
    """Return a picture of one colour with a darker quarter."""
    made = Image.new(mode, size, colour if colour is not None else (90, 140, 200) if mode == "RGB" else 1)
    if mode == "RGB":
        made.paste((20, 40, 60), (0, 0, size[0] // 2, size[1] // 2))
    return made


def saved(made: Image.Image, kind: str = "JPEG", **how: Any) -> bytes:
    out = BytesIO()
    made.save(out, kind, **how)
    return out.getvalue()


def up(data: bytes, name: str = "bild.jpg", kind: str = "image/jpeg") -> Upload:
    return Upload(data, name, kind)


def exif(orientation: int = 1) -> Image.Exif:
    """Return EXIF that tells where, when, with what – and holds the uncropped picture."""
    made = Image.Exif()
    made[0x0112], made[0x010E], made[0x010F] = orientation, SECRET.decode(), SECRET.decode()
    made.get_ifd(0x8825).update({1: "N", 2: (51.0, 39.0, 42.0), 29: SECRET.decode()})
    return made


def with_thumbnail() -> bytes:
    """Return a JPEG whose EXIF carries a preview with the secret in it."""
    preview = saved(image(size=(160, 120)), comment=SECRET)
    body = b"Exif\0\0II*\0" + struct.pack("<I", 8) + struct.pack("<H", 0) + struct.pack("<I", 14)
    body += struct.pack("<HHHIIHHII", 2, 0x0201, 4, 1, 44, 0x0202, 4, 1, len(preview)) + b"\0" * 4 + preview
    plain = saved(image())
    return plain[:2] + b"\xff\xe1" + struct.pack(">H", len(body) + 2) + body + plain[2:]


def png_chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png_claiming(width: int, height: int) -> bytes:
    """Return a PNG that says it is that large."""
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    body = png_chunk(b"IDAT", zlib.compress(bytes(1000))) + png_chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + png_chunk(b"IHDR", head) + body


def png_text() -> bytes:
    info = PngImagePlugin.PngInfo()
    info.add_text("Author", SECRET.decode())
    info.add_itxt("XML:com.adobe.xmp", f"<x>{SECRET.decode()}</x>")
    return saved(image(), "PNG", pnginfo=info, exif=exif())


def png_text_bomb() -> bytes:
    plain = saved(image(), "PNG")
    return plain[:33] + png_chunk(b"zTXt", b"k\0\0" + zlib.compress(bytes(60_000_000))) + plain[33:]


def frames(kind: str, number: int, size: tuple[int, int] = (20, 16)) -> bytes:
    rest = [Image.new("RGB", size, (n % 255, 9, 9)) for n in range(number - 1)]
    return saved(Image.new("RGB", size), kind, save_all=True, append_images=rest, duration=20)


def many_frames() -> bytes:
    """Return a GIF of 10,000 frames, the same one again and again."""
    whole = saved(Image.new("P", (20, 16)), "GIF")
    start = whole.index(b"\x2c")
    return whole[:start] + whole[start:-1] * 10_000 + b"\x3b"


def heif(brand: bytes) -> bytes:
    return b"\0\0\0\x18ftyp" + brand + bytes(8) + b"mif1" + bytes(4000)


def random_bytes(number: int) -> bytes:
    return zlib.compress(b"x")[:2] + bytes((n * 7919) % 251 for n in range(1000)) * (number // 1000)


JPG = saved(image())
PNG, WEBP, GIF = (saved(image(), kind) for kind in ("PNG", "WEBP", "GIF"))
SVG = b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'><script>alert(1)</script></svg>"
HTML = b"<!doctype html><script>alert(document.domain)</script>"

PICTURES = cases(
    "B8-P",
    [
        ("JPEG", "kept", lambda: up(JPG)),
        ("PNG", "kept", lambda: up(PNG, "a.png", "image/png")),
        ("WebP", "kept", lambda: up(WEBP, "a.webp", "image/webp")),
        ("GIF", "kept", lambda: up(GIF, "a.gif", "image/gif")),
        ("progressive JPEG", "kept", lambda: up(saved(image(), progressive=True))),
        ("CMYK JPEG", "kept", lambda: up(saved(image().convert("CMYK")))),
        ("grey JPEG", "kept", lambda: up(saved(image().convert("L")))),
        ("16 bits of grey", "kept", lambda: up(saved(image("I;16", colour=30_000), "PNG"))),
        ("palette with transparency", "kept", lambda: up(saved(image("P"), "PNG", transparency=1))),
        ("grey with alpha", "kept", lambda: up(saved(image("LA", colour=(9, 9)), "PNG"))),
        ("one bit", "kept", lambda: up(saved(image("1"), "PNG"))),
        ("RGBA WebP", "kept", lambda: up(saved(image("RGBA", colour=(1, 2, 3, 4)), "WEBP"))),
        ("animated WebP", "kept", lambda: up(frames("WEBP", 30))),
        ("animated GIF", "kept", lambda: up(frames("GIF", 30))),
        ("GIF of 10,000 frames", "kept", lambda: up(many_frames())),
        ("EXIF with GPS, turned", "kept", lambda: up(saved(image(), exif=exif(6)))),
        ("EXIF turned by nothing known", "kept", lambda: up(saved(image(), exif=exif(77)))),
        ("EXIF in WebP", "kept", lambda: up(saved(image(), "WEBP", exif=exif()))),
        ("XMP in JPEG", "kept", lambda: up(saved(image(), xmp=b"<x>" + SECRET + b"</x>"))),
        ("XMP in WebP", "kept", lambda: up(saved(image(), "WEBP", xmp=b"<x>" + SECRET + b"</x>"))),
        ("text, XMP and EXIF in PNG", "kept", lambda: up(png_text())),
        ("comment in JPEG", "kept", lambda: up(saved(image(), comment=SECRET))),
        ("colour profile with words", "kept", lambda: up(saved(image(), icc_profile=SECRET * 9))),
        ("preview of the uncropped picture", "kept", lambda: up(with_thumbnail())),
        ("JPEG and ZIP", "kept", lambda: up(JPG + b"PK\x03\x04" + SECRET)),
        ("GIF and JavaScript", "kept", lambda: up(GIF + b"/*" + SECRET + b"*/alert(1)")),
        ("PNG and HTML", "kept", lambda: up(PNG + HTML + SECRET)),
        ("one pixel", "kept", lambda: up(saved(image(size=(1, 1)), "PNG"))),
        ("25 million pixels", "kept", lambda: up(saved(Image.new("L", (5000, 5000)), "PNG"))),
        ("long JPEG", "kept", lambda: up(saved(image(size=(300, 9000))))),
        ("PNG called JPEG", "kept", lambda: up(PNG, "a.jpg")),
        ("name with a path", "kept", lambda: up(JPG, "../../../etc/passwd.jpg")),
        ("name of 300 letters", "kept", lambda: up(JPG, "ä" * 296 + ".jpg")),
        ("name from right to left", "kept", lambda: up(JPG, "bild\u202egpj.exe")),
        ("name of a device", "kept", lambda: up(JPG, "CON")),
        ("name with HTML", "kept", lambda: up(JPG, "<img src=x onerror=alert(1)>.jpg")),
        ("no bytes", "refused", lambda: up(b"")),
        ("one byte too many", "refused", lambda: up(JPG + bytes(MOST + 1 - len(JPG)))),
        ("12 MB of anything", "refused", lambda: up(random_bytes(12_000_000))),
        ("text", "refused", lambda: up(b"Guten Tag" * 100)),
        ("SVG with script", "refused", lambda: up(SVG, "a.svg", "image/svg+xml")),
        ("SVG called PNG", "refused", lambda: up(SVG, "a.png", "image/png")),
        ("HTML called JPEG", "refused", lambda: up(HTML, "a.jpg")),
        ("program called JPEG", "refused", lambda: up(b"MZ\x90\0" + bytes(500))),
        ("PDF and HTML", "refused", lambda: up(b"%PDF-1.7\n" + HTML)),
        ("PostScript", "refused", lambda: up(b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n(x) run\n", "a.eps")),
        ("ZIP", "refused", lambda: up(b"PK\x03\x04" + bytes(200))),
        ("HEIC", "refused", lambda: up(heif(b"heic"), "IMG_1.HEIC", "image/heic")),
        ("HEIC called JPEG", "refused", lambda: up(heif(b"mif1"))),
        ("AVIF", "refused", lambda: up(heif(b"avif"), "a.avif", "image/avif")),
        ("TIFF", "refused", lambda: up(saved(image(), "TIFF"), "a.tif", "image/tiff")),
        ("BMP", "refused", lambda: up(saved(image(), "BMP"), "a.bmp", "image/bmp")),
        ("ICO", "refused", lambda: up(saved(image(), "ICO"), "a.ico")),
        ("50,000 by 50,000", "refused", lambda: up(png_claiming(50_000, 50_000))),
        ("one row too many", "refused", lambda: up(png_claiming(5000, 5001))),
        ("no pixels", "refused", lambda: up(png_claiming(0, 10))),
        ("as narrow as a thread", "refused", lambda: up(saved(image(size=(2, 1000)), "PNG"))),
        ("half a JPEG", "refused", lambda: up(JPG[: len(JPG) // 2])),
        ("half a PNG", "refused", lambda: up(PNG[: len(PNG) // 2])),
        ("half a WebP", "refused", lambda: up(WEBP[: len(WEBP) // 2])),
        ("half a GIF", "refused", lambda: up(GIF[: len(GIF) // 2])),
        ("only the start of a JPEG", "refused", lambda: up(b"\xff\xd8\xff\xe0")),
        ("PNG with wrong sums", "refused", lambda: up(PNG[:37] + bytes(8) + PNG[45:])),
        ("PNG with a packed text of 60 MB", "refused", lambda: up(png_text_bomb())),
        ("WebP that says too much", "refused", lambda: up(b"RIFF\xff\xff\xff\x7fWEBPVP8 \xff\xff\xff\x7f" + bytes(90))),
    ],
)
