"""Nobody learns who voted for what: not from the database without the secret, not from logs, pages, exports or mails."""

import base64
import json
import logging
import pickle
import re
from datetime import timedelta

import pytest
from django.apps import apps
from django.core import mail
from django.core.cache import caches
from django.core.cache.backends.db import DatabaseCache
from django.db import connection
from django.test import Client
from django.utils import timezone

from tests import factories
from tests.ideas.conftest import signed_in
from tests.security.surfaces import surfaces
from voting import voter_keys
from voting.actions import close_phase, give_opinion, give_support, withdraw_support
from voting.actions.comment_votes import rate_comment
from voting.actions.rooting import build_roots
from voting.models import VoteEvent
from voting.queries.receipts import receipt_of

pytestmark = pytest.mark.django_db
NAME, MAIL = "Zaunkönigin Vierblatt", "zaunkoenigin@example.org"


@pytest.fixture
def voted(caplog, client):
    """Somebody who never wrote anything has voted in every way, through the pages."""
    caplog.set_level(logging.DEBUG)
    for name in caches:
        caches[name].clear()
    anna = factories.make_person(MAIL, NAME)
    others = [factories.person() for _person in range(2)]
    campaign = factories.campaign(title="Geheimsache")
    ideas = [factories.idea(campaign=campaign, title=f"{title} am Wehr") for title in ("Bank", "Brunnen", "Schaukel")]
    client.force_login(anna)
    for action in ("support", "withdraw", "support"):
        client.post(f"/ideen/{ideas[0].pk}/unterstuetzung/", {"action": action})
    assert receipt_of(anna, ideas[0])
    for one in others:
        for idea in ideas:
            give_support(voter=one, idea=idea)
    withdraw_support(voter=others[0], idea=ideas[1])
    client.post("/abstimmungen/pruefen/", {"receipt": receipt_of(anna, ideas[0])})
    factories.deliver_outbox()
    build_roots()
    return anna, ideas


def dump():
    """Return every row of the database as (table, {column: text})."""
    for table in connection.introspection.table_names():
        with connection.cursor() as cursor:
            cursor.execute(f'SELECT * FROM "{table}"')
            names = [column[0] for column in cursor.description]
            for row in cursor.fetchall():
                yield table, {name: str(value) for name, value in zip(names, row, strict=True) if value is not None}


def marks_of(person):
    """Return what gives a person away: names, mail, ids, and the name of every row that is theirs."""
    return {NAME, MAIL, str(person.person_id), person.person_id.hex, str(person.voter_id), person.voter_id.hex}


def test_no_row_ties_the_person_to_a_vote(voted):
    anna, ideas = voted
    key = voter_keys.voter_key(ideas[0].campaign_id, anna)
    people = {f.column for m in apps.get_models() for f in m._meta.fields if f.related_model is type(anna)}
    seen = set()
    for table, row in dump():
        text = " ".join(row.values())
        if key in text:
            seen.add(table)
            assert not marks_of(anna) & set(re.findall(r"[\w@.-]+", text)), table
            assert not people & row.keys() or table == "accounts_user", (table, row)
            assert not [value for name, value in row.items() if is_fine(name, value)], (table, row)
        if str(anna.pk) in {row.get(name) for name in people} and table != "accounts_user":
            assert str(ideas[0].pk) != row.get("idea_id"), (table, row)
    assert {"voting_vote", "voting_ballot"} <= seen
    assert not seen & {"accounts_user", "django_session", "common_delivery"}


def is_fine(name, value):
    """Tell whether a value is a moment finer than the hour; traces are gone after a week and have whole hours too."""
    return bool(re.match(r"\d{4}-\d\d-\d\d \d\d:(?!00:00)", value)) and not name.startswith("version")


def test_events_have_whole_hours_and_no_voter(voted):
    assert not {field.name for field in VoteEvent._meta.fields} & {"voter_key", "voter", "person", "user"}
    assert {(hour.minute, hour.second) for hour in VoteEvent.objects.values_list("hour", flat=True)} == {(0, 0)}


