"""Secrets in files: all processes that start together have the same one."""

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import pytest

from common.secret_files import kept_secret

ROOT = Path(__file__).resolve().parents[2]
TOGETHER = 8


def asked_together(path: Path) -> list[str]:
    """Return what each of several threads was told that ask for the secret at the same moment."""
    barrier = Barrier(TOGETHER)

    def one(_number: int) -> str:
        barrier.wait()
        return kept_secret(path)

    with ThreadPoolExecutor(TOGETHER) as pool:
        return list(pool.map(one, range(TOGETHER)))


@pytest.mark.parametrize("place", ["secret_key", "data/of/the/town/secret_key"])
def test_many_first_calls_at_once_are_all_told_the_same_secret(tmp_path: Path, place: str) -> None:
    for number in range(100):
        path = tmp_path / str(number) / place
        told = asked_together(path)
        assert len(set(told)) == 1
        assert len(told[0]) == 64
        assert [file.name for file in path.parent.iterdir()] == ["secret_key"], "what was begun is left behind"


def test_processes_that_start_together_in_an_empty_folder_have_one_key(tmp_path: Path) -> None:
    ask = f"import sys; sys.path.insert(0, {str(ROOT / 'site')!r})\n"
    ask += f"from pathlib import Path\nfrom common.secret_files import kept_secret\nprint(kept_secret(Path({str(tmp_path)!r}, 'key')))"
    started = [
        subprocess.Popen([sys.executable, "-c", ask], stdout=subprocess.PIPE, text=True) for _one in range(TOGETHER)
    ]
    told = {process.communicate(timeout=60)[0].strip() for process in started}
    assert told == {(tmp_path / "key").read_text()}


def test_a_secret_that_is_there_is_kept_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "key"
    path.write_text("von-hand-gesetzt\n")
    path.chmod(0o400)
    assert kept_secret(path) == "von-hand-gesetzt"
    assert path.read_text() == "von-hand-gesetzt\n"


def test_only_the_owner_may_read_it(tmp_path: Path) -> None:
    kept_secret(tmp_path / "key")
    assert (tmp_path / "key").stat().st_mode & 0o777 == 0o600
