"""What the tests of the record share: votes of several kinds, the list as files, guards taken away."""

import json
from datetime import timedelta

from django.db import connection
from django.utils import timezone

from tests import factories
from voting.actions import give_support, withdraw_support


def voted(people=3, **campaign):
    """Two ideas of one campaign; everybody supports the first, the first person has taken it back, the last has both."""
    made = factories.campaign(**campaign)
    first, second = (factories.idea(campaign=made, title=title) for title in ("Bank am Wehr", "Brunnen am Markt"))
    voters = [factories.person() for _person in range(people)]
    for one in voters:
        give_support(voter=one, idea=first)
    withdraw_support(voter=voters[0], idea=first)
    give_support(voter=voters[-1], idea=second)
    return made, [first, second], voters


def save_list(client, folder):
    """Keep the public list as the independent program reads it."""
    directory = body(client.get("/abstimmungen/verzeichnis.json"))
    (folder / "verzeichnis").mkdir(parents=True, exist_ok=True)
    (folder / "verzeichnis.json").write_text(directory, encoding="utf-8")
    for root in json.loads(directory)["roots"]:
        text = body(client.get(f"/abstimmungen/{root['entries']}"))
        (folder / root["entries"]).write_text(text, encoding="utf-8")
    return json.loads(directory)


def body(answer):
    """Return what an answer says, streamed or not."""
    assert answer.status_code == 200
    parts = answer.streaming_content if answer.streaming else [answer.content]
    return b"".join(parts).decode()


def without_guards():
    """Do what somebody with the keys to the database can do: take the triggers of votes and phases away."""
    tables = "(tablename LIKE 'voting_%%' OR tablename = 'ideas_phase')"
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute(f"SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND {tables}")
            for (name,) in cursor.fetchall():
                cursor.execute(f"ALTER TABLE {name} DISABLE TRIGGER USER")
            return
        cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name LIKE 'voting_%%'")
        for (name,) in cursor.fetchall():
            cursor.execute(f"DROP TRIGGER {name}")


def in_days(days):
    return timezone.now() + timedelta(days=days)
