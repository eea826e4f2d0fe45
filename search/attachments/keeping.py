"""Which files a contribution carries, and their words; all of it in the transaction in which its row is built."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from common.events import announce
from search.analysis import analyse, fingerprint
from search.documents import FILES
from search.models import SearchDocument, SearchFile, SearchFilePage
from search.registry import Attachment, Doc

State = SearchFile.State


def keep(kind: str, rows: Sequence[SearchDocument], docs: Mapping[int, Doc]) -> dict[int, str]:
    """Return the words of files by contribution, after taking away what is no longer there and asking for what is new.

    Costs nothing for contributions that have no files and had none.
    """
    wanted = {
        row.key: {file.source: file for file in docs[row.object_id].files} for row in rows if row.object_id in docs
    }
    concerned = [row for row in rows if FILES in row.body_parts or wanted.get(row.key)]
    if not concerned:
        return {}
    known: dict[str, dict[str, SearchFile]] = defaultdict(dict)
    for file in SearchFile.objects.filter(key__in=[row.key for row in concerned]).order_by("pk"):
        known[file.key][file.source] = file
    gone = [
        file.pk for key, files in known.items() for file in files.values() if file.source not in wanted.get(key, {})
    ]
    SearchFile.objects.filter(pk__in=gone).delete()
    for row in concerned:
        new = [file for source, file in wanted.get(row.key, {}).items() if source not in known[row.key]]
        _ask_for(row.key, new)
    return {
        row.object_id: " ".join(
            words_of(file) for source, file in known[row.key].items() if source in wanted.get(row.key, {})
        )
        for row in concerned
        if wanted.get(row.key)
    }


def _ask_for(key: str, new: Sequence[Attachment]) -> None:
    if new:
        files = [SearchFile(key=key, source=file.source, name=file.name[:255], kind=file.kind[:4]) for file in new]
        SearchFile.objects.bulk_create(files, ignore_conflicts=True)
        announce("search_file_waits", key=key)


def words_of(file: SearchFile) -> str:
    """Return the tokens of a file, counted anew when the analyser has changed since."""
    if file.state == State.READ and file.fingerprint != fingerprint():
        texts = list(file.texts.all())
        for page in texts:
            page.terms = page_terms(page.text)
        SearchFilePage.objects.bulk_update(texts, ["terms"], batch_size=100)
        file.terms, file.fingerprint = distinct(page.terms for page in texts), fingerprint()
        file.save(update_fields=["terms", "fingerprint"])
    return file.terms


def page_terms(text: str) -> str:
    """Return the distinct tokens of a page, each between blanks."""
    return f" {distinct(analyse(text))} "


def distinct(texts: Iterable[str]) -> str:
    """Return the distinct tokens of texts: how often a long document has a word must not count."""
    return " ".join(dict.fromkeys(token for text in texts for token in text.split()))


def keys_waiting(limit: int = 100) -> list[str]:
    """Return contributions whose files wait, the oldest first."""
    waiting = SearchFile.objects.filter(state=State.WAITING).order_by("changed_at").values_list("key", flat=True)
    return list(dict.fromkeys(waiting[:limit]))
