"""What editors are told about a document that is not handed out: a PDF that acts, has a password, or is none."""

from django.core.exceptions import ValidationError
from wagtail.documents.forms import BaseDocumentForm

from cms.pdf_facts import MOST_BYTES, read
from common.errors import Refused


class DocumentForm(BaseDocumentForm):
    """Wagtail's form for documents; a new PDF is read first. What is in the library already stays."""

    def clean_file(self) -> object:
        file = self.cleaned_data["file"]
        if file and "file" in self.changed_data and file.name.lower().endswith(".pdf") and file.size <= MOST_BYTES:
            try:
                read(file.read())
            except Refused as refusal:
                raise ValidationError(str(refusal)) from refusal
            finally:
                file.seek(0)
        return file
