"""A mail server for tests: takes every mail over SMTP on the loopback address and keeps it."""

import email
import time
from collections.abc import Iterator
from contextlib import contextmanager
from email.message import Message

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from tests.served import free_port


class Mailbox:
    """What has arrived, in order."""

    def __init__(self, delay: float = 0.0) -> None:
        self.mails: list[Message] = []
        self.delay = delay
        self.port = free_port()

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802 - aiosmtpd's name
        """Keep the mail and say so."""
        time.sleep(self.delay)
        self.mails.append(email.message_from_bytes(envelope.content or b""))
        return "250 kept"

    @property
    def ids(self) -> list[str]:
        """The Message-ID of each mail, also of those that came twice."""
        return [str(mail["Message-ID"]) for mail in self.mails]

    def wait_for(self, count: int, seconds: float = 120) -> bool:
        """Wait until so many mails are there; tell whether they came in time."""
        end = time.monotonic() + seconds
        while len(self.mails) < count and time.monotonic() < end:
            time.sleep(0.01)
        return len(self.mails) >= count


@contextmanager
def mail_server(delay: float = 0.0) -> Iterator[Mailbox]:
    """Run a mail server; its address is ``smtp://127.0.0.1:<port>``."""
    box = Mailbox(delay)
    controller = Controller(box, hostname="127.0.0.1", port=box.port, ready_timeout=60)
    controller.start()
    try:
        yield box
    finally:
        controller.stop()
