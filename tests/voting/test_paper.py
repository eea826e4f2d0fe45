"""Totals from paper: by two people, apart from everything else, and never after the seal."""

import pytest
from django.db import DatabaseError, transaction
from django.test import Client

from common.errors import Refused
from tests import factories
from voting.actions import close_phase
from voting.actions.paper import confirm_count, enter_count, reject_count
from voting.audit import differences
from voting.models import PaperCount, Result
from voting.queries.paper import paper_of, snapshot_of_paper

pytestmark = pytest.mark.django_db


@pytest.fixture
def rosa():
    return factories.make_person("redaktion@example.org", "Rosa Redaktion", groups=["Redaktion"])


@pytest.fixture
def momo():
    return factories.make_person("moderation@example.org", "Momo Moderation", groups=["Moderation"])


@pytest.fixture
def idea():
    return factories.idea()


def entered(idea, by, number=12, place="Rathaus", value=1):
    return enter_count(phase=idea.campaign.phases.get(), idea=idea, value=value, number=number, place=place, by=by)


def test_a_total_counts_once_a_second_person_confirmed_it(rosa, momo, idea):
    phase = idea.campaign.phases.get()
    count = entered(idea, rosa)
    assert snapshot_of_paper(phase) == {}
    with pytest.raises(Refused, match="selbst eingetragen") as refused:
        confirm_count(count=count, by=rosa)
    assert refused.value.status == 403
    confirm_count(count=count, by=momo)
    assert snapshot_of_paper(phase) == {str(idea.pk): {"1": 12}}
    assert paper_of([idea], idea.campaign) == {idea.pk: 12}
    idea.refresh_from_db()
    assert idea.support_count == 0
    with pytest.raises(Refused, match="inzwischen"):
        confirm_count(count=count, by=momo)
    assert list(differences()) == []


def test_a_wrong_total_is_rejected_and_typed_in_anew(rosa, momo, idea):
    wrong = entered(idea, rosa, number=21)
    with pytest.raises(Refused, match="schon eine Summe"):
        entered(idea, rosa, number=12)
    confirm_count(count=wrong, by=momo)
    reject_count(count=wrong, by=rosa)
    confirm_count(count=entered(idea, rosa), by=momo)
    confirm_count(count=entered(idea, momo, number=3, place="Fest in Nordfeld"), by=rosa)
    assert paper_of([idea], idea.campaign) == {idea.pk: 15}
    assert PaperCount.objects.count() == 3


def test_nothing_is_typed_in_before_the_beginning_or_after_the_seal(rosa, momo, idea):
    phase = idea.campaign.phases.get()
    count, late = entered(idea, rosa), entered(idea, rosa, place="Schule")
    confirm_count(count=count, by=momo)
    close_phase(phase=phase)
    assert Result.objects.get().snapshot["paper"] == {str(idea.pk): {"1": 12}}
    for do in (lambda: confirm_count(count=late, by=momo), lambda: reject_count(count=count, by=momo)):
        with pytest.raises(Refused, match="versiegelt"):
            do()
    with pytest.raises(Refused, match="versiegelt"):
        entered(idea, rosa, place="Kirche")
    with pytest.raises(DatabaseError), transaction.atomic():
        PaperCount.objects.filter(pk=late.pk).update(confirmed_by=momo, confirmed_at=phase.opens_at)


def test_what_was_typed_in_cannot_be_rewritten(rosa, idea):
    count = entered(idea, rosa)
    with pytest.raises(DatabaseError), transaction.atomic():
        PaperCount.objects.filter(pk=count.pk).update(number=900)
    with pytest.raises(DatabaseError), transaction.atomic():
        PaperCount.objects.filter(pk=count.pk).update(confirmed_by=rosa, confirmed_at=count.entered_at)


def test_a_total_has_to_fit_the_vote(rosa, idea):
    foreign = factories.idea()
    for wrong in ({"value": -1}, {"number": -1}, {"number": 2_000_000}):
        with pytest.raises(Refused) as refused:
            entered(idea, rosa, **wrong)
        assert refused.value.status == 422
    with pytest.raises(Refused, match="nicht abgestimmt"):
        enter_count(phase=idea.campaign.phases.get(), idea=foreign, value=1, number=1, place="Rathaus", by=rosa)


def test_staff_type_in_and_confirm_on_two_accounts(rosa, momo, idea):
    phase = idea.campaign.phases.get()
    browsers = {one: Client() for one in (rosa, momo)}
    for one, browser in browsers.items():
        browser.force_login(one)
    where = f"/cms/papier/{phase.pk}/neu/"
    assert browsers[rosa].get(where).status_code == 200
    assert browsers[rosa].post(where, {"idea": idea.pk, "value": 1, "number": "viele", "place": ""}).status_code == 422
    sent = {"idea": idea.pk, "value": 1, "number": 37, "place": "Rathaus"}
    assert browsers[rosa].post(where, sent).status_code == 302
    assert browsers[rosa].post(where, sent).status_code == 409
    count = PaperCount.objects.get()
    decide = f"/cms/papier/entscheiden/{count.pk}/"
    assert browsers[rosa].post(decide, {"action": "confirm"}).status_code == 403
    assert browsers[momo].post(decide, {"action": "unsinn"}).status_code == 400
    assert browsers[momo].post(decide, {"action": "confirm"}).status_code == 302
    listed = browsers[rosa].get("/cms/papier/").content.decode()
    for words in ("37", "Rathaus", "Rosa Redaktion", "bestätigt von Momo Moderation"):
        assert words in listed
    page = Client().get(idea.get_absolute_url()).content.decode()
    assert "Unterstützungen auf Papier (Rathaus), getrennt gezählt" in page


def test_citizens_do_not_get_to_paper(idea):
    browser = Client()
    browser.force_login(factories.person())
    assert browser.get("/cms/papier/").status_code == 302
