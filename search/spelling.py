"""Correcting rare words from the vocabulary of the public texts. Corrections are added to a question, never replace it."""

import threading
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db import transaction
from django.utils import timezone
from rapidfuzz import process
from rapidfuzz.distance import OSA

from search.analysis import fingerprint, folded_words
from search.models import SearchDocument, SearchIndex, SearchTerm

RARE, MOST = 3, 3
_BATCH = 2_000


@dataclass
class _Vocabulary:
    """The words in memory; new ones are read by their number, a fresh count replaces all."""

    stamp: object = None
    last_id: int = 0
    words: list[str] = field(default_factory=list)
    documents: dict[str, int] = field(default_factory=dict)


_known = _Vocabulary()
_reading = threading.Lock()


def _vocabulary() -> _Vocabulary:
    """Return the present vocabulary."""
    global _known
    stamp = SearchIndex.objects.filter(name="words").values_list("finished_at", flat=True).first()
    with _reading:
        if _known.stamp != stamp:
            _known = _Vocabulary(stamp)
        new = list(
            SearchTerm.objects.filter(pk__gt=_known.last_id).order_by("pk").values_list("pk", "word", "documents")
        )
        for number, word, documents in new:
            _known.last_id = number
            _known.words.append(word)
            _known.documents[word] = documents
        return _known


def corrections(word: str) -> list[str]:
    """Return up to three likely words for a rare one: nearest first, then the same first letter, then the commonest."""
    if len(word) < 4 or any(sign.isdigit() for sign in word):
        return []
    vocabulary = _vocabulary()
    own = vocabulary.documents.get(word, 0)
    if own > RARE:
        return []
    reach = 2 if len(word) >= 8 else 1
    near = process.extract(word, vocabulary.words, scorer=OSA.distance, score_cutoff=reach, limit=50)
    common = ((distance, other) for other, distance, _index in near if vocabulary.documents[other] >= max(1, 10 * own))
    ranked = sorted(
        (distance, other[0] != word[0], -vocabulary.documents[other], other)
        for distance, other in common
        if other != word
    )
    return [other for *_rank, other in ranked[:MOST]]


def learn_words(texts: Iterable[str]) -> None:
    """Add words that were not known, so that they can be corrected to at once; how common they are is counted later."""
    words = sorted({word for text in texts for word in folded_words(text)})
    for start in range(0, len(words), _BATCH):
        some = words[start : start + _BATCH]
        old = set(SearchTerm.objects.filter(word__in=some).values_list("word", flat=True))
        SearchTerm.objects.bulk_create(
            [SearchTerm(word=word) for word in some if word not in old], ignore_conflicts=True
        )


def count_words() -> int:
    """Count the vocabulary anew from what everybody may see; words that only hidden texts had are forgotten."""
    counted: Counter[str] = Counter()
    documents = 0
    for title, body in (
        SearchDocument.objects.filter(visible=True).values_list("title", "body").iterator(chunk_size=_BATCH)
    ):
        counted.update(set(folded_words(f"{title} {body}")))
        documents += 1
    with transaction.atomic():
        SearchTerm.objects.all().delete()
        SearchTerm.objects.bulk_create(
            [SearchTerm(word=word, documents=count) for word, count in counted.items()],
            batch_size=_BATCH,
            ignore_conflicts=True,
        )
        now = timezone.now()
        SearchIndex.objects.update_or_create(
            name="words", defaults={"fingerprint": fingerprint(), "documents": documents, "finished_at": now}
        )
    return len(counted)


def recount_words(share: float = 0.05) -> None:
    """Count the vocabulary anew when more than this share of the documents came or went since the last count."""
    counted = SearchIndex.objects.filter(name="words").values_list("documents", flat=True).first() or 0
    if abs(SearchDocument.objects.filter(visible=True).count() - counted) > share * counted:
        count_words()


def frequencies(words: Iterable[str]) -> tuple[dict[str, int], int]:
    """Return in how many documents each word is (0 when unknown), and how many documents were counted."""
    vocabulary = _vocabulary()
    counted = SearchIndex.objects.filter(name="words").values_list("documents", flat=True).first() or 0
    return {word: vocabulary.documents.get(word, 0) for word in words}, max(counted, 1)
