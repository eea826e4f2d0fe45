"""Secrets of campaigns: made once, kept from others, destroyed for ever."""

import os
import sqlite3
from concurrent.futures import ProcessPoolExecutor
from contextlib import closing
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.core.checks import run_checks
from django.db import connection

from tests import factories
from voting import checks, voter_keys
from voting.actions import give_support
from voting.voters import require_secret


def make_in_another_process(path):
    from django.conf import settings

    settings.VOTING_SECRET_FILE = Path(path)
    for campaign in range(20):
        voter_keys.make_secret(campaign)
    return [voter_keys._secret(campaign).hex() for campaign in range(20)]


def test_processes_that_start_at_once_agree_on_every_secret(settings):
    with ProcessPoolExecutor(4) as pool:
        found = list(pool.map(make_in_another_process, [str(settings.VOTING_SECRET_FILE)] * 4))
    assert all(one == found[0] for one in found)
    assert len(set(found[0])) == 20


def test_the_file_is_readable_by_its_owner_only(settings):
    voter_keys.make_secret(1)
    assert settings.VOTING_SECRET_FILE.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("name", ["VOTING_SECRET_FILE", "PROOF_SECRET_FILE"])
def test_a_file_that_others_can_read_stops_the_start(settings, tmp_path, name):
    path = tmp_path / "secret"
    setattr(settings, name, path)
    path.touch(0o600)
    assert not [fault for fault in run_checks() if fault.id == "voting.E001"]
    path.chmod(0o644)
    assert [fault.id for fault in checks.secrets_are_kept(None)] == ["voting.E001"]


@pytest.mark.django_db
def test_keys_differ_between_people_and_campaigns_and_stay_the_same():
    anna, bert = factories.person(), factories.person()
    for campaign in (1, 2):
        voter_keys.make_secret(campaign)
    keys = [voter_keys.voter_key(campaign, one) for campaign in (1, 2) for one in (anna, bert)]
    assert len(set(keys)) == 4
    assert keys[0] == voter_keys.voter_key(1, anna)


@pytest.mark.django_db
def test_a_destroyed_secret_is_gone_and_not_made_again():
    anna = factories.person()
    voter_keys.make_secret(1)
    voter_keys.destroy_secret(1)
    voter_keys.make_secret(1)
    with pytest.raises(voter_keys.KeyGone, match="campaign 1"):
        voter_keys.voter_key(1, anna)


def test_an_interrupted_write_leaves_the_old_file(settings, monkeypatch):
    voter_keys.make_secret(1)
    before = settings.VOTING_SECRET_FILE.read_text()
    monkeypatch.setattr(os, "fsync", lambda handle: (_ for _ in ()).throw(OSError("disk full")))
    with pytest.raises(OSError, match="disk full"):
        voter_keys.make_secret(2)
    assert settings.VOTING_SECRET_FILE.read_text() == before


@pytest.mark.django_db
@pytest.mark.skipif(connection.vendor != "postgresql", reason="PostgreSQL only")
def test_a_postgres_database_that_forgets_is_refused():
    assert checks.faults(connection) == []
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL synchronous_commit = off")
    assert [fault.id for fault in checks.faults(connection)] == ["voting.E002"]


@pytest.mark.parametrize(
    ("level", "found"), [("FULL", []), ("EXTRA", []), ("NORMAL", ["voting.E002"]), ("OFF", ["voting.E002"])]
)
def test_a_sqlite_database_that_forgets_is_refused(level, found):
    database = sqlite3.connect(":memory:")
    database.execute(f"PRAGMA synchronous = {level}")
    lite = SimpleNamespace(vendor="sqlite", cursor=lambda: closing(database.cursor()))
    assert [fault.id for fault in checks.faults(lite)] == found


@pytest.mark.django_db
def test_the_first_vote_of_another_between_two_looks_refuses_nobody(monkeypatch):
    """One saw no secret yet; before they saw that there was no vote either, another had made it and voted."""
    idea = factories.idea()
    give_support(voter=factories.person(), idea=idea)
    real, looks = voter_keys.has_secret, iter([False])
    monkeypatch.setattr(voter_keys, "has_secret", lambda campaign: next(looks, True) and real(campaign))
    require_secret(idea.campaign_id)
    assert next(looks, None) is None
