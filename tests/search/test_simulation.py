"""Writers and workers in every order that dice can find: the outside index ends up right, each time.

One run has twelve objects and some hundred steps. Objects appear, change, hide, vanish, whole campaigns too, transactions
are rolled back; workers die, come late, do their work twice, and what they send is lost before, in the middle of, or after
being taken. At the end everybody who still had something in hand does it, the sweeper comes once, and every document must
say what the table says. A thousand runs are done each time, short ones on SQLite; ``make soak`` does a thousand long ones on
either database. Faults on purpose must be found.
"""

import random
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import pytest
from django.db import connection, transaction
from django.test import override_settings

from search import bring, elastic, ledger
from search.actions import add_missing, sweep, touch, touch_campaign
from search.models import SearchChange, SearchDocument, SearchIndex
from search.verify import differences
from tests import soak
from tests.search.dict_server import DictServer
from tests.search.notes import Note

pytestmark = pytest.mark.django_db
RUNS, STEPS = soak.size(soak.by_database(1_000, 6), 1_000), soak.size(soak.by_database(40, 120), 400)
RUNS_OUTSIDE, STEPS_OUTSIDE = soak.size(2, 200), soak.size(100, 400)
RUNS_WITH_FAULT = 40
LIVE = "simulated-1"


class Run:
    """One run with one seed."""

    def __init__(self, seed: int, server: DictServer | None = None) -> None:
        self.dice = random.Random(seed)
        self.server = server
        if server:
            server.dice, server.indexes, server.outage = self.dice, {name: {} for name in elastic.written()}, ""
        self.notes: list[int] = []
        self.workers: list[Iterator[None]] = []
        self.count = 0

    def go(self, steps: int) -> None:
        deeds: Sequence[tuple[int, Callable[[], object]]] = (
            (30, self.write),
            (8, self.fan_out),
            (3, self.roll_back),
            (25, lambda: self.workers.append(self.work())),
            (60, self.advance),
            (5, self.die),
            (6, self.leases_end),
            (4, self.weather),
            (6, lambda: sweep(limit=self.dice.randint(1, 5))),
        )
        weights = [weight for weight, _deed in deeds]
        for _step in range(steps):
            self.dice.choices(deeds, weights)[0][1]()
        self.end()

    def write(self) -> None:
        with transaction.atomic():
            self.change()

    def change(self) -> None:
        self.count += 1
        if len(self.notes) < 12:
            note = Note.objects.create(title=f"Bank {self.count}", campaign=self.dice.choice("ab"))
            self.notes.append(note.pk)
        else:
            note = Note(pk=self.dice.choice(self.notes))
            if self.dice.random() < 0.05:
                Note.objects.filter(pk=note.pk).delete()
            else:
                Note.objects.filter(pk=note.pk).update(
                    title=f"Bank {self.count}", votes=self.count, public=self.dice.random() < 0.7
                )
        touch("note", note.pk)

    def fan_out(self) -> None:
        hide, campaign = self.dice.random() < 0.5, self.dice.choice("ab")
        with transaction.atomic():
            Note.objects.filter(campaign=campaign).update(public=not hide)
            touch_campaign(campaign, hide=hide)

    def roll_back(self) -> None:
        with transaction.atomic():
            self.change()
            transaction.set_rollback(True)
        self.notes = list(Note.objects.filter(pk__in=self.notes).values_list("pk", flat=True))

    def work(self) -> Iterator[None]:
        """Do what ``bring.bring`` does, with pauses in which anything may happen."""
        rows = ledger.claim(self.dice.randint(1, 4), hidden=self.dice.random() < 0.3)
        yield
        indexes = elastic.written()
        for _time in range(self.dice.choice((1, 1, 1, 2))):
            yield
            try:
                answer = bring.write(indexes, rows)
            except elastic.failures():
                ledger.release(rows)
                return
        yield
        bring.settle(indexes, rows, answer)

    def advance(self) -> None:
        if self.workers:
            one = self.dice.choice(self.workers)
            if next(one, "done") == "done":
                self.workers.remove(one)

    def die(self) -> None:
        if self.workers:
            self.workers.remove(self.dice.choice(self.workers))

    def leases_end(self) -> None:
        SearchChange.objects.update(lease_until=None)

    def weather(self) -> None:
        if self.server:
            self.server.outage = self.dice.choice(("", "", "before", "middle", "after"))

    def end(self) -> None:
        """The sweeper comes once; after it, those who came late do what they still have in hand."""
        if self.server:
            self.server.outage = ""
        self.dice.shuffle(self.workers)
        early, late = self.workers[::2], self.workers[1::2]
        for one in early:
            list(one)
        self.leases_end()
        sweep()
        add_missing()  # a campaign that came back has tombstones that do not know it
        bring.bring_all()
        for one in late:
            list(one)
        self.leases_end()
        bring.bring_all()

    def wrong(self) -> list[str]:
        """Return the keys of documents that do not say what the table says."""
        assert self.server
        found = []
        for index in self.server.indexes.values():
            said = {key: document["source"] for key, document in index.items()}
            rows = SearchDocument.objects.all()
            wanted = {row.key: elastic.document(row) for row in rows}
            # Whether a tombstone is there or nothing is the same to who asks.
            found += [key for key, what in wanted.items() if said.pop(key, what if not what["visible"] else 0) != what]
            found += said
        return found


