"""What somebody with a voting code fills in: the code, then the ballot."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from common.codes import ALPHABET, LENGTH, grouped, is_well_formed, normal
from common.money import euro
from common.text import LineField
from ideas.models import Idea, Phase
from voting.paper import values_of

MANY = "ideen"


class CodeField(LineField):
    """A code as it stands on the card; what was mistyped is told as such, before anything is looked up."""

    default_error_messages = {  # noqa: RUF012 – as Django has it
        "length": gettext_lazy("A code has %(length)d letters and digits; you have typed %(typed)d."),
        "strange": gettext_lazy("“%(signs)s” stands on no card. Please compare once more, sign by sign."),
        "slip": gettext_lazy("There is a slip somewhere: a sign is wrong, or two are swapped. Please compare once more."),
    }  # fmt: skip

    def __init__(self, *, length: int = LENGTH, **more: Any) -> None:
        self.signs = length
        attrs = {"autocapitalize": "characters", "autocomplete": "off", "spellcheck": "false", "class": "mw-code-input"}
        super().__init__(max_length=60, widget=forms.TextInput(attrs=attrs), **more)

    def clean(self, value: Any) -> str:
        typed = normal(super().clean(value))
        strange = "".join(dict.fromkeys(sign for sign in typed if sign not in ALPHABET))
        if strange:
            raise self.wrong("strange", signs=strange)
        if len(typed) != self.signs:
            raise self.wrong("length", length=self.signs, typed=len(typed))
        if not is_well_formed(typed, self.signs):
            raise self.wrong("slip")
        return grouped(typed)

    def wrong(self, code: str, **values: object) -> forms.ValidationError:
        """Return the error with this code."""
        return forms.ValidationError(self.error_messages[code], code=code, params=values)


class CodeForm(forms.Form):
    """The code alone."""

    code = CodeField(
        label=gettext_lazy("Code on your card"),
        help_text=gettext_lazy("15 letters and digits. Dashes, spaces and small letters do not matter."),
        error_messages={"required": gettext_lazy("Please type the code that stands on your card.")},
    )


class BallotForm(forms.Form):
    """Everything that can be voted on in a phase, on one page: ticks for supports and projects, else a row for each idea."""

    def __init__(self, *args: Any, phase: Phase, ideas: list[Idea], **more: Any) -> None:
        super().__init__(*args, **more)
        self.phase = phase
        if phase.method in (Phase.Method.SUPPORT, Phase.Method.BUDGET):
            self.fields[MANY] = self.ticks(ideas)
        else:
            for idea in ideas:
                self.fields[f"idee-{idea.pk}"] = self.row(idea)

    def ticks(self, ideas: list[Idea]) -> forms.Field:
        """Return one field with a box for each idea."""
        label = _("Which ideas do you support?")
        if self.phase.method == Phase.Method.BUDGET:
            label = _("Which projects do you want?")
        return forms.TypedMultipleChoiceField(
            label=label,
            coerce=int,
            required=False,
            choices=[(idea.pk, told(idea)) for idea in ideas],
            widget=forms.CheckboxSelectMultiple,
            error_messages={"invalid_choice": _("One of the ideas cannot be voted on any more.")},
        )

    def row(self, idea: Idea) -> forms.Field:
        """Return a field with the values an idea can get."""
        values = [(str(value), words) for value, words in values_of(self.phase).items()]
        return forms.TypedChoiceField(
            label=idea.title,
            coerce=int,
            required=False,
            choices=[*values, ("", _("no opinion"))],
            widget=forms.RadioSelect,
        )

    def choice(self) -> dict[int, int]:
        """Return {idea: value} from a valid form."""
        values = self.cleaned_data
        if MANY in self.fields:
            return dict.fromkeys(values.get(MANY) or (), 1)
        return {int(name.removeprefix("idee-")): value for name, value in values.items() if value}


def told(idea: Idea) -> str:
    """Return an idea as it stands beside its box: title, district, cost."""
    cost = getattr(idea, "cost_cents", None)
    parts = [idea.title, idea.district.name if idea.district else "", euro(cost) if cost else ""]
    return " · ".join(filter(None, parts))
