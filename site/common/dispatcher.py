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
PAUSE = 0.5  # seconds between looks at an empty outbox
PAUSE_AFTER_TROUBLE = 5.0
DUE_EVERY = 20  # looks between two questions for what is due by the clock


def lock_alone(path: Path) -> TextIO | None:
    """Return the locked file if no other process holds it; the lock ends with the process, however that ends."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle = path.open("a")
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        handle.close()
        return None
    return handle


def work(stop: threading.Event, lock_file: Path) -> None:
    """Deliver until told to stop; whoever gets the lock works, the others keep asking for it."""
    lock: TextIO | None = None
    looks, pause = 0, PAUSE
    while not stop.wait(pause):
        pause = PAUSE
        try:
            lock = lock or lock_alone(lock_file)
            if lock:
                outbox.drain(seconds=30)
                if looks % DUE_EVERY == 0:
                    schedule.run_due()
                looks += 1
        except Exception as error:  # a full disk or a lost database must not end the thread
            log.error("dispatcher", error=repr(error))
            connection.close()
            pause = PAUSE_AFTER_TROUBLE
        close_old_connections()
    connection.close()
    if lock:
        lock.close()


def start_thread() -> threading.Event | None:
    """Start the thread if the settings ask for one; return the event that stops it."""
    if not settings.OUTBOX_THREAD:
        return None
    stop = threading.Event()
    path = Path(settings.DATA_DIR) / "dispatcher.lock"
    threading.Thread(target=work, args=(stop, path), name="dispatcher", daemon=True).start()
    return stop
