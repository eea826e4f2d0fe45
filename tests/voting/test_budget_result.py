"""Counting a participatory budget: the two methods, their reasons, and the file others can count again."""

import random
import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from ideas.models import Idea, Phase
from tests import factories
from tests.factories import deliver_outbox
from tests.voting.budgets import budget, end, fill
from voting.actions import close_phase
from voting.actions.budget_runs import count, count_sealed, outcome, try_count
from voting.audit import differences
from voting.counting import pabulib
from voting.counting.election import Election, Item
from voting.counting.methods import equal_shares, greedy
from voting.counting.reasons import shares, why_equal, why_greedy
from voting.models import BudgetRun
from voting.sealing import digest


def election(costs, baskets, budget=100_000, caps=None, districts=None):
    items = tuple(Item(number, cost, (districts or {}).get(number)) for number, cost in costs.items())
    ballots: dict[frozenset[int], int] = {}
    for basket, number in baskets:
        ballots[frozenset(basket)] = ballots.get(frozenset(basket), 0) + number
    return Election(budget=budget, items=items, ballots=ballots, caps=caps or {})


# A town of two halves: 60 people want the dear things of the north, 40 those of the south.
HALVES = election(
    {1: 40_000, 2: 30_000, 3: 30_000, 4: 25_000, 5: 15_000},
    [([1, 2, 3], 60), ([4, 5], 40)],
)


def test_most_baskets_first_leaves_a_minority_with_nothing_equal_shares_do_not():
    assert greedy(HALVES) == [2, 3, 1]
    chosen = equal_shares(HALVES)
    assert set(chosen) == {2, 3, 4, 5}
    assert HALVES.cost(chosen) == 100_000


def test_a_share_is_paid_alike_by_all_who_want_a_project():
    paid, left = shares(HALVES, equal_shares(HALVES))
    assert (paid[2], paid[4], left[1]) == (500, 625, 0)


def test_ties_go_to_the_lower_cost_then_to_the_lower_number():
    tie = election({7: 50_000, 3: 50_000, 9: 40_000}, [([7, 3, 9], 5)])
    assert greedy(tie) == [9, 3]
    assert equal_shares(tie)[0] == 9


def test_what_is_left_goes_to_what_most_baskets_hold():
    one = election({1: 60_000, 2: 50_000, 3: 30_000}, [([1], 3), ([2], 2), ([3], 1)])
    first = equal_shares(one)
    assert first == [2] or first == []
    rest = greedy(one, first)
    assert one.cost([*first, *rest]) <= 100_000
    assert set(first).isdisjoint(rest)


def test_a_cap_of_a_district_passes_over_what_it_has_no_room_for():
    capped = election(
        {1: 30_000, 2: 30_000, 3: 20_000, 4: 20_000},
        [([1, 2, 3], 30), ([1, 2, 3, 4], 20), ([4], 5)],
        caps={8: 50_000},
        districts={1: 8, 2: 8, 3: 8, 4: 9},
    )
    for chosen in (greedy(capped), equal_shares(capped)):
        assert capped.cost(number for number in chosen if number != 4) <= 50_000
        assert {1, 3} <= set(chosen)
        assert 2 not in chosen
    assert why_greedy(capped, greedy(capped))[2] == {"code": "cap", "left": 0, "place": 3}


def test_projects_nobody_wants_are_never_chosen_and_an_empty_vote_has_an_empty_result():
    lonely = election({1: 10_000, 2: 10_000}, [([1], 1)])
    assert greedy(lonely) == equal_shares(lonely) == [1]
    assert why_greedy(lonely, [1])[2]["code"] == "nobody"
    nobody = election({1: 10_000}, [])
    assert greedy(nobody) == equal_shares(nobody) == []
    assert why_equal(nobody, [], [])[1] == {"code": "nobody"}


def dice(seed, projects=30, people=200):
    draw = random.Random(seed)
    costs = {number: draw.randrange(5, 60) * 1_000 + draw.randrange(100) for number in range(1, projects + 1)}
    baskets = [(draw.sample(sorted(costs), draw.randrange(1, 8)), draw.randrange(1, 4)) for _one in range(people)]
    return election(costs, baskets, budget=300_000)


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_the_file_read_by_the_library_gives_the_same_result(seed):
    from pabutools.election import Cost_Sat
    from pabutools.election.pabulib import parse_pabulib_from_string
    from pabutools.rules import greedy_utilitarian_welfare, method_of_equal_shares
    from pabutools.tiebreaking import TieBreakingRule

    one = dice(seed)
    names = {item.id: (f"Vorhaben; „{item.id}“\nhier", "Nord", "=Spiel") for item in one.items}
    text = pabulib.write(one, {"description": "Probe; mit Zeichen", "country": "Germany", "unit": "Ort"}, names)
    instance, profile = parse_pabulib_from_string(text)
    ties = TieBreakingRule(lambda _instance, _profile, project: (project.cost, int(project.name)))
    read = {"sat_class": Cost_Sat, "tie_breaking": ties}
    assert [int(p.name) for p in greedy_utilitarian_welfare(instance, profile, **read)] == greedy(one)
    shared = method_of_equal_shares(instance, profile, **read)
    assert [int(p.name) for p in shared] == equal_shares(one)
    filled = greedy_utilitarian_welfare(instance, profile, **read, initial_budget_allocation=shared)
    assert [int(p.name) for p in filled] == [*equal_shares(one), *greedy(one, equal_shares(one))]
    assert profile.num_ballots() == one.people


