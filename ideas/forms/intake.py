"""The desk's form: an idea as somebody else told or wrote it, typed quickly."""

import uuid
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from common.text import LineField, TextField
from ideas import content
from ideas.actions import Received
from ideas.forms.fields import TermField
from ideas.forms.place import PlacePart
from ideas.forms.questions import QuestionsPart
from ideas.models import Campaign, Intake, Topic
from ideas.queries.terms import known_terms

# What stays as it is for the next card of the same pile.
REMEMBERED = ("channel", "occasion", "received_on")


class IntakeForm(PlacePart, QuestionsPart, forms.Form):
    """Title or text is enough. A card from an event may leave out what the campaign asks of those who write themselves."""

    channel = forms.ChoiceField(label=gettext_lazy("How did it come in?"), choices=Intake.Channel.choices)
    occasion = LineField(
        label=gettext_lazy("Occasion"),
        help_text=gettext_lazy("Stands on the idea after “Received”, such as: at the street festival in Nordfeld"),
        required=False,
        max_length=120,
    )
    received_on = forms.DateField(
        label=gettext_lazy("Received on"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={
            "required": gettext_lazy("Please say on which day it came in."),
            "invalid": gettext_lazy("This is not a day of the calendar."),
        },
    )
    title = LineField(
        label=gettext_lazy("Title"),
        help_text=gettext_lazy("Empty: the first line of the text."),
        required=False,
        min_length=content.TITLE_SHORTEST,
        max_length=content.TITLE_LONGEST,
    )
    text = TextField(
        label=gettext_lazy("Text"),
        help_text=gettext_lazy(
            "In the words of the person. Names, addresses and telephone numbers do not belong here."
        ),
        required=False,
        max_length=content.TEXT_LONGEST,
        widget=forms.Textarea(attrs={"rows": 8}),
    )
    topic = TermField(Topic, label=gettext_lazy("Topic"))
    request_key = forms.RegexField(r"^[0-9a-zA-Z-]{1,40}$", required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, campaign: Campaign, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.campaign = campaign
        terms = known_terms()
        for name, facet in (("district", "stadtteil"), ("topic", "thema")):
            self.fields[name].load(terms[facet])  # type: ignore[attr-defined]
        self.add_questions(campaign)
        for name in self.question_names:
            self.fields[name].required = False
        self.order_fields(
            ["channel", "occasion", "received_on", "title", "text", "district", "place", "topic", *self.question_names]
        )
        if not self.is_bound:
            self.initial = {"received_on": timezone.localdate(), **self.initial, "request_key": uuid.uuid4().hex}

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        text, title = values.get("text", ""), values.get("title", "")
        if not {"title", "text"} & set(self.errors) and not (text or title):
            self.add_error("text", _("There is nothing here yet. A title or a text is needed."))
        elif not title and text and "title" not in self.errors:
            title, text = title_in(text)
            if len(title) < content.TITLE_SHORTEST:
                self.add_error("title", _("The first line is too short for a title. Please write one."))
        values["title"], values["text"] = title, text or title
        return values

    @property
    def remembered(self) -> dict[str, str]:
        """Return what the next card of the pile has in common with this one, as typed."""
        return {name: str(self.data.get(name, ""))[:200] for name in REMEMBERED}

    @property
    def received(self) -> Received:
        """Return how it came in, from a valid form."""
        values = self.cleaned_data
        return Received(values["channel"], values["received_on"], values["occasion"])

    def content(self) -> content.IdeaContent:
        """Return what a valid form says."""
        values = self.cleaned_data
        return content.IdeaContent(
            title=values["title"],
            text=values["text"],
            topic=values["topic"],
            district=values["district"],
            place=values["place"],
            latitude=values["lat"],
            longitude=values["lng"],
            answers=self.answers,
        )


def title_in(text: str) -> tuple[str, str]:
    """Return the first line of a pasted text as its title, and the rest; a long first line is cut and kept whole below."""
    first, _end, rest = text.partition("\n")
    if len(first) <= content.TITLE_LONGEST:
        return first.strip(), rest.strip()
    cut = first[: content.TITLE_LONGEST - 1].rsplit(" ", 1)[0]
    return f"{cut} …"[: content.TITLE_LONGEST], text
