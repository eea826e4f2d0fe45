"""Pictures and forms for the tests of pages and news."""

from io import BytesIO

from django.core.files.images import ImageFile
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from cms.models import Picture


def image_bytes(kind: str = "PNG", size: tuple[int, int] = (900, 600), **extra: object) -> bytes:
    """A picture as a camera or a drawing program writes it."""
    out = BytesIO()
    Image.new("RGB", size, "#0b5c57").save(out, kind, **extra)
    return out.getvalue()


def moving() -> bytes:
    """A picture of two frames."""
    frames, out = [Image.new("RGB", (60, 40), colour) for colour in ("red", "blue")], BytesIO()
    frames[0].save(out, "GIF", save_all=True, append_images=frames[1:])
    return out.getvalue()


def upload(name: str = "ufer.png", content: bytes | None = None) -> SimpleUploadedFile:
    """A file as a browser sends it."""
    return SimpleUploadedFile(name, image_bytes() if content is None else content)


def make_picture(
    title: str = "Ufer", *, content: bytes | None = None, name: str = "ufer.png", **fields: object
) -> Picture:
    """A picture with everything an editor has to say about it."""
    values = {
        "alt": "Kinder spielen am Wasser",
        "credit_author": "Illustration: Mara Lindner",
        "credit_agency": "Stadt Musterstadt",
    }
    return Picture.objects.create(
        title=title, file=ImageFile(BytesIO(content or image_bytes()), name=name), **values | fields
    )
