"""What two versions of a text have in common, word by word – in a time that no text can stretch.

Sentences are compared first, then the words of the sentences between. Both by the longest common subsequence, whose
cost is the product of the two lengths; a ``Budget`` bounds the sum of them. Where it is used up, the rest counts as
replaced as a whole: true, only less fine.
"""

import re
from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

SENTENCES = re.compile(r"[^.!?\n]*[.!?\n]+\s*|[^.!?\n]+")
WORDS = re.compile(r"\w+\s*|[^\w\s]\s*|\s+")
# Unchanged words beside a change that are still shown, and how much more there must be to leave something out.
CONTEXT = 140
# So few words in common between two changes are chance; the change reads better as one.
CHANCE = 2


@dataclass
class Budget:
    """How many pairs may still be compared (a million: about a quarter of a second)."""

    pairs: int = 800_000

    def takes(self, number: int) -> bool:
        """Use it up if there is enough."""
        if number > self.pairs:
            return False
        self.pairs -= number
        return True


@dataclass(frozen=True)
class Run:
    """A piece of text that is in both (``same``), was taken out (``gone``), was put in (``new``) or is left out here (``skip``)."""

    kind: str
    text: str


def differences(old: str, new: str, budget: Budget | None = None) -> list[Run]:
    """Return the two texts as one, piece by piece. Different spaces and line ends alone are no difference."""
    budget = budget or Budget()
    pieces: list[tuple[str, str]] = []
    for same, before, after in aligned(SENTENCES.findall(old), SENTENCES.findall(new), budget):
        if same:
            pieces.append(("same", "".join(after)))
            continue
        for word_same, gone, put in smoothed(aligned(words_of(before), words_of(after), budget)):
            pieces += [("same", "".join(put))] if word_same else [("gone", "".join(gone)), ("new", "".join(put))]
    return joined(pieces)


def words_of(sentences: Sequence[str]) -> list[str]:
    """Return words and signs, each with the space after it."""
    return WORDS.findall("".join(sentences))


Block = tuple[bool, Sequence[str], Sequence[str]]


def aligned(old: Sequence[str], new: Sequence[str], budget: Budget) -> Iterator[Block]:
    """Yield what is the same in both and what is not, in order: (same?, pieces of old, pieces of new)."""
    left, right = [piece.strip() for piece in old], [piece.strip() for piece in new]
    start = 0
    while start < min(len(left), len(right)) and left[start] == right[start]:
        start += 1
    end = 0
    while end < min(len(left), len(right)) - start and left[-1 - end] == right[-1 - end]:
        end += 1
    stop, halt = len(left) - end, len(right) - end
    if start:
        yield True, old[:start], new[:start]
    for same, (a, b), (c, d) in between(left[start:stop], right[start:halt], budget):
        yield same, old[start + a : start + b], new[start + c : start + d]
    if end:
        yield True, old[stop:], new[halt:]


def between(
    left: list[str], right: list[str], budget: Budget
) -> Iterator[tuple[bool, tuple[int, int], tuple[int, int]]]:
    """Yield the same for what remains between an equal beginning and an equal end, by places."""
    pairs = common(left, right) if left and right and budget.takes(len(left) * len(right)) else []
    a = c = 0
    for i, j in [*pairs, (len(left), len(right))]:
        if i > a or j > c:
            yield False, (a, i), (c, j)
        if i < len(left):
            yield True, (i, i + 1), (j, j + 1)
        a, c = i + 1, j + 1


def common(left: list[str], right: list[str]) -> list[tuple[int, int]]:
    """Return the places of a longest common subsequence."""
    width = len(right)
    table = [array("H", bytes(2 * (width + 1))) for _row in range(len(left) + 1)]
    for i in range(len(left) - 1, -1, -1):
        row, below, word = table[i], table[i + 1], left[i]
        for j in range(width - 1, -1, -1):
            row[j] = below[j + 1] + 1 if word == right[j] else max(row[j + 1], below[j])
    found, i, j = [], 0, 0
    while i < len(left) and j < width:
        if left[i] == right[j]:
            found.append((i, j))
            i, j = i + 1, j + 1
        elif table[i + 1][j] >= table[i][j + 1]:
            i += 1
        else:
            j += 1
    return found


def smoothed(blocks: Iterator[Block]) -> Iterator[Block]:
    """Take short common pieces between two changes into the change."""
    gone: list[str] = []
    new: list[str] = []
    held: list[Block] = []
    for same, old, put in blocks:
        if same and (gone or new):
            held.append((same, old, put))
            continue
        if same:
            yield same, old, put
            continue
        is_chance = sum(len(kept[2]) for kept in held) <= CHANCE
        if held and not is_chance:
            yield False, gone, new
            yield from held
            gone, new = [], []
        for _same, kept_old, kept_new in held:
            if is_chance:
                gone, new = [*gone, *kept_old], [*new, *kept_new]
        held = []
        gone, new = [*gone, *old], [*new, *put]
    if gone or new:
        yield False, gone, new
    yield from held


def joined(pieces: list[tuple[str, str]]) -> list[Run]:
    """Return the pieces as runs: neighbours of one kind are one run, of a change what is gone stands first."""
    runs: list[Run] = []
    for kind, text in pieces:
        if not text:
            continue
        if runs and runs[-1].kind == kind:
            runs[-1] = Run(kind, runs[-1].text + text)
        else:
            runs.append(Run(kind, text))
    return runs


def shortened(runs: list[Run], context: int = CONTEXT) -> list[Run]:
    """Leave out the middle of what stayed the same; some words around every change remain."""
    short: list[Run] = []
    for place, run in enumerate(runs):
        first, last = place == 0, place == len(runs) - 1
        if run.kind != "same" or len(run.text) <= 2 * context + 60:
            short.append(run)
            continue
        head = "" if first else run.text[:context].rsplit(" ", 1)[0] + " "
        tail = "" if last else " " + run.text[-context:].split(" ", 1)[-1]
        kept = [Run("same", head), Run("skip", "…"), Run("same", tail)]
        short += [piece for piece in kept if piece.text]
    return short
