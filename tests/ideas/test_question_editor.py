"""An editor asks questions in the campaign's form, one answer on each line, without a developer."""

import pytest
from django.test import Client

from ideas.models import Campaign, Question
from tests.ideas.test_editors import campaign_fields, editor, management, phase_fields

__all__ = ["editor"]
ADD = "/cms/snippets/ideas/campaign/add/"


def question_fields(**changed: str) -> dict[str, str]:
    """Return one question as the form sends it."""
    fields = {"label": "Wann fehlt es?", "kind": "choice", "options": "morgens\n  abends \n\nabends", "help_text": ""}
    fields |= {"is_public": "on", "ORDER": "1", "id": ""} | changed
    return management("questions", 1) | {
        f"questions-0-{name}": value for name, value in fields.items() if value != "off"
    }


def test_a_question_is_added_and_keeps_its_key(editor: Client) -> None:
    assert "Eigene Fragen" in editor.get(ADD).text
    answer = editor.post(ADD, campaign_fields() | phase_fields() | question_fields())
    assert answer.status_code == 302, answer.text
    made = Question.objects.get()
    assert (made.options, made.is_public, made.is_required, made.version) == (["morgens", "abends"], True, False, 1)
    assert made.key.startswith("wann-fehlt-es-")
    page = editor.get(f"/cms/snippets/ideas/campaign/edit/{made.campaign_id}/").text
    assert "morgens\nabends</textarea>" in page
    phase = made.campaign.phases.get()
    fields = campaign_fields() | phase_fields() | question_fields(id=str(made.pk), options="früh\nspät")
    known = {"phases-INITIAL_FORMS": "1", "phases-0-id": str(phase.pk), "questions-INITIAL_FORMS": "1"}
    assert editor.post(f"/cms/snippets/ideas/campaign/edit/{made.campaign_id}/", fields | known).status_code == 302
    again = Question.objects.get()
    assert (again.pk, again.key, again.options, again.version) == (made.pk, made.key, ["früh", "spät"], 2)


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"options": "nur eine"}, "mindestens zwei Antworten"),
        ({"options": "\n".join(map(str, range(31)))}, "höchstens 30 Antworten"),
        ({"options": "x" * 121 + "\ny"}, "höchstens 120 Zeichen"),
        ({"label": ""}, "w-field__errors"),
        ({"kind": "zauber"}, "w-field__errors"),
    ],
)
def test_what_cannot_be_asked_is_said_at_the_field(
    editor: Client,
    changed: dict[str, str],
    words: str,
) -> None:
    answer = editor.post(ADD, campaign_fields() | phase_fields() | question_fields(**changed))
    assert answer.status_code == 200
    assert words in answer.text
    assert not Campaign.objects.exists()


def test_a_question_without_choices_forgets_them(editor: Client) -> None:
    editor.post(ADD, campaign_fields() | phase_fields() | question_fields(kind="date"))
    assert Question.objects.get().options == []