@pytest.mark.parametrize("seed", [4, 5])
def test_every_project_has_a_reason_in_both_methods(seed):
    one = dice(seed)
    chosen = equal_shares(one)
    rest = greedy(one, chosen)
    reasons = why_equal(one, chosen, rest)
    assert {number for number, why in reasons.items() if why["code"] in ("in", "rest")} == {*chosen, *rest}
    assert reasons.keys() == why_greedy(one, greedy(one)).keys() == one.by_id.keys()
    assert all(why["had"] < one.by_id[number].cost for number, why in reasons.items() if why["code"] == "money")


def over(*, baskets=([0, 1], [0, 2], [3]), **fields):
    made = budget(**fields)
    fill(made, baskets)
    return made


def result_path(made):
    return f"/mitmachen/{made.campaign.slug}/haushalt/ergebnis/"


@pytest.mark.django_db
def test_a_sealed_budget_is_counted_by_itself_and_explained_to_everybody():
    made = over()
    assert Client().get(result_path(made)).status_code == 404
    end(made)
    waiting = Client().get(result_path(made))
    assert (waiting.status_code, waiting["Refresh"].startswith("4; url=")) == (200, True)
    close_phase(phase=made.phase)
    deliver_outbox()
    run = BudgetRun.objects.get()
    assert (run.state, run.progress, run.sha256) == ("done", 100, digest(run.outcome))
    assert run.outcome["greedy"]["chosen"] == [made.ids[0], made.ids[3], made.ids[1]]
    page = Client().get(result_path(made)).text
    for words in (
        "3 Körbe wurden gezählt. Es ging um 1.000\u00a0€.", "Meiste Körbe zuerst", "Gleiche Anteile", "<svg",
        "Platz 1 mit 2 Körben; das Geld reichte.", "Es lag in keinem Korb.", "Nach Stadtteilen", run.sha256,
    ):  # fmt: skip
        assert words in page, words
    assert list(differences()) == []


@pytest.mark.django_db
def test_the_count_is_made_once_however_often_the_news_comes():
    made = over()
    end(made)
    close_phase(phase=made.phase)
    for _time in range(3):
        count_sealed(made.phase.pk)
    run = BudgetRun.objects.get()
    for _time in range(2):
        count(run.pk)
    first = BudgetRun.objects.get().sha256
    assert digest(outcome(Phase.objects.select_related("campaign").get(pk=made.phase.pk))) == first


@pytest.mark.django_db
def test_the_file_of_all_baskets_names_nobody_and_tells_no_order():
    made = over(rule="exactly", number=2, baskets=([2, 3], [0], [0, 1], [0, 1]))
    end(made)
    assert Client().get(f"{result_path(made)}koerbe.pb").status_code == 404
    close_phase(phase=made.phase)
    deliver_outbox()
    text = Client().get(f"{result_path(made)}koerbe.pb").text
    ids = made.ids
    assert text.splitlines()[-4:] == [
        "voter_id;vote",
        f"1;{ids[0]},{ids[1]}",
        f"2;{ids[0]},{ids[1]}",
        f"3;{ids[2]},{ids[3]}",
    ]
    for line in ("budget;1000.00", "num_votes;3", "min_length;2", f"{ids[0]};400.00;2;Vorhaben 1;-;-"):
        assert line in text.splitlines()
    assert "1 weitere" in Client().get(result_path(made)).text or "Ein weiterer" in Client().get(result_path(made)).text


@pytest.mark.django_db
def test_hidden_numbers_hide_the_result_and_refuse_a_trial():
    made = over()
    desk = Client()
    desk.force_login(factories.make_person("redaktion@example.org", "Nele", groups=["Redaktion"]))
    path = f"/cms/haushalte/{made.phase.pk}/zaehlen/"
    assert desk.post(path).status_code == 302
    assert (desk.post(path).status_code, BudgetRun.objects.count()) == (409, 1)
    deliver_outbox()
    assert "Ausgezählt am" in desk.get(path).text
    type(made.campaign).objects.update(counts_hidden_until=timezone.now() + timedelta(days=9))
    assert "noch verborgen" in desk.post(path).text
    end(made)
    close_phase(phase=made.phase)
    deliver_outbox()
    page = Client().get(result_path(made)).text
    assert "Bis dahin sieht niemand Zahlen." in page
    assert "Platz 1" not in page
    assert Client().get(f"{result_path(made)}koerbe.pb").status_code == 404


@pytest.mark.django_db
def test_what_is_hidden_later_stays_counted_but_its_title_is_gone():
    made = over()
    Idea.objects.filter(pk=made.ids[1]).update(state="withdrawn")
    end(made)
    close_phase(phase=made.phase)
    deliver_outbox()
    run = BudgetRun.objects.get()
    assert run.outcome["projects"][str(made.ids[1])]["gone"]
    Idea.objects.filter(pk=made.ids[0]).update(state="hidden")
    page = Client().get(result_path(made)).text
    assert "Vorhaben 1" not in page
    assert "Ein Vorhaben, das nicht mehr öffentlich ist" in page
    assert "Vorhaben 1" not in Client().get(f"{result_path(made)}koerbe.pb").text
    assert list(differences()) == []


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("statement", "words"),
    [
        ("UPDATE voting_basket SET spent_cents = spent_cents - 1", "sagt|Korb"),
        ("UPDATE voting_project SET number = number + 1", "Vorhaben"),
        ("UPDATE voting_basketitem SET cost_cents = 1", "Kosten"),
        ("DELETE FROM voting_basketitem WHERE id = (SELECT min(id) FROM voting_basketitem)", "Korb"),
        ("UPDATE voting_budgetrun SET sha256 = 'x'", "Prüfsumme|Hash"),
    ],
)
def test_tampering_is_named(statement, words):
    made = over()
    try_count(phase=made.phase, by=factories.person())
    deliver_outbox()
    assert list(differences()) == []
    with connection.cursor() as cursor:
        cursor.execute(statement)
    found = "\n".join(differences())
    assert re.search(words, found), found