def held_by(cache) -> list[str]:
    """Return all a cache holds, as words: of the one that is a table, and of those in this process."""
    if not isinstance(cache, DatabaseCache):
        return [str(pickle.loads(value)) for value in cache._cache.values()]
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT value FROM {cache._table}")
        return [str(pickle.loads(base64.b64decode(value))) for (value,) in cursor.fetchall()]


def test_sessions_caches_and_deliveries_keep_no_vote(voted):
    anna, ideas = voted
    words = {ideas[0].title, f"/ideen/{ideas[0].pk}/"}
    for table, row in dump():
        if table in {"django_session", "common_delivery", "notifications_message", "accounts_user"}:
            assert not [word for word in words if word in " ".join(row.values())], (table, row)
    secret = voter_keys.voter_key(ideas[0].campaign_id, anna)
    for kept in (words for name in caches for words in held_by(caches[name])):
        assert secret not in kept
        assert not (any(one in kept for one in (NAME, MAIL)) and any(word in kept for word in words))
    assert not [one for one in mail.outbox if MAIL in one.to and ideas[0].title in one.body]


def test_logs_name_neither_receipt_nor_voter(voted, caplog, capfd):
    anna, ideas = voted
    key = voter_keys.voter_key(ideas[0].campaign_id, anna)
    words = caplog.text + "".join(capfd.readouterr())
    for secret in (key, receipt_of(anna, ideas[0]), MAIL, NAME):
        assert secret not in words
    assert voter_keys.receipt(ideas[0].campaign_id, key, ideas[0].pk, 3) not in words


@pytest.mark.parametrize("role", ["Moderation", "Redaktion", "Fachamt", "all"])
def test_no_page_for_staff_shows_the_pair(voted, role):
    anna, ideas = voted
    close_phase(phase=ideas[0].campaign.phases.get())
    staff = factories.person(is_superuser=True, is_staff=True) if role == "all" else None
    browser = signed_in(staff or factories.make_person("amt@example.org", "Amt", groups=[role]))
    key = voter_keys.voter_key(ideas[0].campaign_id, anna)
    values = {"pk": ideas[0].pk, "idea_id": ideas[0].pk, "slug": ideas[0].campaign.slug, "number": 1, "phase_id": 1}
    paths = [
        one.path(values) for one in surfaces() if set(one.parameters) <= values.keys() and "logout" not in one.name
    ]
    for path in (*paths, "/cms/", "/cms/users/", f"/cms/users/{anna.pk}/", "/cms/reports/site-history/"):
        answer = browser.get(path)
        text = b"".join(answer.streaming_content if answer.streaming else [answer.content]).decode(errors="replace")
        assert key[:12] not in text, path
        assert NAME not in text or ideas[0].title not in text, path


def test_the_copy_of_ones_data_holds_ones_own_votes_only_as_oneself(voted):
    anna, ideas = voted
    other = factories.person()
    for person in (other, anna):
        page = signed_in(person).get("/mein/quittungen/").content.decode()
        assert (ideas[0].title in page) is (person == anna)
    assert Client().get("/mein/quittungen/").status_code == 302


def test_other_ways_of_voting_keep_no_names_either(caplog):
    anna, now = factories.make_person(MAIL, NAME), timezone.now()
    campaign = factories.campaign(phase=False)
    factories.phase(campaign=campaign, method="opinion", opens_at=now - timedelta(days=1))
    idea = factories.idea(campaign=campaign)
    from ideas.models import Comment

    comment = Comment.objects.create(idea=idea, text="Gut.", state="public", published_at=now)
    give_opinion(voter=anna, idea=idea, value=1)
    rate_comment(voter=anna, comment=comment, value=1)
    key = voter_keys.voter_key(campaign.pk, anna)
    with_key = {table for table, row in dump() if key in json.dumps(row)}
    assert {"voting_opinion", "voting_commentvote"} <= with_key
    for table, row in dump():
        if table in with_key and key in json.dumps(row):
            assert not marks_of(anna) & set(row.values()), table
            assert not {"user_id", "person_id", "author_id", "voter_id"} & row.keys(), table
