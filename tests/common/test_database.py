"""What both databases must do alike: clock, named locks, rows that are only ever added."""

import threading
import time
from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError, connection, migrations, transaction
from django.db.migrations.state import ProjectState
from django.db.utils import DatabaseError

from common.database import append_only, lock, now

NEVER = (IntegrityError, DatabaseError)


@pytest.mark.django_db
def test_clock_knows_its_zone_and_goes_on_inside_a_transaction():
    first = now()
    time.sleep(0.01)
    second = now()
    assert first.tzinfo is not None
    assert first < second
    assert abs(second - datetime.now(UTC)) < timedelta(seconds=60)


@pytest.mark.django_db(transaction=True)
def test_lock_is_held_by_one_until_its_transaction_ends():
    if connection.vendor != "postgresql":
        pytest.skip("SQLite lets one write at a time anyway")
    order: list[str] = []
    held, tried = threading.Event(), threading.Event()

    def second() -> None:
        held.wait(120)
        tried.set()
        with transaction.atomic():
            lock("phase:1")
            order.append("second")
        connection.close()

    thread = threading.Thread(target=second)
    thread.start()
    with transaction.atomic():
        lock("phase:1")
        held.set()
        tried.wait(120)
        time.sleep(0.2)
        order.append("first")
    thread.join()
    assert order == ["first", "second"]


@pytest.mark.django_db(transaction=True)
def test_many_may_share_a_lock_and_other_names_are_free():
    if connection.vendor != "postgresql":
        pytest.skip("SQLite lets one write at a time anyway")
    passed: list[str] = []

    def other(name: str, *, shared: bool) -> None:
        with transaction.atomic():
            lock(name, shared=shared)
            passed.append(name)
        connection.close()

    with transaction.atomic():
        lock("phase:1", shared=True)
        threads = [
            threading.Thread(target=other, args=("phase:1",), kwargs={"shared": True}),
            threading.Thread(target=other, args=("phase:2",), kwargs={"shared": False}),
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(120)
    assert sorted(passed) == ["phase:1", "phase:2"]


def apply(step: migrations.RunPython, *, backwards: bool = False) -> None:
    state = ProjectState()
    with connection.schema_editor() as editor:
        (step.database_backwards if backwards else step.database_forwards)("common", editor, state, state)


@pytest.fixture
def table(transactional_db):
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE keeper (id integer PRIMARY KEY, words varchar(20), note varchar(20))")
        cursor.execute("INSERT INTO keeper VALUES (1, 'eins', '')")
    yield
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE keeper")


def run(statement: str) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_append_only_rows_can_be_added_and_nothing_else(table):
    step = append_only("keeper")
    apply(step)
    run("INSERT INTO keeper VALUES (2, 'zwei', '')")
    for statement in (
        "UPDATE keeper SET words = 'x'",
        "DELETE FROM keeper",
        "UPDATE keeper SET note = 'x' WHERE id = 2",
    ):
        with pytest.raises(NEVER, match="append-only"):
            run(statement)
    apply(step, backwards=True)
    run("UPDATE keeper SET words = 'x'")


def test_append_only_columns_stay_while_others_change(table):
    step = append_only("keeper", ["words"])
    apply(step)
    run("UPDATE keeper SET note = 'geprüft'")
    run("UPDATE keeper SET words = 'eins'")
    for value in ("'x'", "NULL"):
        with pytest.raises(NEVER, match="append-only"):
            run(f"UPDATE keeper SET words = {value}")
    run("DELETE FROM keeper")
    apply(step, backwards=True)
