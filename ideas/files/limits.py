"""What a file may cost, and the sentences for those that cost more or hold what we do not take."""

from time import thread_time

from django.utils.translation import gettext as _

from common.errors import Refused

MOST_BYTES = 10 * 1024 * 1024
# Of one file, unpacked and written anew: a document of many pages stays far below.
MOST_UNPACKED = 40 * 1024 * 1024
SECONDS = 1.5  # of this thread's processor time: a busy server refuses nothing that a quiet one would take
TEXT_LONGEST = 100_000


class Budget:
    """Processor time for one file. Readers ask it all the time, so that no file keeps a process busy for long."""

    def __init__(self, seconds: float = SECONDS) -> None:
        self.until = thread_time() + seconds

    def check(self) -> None:
        """Raise ``Refused`` when the time is over."""
        if self.is_over:
            raise too_complex()

    @property
    def is_over(self) -> bool:
        return thread_time() > self.until


def refusal(message: str, code: str) -> Refused:
    """Return a refusal at the field for files."""
    return Refused(message, code=code, status=422, field="files")


def too_large() -> Refused:
    """Return the refusal of a file with too many bytes."""
    return refusal(_("The file is larger than 10 MB. Please make it smaller or split it."), "too_large")


def too_complex() -> Refused:
    """Return the refusal of a file that takes too long, or grows too much."""
    return refusal(
        _("This file is too complicated for us to check. Please save it once more as a simple PDF."), "too_complex"
    )


def unreadable() -> Refused:
    """Return the refusal of what is none of our kinds, or broken."""
    return refusal(_("We cannot read this file. PDF, ODT (LibreOffice) and DOCX (Word) work."), "unreadable")


def has_macros() -> Refused:
    """Return the refusal of a document with programs in it."""
    return refusal(
        _("This file contains macros, which are small programs. Please save it without them, or as a PDF."), "macros"
    )


def has_objects() -> Refused:
    """Return the refusal of a document with other documents in it."""
    return refusal(
        _("Other files are embedded in this file. Please remove them, or save it as a PDF."), "embedded_objects"
    )


def has_odd_pictures() -> Refused:
    """Return the refusal of a document with pictures that we cannot clean."""
    return refusal(
        _("This file contains pictures of a kind that we cannot check. Please save it as a PDF."), "odd_pictures"
    )


def is_locked() -> Refused:
    """Return the refusal of what only opens with a password."""
    return refusal(_("This file is protected by a password. Please save it without one."), "locked")
