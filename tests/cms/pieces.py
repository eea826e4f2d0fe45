"""Pictures and forms for the tests of pages and news."""

from io import BytesIO

from django.core.files.images import ImageFile
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image
from wagtail.test.utils.form_data import nested_form_data, streamfield

from cms.models import Picture, TownSettings


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


def town_form(**fields: object) -> dict[str, str]:
    """The settings of the town as an editor sends them."""
    town = TownSettings.load()
    names = ("name", "full_name", "claim", "office", "persons", "phone", "email", "address", "hours")
    values: dict[str, object] = {name: getattr(town, name) for name in names} | {"crest": "", "two_persons": ""}
    values |= dict.fromkeys(("main_colour", "call_colour", "accent_colour"), "")
    values |= {name: streamfield([]) for name in ("menu", "take_part_links", "check_links", "legal_links")}
    return nested_form_data(values | fields)
