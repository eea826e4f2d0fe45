"""The drawings, as editors' pictures and as pictures of ideas; both are made once."""

from django.core.files.base import ContentFile

from accounts.models import User
from cms.models import Picture
from config.demo.texts import picture_file, read
from ideas.actions import keep_picture
from ideas.images import clean_picture
from ideas.models import IdeaPicture

ILLUSTRATOR, OWNER = "Illustration: Jule Hasenkamp", "Stadt Musterstadt"


def editors_picture(key: str) -> Picture:
    """Return the drawing as an editors' picture, with credit and words on what it shows."""
    title = f"Zeichnung „{key}“"
    found = Picture.objects.filter(title=title).first()
    if found is not None:
        return found
    words = read("pictures")["pictures"][key]
    data = picture_file(key).read_bytes()
    picture = Picture(
        title=title,
        alt=words,
        credit_author=ILLUSTRATOR,
        credit_agency=OWNER,
        licence="CC BY 4.0",
        file=ContentFile(data, name=f"{key}.webp"),
    )
    picture.file_size = len(data)
    picture.save()
    return picture


class IdeaPictures:
    """Citizens' pictures: every drawing is read and written anew once."""

    def __init__(self) -> None:
        self.made: dict[str, IdeaPicture] = {}

    def get(self, key: str, uploader: User) -> IdeaPicture:
        """Return the drawing as a picture of that person's idea."""
        if key not in self.made:
            path = picture_file(key)
            with path.open("rb") as handle:
                self.made[key] = keep_picture(clean=clean_picture(handle, path.stat().st_size), uploader=uploader)
        return self.made[key]
