"""Not asking a server that does not answer: after a few failures it is left alone for a while, then tried once."""

import threading
import time
from collections.abc import Callable
from typing import TypeVar

Answer = TypeVar("Answer")

FAILURES, WITHIN, PAUSE = 3, 30.0, 15.0


class Open(Exception):
    """The server is being left alone."""


class Breaker:
    """Counts failures of one server in this process."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock, self._lock = clock, threading.Lock()
        self._failures: list[float] = []
        self._closed_until = 0.0

    def call(self, ask: Callable[[], Answer], failures: tuple[type[Exception], ...]) -> Answer:
        """Return what ``ask`` returns; raises ``Open`` without asking while the server is left alone."""
        self._admit()
        try:
            answer = ask()
        except failures:
            self._failed()
            raise
        with self._lock:
            self._failures.clear()
            self._closed_until = 0.0
        return answer

    def reset(self) -> None:
        """Forget all failures."""
        with self._lock:
            self._failures.clear()
            self._closed_until = 0.0

    def _admit(self) -> None:
        with self._lock:
            now = self._clock()
            if now < self._closed_until:
                raise Open
            if self._closed_until:  # the pause is over: this caller tries, others wait for what it finds
                self._closed_until = now + PAUSE

    def _failed(self) -> None:
        with self._lock:
            now = self._clock()
            self._failures = [moment for moment in self._failures if now - moment < WITHIN] + [now]
            if len(self._failures) >= FAILURES:
                self._closed_until = now + PAUSE


breaker = Breaker()