@pytest.fixture
def server(settings: Any, monkeypatch: pytest.MonkeyPatch) -> DictServer:
    """Use a dictionary as the outside index, with a live index and one that is kept for the way back."""
    settings.ELASTICSEARCH_URL = "http://127.0.0.1:9"
    monkeypatch.setattr(elastic, "alias", lambda: "simulated")
    monkeypatch.setattr("search.actions.push_hidden", lambda *ids: None)
    one = DictServer(random.Random(0))
    monkeypatch.setattr("elasticsearch.helpers.streaming_bulk", one.streaming_bulk)
    SearchIndex.objects.create(name=LIVE, state=SearchIndex.State.LIVE)
    SearchIndex.objects.create(name="simulated-0", state=SearchIndex.State.DRAINING)
    return one


def run(seed: int, server: DictServer, steps: int = STEPS) -> Run:
    Note.objects.all().delete()
    SearchChange.objects.all().delete()
    SearchDocument.objects.all().delete()
    # The test's own transaction never ends: what it remembers for then would make each run slower than the one before.
    connection.run_on_commit.clear()
    one = Run(seed, server)
    one.go(steps)
    return one


def test_no_document_is_wrong_in_any_run(server: DictServer) -> None:
    wrong = {}
    for seed in range(RUNS):
        one = run(seed, server)
        with override_settings(ELASTICSEARCH_URL=""):
            found = [*one.wrong(), *differences()]
        found += [f"left {entry}" for entry in SearchChange.objects.all()]
        if found:
            wrong[seed] = found
    print(f"\n{RUNS} runs of {STEPS} steps, wrong: {len(wrong)}")
    assert wrong == {}


def without_comparing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Acknowledge whatever the version is by now."""

    def careless(statement: str, rows: Sequence[SearchDocument], more: str = "") -> int:
        return SearchChange.objects.filter(pk__in=[row.pk for row in rows]).delete()[0]

    monkeypatch.setattr(ledger, "_where_unchanged", careless)


def last_write_wins(monkeypatch: pytest.MonkeyPatch) -> None:
    """Write without a version."""
    real = bring._operations

    def unversioned(*args: Any) -> Iterator[dict[str, object]]:
        for one in real(*args):
            yield {name: value for name, value in one.items() if not name.startswith("version")}

    monkeypatch.setattr(bring, "_operations", unversioned)


def deleted_instead_of_buried(monkeypatch: pytest.MonkeyPatch) -> None:
    """Delete what is hidden; the server forgets the version of what is deleted after a while."""
    real = bring._operations

    def deleting(*args: Any) -> Iterator[dict[str, object]]:
        for one in real(*args):
            yield one if one["_source"]["visible"] else one | {"_op_type": "delete"}  # type: ignore[index]

    monkeypatch.setattr(bring, "_operations", deleting)


def one_version_two_texts(monkeypatch: pytest.MonkeyPatch) -> None:
    """Build a row without raising its version."""
    from search import actions

    real = actions._build

    def same_version(kind: str, rows: Sequence[SearchDocument], **more: Any) -> list[str]:
        numbers = {row.pk: row.version for row in rows}
        texts = real(kind, rows, **more)
        for row in rows:
            kept = max(1, numbers[row.pk])
            SearchDocument.objects.filter(pk=row.pk).update(version=kept, built_version=kept)
            SearchChange.objects.filter(pk=row.pk).update(version=kept)
        return texts

    monkeypatch.setattr(actions, "_build", same_version)


def failures_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    """Take rows for brought that were lost on the way."""
    monkeypatch.setattr(ledger, "release", lambda rows, **_more: ledger.acknowledge(list(rows)))


@pytest.mark.parametrize(
    "plant", [without_comparing, last_write_wins, deleted_instead_of_buried, one_version_two_texts, failures_forgotten]
)
def test_a_fault_on_purpose_is_found(
    plant: Callable[[pytest.MonkeyPatch], None], server: DictServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    plant(monkeypatch)
    for seed in range(RUNS_WITH_FAULT):
        if found := run(seed, server, 120).wrong():
            print(f"\n{plant.__name__}: found in run {seed}, {len(found)} wrong")
            return
    pytest.fail(f"{plant.__name__} was not found in {RUNS_WITH_FAULT} runs")


@pytest.mark.server
def test_no_document_is_wrong_on_the_real_server(elasticsearch: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("search.actions.push_hidden", lambda *ids: None)
    name = elastic.create()
    SearchIndex.objects.filter(name=name).update(state=SearchIndex.State.LIVE)
    for seed in range(RUNS_OUTSIDE):
        Note.objects.all().delete()
        one = Run(seed)
        one.go(STEPS_OUTSIDE)
        rows = {row.key: row for row in SearchDocument.objects.all()}
        said = elastic.patient().mget(index=name, ids=list(rows), source_includes=["v", "visible", "votes", "campaign"])
        for document in said["docs"]:
            row, source = rows[document["_id"]], document["_source"]
            assert (source["v"], source["visible"]) == (row.version, row.visible)
            assert not row.visible or (source["votes"], source["campaign"]) == (row.votes, row.campaign)
        assert not SearchChange.objects.exists()
