"""The form of an idea, new or changed."""

import uuid
from collections.abc import Iterable, Mapping
from typing import Any, Self

from django import forms
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from common.text import LineField, TextField
from ideas import content
from ideas.forms.fields import TagsField, TermField
from ideas.forms.files import FilesPart
from ideas.forms.pictures import KeptPictures, PicturesPart
from ideas.forms.place import PlacePart
from ideas.forms.questions import QuestionsPart
from ideas.models import Campaign, Goal, IdeaFile, Topic
from ideas.queries.terms import known_terms

# In this order errors are told; the campaign's own questions come next.
FIRST = ("title", "text", "district", "place", "lat", "lng", "topic", "goal", "tags")
# What is kept as typed, in a draft and through the preview.
TEXTS = (*FIRST, "request_key")


class IdeaForm(PlacePart, QuestionsPart, PicturesPart, FilesPart, forms.Form):
    """Everything about an idea on one page; its parts have modules of their own."""

    title = LineField(
        label=gettext_lazy("What is it about, in one sentence?"),
        help_text=gettext_lazy("So that your neighbour understands it at once. At most 90 characters."),
        min_length=content.TITLE_SHORTEST,
        max_length=content.TITLE_LONGEST,
        error_messages={
            "required": gettext_lazy("Please give your idea a title."),
            "min_length": gettext_lazy(
                "The title is too short. Write at least ten characters, such as “More shade at the playground”."
            ),
            "max_length": gettext_lazy("The title is too long: %(show_value)d characters, at most %(limit_value)d."),
        },
    )
    text = TextField(
        label=gettext_lazy("What do you propose, and why?"),
        help_text=gettext_lazy("Whom does it help? How could it be done? Just write, spelling does not matter."),
        min_length=content.TEXT_SHORTEST,
        max_length=content.TEXT_LONGEST,
        widget=forms.Textarea(attrs={"rows": 9}),
        error_messages={
            "required": gettext_lazy("There is nothing here yet. Two or three sentences are enough to begin."),
            "min_length": gettext_lazy("Please describe the idea in at least one sentence."),
            "max_length": gettext_lazy("The text is too long: %(show_value)d characters, at most %(limit_value)d."),
        },
    )
    topic = TermField(Topic, label=gettext_lazy("Which topic fits?"))
    goal = TermField(Goal, label=gettext_lazy("Which goal of the town does it serve?"))
    tags = TagsField(
        label=gettext_lazy("Tags"),
        help_text=gettext_lazy("Single words with commas between them, such as: shade, playground, trees"),
        required=False,
        max_length=400,
    )
    request_key = forms.RegexField(r"^[0-9a-zA-Z-]{1,64}$", required=False, widget=forms.HiddenInput)

    def __init__(
        self,
        *args: Any,
        campaign: Campaign | None = None,
        kept: KeptPictures | None = None,
        kept_files: list[IdeaFile] | None = None,
        given: Iterable[Mapping[str, Any]] | None = None,
        **kwargs: Any,
    ) -> None:
        kwargs.setdefault("auto_id", "id_%s")
        super().__init__(*args, **kwargs)
        self.campaign, self.kept_before, self.kept_files_before = campaign, kept or [], kept_files or []
        self.given = given
        terms = known_terms()
        for name, facet in (("district", "stadtteil"), ("topic", "thema"), ("goal", "ziel")):
            self.fields[name].load(terms[facet])  # type: ignore[attr-defined]
        self.say_limits()
        self.add_questions(campaign)
        self.order_fields([*FIRST, *self.question_names, "images", "files"])
        if not self.is_bound and not self.initial.get("request_key"):
            self.initial["request_key"] = uuid.uuid4().hex

    def say_limits(self) -> None:
        """Tell our script what to check before the next step; browsers must not cut off what somebody pastes."""
        for name in ("title", "text"):
            field: Any = self.fields[name]
            words = field.error_messages
            long = _("That is too long: {n} characters, at most %(limit)d.") % {"limit": field.max_length}
            attrs = {"data-least": field.min_length, "data-most": field.max_length, "data-empty": words["required"]}
            field.widget.attrs |= attrs | {"data-short": words["min_length"], "data-long": long}
            for cut in ("minlength", "maxlength"):
                field.widget.attrs.pop(cut, None)

    @property
    def texts(self) -> tuple[str, ...]:
        """Return the names of all fields that are kept as typed."""
        return (*TEXTS, *self.question_names)

    @property
    def several(self) -> set[str]:
        """Return the names of the fields that take several values."""
        return {name for name in self.question_names if getattr(self.fields[name].widget, "allow_multiple_selected", 0)}

    def typed(self, name: str) -> list[str]:
        """Return what was typed or chosen in one field; several only where several can be chosen."""
        value = self.data.getlist(name) if isinstance(self.data, MultiValueDict) else self.data.get(name, "")
        return [str(one) for one in value] if isinstance(value, list) else [str(value)]

    def keep(self, pictures: KeptPictures, files: list[IdeaFile] | None = None) -> Self:
        """Put new pictures and files among the kept ones, for the next round; return the form."""
        self.keep_pictures(pictures)
        self.keep_files(self.kept_files if files is None else files)
        return self

    def content(self, pictures: KeptPictures, files: Iterable[IdeaFile] = ()) -> content.IdeaContent:
        """Return what a valid form says."""
        values = self.cleaned_data
        return content.IdeaContent(
            title=values["title"],
            text=values["text"],
            topic=values["topic"],
            goal=values["goal"],
            district=values["district"],
            place=values["place"],
            latitude=values["lat"],
            longitude=values["lng"],
            tags=values["tags"],
            pictures=tuple(pictures),
            files=tuple(files),
            answers=self.answers,
        )


class ChangeForm(IdeaForm):
    """The form of an idea that exists; ``version`` is the one the person began with."""

    version = forms.IntegerField(required=False, min_value=1, max_value=2**31 - 1, widget=forms.HiddenInput)
