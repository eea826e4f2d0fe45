"""What the layout promises, and no linter can say."""

import ast
import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
ROOMS = ("ideas", "voting", "moderation", "search", "site")
INNER = re.compile(r"(^|/)(models|rules|actions|queries|events)(/.*)?\.py$|(^|/)(models|rules|actions|queries)/")
OUTER_NAMES = ("django.http", "django.shortcuts", "django.contrib.messages")


def modules() -> list[Path]:
    return [
        path
        for room in ROOMS
        for path in sorted((ROOT / room).rglob("*.py"))
        if "migrations" not in path.parts and "node_modules" not in path.parts
    ]


def imported_names(path: Path) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    return names


def test_site_is_a_folder_on_the_path_and_not_a_package():
    assert not (ROOT / "site" / "__init__.py").exists()


def test_tests_have_no_packages_that_could_shadow_a_room():
    assert not list((ROOT / "tests").rglob("__init__.py"))


@pytest.mark.parametrize("path", modules(), ids=lambda path: str(path.relative_to(ROOT)))
def test_no_module_is_longer_than_300_lines(path: Path):
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 300


def test_models_rules_actions_and_queries_know_nothing_of_requests():
    inner = [path for path in modules() if INNER.search(str(path.relative_to(ROOT)))]
    assert len(inner) > 15
    faults = {str(path): sorted(set(OUTER_NAMES) & imported_names(path)) for path in inner}
    assert {path: names for path, names in faults.items() if names} == {}


def test_nothing_is_handed_to_a_worker_past_the_outbox():
    faults = [
        str(path) for path in modules() if re.search(r"\.(delay|apply_async)\(", path.read_text(encoding="utf-8"))
    ]
    assert faults == []


def test_there_is_no_module_called_utils_or_helpers():
    assert [path for path in modules() if path.stem in {"utils", "helpers", "misc"}] == []


def test_only_what_belongs_to_the_project_is_tracked():
    tracked = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True).stdout.split(
        "\n"
    )
    forbidden = re.compile(r"\.(sqlite3|mo|pyc)$|(^|/)node_modules/|^var/|^\.venv/|secret_key$")
    assert [name for name in tracked if forbidden.search(name)] == []


def test_lock_files_carry_hashes_and_no_registry_addresses():
    for name in ("base", "dev", "node", "uv"):
        text = (ROOT / "requirements" / f"{name}.txt").read_text(encoding="utf-8")
        assert "--hash=sha256:" in text
        assert "--index-url" not in text
        assert "http" not in re.sub(r"#.*", "", text)
    assert '"resolved"' not in (ROOT / "package-lock.json").read_text(encoding="utf-8")
