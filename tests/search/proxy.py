"""Servers that misbehave in front of the search server, on sockets of their own: nobody else's tests notice."""

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field
from urllib.parse import urlsplit

REASONS = {401: "Unauthorized", 429: "Too Many Requests", 500: "Internal Server Error", 503: "Service Unavailable"}
RED = b'{"error":{"type":"search_phase_execution_exception","reason":"all shards failed"},"status":503}'


@dataclass
class Proxy:
    """Passes everything on to the real server, or does one of the things that servers do on bad days.

    ``mode``: "well", "hang" (accepts, never answers), "drop" (closes at once), "lose" (passes on, then closes before
    the answer), "slow" (each answer comes a second late), or the number of an HTTP status.
    """

    target: tuple[str, int]
    mode: str | int = "well"
    asked: int = 0
    listener: socket.socket = field(default_factory=lambda: socket.create_server(("127.0.0.1", 0), backlog=100))
    opened: list[socket.socket] = field(default_factory=list)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.listener.getsockname()[1]}"

    def become(self, mode: str | int) -> None:
        """Change at once, also for connections that are open."""
        self.mode = mode
        for one in self.opened:
            with suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)
        self.opened.clear()

    def serve(self) -> None:
        with suppress(OSError):
            while True:
                one, _address = self.listener.accept()
                self.opened.append(one)
                threading.Thread(target=self._guarded, args=[one], daemon=True).start()

    def _guarded(self, one: socket.socket) -> None:
        with suppress(OSError), closing(one):
            self._answer(one)

    def _answer(self, one: socket.socket) -> None:
        while request := _read(one):
            self.asked += 1
            if self.mode == "hang":
                time.sleep(60)
                return  # whoever asked has gone long ago: what was said then must not get through now
            if self.mode == "drop":
                return
            if isinstance(self.mode, int):
                one.sendall(_status(self.mode))
                continue
            with socket.create_connection(self.target) as real:
                real.sendall(request)
                answer = _read(real)
            if self.mode == "lose":
                return
            if self.mode == "slow":
                time.sleep(1)
            one.sendall(answer)


def _status(number: int) -> bytes:
    body = RED if number == 503 else b'{"error":{"type":"trouble","reason":"trouble"},"status":%d}' % number
    head = (
        f"HTTP/1.1 {number} {REASONS[number]}\r\ncontent-type: application/json\r\nX-elastic-product: Elasticsearch\r\n"
    )
    return f"{head}content-length: {len(body)}\r\n\r\n".encode() + body


def _read(one: socket.socket) -> bytes:
    """Return one whole message of HTTP; nothing when the other side has gone."""
    got = b""
    while b"\r\n\r\n" not in got:
        more = one.recv(65_536)
        if not more:
            return b""
        got += more
    head, _sep, body = got.partition(b"\r\n\r\n")
    fields = {
        name.strip().lower(): value.strip() for name, _c, value in (row.partition(b":") for row in head.split(b"\r\n"))
    }
    if fields.get(b"transfer-encoding") == b"chunked":
        while not got.endswith(b"0\r\n\r\n"):
            more = one.recv(65_536)
            if not more:
                return b""
            got += more
        return got
    missing = int(fields.get(b"content-length", b"0")) - len(body)
    while missing > 0:
        more = one.recv(65_536)
        if not more:
            return b""
        got, missing = got + more, missing - len(more)
    return got


@contextmanager
def before(url: str) -> Iterator[Proxy]:
    """Stand in front of a server as long as this is held."""
    parts = urlsplit(url)
    proxy = Proxy((str(parts.hostname), int(parts.port or 80)))
    threading.Thread(target=proxy.serve, daemon=True).start()
    try:
        yield proxy
    finally:
        proxy.listener.close()
        proxy.become("drop")
