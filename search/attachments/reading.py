"""Reading the files that wait, outside of every request: found, read by a process of its own, kept, searched."""

import structlog
from django.db import transaction
from django.db.models import F

from common.events import announce
from search.actions import touch
from search.analysis import fingerprint
from search.attachments.extract import Extracted, extract
from search.attachments.keeping import distinct, keys_waiting, page_terms
from search.documents import public_documents
from search.models import SearchFile, SearchFilePage
from search.registry import Attachment

log = structlog.get_logger()
State = SearchFile.State
MOST_ATTEMPTS = 3


def read_waiting() -> int:
    """Read all files that wait; return how many contributions had some."""
    keys = keys_waiting()
    for key in keys:
        read_files(key)
    return len(keys)


def read_files(key: str) -> None:
    """Read those files of a contribution that wait. May be called twice; each file is read by whoever counts the attempt."""
    kind, _colon, number = key.partition(":")
    waiting = SearchFile.objects.filter(key=key, state=State.WAITING)
    waiting.filter(attempts__gte=MOST_ATTEMPTS).update(state=State.SLOW)
    for file in waiting:
        mine = SearchFile.objects.filter(pk=file.pk, state=State.WAITING, attempts=file.attempts)
        if not mine.update(attempts=F("attempts") + 1):
            continue
        doc = public_documents(kind, [int(number)]).get(int(number))
        found = next((one for one in doc.files if one.source == file.source), None) if doc else None
        if found is None:  # hidden, or without the file: the row goes when the contribution is built
            continue
        _keep(file, _read(found, file.attempts + 1), kind, int(number))


def _read(found: Attachment, attempt: int) -> Extracted | None:
    try:
        with found.open() as handle:
            data = handle.read()
    except OSError as error:
        log.warning("file could not be opened", name=found.source, error=repr(error)[:200])
        return Extracted(State.BROKEN, detail=repr(error)[:200]) if attempt >= MOST_ATTEMPTS else None
    return extract(data, found.kind)


def _keep(file: SearchFile, read: Extracted | None, kind: str, number: int) -> None:
    """Store a text, if the file is still there: it may have been hidden while it was read."""
    if read is None:
        return
    texts = [(page, text, page_terms(text)) for page, text in read.pages if text]
    with transaction.atomic():
        kept = SearchFile.objects.select_for_update().filter(pk=file.pk, state=State.WAITING).first()
        if kept is None:
            return
        SearchFilePage.objects.bulk_create(
            [SearchFilePage(file=kept, number=page, text=text, terms=terms) for page, text, terms in texts],
            batch_size=100,
        )
        kept.state, kept.detail, kept.is_cut, kept.pages = read.state, read.detail, read.is_cut, read.number
        kept.terms, kept.fingerprint = distinct(terms for _page, _text, terms in texts), fingerprint()
        kept.save()
        touch(kind, number)
        if texts:  # saved searches that only the file fits; what was found before is not found again
            announce("search_appeared", kind=kind, ids=str(number))
