"""A load generator that takes little for itself: plain sockets, one thread, every connection sends as soon as it may."""

import selectors
import socket
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import urlsplit


@dataclass
class Figures:
    """What came back."""

    seconds: float = 0
    statuses: Counter[int] = field(default_factory=Counter)
    times: list[float] = field(default_factory=list)

    @property
    def rate(self) -> float:
        return len(self.times) / self.seconds if self.seconds else 0

    @property
    def errors(self) -> int:
        return sum(number for status, number in self.statuses.items() if status not in (200, 303))

    def at(self, share: float) -> float:
        """Return the time within which that share of the answers came, in milliseconds."""
        ordered = sorted(self.times)
        return ordered[min(len(ordered) - 1, int(len(ordered) * share))] * 1000 if ordered else 0


def request(method: str, url: str, path: str, **headers: str) -> bytes:
    """Return the bytes of one request."""
    lines = [f"{method} {path} HTTP/1.1", f"Host: {urlsplit(url).netloc}", "Accept: text/html"]
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    return ("\r\n".join([*lines, "Content-Length: 0"] if method != "GET" else lines) + "\r\n\r\n").encode()


class Connection:
    """One connection with the request that is on its way."""

    def __init__(self, url: str) -> None:
        place = urlsplit(url)
        self.address = (place.hostname or "", place.port or 80)
        self.socket = socket.create_connection(self.address, timeout=30)
        self.data, self.began = b"", 0.0

    def send(self, message: bytes) -> None:
        self.data, self.began = b"", time.perf_counter()
        self.socket.sendall(message)

    def take(self) -> int:
        """Read what is there; return the status when the answer is complete, else 0, and −1 when the line is broken."""
        try:
            part = self.socket.recv(262_144)
        except OSError:
            part = b""
        if not part:
            return -1
        self.data += part
        head, found, body = self.data.partition(b"\r\n\r\n")
        return int(head[9:12]) if found and is_complete(head.lower(), body) else 0


def is_complete(head: bytes, body: bytes) -> bool:
    """Tell whether the whole body has come."""
    if b"transfer-encoding: chunked" in head:
        return body.endswith(b"0\r\n\r\n")
    start = head.find(b"content-length:")
    return start < 0 or len(body) >= int(head[start + 15 :].split(b"\r\n", 1)[0])


def run(url: str, requests: Iterator[bytes], *, connections: int = 8, seconds: float = 5.0) -> Figures:
    """Send requests over so many connections until the time or the requests are over."""
    figures, began = Figures(), time.perf_counter()
    with selectors.DefaultSelector() as selector:
        for message in (next(requests, None) for _number in range(connections)):
            if message is not None:
                connection = Connection(url)
                selector.register(connection.socket, selectors.EVENT_READ, connection)
                connection.send(message)
        while selector.get_map():
            for key, _events in selector.select(30):
                _take(selector, key.data, figures, requests, is_over=time.perf_counter() - began > seconds, url=url)
    figures.seconds = time.perf_counter() - began
    return figures


def _take(
    selector: selectors.BaseSelector, connection: Connection, figures: Figures, requests: Iterator[bytes], *, is_over: bool, url: str
) -> None:  # fmt: skip
    status = connection.take()
    if status == 0:
        return
    figures.statuses[status] += 1
    figures.times.append(time.perf_counter() - connection.began)
    message = None if is_over else next(requests, None)
    if status < 0 or message is None:
        selector.unregister(connection.socket)
        connection.socket.close()
    if message is not None:
        if status < 0:
            connection = Connection(url)
            selector.register(connection.socket, selectors.EVENT_READ, connection)
        connection.send(message)
