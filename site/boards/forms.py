"""Forms of the closed room, and the one for applicants."""

from typing import Any

from django import forms
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from boards.models import Meeting, Poll, Published, Room
from common.text import LineField, TextField
from ideas.content import MOST_FILES
from ideas.forms.files import FilesField
from ideas.models import Campaign
from ideas.rules import allowed_now
from moderation.public_forms import OpenForm

Target = Published.Target


class ConsentForm(forms.Form):
    """Until when the name is shown."""

    until = forms.DateField(
        label=gettext_lazy("Show my name until"),
        help_text=gettext_lazy("You can take it back here at any time; then it is gone at once."),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={
            "required": gettext_lazy("Please choose a day."),
            "invalid": gettext_lazy("This is not a day, such as: 31.12.2027"),
        },
    )


class PaperForm(forms.Form):
    """Files for the room."""

    files = FilesField(  # type: ignore[assignment]
        label=gettext_lazy("Files"),
        help_text=gettext_lazy(
            "Up to three: PDF, ODT or DOCX, each at most 10 MB. Names, comments and everything else about the author "
            "are taken out."
        ),
        error_messages={"required": gettext_lazy("Please choose a file.")},
    )
    title = LineField(
        label=gettext_lazy("Title"),
        help_text=gettext_lazy("Empty, or with several files: the names of the files."),
        required=False,
        max_length=140,
    )
    meeting = forms.ModelChoiceField(
        Meeting.objects.none(),
        label=gettext_lazy("For which meeting?"),
        required=False,
        empty_label=gettext_lazy("none"),
    )

    def __init__(self, *args: Any, room: Room, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.most = MOST_FILES
        self.fields["meeting"].queryset = Meeting.objects.filter(board=room.board_id)  # type: ignore[attr-defined]

    def clean_files(self) -> list[Any]:
        found: list[Any] = self.cleaned_data["files"]
        if not found:
            raise ValidationError(_("Please choose a file."), code="required")
        return found


class PollForm(forms.Form):
    """A question with its answers; secret or open is said here, before anybody votes."""

    question = LineField(
        label=gettext_lazy("Question"),
        max_length=200,
        min_length=10,
        error_messages={"required": gettext_lazy("Please write a question.")},
    )
    text = TextField(
        label=gettext_lazy("What it is about"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    options = TextField(
        label=gettext_lazy("Answers"),
        help_text=gettext_lazy("Two to ten, each on a line of its own."),
        max_length=1500,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": gettext_lazy("Please give at least two answers.")},
    )
    is_secret = forms.TypedChoiceField(
        label=gettext_lazy("How is it voted?"),
        choices=[
            ("ja", gettext_lazy("Secret: nobody learns who voted how, and a voice cannot be changed")),
            (
                "nein",
                gettext_lazy("Open: after the end all members see who voted how; until then a voice can be changed"),
            ),
        ],
        coerce=lambda word: word == "ja",
        initial="ja",
        widget=forms.RadioSelect,
    )
    closes_at = forms.DateTimeField(
        label=gettext_lazy("Open until"),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%d.%m.%Y %H:%M"],
        error_messages={
            "required": gettext_lazy("Please say until when."),
            "invalid": gettext_lazy("This is not a time, such as: 31.12.2027 18:00"),
        },
    )

    def clean_options(self) -> list[str]:
        lines = [line.strip(" -•\t") for line in self.cleaned_data["options"].splitlines()]
        found = [line for line in lines if line]
        if any(len(line) > 140 for line in found):
            raise ValidationError(_("An answer has at most 140 characters."), code="long")
        return found


class VoiceForm(forms.Form):
    """The answers of a poll; what was pressed is judged by the action."""

    option = forms.ChoiceField(label=gettext_lazy("Your voice"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, poll: Poll, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["option"].choices = [(option.pk, option.text) for option in poll.options.all()]  # type: ignore[attr-defined]


class CampaignChoice(forms.ModelChoiceField):
    """Public campaigns that take ideas now and ask nothing of their own."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(Campaign.objects.none(), **kwargs)

    def offer(self) -> None:
        """Read which campaigns there are now."""
        rows = Campaign.objects.visible_to(AnonymousUser()).filter(questions=None).prefetch_related("phases")
        ids = [campaign.pk for campaign in rows if allowed_now(campaign, "ideas")]
        self.queryset = Campaign.objects.filter(pk__in=ids)


class PublishForm(forms.Form):
    """As what a result is published, in which words; whoever publishes confirms having read them."""

    target = forms.ChoiceField(
        label=gettext_lazy("Publish as"),
        choices=Target,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Please choose as what it is published.")},
    )
    title = LineField(label=gettext_lazy("Title"), max_length=140, min_length=5)
    text = TextField(
        label=gettext_lazy("Text"),
        help_text=gettext_lazy("Everybody will read it. Take out what is to stay in the room, above all names."),
        max_length=8000,
        widget=forms.Textarea(attrs={"rows": 12}),
    )
    campaign = CampaignChoice(
        label=gettext_lazy("Campaign"),
        help_text=gettext_lazy("Only for an idea. It is checked there like every other idea."),
        required=False,
        empty_label=gettext_lazy("none"),
    )
    checked = forms.BooleanField(
        label=gettext_lazy("I have read the text once more. The board agrees that it becomes public."),
        error_messages={"required": gettext_lazy("Please confirm that the board agrees.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["campaign"].offer()  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if values.get("target") == Target.IDEA and not values.get("campaign") and "campaign" not in self.errors:
            self.add_error("campaign", _("Please choose a campaign."))
        return values


class ApplicationForm(OpenForm):
    """Name, address, why; and consent to what the office does with it."""

    name = LineField(
        label=gettext_lazy("Your name"),
        max_length=120,
        min_length=2,
        error_messages={"required": gettext_lazy("Please write your name.")},
    )
    email = forms.EmailField(
        label=gettext_lazy("Your mail address"),
        max_length=254,
        error_messages={"required": gettext_lazy("Please write your mail address, so that we can answer you there.")},
    )
    why = TextField(
        label=gettext_lazy("Why do you want to join?"),
        max_length=3000,
        min_length=20,
        widget=forms.Textarea({"rows": 8}),
        error_messages={"required": gettext_lazy("Please write why you want to join. A few sentences are enough.")},
    )
    consent = forms.BooleanField(
        label=gettext_lazy(
            "I agree that the town keeps what I wrote here and uses it to choose members. I can take that back at any time."
        ),
        error_messages={"required": gettext_lazy("Without your consent we may not keep your application.")},
    )
