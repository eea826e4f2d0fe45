"""What editors are told about a picture that cannot be used."""

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from PIL import Image
from wagtail.images.fields import WagtailImageField
from wagtail.images.forms import BaseImageForm

DAMAGED = _("This file is damaged or was not sent completely. Please choose it once more.")
MOVING = _("Moving pictures are not shown, because they keep many people from reading.")


class WholePictureField(WagtailImageField):
    """Reads each new file to its end, so that no page fails on it later."""

    def to_python(self, data: UploadedFile | None) -> object:
        try:
            found = super().to_python(data)
        except (OSError, SyntaxError) as error:  # Wagtail measures some files by decoding them
            raise ValidationError(DAMAGED) from error
        if isinstance(found, UploadedFile):
            require_whole(found)
        return found


class PictureForm(BaseImageForm):
    """Wagtail's form for pictures, with our field for the file."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        if usual := self.fields.get("file"):
            self.fields["file"] = WholePictureField(label=usual.label, required=usual.required, widget=usual.widget)

    def clean_usable_until(self) -> object:
        day = self.cleaned_data["usable_until"]
        if day and "usable_until" in self.changed_data and day < timezone.localdate():
            raise ValidationError(_("This day is over. The picture would never be shown."))
        return day


def require_whole(file: UploadedFile) -> None:
    """Raise ``ValidationError`` for a file that ends too early or moves."""
    file.seek(0)
    try:
        with Image.open(file) as image:
            frames = getattr(image, "n_frames", 1)
            image.load()
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise ValidationError(DAMAGED) from error
    finally:
        file.seek(0)
    if frames > 1:
        raise ValidationError(MOVING)
