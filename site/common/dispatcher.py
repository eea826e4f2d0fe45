"""The dispatcher of the embedded profile: one thread in one of the serving processes delivers, and calls what is due."""

import fcntl
import threading
from pathlib import Path
from typing import TextIO

import structlog
from django.conf import settings
from django.db import close_old_connections, connection

from common import outbox, schedule

log = structlog.get_logger()
PAUSE = 1.0  # seconds between looks at an empty outbox

_held: list[TextIO] = []


def alone(path: Path) -> bool:
    """Tell whether this process is the only one to hold the lock file; the lock ends with the process."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle = path.open("w")
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        handle.close()
        return False
    _held.append(handle)
    return True


def work(stop: threading.Event, lock_file: Path) -> None:
    """Deliver until told to stop; whoever gets the lock works, the others keep asking for it."""
    while not stop.wait(PAUSE):
        if not _held and not alone(lock_file):
            continue
        try:
            outbox.drain()
            schedule.run_due()
        except Exception as error:  # a full disk or a lost database must not end the thread
            log.error("dispatcher", error=repr(error))
            connection.close()
        close_old_connections()


def start_thread() -> threading.Event | None:
    """Start the thread if the settings ask for one; return the event that stops it."""
    if not settings.OUTBOX_THREAD:
        return None
    stop = threading.Event()
    path = Path(settings.DATA_DIR) / "dispatcher.lock"
    threading.Thread(target=work, args=(stop, path), name="dispatcher", daemon=True).start()
    return stop
