"""The part of the form with files (PDF, ODT, DOCX)."""

from django import forms
from django.utils.datastructures import MultiValueDict

from ideas.models import IdeaFile


class FilesPart(forms.Form):
    """Files already kept stand beside the new ones (field ``files``); ``kept_files_before`` is set by the whole form."""

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
