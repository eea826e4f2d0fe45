"""What editors are told when they fill in a report."""

from typing import Any

from django.core.exceptions import ValidationError
from wagtail.admin.forms import WagtailAdminPageForm

from cms.pdf_facts import look
from common.errors import Refused


class ReportForm(WagtailAdminPageForm):
    """A report; its PDF is opened before it is taken."""

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean()
        document = values.get("pdf")
        if document is not None and document.get_file_hash() != self.instance.pdf_hash:
            try:
                look(document)
            except Refused as refusal:
                self.add_error("pdf", ValidationError(refusal.message, code=refusal.code))
        return values
