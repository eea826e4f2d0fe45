"""The key under which circumstances of votes are hashed: new every week, kept beside the voting secrets, then destroyed.

With the key gone, nobody can try out networks or mail domains against old hashes.
"""

import os
import secrets
import tempfile
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.utils import timezone

_PREFIX = "trace_key_"
_known: dict[Path, bytes] = {}


def key_of_week(at: datetime) -> bytes:
    """Return the key of the week; the first who asks makes it, safe with several processes at once."""
    path = _path(at)
    if path not in _known:
        _known.clear()
        _known[path] = _read(path) or _made(path)
    return _known[path]


def forget_old_keys(at: datetime) -> int:
    """Destroy the keys of other weeks than this; return how many there were."""
    present, old = _path(at), [path for path in _folder().glob(f"{_PREFIX}*") if path != _path(at)]
    for path in old:
        path.unlink(missing_ok=True)
    for path in [path for path in _known if path != present]:
        del _known[path]
    return len(old)


def _folder() -> Path:
    return Path(settings.VOTING_SECRET_FILE).parent


def _path(at: datetime) -> Path:
    year, week, _day = timezone.localtime(at).isocalendar()
    return _folder() / f"{_PREFIX}{year}-{week:02}"


def _read(path: Path) -> bytes:
    try:
        return bytes.fromhex(path.read_text(encoding="ascii"))
    except FileNotFoundError:
        return b""


def _made(path: Path) -> bytes:
    """Make the file whole or not at all, readable by its owner only; who comes second reads what the first has made."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".new_key")
    try:
        with os.fdopen(handle, "w", encoding="ascii") as file:
            file.write(secrets.token_hex(32))
        with suppress(FileExistsError):
            os.link(name, path)
    finally:
        Path(name).unlink()
    return _read(path)
