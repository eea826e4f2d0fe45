"""Settings are read strictly, and production does not start with unsafe ones."""

import os
import secrets
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SAFE = {
    "MITWIRK_PROFILE": "production",
    "DATABASE_URL": "postgres://u@127.0.0.1:9/none",
    "CELERY_BROKER_URL": "redis://127.0.0.1:9",
    "EMAIL_URL": "smtp://mail.example.org",
    "SITE_URL": "https://mitwirken.example.org",
    "ALLOWED_HOSTS": "mitwirken.example.org",
    "SECRET_KEY": secrets.token_urlsafe(64),
}
FOREIGN = ("MITWIRK_", "DATABASE_", "CELERY_", "REDIS_", "ELASTICSEARCH_", "EMAIL_", "DJANGO_", "PYTEST_")
ASK = "from config.checks import stop_if_unsafe; stop_if_unsafe(); print('would start')"


def start(tmp_path: Path, **changes: str) -> subprocess.CompletedProcess[str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(FOREIGN)}
    environment = kept | SAFE | changes | {
        "PYTHONPATH": f"{ROOT}:{ROOT / 'site'}", "DJANGO_SETTINGS_MODULE": "config.settings", "MITWIRK_DATA_DIR": str(tmp_path),
    }  # fmt: skip
    return subprocess.run(
        [sys.executable, "-c", ASK], env=environment, cwd=ROOT, capture_output=True, text=True, timeout=300
    )


def test_production_starts_with_safe_settings(tmp_path):
    done = start(tmp_path)
    assert "would start" in done.stdout, done.stderr


@pytest.mark.parametrize(
    ("changes", "named"),
    [
        ({"DEBUG": "1"}, "mitwirk.E001"),
        ({"SECRET_KEY": "short"}, "mitwirk.E002"),
        ({"SECRET_KEY": "change-me-change-me-change-me-change-me-change-me"}, "mitwirk.E003"),
        ({"ALLOWED_HOSTS": "*"}, "mitwirk.E004"),
        ({"ALLOWED_HOSTS": ""}, "mitwirk.E004"),
        ({"SITE_URL": "http://mitwirken.example.org"}, "mitwirk.E005"),
        ({"DATABASE_URL": "sqlite:////tmp/none.sqlite3"}, "mitwirk.E006"),
        ({"CELERY_BROKER_URL": ""}, "mitwirk.E007"),
        ({"EMAIL_URL": ""}, "mitwirk.E008"),
        ({"MITWIRK_PROFILE": "productive"}, "MITWIRK_PROFILE"),
        ({"DATABASE_URL": "mysql://u@127.0.0.1/none"}, "DATABASE_URL"),
        ({"DEBUG": "perhaps"}, "DEBUG"),
        ({"TRUSTED_PROXY_COUNT": "two"}, "TRUSTED_PROXY_COUNT"),
        ({"SECRET_KEY_FILE": "/nowhere/secret"}, "SECRET_KEY_FILE"),
    ],
    ids=lambda value: str(value)[:60],
)
def test_an_unsafe_or_wrong_setting_stops_the_start_and_is_named(tmp_path, changes, named):
    done = start(tmp_path, **changes)
    assert done.returncode != 0
    assert named in done.stderr


def test_a_secret_may_come_from_a_file(tmp_path):
    secret = tmp_path / "secret"
    secret.write_text(secrets.token_urlsafe(64) + "\n")
    done = start(tmp_path, SECRET_KEY="", SECRET_KEY_FILE=str(secret))
    assert "would start" in done.stdout, done.stderr


def test_the_embedded_profile_needs_no_setting_and_keeps_its_secret_for_the_owner_only(tmp_path):
    nothing = dict.fromkeys(SAFE, "") | {"MITWIRK_PROFILE": "embedded"}
    done = start(tmp_path, **nothing)
    assert "would start" in done.stdout, done.stderr
    assert (tmp_path / "secret_key").stat().st_mode & 0o077 == 0


@pytest.mark.parametrize(
    ("command", "bound"), [("migrate", "0s"), ("verify_votes", "0s"), ("runserver", "30s"), ("run_due", "30s")]
)
def test_commands_may_take_their_time_while_what_answers_people_is_bounded(command, bound, tmp_path):
    ask = f"""
import sys
from django.core import management
sys.argv = ["manage.py", "{command}"]
def seen(_argv):
    from django.conf import settings
    print(settings.DATABASES["default"]["OPTIONS"]["options"])
management.execute_from_command_line = seen
import manage
manage.main()
"""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(FOREIGN)}
    environment = kept | SAFE | {"PYTHONPATH": str(ROOT), "MITWIRK_DATA_DIR": str(tmp_path)}
    done = subprocess.run(
        [sys.executable, "-c", ask], env=environment, cwd=ROOT, capture_output=True, text=True, timeout=300
    )
    assert f"statement_timeout={bound}" in done.stdout, done.stderr
