"""Whoever has the keys to the database can change rows; the recount names each change."""

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from tests import factories
from tests.voting.record_tools import in_days, voted, without_guards
from voting.actions import close_phase, give_support
from voting.actions.reopening import reopen_phase
from voting.actions.rooting import build_roots
from voting.models import MerkleRoot, Result, Vote, VoteEvent
from voting.sealing import digest

pytestmark = pytest.mark.django_db
COLUMNS = {
    VoteEvent: ("campaign_id", "idea_id", "change", "commitment", "hour", "kind"),
    Result: ("campaign_id", "phase_id", "snapshot", "sha256", "sealed_at"),
    MerkleRoot: ("first_event", "last_event", "count", "root", "former", "made_at"),
}


@pytest.fixture
def recorded():
    """A vote that was sealed, opened again, and sealed once more; three roots over its events."""
    campaign, ideas, people = voted(5)
    phase = campaign.phases.get()
    build_roots(most=3)
    close_phase(phase=phase)
    reopen_phase(phase=phase, by=people[0], because="Der Bus war ausgefallen.", until=in_days(3))
    give_support(voter=factories.person(), idea=ideas[1])
    build_roots()
    close_phase(phase=phase)
    call_command("verify_votes")
    without_guards()
    return ideas


def at(model, place):
    """Return one row as a queryset, by its place from the beginning or the end."""
    rows = list(model.objects.order_by("pk").values_list("pk", flat=True))
    return model.objects.filter(pk=rows[place])


def repeat(model, place, **changes):
    """Insert a row that was not there, much like another."""
    row = at(model, place).get()
    row.pk = None
    for name, value in changes.items():
        setattr(row, name, value)
    row.save(force_insert=True)


def exchange(model, one, other):
    """Let two rows of a table change places, and nothing else."""
    first, second = at(model, one).values(*COLUMNS[model]).get(), at(model, other).values(*COLUMNS[model]).get()
    parked = {name: value for name, value in first.items() if name in {"last_event"}}
    if parked:
        at(model, one).update(last_event=0)
    at(model, other).update(**first)
    at(model, one).update(**second)


def exchange_votes():
    """Give each of two people the other's support of another idea: every sum stays the same."""
    first, other = Vote.objects.order_by("pk").first(), Vote.objects.order_by("-pk").first()
    assert first.idea_id != other.idea_id
    assert first.voter_key != other.voter_key
    Vote.objects.filter(pk=first.pk).update(voter_key="0" * 64)
    Vote.objects.filter(pk=other.pk).update(voter_key=first.voter_key)
    Vote.objects.filter(pk=first.pk).update(voter_key=other.voter_key)


def flip_result(place):
    """Change a number in a result, and its hash with it."""
    row = at(Result, place).get()
    snapshot = row.snapshot | {"total": 99}
    at(Result, place).update(snapshot=snapshot, sha256=digest(snapshot))


EIGHT_KINDS = {
    "vote flipped": (lambda: at(Vote, 0).update(voter_key="f" * 64), "Stimme ffffffff…"),
    "vote deleted": (lambda: at(Vote, 0).delete(), "Zeilen, Zähler"),
    "vote inserted": (lambda: repeat(Vote, 0, voter_key="f" * 64), "Stimme ffffffff…"),
    "votes exchanged": (exchange_votes, "zu ihr gehört kein Eintrag"),
    "event flipped": (lambda: at(VoteEvent, 0).update(commitment="0" * 64), "Wurzel 1 passt nicht zu den Einträgen"),
    "event deleted": (lambda: at(VoteEvent, 1).delete(), "3 Einträge von"),
    "event inserted": (lambda: repeat(VoteEvent, 0, change=-1), "Ereignisse"),
    "events exchanged": (lambda: exchange(VoteEvent, 0, 1), "Wurzel 1 passt nicht zu den Einträgen"),
    "result flipped": (lambda: flip_result(-1), "Die Zeilen ergeben nicht, was im Ergebnis steht (total)"),
    "result deleted": (lambda: at(Result, 0).delete(), "1 Ergebnisse, aber sie wurde 2-mal versiegelt"),
    "result inserted": (lambda: repeat(Result, 1), "3 Ergebnisse, aber sie wurde 2-mal versiegelt"),
    "results exchanged": (lambda: exchange(Result, 0, 1), "in falscher Reihenfolge"),
    "root flipped": (lambda: at(MerkleRoot, 1).update(root="0" * 64), "Wurzel 3 schließt nicht an Wurzel 2 an"),
    "root deleted": (lambda: at(MerkleRoot, 1).delete(), "Wurzel 2 fehlt"),
    "root inserted": (lambda: repeat(MerkleRoot, -1, number=5, last_event=10**6), "in falscher Reihenfolge"),
    "last root deleted": (lambda: at(MerkleRoot, -1).delete(), "die es nicht gibt"),
    "roots exchanged": (lambda: exchange(MerkleRoot, 0, 1), "Wurzel"),
}


@pytest.mark.parametrize("kind", EIGHT_KINDS)
def test_the_recount_names_what_was_done(recorded, capsys, kind):
    tamper, words = EIGHT_KINDS[kind]
    tamper()
    with pytest.raises(CommandError, match="Abweichung"):
        call_command("verify_votes")
    assert words in capsys.readouterr().out, capsys.readouterr().out


def test_without_the_secret_exchanged_votes_are_still_found(recorded, settings, tmp_path, capsys):
    settings.VOTING_SECRET_FILE = tmp_path / "nothing.json"
    call_command("verify_votes")
    exchange_votes()
    with pytest.raises(CommandError, match="Abweichung"):
        call_command("verify_votes")
    assert "Die Zeilen ergeben nicht, was im Ergebnis steht (rows)" in capsys.readouterr().out


def test_the_guards_stand_where_nobody_has_taken_them_away():
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT DISTINCT tgrelid::regclass::text FROM pg_trigger WHERE NOT tgisinternal")
        else:
            cursor.execute("SELECT DISTINCT tbl_name FROM sqlite_master WHERE type = 'trigger'")
        tables = {name for (name,) in cursor.fetchall()}
    assert tables >= {
        "voting_vote", "voting_voteevent", "voting_result", "voting_opinion", "voting_basket", "voting_basketitem",
        "voting_papercount", "voting_merkleroot", "voting_reopening", "voting_keydestroyed", "voting_logsalt", "ideas_phase",
    }  # fmt: skip
