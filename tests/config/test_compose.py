"""No container engine runs the compose file here, so its promises are read from it."""

import re
import tomllib
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def compose() -> dict:
    return yaml.safe_load((ROOT / "docker-compose.yml").read_text(encoding="utf-8"))


def test_the_compose_file_names_every_server_the_production_profile_needs(compose):
    assert set(compose["services"]) == {
        "migrate", "web", "worker", "beat", "postgres", "redis", "elasticsearch", "mail",
    }  # fmt: skip


def test_every_long_running_service_comes_back_and_has_a_health_check(compose):
    for name, service in compose["services"].items():
        if name == "migrate":
            assert service["restart"] == "no"
            continue
        assert service["restart"] == "unless-stopped", name
        built = "build" in service
        assert built or name == "mail" or "healthcheck" in service, name


def test_web_worker_and_beat_wait_for_the_migrations(compose):
    for name in ("web", "worker", "beat"):
        needs = compose["services"][name]["depends_on"]
        assert needs["migrate"]["condition"] == "service_completed_successfully"
        assert needs["postgres"]["condition"] == needs["redis"]["condition"] == "service_healthy"


def test_every_dependency_names_a_service(compose):
    services = compose["services"]
    for service in services.values():
        assert set(service.get("depends_on", {})) <= set(services)


def test_every_named_volume_is_declared(compose):
    used = {
        mount.split(":")[0]
        for service in compose["services"].values()
        for mount in service.get("volumes", [])
        if not mount.startswith((".", "/"))
    }
    assert used == set(compose["volumes"])


def test_no_secret_stands_in_the_compose_file(compose):
    environment = compose["services"]["web"]["environment"]
    assert environment["SECRET_KEY"].startswith("${SECRET_KEY:?")
    assert "${POSTGRES_PASSWORD:?" in environment["DATABASE_URL"]


def test_ports_are_published_on_loopback_only(compose):
    ports = [port for service in compose["services"].values() for port in service.get("ports", [])]
    assert ports
    assert all(port.startswith("127.0.0.1:") for port in ports)


def test_every_variable_of_the_compose_file_is_explained_in_the_example():
    names = set(re.findall(r"\$\{([A-Z_]+)", (ROOT / "docker-compose.yml").read_text(encoding="utf-8")))
    example = (ROOT / "docs" / "env.example").read_text(encoding="utf-8")
    assert {name for name in names if f"{name}=" not in example} <= {"ELASTICSEARCH_URL"}


def test_the_image_runs_unprivileged_with_a_health_check_and_without_build_stages():
    text = (ROOT / "Dockerfile").read_text(encoding="utf-8")
    last = text.split("\nFROM ")[-1]
    assert re.search(r"^USER mitwirk$", last, re.M)
    assert "HEALTHCHECK" in last
    assert text.count("\nFROM ") == 3
    assert "--require-hashes" in text


def test_the_version_of_the_image_is_the_version_of_the_project(compose):
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert compose["services"]["web"]["image"] == f"mitwirk:{project['version']}"
