"""What editors are told about a picture that cannot be used."""

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils import timezone
from django.utils.translation import gettext as _
from PIL import Image
from wagtail.images.forms import BaseImageForm


class PictureForm(BaseImageForm):
    """Wagtail's form for pictures; reads each new file to its end, so that no page fails on it later."""

    def clean_file(self) -> object:
        file = self.cleaned_data["file"]
        if isinstance(file, UploadedFile):
            require_whole(file)
        return file

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
        raise ValidationError(_("This file is damaged or was not sent completely. Please choose it once more.")) from error
    finally:
        file.seek(0)
    if frames > 1:
        raise ValidationError(_("Moving pictures are not shown, because they keep many people from reading."))
