"""Not asking a server that does not answer: after a few failures it is left alone for a while, then tried once."""

import threading
import time
from collections.abc import Callable
from typing import TypeVar

Answer = TypeVar("Answer")

FAILURES, WITHIN, PAUSE = 3, 30.0, 15.0
QUICK = 0.5


class Open(Exception):
    """The server is being left alone."""


class Breaker:
    """Counts failures of one server in this process."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock, self._lock = clock, threading.Lock()
        self._failures: list[float] = []
        self._closed_until = 0.0

    def call(
        self,
        ask: Callable[[], Answer],
        failures: tuple[type[Exception], ...],
        *,
        harmless: tuple[type[Exception], ...] = (),
    ) -> Answer:
        """Return what ``ask`` returns; raises ``Open`` without asking while the server is left alone.

        ``harmless`` failures are raised as well, but say nothing about the server. Answers that took long do not make
        up for failures: a server that answers every second question in its last moment is no help.
        """
        is_probe = self._admit()
        began = self._clock()
        try:
            answer = ask()
        except harmless:
            self.reset()
            raise
        except failures:
            self.failed()
            raise
        if is_probe or self._clock() - began < QUICK:
            self.reset()
        return answer

    def reset(self) -> None:
        """Forget all failures."""
        with self._lock:
            self._failures.clear()
            self._closed_until = 0.0

    def _admit(self) -> bool:
        """Let the caller ask, and tell whether it is the one that tries after a pause."""
        with self._lock:
            now = self._clock()
            if now < self._closed_until:
                raise Open
            if not self._closed_until:
                return False
            self._closed_until = now + PAUSE  # the pause is over: this caller tries, others wait for what it finds
            return True

    def failed(self) -> None:
        """Count a failure."""
        with self._lock:
            now = self._clock()
            self._failures = [moment for moment in self._failures if now - moment < WITHIN] + [now]
            if len(self._failures) >= FAILURES:
                self._closed_until = now + PAUSE


breaker = Breaker()
