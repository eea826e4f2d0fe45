"""DOCX: words, styles and pictures stay; everything about people, times, other files and programs goes."""

import posixpath
import re
from collections.abc import Container

from ideas.files.docx_rules import Relations, TypeList, WordRules
from ideas.files.limits import Budget, has_macros, has_objects, has_odd_pictures, unreadable
from ideas.files.markup import rewritten
from ideas.files.package import Package, packed
from ideas.files.pictures import NotClean, without_metadata

TYPES, TOP = "[Content_Types].xml", "_rels/.rels"
MAIN = b"wordprocessingml.document.main+xml"
KEPT = re.compile(r"word/((theme|diagrams|charts)/)?[A-Za-z0-9_-]+\.xml|word/media/[^/]+")
# Remarks and who made them; leftovers of programs.
GONE = re.compile(r"word/(comments\w*|people|vbaData|customizations|attachedToolbars|documenttasks\w*)\.xml")
MACROS = re.compile(r"(.*/)?(vbaProject\w*\.bin|activeX/.*|macros?/.*)", re.IGNORECASE)
OBJECTS = re.compile(r"word/embeddings/.*(?<!\.xlsx)", re.IGNORECASE)  # a chart's table of numbers just goes


def clean_docx(package: Package, budget: Budget) -> tuple[bytes, str]:
    """Return the document packed anew, and its words; raises ``Refused``."""
    types = package.read(TYPES)
    if b"macroEnabled" in types or any(MACROS.fullmatch(name) for name in package.parts):
        raise has_macros()
    if MAIN not in types:
        raise unreadable()
    if any(OBJECTS.fullmatch(name) for name in package.parts):
        raise has_objects()
    kept = {name for name in package.parts if KEPT.fullmatch(name) and not GONE.fullmatch(name)}
    parts: dict[str, bytes] = {TYPES: rewritten(types, TypeList(kept), budget)}
    main = _links(package, parts, "", kept, budget).main
    if main not in kept:
        raise unreadable()
    words = ""
    for name in sorted(kept):
        if name.startswith("word/media/"):
            parts[name] = _picture(package, name)
            continue
        rules = WordRules(_links(package, parts, name, kept, budget).gone)
        parts[name] = rewritten(package.read(name), rules, budget)
        words = "".join(rules.words) if name == main else words
    return packed(parts, first=TYPES), words


def _links(package: Package, parts: dict[str, bytes], source: str, kept: Container[str], budget: Budget) -> Relations:
    """Write the list of what a part refers to; return its rules, which know what is gone."""
    folder, name = posixpath.split(source)
    path = posixpath.join(folder, "_rels", f"{name}.rels")
    rules = Relations(folder, kept)
    if path in package.parts:
        parts[path] = rewritten(package.read(path), rules, budget)
    return rules


def _picture(package: Package, name: str) -> bytes:
    try:
        return without_metadata(package.read(name))
    except NotClean as error:
        raise has_odd_pictures() from error
