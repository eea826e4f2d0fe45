"""A basket of a participatory budget: chosen in the browser, kept as a whole, never over the sum."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from common.errors import Refused
from common.money import euro, read_euro
from ideas.models import Idea, Member
from tests import factories
from tests.voting.budgets import budget, fill, in_north, signed_in
from voting import voter_keys
from voting.actions.baskets import Stale, give_basket, withdraw_basket
from voting.models import Basket, BasketItem, DistrictCap, Project, VoteEvent
from voting.queries.baskets import own_basket, snapshot_of_baskets

pytestmark = pytest.mark.django_db


def here(made, more=""):
    return f"/mitmachen/{made.campaign.slug}/haushalt/{more}"


def chosen(version, *ideas):
    return f"{version}.{'-'.join(map(str, sorted(ideas)))}"


def numbers(made):
    return list(Project.objects.filter(phase=made.phase).order_by("pk").values_list("number", flat=True))


def give(made, person, places, version):
    return give_basket(user=person, phase=made.phase, idea_ids=[made.ids[place] for place in places], version=version)


@pytest.mark.parametrize(
    ("typed", "cents"),
    [
        ("12.500,00", 1_250_000),
        ("12500", 1_250_000),
        ("0,5", 50),
        ("1.000.000 €", 100_000_000),
        ("12 500,-", 1_250_000),
    ],
)
def test_sums_are_read_as_people_write_them(typed, cents):
    assert read_euro(typed) == cents


@pytest.mark.parametrize(
    ("typed", "words"),
    [("12,500.00", "Cent nach einem Komma"), ("12.5", "Cent nach einem Komma"), ("0", "größer sein"), ("-5", "größer sein"),
     ("1,234", "Cent nach einem Komma"), ("viel", "etwa 12.500"), ("1e9", "etwa"), ("１２", "etwa"), ("9" * 30, "zu groß")],
)  # fmt: skip
def test_sums_that_can_be_misread_are_refused_with_a_sentence(typed, words):
    with pytest.raises(ValueError, match=words):
        read_euro(typed)


def test_the_whole_basket_is_kept_with_its_version_and_every_change_is_on_record():
    made, anna = budget(), factories.person()
    state = give(made, anna, [0, 1], 0)
    assert (state.version, state.spent, state.counts) == (1, 70_000, True)
    state = give(made, anna, [1, 2, 3], 1)
    assert (state.version, state.spent, numbers(made)) == (2, 85_000, [0, 1, 1, 1, 0])
    events = VoteEvent.objects.order_by("pk").values_list("kind", "phase", "idea", "change")
    ids = made.ids
    assert list(events) == [
        ("project", made.phase.pk, idea, change)
        for idea, change in ((ids[0], 1), (ids[1], 1), (ids[0], -1), (ids[2], 1), (ids[3], 1))
    ]
    assert len(set(VoteEvent.objects.values_list("commitment", flat=True))) == 5
    assert own_basket(anna, made.phase).ideas == {ids[1], ids[2], ids[3]}


def test_the_same_basket_once_more_changes_nothing_whatever_its_version():
    made, anna = budget(), factories.person()
    for version in (0, 0, 1):
        assert give(made, anna, [0, 1], version).version == 1
    assert (VoteEvent.objects.count(), numbers(made)) == (2, [1, 1, 0, 0, 0])


def test_an_older_version_is_refused_with_what_is_saved_and_nothing_is_lost():
    made, anna = budget(), factories.person()
    give(made, anna, [0], 0)
    with pytest.raises(Stale, match="anderen Fenster") as stale:
        give(made, anna, [1], 0)
    assert (stale.value.status, stale.value.state.ideas) == (409, {made.ids[0]})
    browser = signed_in(anna)
    answer = browser.post(here(made), {"chosen": chosen(0, made.ids[1]), "save": "1"})
    assert answer.status_code == 409
    for words in ("Gespeichert (400", "Hier ausgewählt (300", "Vorhaben 1", "Vorhaben 2", chosen(1, made.ids[1])):
        assert words in answer.text
    assert browser.post(here(made), {"chosen": chosen(1, made.ids[1]), "save": "1"}).status_code == 303
    assert own_basket(anna, made.phase).ideas == {made.ids[1]}


def test_a_basket_over_the_sum_by_a_cent_is_refused_in_words():
    made, browser = budget(), signed_in()
    over = chosen(0, made.ids[0], made.ids[4])
    answer = browser.post(here(made), {"chosen": over, "save": "1"})
    assert answer.status_code == 422
    assert "Das sind 0,01\u00a0€ mehr als die 1.000\u00a0€" in answer.text
    assert "Noch nicht gespeichert" in answer.text
    answer = browser.post(here(made), {"chosen": over, "save": "1"}, headers={"Accept": "application/json"})
    assert (answer.status_code, answer.json()["error"]) == (422, "over_sum")
    assert Basket.objects.count() == 0
    assert browser.post(here(made), {"chosen": chosen(0, made.ids[0]), "add": made.ids[4]}).status_code == 422


def test_the_database_catches_what_code_forgets():
    made = budget()
    values = {"phase": made.phase, "campaign": made.campaign, "voter_key": "k" * 64, "budget_cents": 100_000}
    for wrong in ({"spent_cents": 100_001}, {"spent_cents": -1}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Basket.objects.create(**values, **wrong)
    with pytest.raises(IntegrityError), transaction.atomic():
        Project.objects.filter(pk=made.projects[0].pk).update(cost_cents=1)


@pytest.mark.parametrize(
    ("rule", "places", "counts"), [("exactly", [0], False), ("exactly", [0, 1], True), ("at_most", [0], True)]
)
def test_a_basket_that_is_not_complete_is_kept_but_does_not_count(rule, places, counts):
    made, browser = budget(rule=rule, number=2), signed_in()
    page = browser.post(here(made), {"chosen": chosen(0, *(made.ids[p] for p in places)), "save": "1"}, follow=True)
    assert own_basket(browser.person, made.phase).counts is counts
    assert ("zählt noch nicht: Wählen Sie genau 2" in page.text) is not counts
    assert snapshot_of_baskets(made.phase)["people"] == int(counts)
    with pytest.raises(Refused, match="Sie können 2 Vorhaben auswählen") as refused:
        give(made, browser.person, [1, 2, 3], 1)
    assert refused.value.status == 422


def test_a_cap_of_a_district_holds_for_baskets_too():
    made, anna = budget(), factories.person()
    north = in_north(made, 0, 1)
    DistrictCap.objects.create(phase=made.phase, district=north, most_cents=50_000)
    with pytest.raises(Refused, match="Für Vorhaben in Nordfeld gibt es höchstens 500") as refused:
        give(made, anna, [0, 1], 0)
    assert refused.value.code == "over_cap"
    assert give(made, anna, [0, 2], 0).version == 1
    assert "Höchstens 500\u00a0€ für Vorhaben in Nordfeld." in Client().get(here(made)).text


def test_without_a_script_every_button_is_a_form_and_the_sum_is_told():
    made, browser = budget(rule="exactly", number=3), Client()
    page = browser.get(here(made)).text
    for words in ("Sie verteilen bis zu 1.000\u00a0€.", "Genau 3 Vorhaben.", "0 von 3 ausgewählt", "Noch 1.000\u00a0€"):
        assert words in page
    browser.post(here(made), {"chosen": chosen(0), "add": made.ids[0]})
    page = browser.post(here(made), {"chosen": chosen(0, made.ids[0]), "add": made.ids[1]}, follow=True)
    assert page.redirect_chain[-1] == (f"{here(made)}#vorhaben-{made.ids[1]}", 303)
    for words in ("Noch 300\u00a0€", "2 von 3 ausgewählt", "Noch nicht gespeichert.", "Es fehlen 300,01\u00a0€"):
        assert words in page.text
    page = browser.post(here(made), {"chosen": chosen(0, *made.ids[:2]), "remove": made.ids[0]}, follow=True)
    assert "Noch 700\u00a0€" in page.text
    assert (Basket.objects.count(), VoteEvent.objects.count()) == (0, 0)


def test_what_was_chosen_before_signing_in_is_saved_after_it():
    made, browser, anna = budget(), Client(), factories.person()
    answer = browser.post(here(made), {"chosen": chosen(0, made.ids[1]), "save": "1"})
    assert (answer.status_code, "next=" in answer.url) == (303, True)
    browser.force_login(anna)
    page = browser.get(here(made, "nachholen/"), follow=True)
    assert "Ihr Korb ist gespeichert: 1 Vorhaben für 300" in page.text
    assert own_basket(anna, made.phase).ideas == {made.ids[1]}
    assert browser.get(here(made, "nachholen/")).url == f"{here(made)}#korb"


def test_nobody_is_made_to_save_by_an_address_alone():
    made, browser = budget(), signed_in()
    browser.cookies[f"korb-{made.phase.pk}"] = chosen(0, made.ids[1])
    assert browser.get(here(made, "nachholen/")).status_code == 303
    assert Basket.objects.count() == 0


def test_no_row_ties_a_person_to_what_they_choose_not_even_before_it_is_saved():
    from django.contrib.auth import SESSION_KEY
    from django.contrib.sessions.models import Session

    made, browser = budget(), signed_in()
    browser.post(here(made), {"chosen": chosen(0), "add": made.ids[3]})
    browser.post(here(made), {"chosen": chosen(0, made.ids[3]), "save": "1"})
    for session in Session.objects.all():  # who is signed in stands there: a number that an idea can have too
        kept = {str(value) for name, value in session.get_decoded().items() if name != SESSION_KEY}
        assert str(made.ids[3]) not in kept
    text = str([list(model.objects.values()) for model in (Basket, BasketItem, VoteEvent)])
    assert browser.person.person_id.hex not in text.replace("-", "")
    assert f"korb-{made.phase.pk}" in browser.cookies


@pytest.mark.parametrize("state", ["hidden", "withdrawn", "merged"])
def test_a_project_whose_idea_is_gone_is_explained_and_can_no_longer_be_chosen(state):
    made, browser = budget(), signed_in()
    give(made, browser.person, [0, 1], 0)
    target = made.ideas[2] if state == "merged" else None
    Idea.objects.filter(pk=made.ids[0]).update(state=state, merged_into=target)
    page = browser.get(here(made)).text
    assert "Es lag in Ihrem Korb und zählt nicht mehr." in page
    assert ("Vorhaben 1" in page) is (state != "hidden")
    assert browser.post(here(made), {"chosen": chosen(1, *made.ids[:2]), "add": made.ids[0]}).status_code == 422
    answer = browser.post(here(made), {"chosen": chosen(1, made.ids[0], made.ids[2]), "save": "1"})
    assert (answer.status_code, "kann nicht mehr ausgewählt werden" in answer.text) == (422, True)
    assert give(made, browser.person, [1], 1).spent == 30_000


@pytest.mark.parametrize("sent", ["", "quatsch", "0.1-", "0.-5", "9" * 4000, "0." + "9" * 40, "0.\u0661"])
def test_bad_input_gets_a_clear_answer(sent):
    made, browser = budget(), signed_in()
    assert browser.post(here(made), {"chosen": sent, "save": "1"}).status_code in (400, 422)
    for add in ("x", "-1", "999999999999999999999", "\u0661", ""):
        assert browser.post(here(made), {"chosen": chosen(0), "add": add}).status_code == 422
    browser.cookies[f"korb-{made.phase.pk}"] = sent.encode("ascii", "replace").decode()
    assert browser.get(here(made)).status_code == 200
    assert Basket.objects.count() == 0


@pytest.mark.parametrize(
    ("offset", "is_open"), [(-1, False), (0, True), (3_600_000_000 - 1, True), (3_600_000_000, False)]
)
def test_baskets_are_taken_to_the_microsecond(offset, is_open, monkeypatch):
    opens = timezone.now().replace(microsecond=0) + timedelta(days=2)
    made = budget(opens_at=opens, closes_at=opens + timedelta(hours=1))
    monkeypatch.setattr("voting.actions.baskets.share_lock", lambda name: opens + timedelta(microseconds=offset))
    if is_open:
        assert give(made, factories.person(), [0], 0).version == 1
    else:
        with pytest.raises(Refused, match="nicht offen"):
            give(made, factories.person(), [0], 0)


def test_who_may_not_vote_is_told_so():
    made = budget(needs_old_account=True)
    with pytest.raises(Refused, match="Konten") as refused:
        give(made, factories.person(), [0], 0)
    assert refused.value.status == 403
    closed = budget(campaign=factories.campaign(phase=False, audience="members"))
    stranger, member = signed_in(), signed_in()
    Member.objects.create(campaign=closed.campaign, person=member.person)
    assert stranger.get(here(closed)).status_code == 404
    assert stranger.post(here(closed), {"chosen": chosen(0, closed.ids[0]), "save": "1"}).status_code == 404
    assert member.post(here(closed), {"chosen": chosen(0, closed.ids[0]), "save": "1"}).status_code == 303


def test_hidden_numbers_stay_hidden_shown_ones_are_shown():
    made = budget()
    fill(made, [[0], [0, 1]])
    assert "in 2 Körben" in Client().get(here(made)).text
    type(made.campaign).objects.update(counts_hidden_until=timezone.now() + timedelta(days=3))
    assert "in 2 Körben" not in Client().get(here(made)).text


def test_a_deleted_account_takes_its_basket_along_while_the_vote_is_open():
    made, anna = budget(), factories.person()
    give(made, anna, [0, 1], 0)
    withdraw_basket(phase=made.phase, key=voter_keys.voter_key(made.campaign.pk, anna))
    assert (numbers(made), BasketItem.objects.count(), Basket.objects.get().spent_cents) == ([0] * 5, 0, 0)
    assert sum(VoteEvent.objects.values_list("change", flat=True)) == 0


def test_after_the_secret_is_gone_nobody_knows_and_nobody_votes_twice():
    made, browser = budget(), signed_in()
    give(made, browser.person, [0], 0)
    voter_keys.destroy_secret(made.campaign.pk)
    assert browser.get(here(made)).status_code == 200
    with pytest.raises(Refused):
        give(made, browser.person, [1], 1)


def test_sums_are_written_as_people_write_them():
    assert [euro(1_250_000), euro(1_250_050), euro(5)] == ["12.500\u00a0€", "12.500,50\u00a0€", "0,05\u00a0€"]
