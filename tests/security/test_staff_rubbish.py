"""The moderators' pages get rubbish, and people without the right get nothing."""

import pytest
from django.db import transaction
from django.test import Client

from ideas.models import Campaign
from moderation.actions import open_case
from moderation.models import Case
from tests.security.conftest import PENDING, SECRET, make_idea

HUGE = "99999999999999999999"
PAGES = (
    "", "beschwerden/", "beschwerden/{n}/", "regeln/", "regeln/{n}/", "neu/idea/{n}/", "neu/quatsch/{n}/", "neu/complaint/{n}/",
    "{n}/", "{n}/uebernehmen/", "{n}/abgeben/", "{n}/brief/", "{n}/beitrag/",
)  # fmt: skip
QUERIES = ("", f"?kind=x&campaign={HUGE}&reason=%00&p={HUGE}&page=-1&nach={HUGE}&mine=x&sort=x&art=x&kampagne=%ff")
BODIES = (
    {},
    {"version": HUGE, "decision": "quatsch", "rule": HUGE, "reason": "\x00", "outcome": "x", "answer": "\x00"},
    {"version": "1", "decision": "approve", "rule": "x", "reason": "x" * 5000, "text": "\x00" * 600},
    {"version": "²", "decision": "hide", "title": "\x00", "ground": "x", "outcome": "open"},
)


@pytest.fixture
def numbers(campaign: Campaign, browsers: dict[str, Client]) -> list[str]:
    """Numbers of an open case, of one that is none, and of one that no database has."""
    idea = make_idea("waiting", campaign, browsers)
    with transaction.atomic():
        case = open_case("idea", idea.pk)
    return [str(case.pk), "0", "9223372036854775808", HUGE]


def test_rubbish_on_the_moderators_pages_is_answered(numbers: list[str], browsers: dict[str, Client]) -> None:
    wrong = []
    for page in PAGES:
        for number in numbers if "{n}" in page else numbers[:1]:
            path = "/cms/moderation/" + page.format(n=number)
            codes = [browsers["moderator"].get(path + query).status_code for query in QUERIES]
            codes += [browsers["moderator"].post(path, body).status_code for body in BODIES]
            codes += [browsers["moderator"].generic("PUT", path, b"\xff").status_code]
            wrong += [(path, codes)] if max(codes) >= 500 else []
    assert not wrong


@pytest.mark.parametrize("role", ["visitor", "citizen", "author", "editor"])
def test_nobody_else_gets_in(role: str, numbers: list[str], browsers: dict[str, Client]) -> None:
    for page in PAGES:
        path = "/cms/moderation/" + page.format(n=numbers[0])
        for answer in (browsers[role].get(path), browsers[role].post(path, BODIES[2])):
            assert answer.status_code in (302, 403), path
            words = answer.content.decode()
            assert SECRET not in words, path
            assert PENDING not in words, path
    assert Case.objects.get().state == "open"
