"""Correcting rare words from the vocabulary of the public texts. Corrections are added to a question, never replace it."""

import threading
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db import transaction
from django.utils import timezone
from rapidfuzz import process
from rapidfuzz.distance import OSA

from search.analysis import fingerprint, folded_words, read_word
from search.compounds import is_known, mended, name_length
from search.documents import own_words
from search.models import SearchDocument, SearchIndex, SearchTerm, SearchToken
from search.sounds import sound, vowels

RARE, MOST = 3, 3
_OFTEN = 200  # one document in so many: what no list knows and so few have may still be a common slip
_BATCH = 2_000
_START, _LONG, _LONGEST = 4, 6, 200
_TOKENS = ("title_terms", "title_parts", "body_terms", "body_parts")


@dataclass
class _Vocabulary:
    """The words in memory; new ones are read by their number, a fresh count replaces all."""

    stamp: object = None
    counted: int = 0
    last_id: int = 0
    words: list[str] = field(default_factory=list)
    documents: dict[str, int] = field(default_factory=dict)
    starts: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))

    def learn(self, number: int, word: str, documents: int) -> None:
        """Add a word."""
        self.last_id = number
        self.words.append(word)
        self.documents[word] = documents
        self.starts[word[:_START]].append(word)

    def has_form_of(self, word: str) -> bool:
        """Tell whether some text has this word, perhaps in another form (asked for Baum, and texts have Bäume)."""
        term = read_word(word).term
        return any(read_word(other).term == term for other in self.starts.get(word[:_START], ()))


_known = _Vocabulary()
_reading = threading.Lock()


def _vocabulary() -> _Vocabulary:
    """Return the present vocabulary."""
    global _known
    state = SearchIndex.objects.filter(name="words").values_list("finished_at", "documents").first()
    stamp, counted = state or (None, 0)
    with _reading:
        if _known.stamp != stamp:
            _known = _Vocabulary(stamp, counted)
        new = list(
            SearchTerm.objects.filter(pk__gt=_known.last_id).order_by("pk").values_list("pk", "word", "documents")
        )
        for number, word, documents in new:
            _known.learn(number, word, documents)
        return _known


def corrections(word: str) -> list[str]:
    """Return up to three likely words for a rare one: nearest first, then the same first letter, then the commonest.

    A word that our lists know as German and that some text has is left alone however rare it is: in a town of three
    hundred texts nearly every good word is rare. If no text has it, only what sounds alike will do (Lastenrat).
    """
    if len(word) < 4 or any(sign.isdigit() for sign in word):
        return []
    vocabulary = _vocabulary()
    own, is_german = vocabulary.documents.get(word, 0), is_known(word)
    if own > (RARE if is_german else max(RARE, vocabulary.counted // _OFTEN)):
        return []
    if vocabulary.has_form_of(word) and (is_german or not own):
        return []
    reach = 1 if is_german or name_length(word) < 8 else 2
    near = process.extract(word, vocabulary.words, scorer=OSA.distance, score_cutoff=reach, limit=50)
    likely = (
        (distance, other)
        for other, distance, _index in near
        if other != word
        and vocabulary.documents[other] >= max(1, 10 * own)
        and _is_likely(word, other, strict=is_german)
    )
    ranked = sorted(
        (distance - _alike(word, other), other[0] != word[0], -vocabulary.documents[other], other)
        for distance, other in likely
    )
    found = [other for *_rank, other in ranked[:MOST]]
    return found or ([] if own or is_german else mended(word))


def _alike(word: str, other: str) -> bool:
    """Tell whether two words sound alike; in short ones the vowels count too (Sonne is no slip for Sinne)."""
    return sound(word) == sound(other) and (len(word) > _LONG or vowels(word) == vowels(other))


def _is_likely(word: str, other: str, *, strict: bool) -> bool:
    """Tell whether a word may be a slip for another: the first letter is seldom wrong, short words differ by meaning."""
    if _alike(word, other):
        return True
    if strict or word[0] != other[0] or min(len(word), len(other)) < 5:
        return False
    return len(word) > _LONG or len(word) != len(other) or sorted(word) == sorted(other)


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
    told: Counter[str] = Counter()
    documents = 0
    texts = SearchDocument.objects.filter(visible=True).values_list("title", "body", *_TOKENS)
    for title, body, *columns in texts.iterator(chunk_size=_BATCH):
        counted.update(set(folded_words(f"{title} {body}")))
        told.update({token for column in columns for token in own_words(column).split()})
        documents += 1
    with transaction.atomic():
        SearchTerm.objects.all().delete()
        SearchTerm.objects.bulk_create(
            [SearchTerm(word=word, documents=count) for word, count in counted.items()],
            batch_size=_BATCH,
            ignore_conflicts=True,
        )
        SearchToken.objects.all().delete()
        SearchToken.objects.bulk_create(
            [SearchToken(token=token, documents=count) for token, count in told.items() if len(token) <= _LONGEST],
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
    return {word: vocabulary.documents.get(word, 0) for word in words}, max(vocabulary.counted, 1)


def tokens_counted(tokens: Iterable[str]) -> dict[str, int]:
    """Return in how many public texts terms and parts stand, as of the last count; those in none are left out."""
    rows = SearchToken.objects.filter(token__in=set(tokens)).values_list("token", "documents")
    return dict(rows)
