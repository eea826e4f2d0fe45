"""Catalogues without a system gettext: extract, check and compile the German texts of every room.

python scripts/messages.py extract [ROOM …]    new source texts into <room>/locale/de/LC_MESSAGES/django.po
python scripts/messages.py check               exit 1 when a text is missing, fuzzy, has other placeholders or is another in another room
python scripts/messages.py compile             .po → .mo
"""

import re
import sys
from collections.abc import Iterator, Sequence
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parents[1]
ROOMS = {
    **{name: ROOT / name for name in ("ideas", "voting", "moderation", "search")},
    **{
        name: ROOT / "site" / name
        for name in ("accounts", "boards", "cms", "common", "config", "insights", "news", "notifications", "theme")
    },
}
KEYWORDS = {
    "gettext": None, "gettext_lazy": None, "_": None, "gettext_noop": None,
    "ngettext": (1, 2), "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2), "pgettext_lazy": ((1, "c"), 2), "npgettext": ((1, "c"), 2, 3),
}  # fmt: skip
# A call with its quoted words, which may hold brackets themselves.
CALL = re.compile(r"""\b(?:n?p?gettext|_)\((?:'(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*"|[^'"()])*\)""")
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*\}")


def from_template(path: Path) -> Iterator[tuple[int, str | tuple[str, ...], str | None]]:
    """Yield (line, message, context) of a Django template, by Django's own reading of it."""
    from django.utils.translation.template import templatize

    source = templatize(path.read_text(encoding="utf-8"), origin=str(path))
    for number, line in enumerate(source.split("\n"), 1):
        code = " ".join(match.group(0) for match in CALL.finditer(line))
        if not code:
            continue
        for _line, message, _comments, context in extract("python", BytesIO(code.encode()), KEYWORDS):
            yield number, message, context


def from_python(path: Path) -> Iterator[tuple[int, str | tuple[str, ...], str | None]]:
    """Yield (line, message, context) of a Python module."""
    with path.open("rb") as handle:
        for line, message, _comments, context in extract("python", handle, KEYWORDS):
            yield line, message, context


def texts(room: Path) -> Catalog:
    """Return all source texts of a room."""
    found = Catalog(project="Mitwirk", domain="django")
    for path in sorted([*room.rglob("*.py"), *room.rglob("*.html"), *room.rglob("*.txt")]):
        if {"migrations", "static", "locale"} & set(path.parts):
            continue
        read = from_python if path.suffix == ".py" else from_template
        for _line, message, context in read(path):
            found.add(message, locations=[(str(path.relative_to(ROOT)), 0)], context=context)
    return found


def catalogue_path(room: Path) -> Path:
    """Return where a room keeps its German texts."""
    return room / "locale" / "de" / "LC_MESSAGES" / "django.po"


def kept(path: Path) -> Catalog:
    """Return the catalogue in ``path``, or a new German one."""
    if not path.exists():
        return Catalog(locale="de", project="Mitwirk", domain="django")
    with path.open("rb") as handle:
        return read_po(handle, locale="de", domain="django")


def extract_room(room: Path) -> None:
    """Merge a room's source texts into its catalogue; texts no longer used go."""
    source, path = texts(room), catalogue_path(room)
    if not len(source):
        return
    catalogue = kept(path)
    catalogue.update(source, no_fuzzy_matching=True)
    catalogue.obsolete.clear()
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as handle:
        write_po(
            handle,
            catalogue,
            width=120,
            sort_output=True,
            include_lineno=False,
            omit_header=False,
            ignore_obsolete=True,
        )
    missing = len([message for message in catalogue if message.id and not any(strings(message.string))])
    print(f"{path.relative_to(ROOT)}: {len(catalogue)} texts, {missing} to translate")


def strings(value: str | Sequence[str] | None) -> tuple[str, ...]:
    """Return one or several forms as a tuple."""
    return (value,) if isinstance(value, str) else tuple(value or ())


def faults(room: Path) -> Iterator[str]:
    """Yield a line for each text that is not in order."""
    catalogue, name = kept(catalogue_path(room)), room.name
    known = {(message.context, strings(message.id)[0]): message for message in catalogue if message.id}
    for message in texts(room):
        if not message.id:
            continue
        found = known.get((message.context, strings(message.id)[0]))
        if found is None or not all(strings(found.string)):
            yield f"{name}: not translated: {strings(message.id)[0]!r}"
        elif found.fuzzy:
            yield f"{name}: fuzzy: {strings(message.id)[0]!r}"
        else:
            allowed = set(PLACEHOLDER.findall(" ".join(strings(message.id))))
            used = set(PLACEHOLDER.findall(" ".join(strings(found.string))))
            if not used <= allowed:
                yield f"{name}: unknown placeholder {used - allowed}: {strings(message.id)[0]!r}"


def disagreements() -> Iterator[str]:
    """Yield a line for each text that two rooms translate differently: at run time only one of them is ever shown."""
    seen: dict[tuple[object, str], dict[str, str]] = {}
    for name, room in ROOMS.items():
        for message in kept(catalogue_path(room)):
            if message.id:
                key = (message.context, strings(message.id)[0])
                seen.setdefault(key, {})[name] = strings(message.string)[0]
    for (_context, text), said in seen.items():
        if len(set(said.values())) > 1:
            yield f"{text!r} is {said}: one translation, or a context that tells them apart"


def compile_room(room: Path) -> None:
    """Write the compiled catalogue beside its source."""
    path = catalogue_path(room)
    if path.exists():
        # In one step: whatever runs at the same time sees the old or the new one, never half of it.
        making = path.with_suffix(".mo.making")
        with making.open("wb") as handle:
            write_mo(handle, kept(path))
        making.replace(path.with_suffix(".mo"))


def main(command: str, names: list[str]) -> int:
    """Run one of the three commands; return the exit code."""
    rooms = [ROOMS[name] for name in names or ROOMS]
    if command == "extract":
        for room in rooms:
            extract_room(room)
    elif command == "compile":
        for room in rooms:
            compile_room(room)
    elif command == "check":
        found = [*(fault for room in rooms for fault in faults(room)), *disagreements()]
        print("\n".join(found) or "catalogues complete")
        return 1 if found else 0
    else:
        print(__doc__)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1] if len(sys.argv) > 1 else "", sys.argv[2:]))
