"""Odd votes are found within the hour, an ordinary town raises no flag, and no vote is ever touched by the machine."""

import re
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone

from common.database import now
from tests import factories
from tests.voting.odd import Town, hour
from voting.actions.flagging import look_for_oddities
from voting.actions.tracing import forget_traces
from voting.checks import known_networks_are_networks
from voting.circumstances import circumstances, network_of
from voting.models import Flag, Vote, VoteTrace
from voting.oddities.chances import binomial_tail, poisson_tail
from voting.trace_key import key_of_week
from voting.wording import sentences

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("standing_clock")]


@pytest.fixture
def campaign():
    made = factories.campaign(phase=False)
    moment = timezone.now()
    factories.phase(campaign=made, opens_at=moment - timedelta(days=30), closes_at=moment + timedelta(days=30))
    return made


def town(campaign, number, days=20):
    published = timezone.now() - timedelta(days=days)
    return Town([factories.idea(campaign=campaign, published_at=published) for _idea in range(number)])


def flagged():
    return {flag.idea_id for flag in Flag.objects.all()}


def said(flag):
    return " ".join(sentences(flag, hidden=False))


def test_three_hundred_new_accounts_from_six_networks_are_found_among_two_thousand_votes(campaign):
    """Protocol V12."""
    place = town(campaign, 41)
    target, *others = place.ideas
    place.votes(target, 300, networks=range(900, 906), fresh=1.0)
    for number, idea in enumerate(others):  # popular and unpopular ones, all within the same ten minutes
        place.votes(idea, max(1, round(2000 * 0.08 * 0.92**number)))
    votes = list(Vote.objects.order_by("pk").values())
    look_for_oddities()
    assert target.pk in flagged()
    assert len(flagged() - {target.pk}) <= 2
    assert list(Vote.objects.order_by("pk").values()) == votes
    kinds = {flag.kind: flag for flag in Flag.objects.filter(idea=target)}
    assert {"fresh", "network"} <= set(kinds)
    assert "300 davon (100 %) kommen von Konten, die jünger als ein Tag waren" in said(kinds["fresh"])
    assert "300 davon (100 %) kommen aus nur 6 Netzen" in said(kinds["network"])
    call_command("verify_votes")


def test_a_quiet_ordinary_town_raises_no_flag(campaign):
    place = town(campaign, 12)
    place.ordinary_week(per_hour=0.5)
    for idea in place.ideas:
        place.votes(idea, 3)
    assert look_for_oddities() == []


def test_a_busy_evening_for_all_ideas_is_nothing_odd(campaign):
    place = town(campaign, 10)
    place.ordinary_week(per_hour=0.5)
    for idea in place.ideas:
        place.votes(idea, 60)
    assert look_for_oddities() == []


def test_the_launch_of_a_campaign_with_many_new_accounts_is_nothing_odd(campaign):
    place = town(campaign, 12, days=0)
    for idea in place.ideas:
        place.votes(idea, 40, fresh=0.9)
    assert look_for_oddities() == []


def test_a_newsletter_is_at_most_a_burst_and_the_words_say_what_it_can_be(campaign):
    place = town(campaign, 10)
    place.ordinary_week(per_hour=0.5)
    place.votes(place.ideas[5], 150, networks=range(1, 400), fresh=0.03)
    [flag] = look_for_oddities()
    assert (flag.kind, flag.idea) == ("burst", place.ideas[5])
    assert "150 Unterstützungen" in said(flag)
    assert "Newsletter" in said(flag)


def test_a_domain_is_odd_where_the_others_have_it_not(campaign):
    place = town(campaign, 6)
    place.ordinary_week(per_hour=0.5)
    for idea in place.ideas:
        place.votes(idea, 20)
    place.votes(place.ideas[2], 25, mail="wegwerf.example")
    [flag] = look_for_oddities()
    assert flag.kind == "domain"
    assert "25 davon" in said(flag)
    assert "wegwerf" not in str(flag.facts)


def test_the_same_ideas_in_the_same_order_are_found(campaign):
    place = town(campaign, 8)
    for idea in place.ideas:
        place.votes(idea, 12)
    keys = place.votes(place.ideas[0], 15)
    for idea in place.ideas[3:7]:
        place.votes(idea, 15, keys=keys)
    flags = look_for_oddities()
    assert {flag.kind for flag in flags} == {"order"}
    assert flagged() == {idea.pk for idea in (place.ideas[0], *place.ideas[3:7])}
    assert "15 Personen" in said(flags[0])


