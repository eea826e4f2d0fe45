"""A changed version comes back to whoever asked for it; a case goes to a named colleague with a word."""

from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone

from common.errors import Refused
from moderation.actions import claim_case, decide, hand_over, open_case
from moderation.models import Case
from moderation.queries.filters import Filters
from moderation.queries.queue import next_case, overview, queue
from tests.moderation.conftest import VERSIONS

pytestmark = pytest.mark.django_db
URL = "/cms/moderation/"


@pytest.fixture
def asked(opened, moderator, rule):
    """A case that came back after Mira asked for a change; older ones wait before it."""
    mira, first = moderator("Mira Kaya"), opened()
    decide(
        case_id=first.pk, version=1, actor=mira, decision="request_change", rule_version=rule, reason="Bitte kürzer."
    )
    opened()
    VERSIONS[first.object_id] = 2
    with transaction.atomic():
        case = open_case("thing", first.object_id, reason=Case.Reason.CHANGE)
    yield mira, case
    VERSIONS.clear()


def test_a_changed_version_comes_first_to_whoever_asked_for_the_change(client, asked, moderator):
    mira, case = asked
    assert (case.first_for, case.pk != 1) == (mira, True)
    client.force_login(mira)
    page = client.get(URL).content.decode()
    assert page.index("Zuerst für Sie") < page.index(case.title) < page.index("Alles andere")
    assert page.count(f'href="/cms/moderation/{case.pk}/"') == 1  # once, not twice
    assert case.title in client.get(URL + "?bei=zuerst").content.decode()
    assert overview(mira).first == 1
    older = Case.objects.filter(state="open").exclude(pk=case.pk).get()
    assert next_case(mira, Filters(), older) == case


def test_others_see_a_word_are_not_led_there_and_may_take_it_anyway(client, asked, moderator):
    _mira, case = asked
    jo = moderator("Jo Pohl")
    client.force_login(jo)
    assert "zuerst für Mira Kaya bis" in client.get(URL).content.decode()
    assert case.title not in client.get(URL + "?bei=niemandem").content.decode()
    older = Case.objects.filter(state="open").exclude(pk=case.pk).get()
    assert next_case(jo, Filters(), older) is None
    page = client.get(f"{URL}{case.pk}/").content.decode()
    assert "Trotzdem übernehmen" in page
    client.post(f"{URL}{case.pk}/uebernehmen/")
    assert case.events.last().kind == "taken_over"
    decide(case_id=case.pk, version=1, actor=jo, decision="approve")


def test_after_a_day_it_is_like_every_other(client, asked, moderator):
    _mira, case = asked
    Case.objects.filter(pk=case.pk).update(first_until=timezone.now() - timedelta(seconds=1))
    jo = moderator("Jo Pohl")
    older = Case.objects.filter(state="open").exclude(pk=case.pk).get()
    assert next_case(jo, Filters(), older) == case
    claim_case(case_id=case.pk, actor=jo)
    assert case.events.last().kind == "claimed"


def test_whoever_lost_the_right_gets_nothing_kept(asked, opened, moderator, rule):
    mira, _case = asked
    other = opened()
    decide(case_id=other.pk, version=1, actor=mira, decision="request_change", rule_version=rule, reason="Kürzer.")
    mira.user_permissions.clear()
    with transaction.atomic():
        assert open_case("thing", other.object_id, reason=Case.Reason.CHANGE).first_for is None


def test_a_case_is_handed_over_with_a_word_and_the_colleague_sees_it_first(client, opened, moderator):
    mira, jo, case = moderator("Mira Kaya"), moderator("Jo Pohl"), opened()
    client.force_login(mira)
    claim_case(case_id=case.pk, actor=mira)
    assert "Jo Pohl" in client.get(f"{URL}{case.pk}/").content.decode()
    client.post(f"{URL}{case.pk}/uebergeben/", {"to": jo.pk, "text": "Du kennst den Spielplatz."})
    case.refresh_from_db()
    assert (case.claimed_by, case.first_for) == (None, jo)
    client.force_login(jo)
    page = client.get(f"{URL}{case.pk}/").content.decode()
    assert "Du kennst den Spielplatz." in page
    assert [row.case.pk for row in queue(jo, Filters()).first] == [case.pk]


@pytest.mark.parametrize("to", ["", "x", "999999", "SELF", "CITIZEN"])
def test_it_goes_to_nobody_who_may_not_decide_it(client, opened, moderator, thing, to):
    mira, case = moderator("Mira Kaya"), opened()
    client.force_login(mira)
    to = {"SELF": str(mira.pk), "CITIZEN": str(thing("public").pk)}.get(to, to)
    answer = client.post(f"{URL}{case.pk}/uebergeben/", {"to": to}, follow=True)
    assert "Bitte wählen Sie jemand anderen" in answer.content.decode()
    case.refresh_from_db()
    assert case.first_for is None


def test_what_a_colleague_holds_cannot_be_handed_over(opened, moderator):
    mira, jo, ina, case = moderator("Mira Kaya"), moderator("Jo Pohl"), moderator("Ina Lind"), opened()
    claim_case(case_id=case.pk, actor=jo)
    with pytest.raises(Refused) as refusal:
        hand_over(case_id=case.pk, actor=mira, to=ina)
    assert (refusal.value.status, "Jo Pohl" in refusal.value.message) == (409, True)
