"""Documents that pages offer to everybody (blocks and links in texts), for search."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Q
from wagtail.documents import get_document_model
from wagtail.documents.models import AbstractDocument
from wagtail.models import Collection, CollectionViewRestriction, Page, ReferenceIndex

from search.registry import Attachment

KINDS = ("pdf", "odt", "docx")


def offered(pages: Sequence[Any]) -> dict[int, list[Attachment]]:
    """Return the readable documents that pages with a ``body`` name, by page; two statements, none without documents."""
    named = {page.pk: named_in(page.body) for page in pages}
    wanted = {number for numbers in named.values() for number in numbers}
    if not wanted:
        return {}
    open_ones = {document.pk: document for document in open_documents(wanted)}
    return {
        page: [attachment(open_ones[number]) for number in numbers if number in open_ones]
        for page, numbers in named.items()
    }


def named_in(body: Any) -> list[int]:
    """Return the ids of the documents that a body names, in their order, each once."""
    found = body.stream_block.extract_references(body)
    model = get_document_model()
    return list(dict.fromkeys(int(number) for target, number, *_path in found if issubclass(target, model)))


def open_documents(ids: Iterable[int]) -> list[AbstractDocument]:
    """Return those of the documents that everybody may open and search can read."""
    closed = closed_collections().condition
    endings = Q()
    for kind in KINDS:
        endings |= Q(file__iendswith=f".{kind}")
    found = get_document_model().objects.filter(endings, pk__in=set(ids))
    return list(found.exclude(closed) if closed else found)


@dataclass(frozen=True)
class Closed:
    """Collections that not everybody may open, by their paths in the tree."""

    paths: tuple[str, ...]

    @property
    def condition(self) -> Q:
        """Return what documents in them have in common; nothing (false) without such collections."""
        found = Q()
        for path in self.paths:
            found |= Q(collection__path__startswith=path)
        return found

    def touches(self, document: AbstractDocument) -> bool:
        """Tell whether a document lies in one of them; no statement as long as there are none."""
        return bool(self.paths) and document.collection.path.startswith(self.paths)


def closed_collections() -> Closed:
    """Return the collections that are closed today."""
    return Closed(tuple(CollectionViewRestriction.objects.values_list("collection__path", flat=True)))


def attachment(document: AbstractDocument) -> Attachment:
    """Return a document as search takes it; a new file has a new name for it."""
    source = f"document:{document.pk}:{document.get_file_hash()}"
    name = document.filename
    return Attachment(source, name, name.rpartition(".")[2].lower(), document.url, partial(document.file.open, "rb"))


def pages_naming(documents: Iterable[AbstractDocument], model: type[Page]) -> list[int]:
    """Return the ids of the pages of a class that name one of the documents."""
    kind = ContentType.objects.get_for_model(model)
    found: set[int] = set()
    for document in documents:
        rows = ReferenceIndex.get_references_to(document).filter(content_type=kind)
        found.update(int(number) for number in rows.values_list("object_id", flat=True))
    return sorted(found)


def below(restriction: CollectionViewRestriction) -> Iterable[AbstractDocument]:
    """Return the documents of a collection that is opened or closed, and of those within it."""
    path = Collection.objects.filter(pk=restriction.collection_id).values_list("path", flat=True).first()
    return get_document_model().objects.filter(collection__path__startswith=path) if path else ()
