"""How editors add questions to a campaign in the Wagtail admin."""

import json
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel

from ideas.models.question import MOST_QUESTIONS


class OneOnEachLine(forms.Textarea):
    """A list of texts, written one below the other."""

    def format_value(self, value: Any) -> str:
        """Return the list as lines; what is no list is shown as it is."""
        try:
            lines = json.loads(value) if isinstance(value, str) else value
        except ValueError:
            return str(value)
        return "\n".join(str(line) for line in lines) if isinstance(lines, list) else ""

    def value_from_datadict(self, data: Any, files: Any, name: str) -> str | None:
        """Return the lines as the JSON that the field reads."""
        typed = data.get(name)
        return None if typed is None else json.dumps([line.strip() for line in typed.splitlines() if line.strip()])


QUESTION_PANELS = [
    FieldPanel("label", help_text=_("As you would ask somebody: “Who would use it most?”")),
    FieldPanel("kind"),
    FieldPanel(
        "options",
        widget=OneOnEachLine(attrs={"rows": 5}),
        help_text=_("One answer on each line. Only for questions with answers to choose from."),
    ),
    FieldPanel("help_text", help_text=_("A sentence below the question, if it needs one.")),
    FieldRowPanel([FieldPanel("is_required"), FieldPanel("is_public"), FieldPanel("is_searchable")]),
]

QUESTIONS_PANEL = InlinePanel(
    "questions",
    panels=QUESTION_PANELS,
    heading=_("Own questions"),
    label=_("Question"),
    help_text=_(
        "They stand in the form below topic and tags. Answers that were given stay readable with the words of their "
        "time, whatever becomes of the question. An answer that was not for everybody never becomes public later."
    ),
    max_num=MOST_QUESTIONS,
)
