"""The part of the form with a campaign's own questions: fields called ``field_<key>``."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext as _

from ideas.forms.answers import field_for
from ideas.models import Campaign, Question
from ideas.queries.questions import questions_of
from ideas.questions import Answer, answer_to, carried_over

# Which version of each question the person saw: "key:2,other:1".
SEEN = "questions_seen"


class QuestionsPart(forms.Form):
    """Adds one field for each question of the campaign; the whole form calls ``add_questions`` when it is made.

    ``given`` are the answers of the version that is being changed; ``None`` for a new idea.
    """

    question_names: tuple[str, ...] = ()
    given: Iterable[Mapping[str, Any]] | None = None

    def add_questions(self, campaign: Campaign | None) -> None:
        """Add the fields to ``self.fields`` and their names to ``question_names``."""
        self.asked: list[Question] = questions_of(campaign)
        before = {answer.get("key") for answer in self.given or ()}
        for question in self.asked:
            # A question that was added later must not keep the author of an older idea from mending a word.
            required = question.is_required and (self.given is None or question.key in before)
            self.fields[question.field_name] = field_for(question, required=required)
        self.question_names = tuple(question.field_name for question in self.asked)
        if self.asked:
            self._note_versions()

    def _note_versions(self) -> None:
        """Remember which versions the person saw, and put the present ones into the form for the next round."""
        now = ",".join(f"{question.key}:{question.version}" for question in self.asked)
        self.seen = _versions(str(self.data.get(SEEN) or "")) if self.is_bound else {}
        self.fields[SEEN] = forms.CharField(required=False, max_length=2000, widget=forms.HiddenInput)
        self.question_names = (*self.question_names, SEEN)
        self.initial = {**self.initial, SEEN: now}
        if self.is_bound:
            data: Any = self.data
            self.data = data = data.copy()
            data[SEEN] = now

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        for question in self.asked:
            seen, name = self.seen.get(question.key) if self.is_bound and self.asked else None, question.field_name
            if seen is not None and seen != question.version and values.get(name):
                self.add_error(
                    name, _("This question was changed while you were writing. Please check your answer once more.")
                )
        return values

    @property
    def questions(self) -> list[BoundField]:
        """Return the fields, for ``ideas/parts/question_fields.html``."""
        return [self[name] for name in self.question_names]

    @property
    def answers(self) -> tuple[Answer, ...]:
        """Return what was answered in a valid form, as ``IdeaVersion.answers`` keeps it."""
        values = self.cleaned_data
        given = [
            answer_to(question, values[question.field_name])
            for question in self.asked
            if values.get(question.field_name) not in (None, "", [])
        ]
        return (*given, *carried_over(self.given or (), {question.key for question in self.asked}))


def _versions(text: str) -> dict[str, int]:
    """Read ``key:version,…``; what is no such thing says nothing."""
    pairs = (part.rpartition(":") for part in text[:2000].split(","))
    return {key: int(number) for key, _colon, number in pairs if number.isascii() and number.isdecimal()}


def typed_answers(answers: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    """Return kept answers as the form's first values: ``{"field_<key>": …}``."""
    return {f"field_{answer['key']}": _typed(answer) for answer in answers}


def _typed(answer: Mapping[str, Any]) -> Any:
    """Return an answer as it would be typed."""
    value = answer.get("value", "")
    if answer.get("kind") == Question.Kind.NUMBER:
        return answer.get("shown", "")
    if answer.get("kind") == Question.Kind.DATE:
        year, month, day = [*str(value).split("-"), "", ""][:3]
        return f"{day}.{month}.{year}"
    return value
