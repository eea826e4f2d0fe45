"""The two questions of a balancer."""

import pytest
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

pytestmark = pytest.mark.django_db


def test_the_process_says_that_it_lives_without_asking_the_database(client, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert client.get("/livez").content == b"ok\n"


def test_a_healthy_site_is_ready_and_leaves_no_trace_of_the_question(client):
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()) == (200, {"ready": True, "degraded": False})
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM common_delivery")
        assert cursor.fetchone()[0] == 0


def test_a_site_with_a_missing_migration_is_not_ready(client):
    MigrationRecorder.Migration.objects.filter(app="voting").delete()
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()["ready"]) == (503, False)


def test_details_are_not_for_visitors(client, admin_client):
    assert "needed" not in client.get("/readyz").json()
    assert admin_client.get("/readyz").json()["needed"] == {"database": True, "migrations": True, "disk": True}
