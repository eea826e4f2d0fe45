"""A participatory budget at the editors' desk: projects by hand and by table, frozen when the vote begins."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from ideas.models import Phase
from ideas.phase_plan import faults, guards
from tests import factories
from tests.voting.budgets import budget, signed_in
from voting.models import Project

pytestmark = pytest.mark.django_db


def editor():
    return signed_in(factories.make_person("redaktion@example.org", "Nele", groups=["Redaktion"]))


def test_editors_choose_projects_before_it_begins_and_nothing_changes_after():
    soon = timezone.now() + timedelta(days=1)
    made, desk = budget(costs=(), opens_at=soon, closes_at=soon + timedelta(days=5)), editor()
    ideas = [factories.idea(campaign=made.campaign) for _idea in range(2)]
    path = f"/cms/haushalte/{made.phase.pk}/"
    assert desk.get(path).status_code == 200
    wrong = {"new_idea_0": ideas[0].pk, "new_cost_0": "1.200,00", "new_idea_1": ideas[1].pk, "new_cost_1": ""}
    answer = desk.post(path, wrong)
    assert answer.status_code == 422
    for words in ("Das ist mehr als die ganze Summe.", "Bitte schreiben Sie, was es kostet.", "1.200,00"):
        assert words in answer.text
    good = wrong | {"new_cost_0": "250,50", "new_cost_1": "400"}
    assert desk.post(path, good).status_code == 302
    assert dict(Project.objects.values_list("idea", "cost_cents")) == {ideas[0].pk: 25_050, ideas[1].pk: 40_000}
    assert desk.post(path, {f"cost_{ideas[0].pk}": "300", f"cost_{ideas[1].pk}": ""}).status_code == 302
    assert Project.objects.get().cost_cents == 30_000
    Phase.objects.filter(pk=made.phase.pk).update(opens_at=timezone.now() - timedelta(hours=1))
    answer = desk.post(path, {f"cost_{ideas[0].pk}": "100"})
    assert (answer.status_code, "bleiben, wie sie sind" in answer.text) == (409, True)
    assert Client().get(path).status_code == 302
    assert signed_in().get(path).status_code in (302, 403)


def test_a_table_is_taken_over_as_a_whole_or_every_wrong_row_is_told():
    soon = timezone.now() + timedelta(days=1)
    made, desk = budget(costs=(), opens_at=soon, closes_at=soon + timedelta(days=5)), editor()
    ideas = [factories.idea(campaign=made.campaign) for _idea in range(3)]
    path = f"/cms/haushalte/{made.phase.pk}/"

    def send(text, encoding="utf-8-sig"):
        return desk.post(path, {"file": SimpleUploadedFile("v.csv", text.encode(encoding)), "import": "1"})

    bad = f"Nummer;Titel;Kosten\n{ideas[0].pk};A;250,00\n{ideas[1].pk};B;12,500.00\n"
    bad += f"99999;C;5\nabc;D;5\n{ideas[0].pk};A;1\n{ideas[2].pk};B;5.000\n"
    answer = send(bad)
    assert answer.status_code == 422
    for words in ("in Ordnung", "Cent nach einem Komma", "99999 ist in dieser Kampagne nicht", "„abc“ ist keine Nummer",
                  "zweimal in der Tabelle", "mehr als die ganze Summe"):  # fmt: skip
        assert words in answer.text
    assert Project.objects.count() == 0
    for nonsense in ("", "Nummer;Kosten\n", "x;y\n1;2\n", "\x00\x00"):
        assert send(nonsense).status_code == 422
    assert send(f"Nr.\tBetrag\r\n{ideas[0].pk}\t250,00 €\r\n", "cp1252").status_code == 302
    assert Project.objects.get().cost_cents == 25_000


def test_the_form_of_a_campaign_asks_for_the_money():
    made = budget()
    phase = Phase.objects.get(pk=made.phase.pk)
    assert faults([phase]) == []
    phase.budget_cents, phase.budget_rule, phase.budget_number = None, "exactly", None
    assert {fault.field for fault in faults([phase])} == {"budget_cents", "budget_number"}
    changed = {fault.field for fault in guards(0, phase, made.phase, timezone.now())}
    assert {"budget_cents", "budget_rule"} <= changed
