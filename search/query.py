"""Reading a question, and the steps in which it is asked: strictly first, more loosely while little is found."""

import re
from dataclasses import replace
from itertools import pairwise

from search.analysis import read_word, stop_words
from search.compounds import base_form, is_known, stem
from search.spelling import corrections, frequencies
from search.synonyms import kept_for, synonyms_of
from search.types import All, AnyOf, Near, Node, Phrase, Query, Term, Without, Word
from search.words import tokens

MAX_CHARS, MAX_WORDS = 200, 12
# Only two operators: words in quotes stand together, a minus before a word leaves it out.
_PIECE = re.compile(r'(?P<minus>(?<!\S)-)?(?:["„“”«»](?P<phrase>[^"„“”«»]*)["„“”«»]|(?P<plain>[^\s"„“”«»]+))')


def parse(text: str, *, exact: bool = False) -> Query:
    """Return the question that a text asks; never raises. With ``exact`` nothing is corrected."""
    text = " ".join(text[: MAX_CHARS * 4].replace("\x00", " ").split())[:MAX_CHARS]
    terms: list[Term] = []
    phrases: list[tuple[str, ...]] = []
    excluded: list[Term] = []
    for piece in _PIECE.finditer(text):
        room = MAX_WORDS - len(terms) - len(excluded)
        found = _terms(piece["phrase"] or piece["plain"] or "", exact=exact or bool(piece["minus"]))[: max(room, 0)]
        (excluded if piece["minus"] else terms).extend(found)
        if piece["phrase"] and len(found) > 1 and not piece["minus"]:
            phrases.append(tuple(term.term for term in found))
    return Query(text, tuple(terms), tuple(phrases), tuple(excluded))


def _terms(text: str, *, exact: bool) -> list[Term]:
    found: list[Term] = []
    joined = False
    for token in tokens(text):
        if token.word in stop_words():
            continue
        raw = text[token.start : token.end]
        if joined and (whole := _joined(found[-1], token.word, raw, exact=exact)):
            found[-1] = whole
        else:
            found.append(read_term(raw, token.word, exact=exact))
        joined = token.joined
    return found


def _joined(first: Term, word: str, raw: str, *, exact: bool) -> Term | None:
    """Return one term for two words with a hyphen between them (Bus-Haltestelle), when both are base words."""
    whole = read_word(first.word + word)
    if len(whole.parts) < 2:
        return None
    return Term(
        f"{first.raw}-{raw}",
        first.word + word,
        whole.term,
        whole.parts,
        whole.parts[-1],
        (),
        synonyms_of(whole.term),
        () if exact else kept_for(whole.term),
    )


def read_term(raw: str, word: str, *, exact: bool = False) -> Term:
    """Return the term of one folded word, with corrections when it is rare, and synonyms."""
    reading = read_word(word)
    tail = reading.parts[-1] if reading.parts else (reading.extra[-1] if reading.extra else "")
    fixes = () if exact else tuple(_likely(fix) for fix in corrections(word))
    # The parts of a slip mean nothing (Lasten|rat), nor does what kind of place a name stands for (Linden|allee).
    parts, tail = (() if fixes else reading.parts), (tail if is_known(word) and not fixes else "")
    # Schneiden is another word for zurückschneiden, as Weg is not for Radweg.
    verb = base_form(stem(word))[1]
    others = (*synonyms_of(reading.term), *(((verb,),) if verb and verb != reading.term else ()))
    # Who asks for exactly these words gets no others.
    return Term(raw, word, reading.term, parts, tail, fixes, others, () if exact else kept_for(reading.term))


def _likely(word: str) -> Term:
    """Return the term of a correction: not corrected again, but with what editors keep for it."""
    term = read_term(word, word, exact=True)
    return replace(term, kept=kept_for(term.term))


def _group(term: Term, level: int) -> Node:
    """Return what one word may match: 0 the word or its correction, 1 its parts close together, 2 its parts anywhere,
    3 synonyms, 4 its last part, which carries the meaning of a German compound.
    """
    variants = (term, *term.fixes)
    nodes: list[Node] = [Word(variant.term) for variant in variants]
    compounds = [variant for variant in variants if len(set(variant.parts)) > 1]
    if level >= 1:
        nodes += [Near(variant.parts) for variant in compounds]
        nodes += [Phrase(other) if len(other) > 1 else Word(other[0]) for variant in variants for other in variant.kept]
    if level >= 2:
        nodes += [All(tuple(Word(part) for part in dict.fromkeys(variant.parts))) for variant in compounds]
    if level >= 3:
        nodes += [Word(other[0]) for variant in variants for other in variant.synonyms]
    if level >= 4:
        nodes += [Word(variant.tail) for variant in variants if variant.tail]
    return AnyOf(tuple(dict.fromkeys(nodes)))


def _condition(query: Query, groups: list[Node], *, every: bool = True) -> Node:
    phrases: list[Node] = [Phrase(phrase) for phrase in query.phrases]
    wanted = All((*groups, *phrases)) if every or len(groups) < 2 else All((AnyOf(tuple(groups)), *phrases))
    return Without(wanted, tuple(_group(term, 0) for term in query.excluded)) if query.excluded else wanted


Question = tuple[Node, tuple[Node, ...]]


def strict(query: Query) -> Question:
    """Return the first question (what must match, what comes first): every word, compounds also taken apart nearby."""
    return _condition(query, [_group(term, 1) for term in query.terms]), _better(query, 0)


def wide(query: Query) -> Question:
    """Return the question in which the parts of compounds may stand anywhere."""
    return _condition(query, [_group(term, 2) for term in query.terms]), _better(query, 1)


def loose(query: Query) -> list[Question]:
    """Return the questions that find similar things beside a few hits: synonyms, then all words but one."""
    groups = [_group(term, 3) for term in query.terms]
    steps: list[Question] = [(_condition(query, groups), (wide(query)[0],))]
    if len(groups) > 2:
        wider = [_group(term, 4) for term in query.terms]
        most = tuple(All(tuple(wider[:gap] + wider[gap + 1 :])) for gap in range(len(wider)))
        steps.append((_condition(query, [AnyOf(most)]), (steps[0][0],)))
    return steps


def last_resort(query: Query) -> list[Question]:
    """Return the questions that are asked only when there is nothing else: last parts, then any word, the rarest first."""
    groups = [_group(term, 4) for term in query.terms]
    steps: list[Question] = [(_condition(query, groups), ())]
    if len(groups) > 1:
        documents, total = frequencies(term.word for term in query.terms)
        rarest = min(query.terms, key=lambda term: documents[term.word] or total)
        steps.append((_condition(query, groups, every=False), (_group(rarest, 2),)))
    return steps


def _better(query: Query, level: int) -> tuple[Node, ...]:
    """Return what comes first among the matches: the words themselves, and those that stand as they were typed."""
    words = _condition(query, [_group(term, level) for term in query.terms])
    pairs = tuple(Phrase((first.term, second.term)) for first, second in pairwise(query.terms))
    return (words, AnyOf(pairs)) if pairs else (words,)
