"""The part of the form with a campaign's own questions: fields called ``field_<key>``."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.forms.boundfield import BoundField

from ideas.models import Campaign


class QuestionsPart(forms.Form):
    """Adds one field for each question of the campaign; the whole form calls ``add_questions`` when it is made."""

    question_names: tuple[str, ...] = ()

    def add_questions(self, campaign: Campaign | None) -> None:
        """Add the fields to ``self.fields`` and their names to ``question_names``."""

    @property
    def questions(self) -> list[BoundField]:
        """Return the fields, for ``ideas/parts/question_fields.html``."""
        return [self[name] for name in self.question_names]

    @property
    def answers(self) -> tuple[dict[str, Any], ...]:
        """Return what was answered in a valid form, as ``IdeaVersion.answers`` keeps it."""
        return ()


def typed_answers(answers: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    """Return kept answers as the form's first values: ``{"field_<key>": …}``."""
    return {}
