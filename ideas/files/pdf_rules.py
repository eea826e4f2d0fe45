"""What may stay in a PDF: pages, words, pictures, links to the web. Nothing that acts by itself, tells of its maker or hides."""

import zlib
from typing import Any

from pypdf.generic import ArrayObject, DictionaryObject, NameObject, NullObject, PdfObject, StreamObject

from ideas.files.limits import MOST_UNPACKED
from ideas.files.pictures import NotClean, without_metadata

ROOT_KEPT = {
    "/Type", "/Version", "/Pages", "/Outlines", "/PageLabels", "/PageMode", "/PageLayout", "/ViewerPreferences",
    "/StructTreeRoot", "/MarkInfo", "/Lang", "/Dests", "/Names", "/OCProperties",
}  # fmt: skip
# Metadata, thumbnails, editors' own data, embedded and related files, scripts, things that happen on opening.
GONE = {
    "/AA", "/AF", "/EF", "/RF", "/JS", "/JavaScript", "/OpenAction", "/Metadata", "/PieceInfo", "/Thumb", "/LastModified",
    "/EmbeddedFiles", "/RichMediaContent", "/RichMediaSettings", "/3DD", "/XFA", "/Alternates", "/OPI", "/SpiderInfo",
}  # fmt: skip
GONE_FROM_STREAMS = {"/F", "/FFilter", "/FDecodeParms", "/DL"}
MARKS = {
    "/Link", "/Widget", "/FreeText", "/Highlight", "/Underline", "/StrikeOut", "/Squiggly", "/Square", "/Circle", "/Line",
    "/Ink", "/Stamp", "/Polygon", "/PolyLine",
}  # fmt: skip
MARK_KEPT = {
    "/Type", "/Subtype", "/Rect", "/AP", "/AS", "/F", "/C", "/IC", "/Border", "/BS", "/Dest", "/A", "/QuadPoints", "/H",
    "/StructParent", "/DA", "/OC", "/CA", "/LE", "/L", "/Vertices", "/InkList",
}  # fmt: skip
MAY_ACT, ADDRESSES = {"/GoTo", "/URI"}, ("http://", "https://", "mailto:")
ACTS = {
    "/GoTo", "/GoToR", "/GoToE", "/GoToDp", "/Launch", "/Thread", "/URI", "/Sound", "/Movie", "/Hide", "/Named", "/SubmitForm",
    "/ResetForm", "/ImportData", "/JavaScript", "/SetOCGState", "/Rendition", "/Trans", "/GoTo3DView", "/RichMediaExecute",
}  # fmt: skip


def tidy(item: DictionaryObject, *, is_root: bool) -> None:
    """Take out of a dictionary what may not stay, before anything it leads to is looked at."""
    if is_root:
        keep(item, ROOT_KEPT)
        if isinstance(names := resolved(item, "/Names"), DictionaryObject):
            keep(names, {"/Dests"})
    for name in [name for name in item if name in GONE or name.startswith("/PTEX.")]:
        del item[name]
    for name in ("/A", "/PA", "/Next"):
        if is_refused_action(resolved(item, name)):
            del item[name]
    if is_refused_action(item):
        item.clear()
    if isinstance(marks := resolved(item, "/Annots"), ArrayObject):
        item[NameObject("/Annots")] = ArrayObject(mark for mark in list.__iter__(marks) if is_mark(mark.get_object()))
    if is_annotation(item):
        keep(item, MARK_KEPT)
    if isinstance(item, StreamObject):
        tidy_stream(item)


def keep(item: DictionaryObject, names: set[str]) -> None:
    """Leave only these entries."""
    for name in [name for name in item if name not in names]:
        del item[name]


def resolved(item: DictionaryObject, name: str) -> PdfObject | None:
    """Return what an entry leads to."""
    return item.raw_get(name).get_object() if name in item else None


def is_refused_action(item: Any) -> bool:
    """Tell whether this is an action other than going to a page of the same file or to a web address."""
    if not isinstance(item, DictionaryObject) or item.get("/S") not in ACTS or item.get("/Type") == "/StructElem":
        return False
    if item["/S"] == "/URI":
        return not str(item.get("/URI", "")).strip().lower().startswith(ADDRESSES)
    return item["/S"] not in MAY_ACT


def is_annotation(item: DictionaryObject) -> bool:
    """Tell whether this is a mark on a page."""
    return item.get("/Type") == "/Annot" or ("/Rect" in item and "/Subtype" in item and "/Type" not in item)


def is_mark(item: Any) -> bool:
    """Tell whether a mark on a page is of a kind that stays; notes, sounds, films and attached files go."""
    return isinstance(item, DictionaryObject) and item.get("/Subtype") in MARKS


def tidy_stream(item: StreamObject) -> None:
    """Empty streams that are metadata or files; take the metadata out of photographs."""
    for name in [name for name in item if name in GONE_FROM_STREAMS]:
        del item[name]
    if item.get("/Type") in ("/Metadata", "/EmbeddedFile"):
        item._data = b""
        return
    if _filters(item)[-1:] == ["/DCTDecode"]:
        _tidy_photograph(item)


def _filters(item: StreamObject) -> list[str]:
    found = item.get("/Filter")
    found = found.get_object() if found is not None else NullObject()
    if isinstance(found, ArrayObject):
        return [str(one.get_object()) for one in found]
    return [] if isinstance(found, NullObject) else [str(found)]


def _tidy_photograph(item: StreamObject) -> None:
    """Write a JPEG stream without what it tells beside the picture; packed ones are unpacked for it."""
    data, filters = item._data, _filters(item)
    if filters == ["/FlateDecode", "/DCTDecode"]:
        data = zlib.decompressobj().decompress(data, MOST_UNPACKED // 4)
        item[NameObject("/Filter")] = NameObject("/DCTDecode")
        item.pop("/DecodeParms", None)
    elif len(filters) != 1:
        raise NotClean("packed in an unusual way")
    item._data = without_metadata(data)
