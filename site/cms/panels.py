"""Parts of the editor's forms that Wagtail does not bring along."""

from typing import TYPE_CHECKING, Any

from django.template.defaultfilters import yesno
from django.utils.text import capfirst
from wagtail.admin.panels import FieldPanel

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


class GuardedPanel(FieldPanel):
    """A field that only people with ``permission`` change; all others read what it says.

    The form of the others has no such field at all, so what they send for it is not looked at.
    """

    def __init__(self, *args: Any, words_for_readers: "StrOrPromise" = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.words_for_readers = words_for_readers

    def clone_kwargs(self) -> dict[str, Any]:
        return super().clone_kwargs() | {"words_for_readers": self.words_for_readers}

    def format_value_for_display(self, value: object) -> str:
        """Return what stands there for readers."""
        return capfirst(str(yesno(value))) if isinstance(value, bool) else str(super().format_value_for_display(value))

    class BoundPanel(FieldPanel.BoundPanel):
        """The field, or what it says."""

        def __init__(self, **kwargs: Any) -> None:
            super().__init__(**kwargs)
            self.read_only = self.form is not None and self.bound_field is None
            if self.read_only:
                self.heading = self.panel.heading or capfirst(self.panel.db_field.verbose_name)
                self.help_text = self.panel.words_for_readers

        def is_shown(self) -> bool:
            return True
