"""Reading contributions from a file, row by row; what cannot be used is named with its reason, and the rest goes on."""

import csv
import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, time
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils import timezone
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.translation import gettext as _

from common.tables import decoded, plain_cell
from common.text import one_line, paragraphs, refuse_broken
from ideas.content import MOST_TAGS, TAG_LONGEST, TITLE_LONGEST, IdeaContent
from ideas.models import District

TEXT_LONGEST = 20_000
_is_url = URLValidator(schemes=["http", "https"])


class Unusable(Exception):
    """The file as a whole, or one row of it, cannot be used; the message says why."""


@dataclass(frozen=True)
class Row:
    """One row that can be taken over; ``notes`` say what was changed on the way."""

    number: int
    content: IdeaContent
    source_id: str
    source_url: str
    created_at: datetime | None
    notes: tuple[str, ...] = field(default=())


def read_rows(path: Path, districts: Mapping[str, District]) -> Iterator[Row | tuple[int, str]]:
    """Yield each row, or its number and the reason why it cannot be used. Raises ``Unusable`` for the whole file."""
    seen: dict[str, int] = {}
    for number, raw in _raw_rows(_decoded(path), path.suffix.lower()):
        try:
            row = _row(number, raw, districts)
            if (first := seen.setdefault(row.source_id, number)) != number:
                raise Unusable(_("same id as row %(first)s") % {"first": first})
            yield row
        except (Unusable, ValidationError) as reason:
            yield number, " ".join(reason.messages) if isinstance(reason, ValidationError) else str(reason)


def _decoded(path: Path) -> str:
    """Return the text of the file: UTF-8 with or without BOM, else Windows-1252."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise Unusable(_("The file cannot be read: %(reason)s") % {"reason": error.strerror or error}) from error
    if b"\x00" in data[:4] or not data.strip():
        raise Unusable(_("The file is empty or no text."))
    return decoded(data)


def _raw_rows(text: str, suffix: str) -> Iterator[tuple[int, Any]]:
    if suffix in (".jsonl", ".ndjson", ".json") or text.lstrip().startswith("{"):
        yield from _json_rows(text)
    else:
        yield from _csv_rows(text)


def _json_rows(text: str) -> Iterator[tuple[int, Any]]:
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            try:
                yield number, json.loads(line)
            except (ValueError, RecursionError):
                yield number, _("no valid JSON")


def _csv_rows(text: str) -> Iterator[tuple[int, Any]]:
    csv.field_size_limit(1_000_000)
    first = text.split("\n", 1)[0]
    delimiter = max(";,\t", key=first.count)
    reader = csv.DictReader(text.splitlines(keepends=True), delimiter=delimiter)
    names = [(name or "").strip().lower() for name in reader.fieldnames or []]
    if not {"title", "text"} <= set(names):
        raise Unusable(_("The first line must name the columns, at least title and text."))
    reader.fieldnames = names
    try:
        for values in reader:
            yield (
                reader.line_num,
                {name: plain_cell(word) if isinstance(word, str) else word for name, word in values.items()},
            )
    except csv.Error as error:
        yield reader.line_num, _("no valid CSV: %(reason)s") % {"reason": error}


def _row(number: int, raw: Any, districts: Mapping[str, District]) -> Row:
    if not isinstance(raw, dict):
        raise Unusable(raw if isinstance(raw, str) else _("no valid JSON"))
    notes: list[str] = []
    title, text = one_line(_word(raw, "title")), paragraphs(_word(raw, "text"))
    if not title or not text:
        raise Unusable(_("title or text is missing"))
    if len(text) > TEXT_LONGEST:
        raise Unusable(_("the text has more than %(count)d characters") % {"count": TEXT_LONGEST})
    short = shortened(title)
    if short != title:
        notes.append(_("title shortened, in full above the text"))
        text = f"{title}\n\n{text}"
    city = one_line(_word(raw, "city"))
    content = IdeaContent(
        title=short,
        text=text,
        district=_district(raw, districts, notes),
        place=city[:120].title() if city.islower() else city[:120],
        tags=_tags(raw),
    )
    return Row(number, content, _source_id(raw, title, text), _url(raw, notes), _created(raw, notes), tuple(notes))


def _word(raw: Mapping[str, Any], name: str) -> str:
    value = raw.get(name)
    if value is None:
        return ""
    if isinstance(value, bool | list | dict):
        raise Unusable(_("%(name)s is no text") % {"name": name})
    return refuse_broken(str(value))


def shortened(title: str) -> str:
    """Return a title that fits, cut between words."""
    if len(title) <= TITLE_LONGEST:
        return title
    head = title[: TITLE_LONGEST - 2]
    return f"{head.rsplit(' ', 1)[0] if ' ' in head[20:] else head} …"


def _district(raw: Mapping[str, Any], districts: Mapping[str, District], notes: list[str]) -> District | None:
    name = one_line(_word(raw, "district"))
    found = districts.get(name.casefold())
    if name and found is None:
        notes.append(_("unknown district “%(name)s” left out") % {"name": name[:60]})
    return found


def _tags(raw: Mapping[str, Any]) -> tuple[str, ...]:
    value = raw.get("tags") or []
    words = value if isinstance(value, list) else str(value).split(",")
    tags = {tag.casefold(): tag for word in words if (tag := one_line(refuse_broken(str(word)))[:TAG_LONGEST].strip())}
    return tuple(tags.values())[:MOST_TAGS]


def _source_id(raw: Mapping[str, Any], title: str, text: str) -> str:
    """Return the row's own id, or one made of its words, so that taking it over again adds nothing."""
    return one_line(_word(raw, "id"))[:100] or "text:" + hashlib.sha256(f"{title}\n{text}".encode()).hexdigest()[:32]


def _url(raw: Mapping[str, Any], notes: list[str]) -> str:
    url = one_line(_word(raw, "url"))
    try:
        if url:
            _is_url(url)
    except ValidationError:
        url = "x" * 501
    if len(url) > 500:
        notes.append(_("address left out, it is not valid"))
        return ""
    return url


def _created(raw: Mapping[str, Any], notes: list[str]) -> datetime | None:
    word = _word(raw, "created")
    if not word:
        return None
    moment = _moment(word)
    if moment is None or moment > timezone.now():
        notes.append(_("date left out, it is not valid"))
        return None
    return moment


def _moment(word: str) -> datetime | None:
    """Return the moment that a word names; of a day, its noon."""
    try:
        moment, day = parse_datetime(word), parse_date(word[:10])
    except ValueError:
        return None
    moment = moment or (datetime.combine(day, time(12)) if day else None)
    return timezone.make_aware(moment) if moment and timezone.is_naive(moment) else moment
