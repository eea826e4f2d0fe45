"""The part of the form with files (PDF, ODT, DOCX)."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from common.errors import Refused
from ideas.content import MOST_FILES
from ideas.files import MEDIA_TYPES, CleanFile, clean_file
from ideas.models import IdeaFile

ACCEPTED = ",".join([*MEDIA_TYPES.values(), *(f".{kind}" for kind in MEDIA_TYPES)])


class FilesInput(forms.FileInput):
    """One control for several files."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Uploaded files, checked and written anew; ``clean`` returns ``CleanFile`` objects."""

    widget = FilesInput(attrs={"accept": ACCEPTED, "multiple": True})
    default_error_messages = {"empty": gettext_lazy("This file is empty. Please choose it again.")}  # noqa: RUF012

    def clean(self, data: Any, initial: Any = None) -> list[CleanFile]:
        found = data if isinstance(data, list | tuple) else [data] if data else []
        if len(found) > MOST_FILES:  # before the work of reading them
            raise ValidationError(too_many(), code="too_many")
        return [self._read(super(FilesField, self).clean(file, initial)) for file in found if file]

    def _read(self, file: UploadedFile) -> CleanFile:
        try:
            return clean_file(file, file.size or 0, file.name or "")
        except Refused as refusal:
            raise ValidationError(refusal.message, code=refusal.code) from refusal


class FilesPart(forms.Form):
    """Files already kept stand beside the new ones (field ``files``); ``kept_files_before`` is set by the whole form."""

    files = FilesField(  # type: ignore[assignment]
        label=gettext_lazy("Files"),
        help_text=gettext_lazy(
            "Up to three: PDF, ODT or DOCX, each at most 10 MB. Names, comments and everything else about the author "
            "are taken out."
        ),
        required=False,
    )
    kept_files_before: list[IdeaFile]

    @property
    def kept_files(self) -> list[IdeaFile]:
        """Return the kept files that were not taken out."""
        removed = set(self.data.getlist("file_remove")) if isinstance(self.data, MultiValueDict) else set()
        return [file for file in self.kept_files_before if str(file.key) not in removed]

    def keep_files(self, files: list[IdeaFile]) -> None:
        """Put the new files among the kept ones, for the next round."""
        self.kept_files_before = files
        if isinstance(self.data, MultiValueDict):
            self.data = self.data.copy()
            self.data.setlist("file_remove", [])

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if len(self.kept_files) + len(values.get("files") or []) > MOST_FILES:
            self.add_error("files", too_many())
        return values


def too_many() -> str:
    """Return the sentence for one file too many."""
    return _("Please choose at most %(count)d files.") % {"count": MOST_FILES}
