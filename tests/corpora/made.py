"""How corpora are written down: each case has a number that stays, words, bytes, and the class of answer it must get."""

from collections.abc import Callable
from dataclasses import dataclass

from django.core.files.uploadedfile import SimpleUploadedFile

# Stands in whatever a case hides; it must be nowhere afterwards.
SECRET = b"GEHEIM-51.6617N-8.3448E"


@dataclass(frozen=True)
class Upload:
    """What somebody chooses in the form."""

    data: bytes
    name: str = "bild.jpg"
    kind: str = "image/jpeg"

    def file(self) -> SimpleUploadedFile:
        """Return it as the test client sends it."""
        made = SimpleUploadedFile("x", self.data, self.kind)
        made._name = self.name  # the raw name: cleaning it is the server's task
        return made


@dataclass(frozen=True)
class Case:
    """One case: ``kept`` (written anew and shown) or ``refused`` (a sentence at the field, 422)."""

    id: str
    what: str
    make: Callable[[], Upload]
    expected: str


def cases(prefix: str, rows: list[tuple[str, str, Callable[[], Upload]]]) -> list[Case]:
    """Return rows (what, expected, make) as numbered cases."""
    return [Case(f"{prefix}-{n:03}", what, make, expected) for n, (what, expected, make) in enumerate(rows, 1)]