def test_a_flag_is_raised_once_and_its_figures_follow_until_somebody_has_looked(campaign):
    place = town(campaign, 3)
    place.votes(place.ideas[0], 40, fresh=1.0)
    look_for_oddities()
    number = Flag.objects.count()
    place.votes(place.ideas[0], 10, fresh=1.0)
    assert look_for_oddities() == []
    assert Flag.objects.count() == number
    assert Flag.objects.get(kind="fresh").facts["votes"] == 50
    Flag.objects.update(state="harmless")
    place.votes(place.ideas[0], 10, fresh=1.0)
    look_for_oddities()
    assert Flag.objects.get(kind="fresh").facts["votes"] == 50


def test_while_numbers_are_hidden_reviewers_read_shares_and_no_numbers(campaign):
    place = town(campaign, 3)
    place.votes(place.ideas[0], 47, fresh=1.0)
    look_for_oddities()
    words = " ".join(sentences(Flag.objects.get(kind="fresh"), hidden=True))
    assert "47" not in re.findall(r"\d+", words)
    assert "100 %" in words


def test_a_vote_leaves_its_circumstances_hashed_and_to_the_hour(client, settings):
    idea, anna = factories.idea(), factories.person(email="anna@verein-lippe.example")
    client.force_login(anna)
    client.put(f"/ideen/{idea.pk}/unterstuetzung/", REMOTE_ADDR="203.0.113.77")
    trace = VoteTrace.objects.get()
    assert trace.at == hour()
    assert trace.is_fresh
    assert trace.network
    assert trace.network == circumstances(None, "203.0.113.1", trace.at).network
    assert (
        trace.mail_domain == circumstances(factories.person(email="b@verein-lippe.example"), "", trace.at).mail_domain
    )
    kept = str(VoteTrace.objects.values().get())
    assert "203.0" not in kept
    assert "verein" not in kept
    client.put(f"/ideen/{idea.pk}/unterstuetzung/", REMOTE_ADDR="203.0.113.77")
    assert VoteTrace.objects.count() == 1


def test_a_forged_forwarded_address_is_not_believed(client):
    idea, anna = factories.idea(), factories.person()
    client.force_login(anna)
    client.put(f"/ideen/{idea.pk}/unterstuetzung/", REMOTE_ADDR="203.0.113.77", HTTP_X_FORWARDED_FOR="198.51.100.9")
    assert VoteTrace.objects.get().network == circumstances(None, "203.0.113.1", hour()).network


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("192.0.2.77", "192.0.2.0/24"),
        ("::ffff:192.0.2.77", "192.0.2.0/24"),
        ("2001:db8:1:2::3", "2001:db8:1::/48"),
        ("198.51.100.3", ""),  # the library, by the setting
        ("", ""),
        ("unbekannt", ""),
    ],
)
def test_a_network_is_a_neighbourhood_and_known_ones_say_nothing(settings, address, network):
    settings.KNOWN_NETWORKS = ["198.51.100.0/24", "2001:db8:ffff::/48"]
    assert network_of(address) == network


def test_a_setting_that_names_no_network_is_refused_at_the_start_and_stops_no_vote(settings):
    settings.KNOWN_NETWORKS = ["198.51.100.0/24", "die Bücherei"]
    [fault] = known_networks_are_networks(None)
    assert fault.id == "voting.E003"
    assert network_of("198.51.100.3") == ""


def test_everybodys_mail_provider_says_nothing():
    for address in ("a@gmx.de", "b@GMAIL.com", "c@t-online.de"):
        assert circumstances(factories.person(email=address), "", timezone.now()).mail_domain == ""


def test_traces_go_within_seven_days_and_with_them_the_hashes_in_flags_and_the_key(campaign, settings):
    place = town(campaign, 3)
    place.votes(place.ideas[0], 60, networks=[900], fresh=1.0)
    look_for_oddities()
    moment = now()
    key_of_week(moment)
    keys = settings.VOTING_SECRET_FILE.parent
    assert [path.stat().st_mode & 0o777 for path in keys.glob("trace_key_*")] == [0o600]
    assert forget_traces(moment + timedelta(days=6)) == 0
    assert forget_traces(hour() + timedelta(days=7) - timedelta(hours=2)) == 60
    assert not VoteTrace.objects.exists()
    assert "which" not in Flag.objects.get(kind="network").facts
    # The key goes when its week is over; that it began on a Monday before two must not matter, nor that clocks are put back.
    forget_traces(hour() + timedelta(days=7, hours=1))
    assert not list(keys.glob("trace_key_*"))


def test_every_week_has_a_key_of_its_own():
    moment = timezone.now()
    first = key_of_week(moment)
    assert key_of_week(moment) == first
    assert key_of_week(moment + timedelta(days=8)) != first  # seven can be an hour short in autumn


def test_chances_are_those_of_the_tables():
    assert poisson_tail(10, 4.0) == pytest.approx(0.008132, rel=1e-3)
    assert poisson_tail(3, 4.0) == 1
    assert binomial_tail(9, 10, 0.5) == pytest.approx(11 / 1024)
    assert binomial_tail(300, 300, 0.1) == 0
