"""Reads pages as search engines do: JSON-LD by a JSON-LD processor, each term held against schema.org, and the head by lxml."""

import datetime as dt
import json
from typing import Any
from urllib.parse import urlsplit

from lxml import etree, html
from pyld import jsonld

SCHEMA = "https://schema.org/"
ATOM = "{http://www.w3.org/2005/Atom}"
# Terms of schema.org that we use, by type: (must be there, may be there).
THING = {"name", "url", "description", "image", "@id", "alternateName", "sameAs"}
ORGANIZATION = THING | {"address", "telephone", "faxNumber", "logo", "contactPoint", "areaServed", "openingHours", "department",
                        "openingHoursSpecification", "location", "parentOrganization"}  # fmt: skip
PLACE = THING | {"address", "geo", "telephone", "faxNumber", "openingHoursSpecification", "openingHours", "hasMap",
                 "isAccessibleForFree", "amenityFeature", "specialOpeningHoursSpecification"}  # fmt: skip
WORK = THING | {
    "headline", "datePublished", "dateModified", "inLanguage", "mainEntityOfPage", "publisher", "author", "articleSection",
    "isAccessibleForFree", "isPartOf", "about", "hasPart", "encoding", "potentialAction", "license", "creator", "text",
}  # fmt: skip
TERMS: dict[str, tuple[set[str], set[str]]] = {
    "NewsArticle": ({"headline", "datePublished", "dateModified", "publisher", "author", "mainEntityOfPage"}, WORK),
    "Event": ({"name", "startDate", "location", "url"}, THING | {
        "startDate", "endDate", "eventStatus", "eventAttendanceMode", "location", "organizer", "isAccessibleForFree", "superEvent",
    }),
    "GovernmentOrganization": ({"name", "url"}, ORGANIZATION),
    "Organization": ({"name"}, ORGANIZATION),
    "ContactPoint": ({"contactType"}, THING | {
        "contactType", "telephone", "faxNumber", "availableLanguage", "hoursAvailable", "areaServed",
    }),
    "BreadcrumbList": ({"itemListElement"}, THING | {"itemListElement", "numberOfItems"}),
    "ListItem": ({"position", "name", "item"}, THING | {"position", "item"}),
    "WebSite": ({"name", "url"}, WORK),
    "SearchAction": ({"target", "query-input"}, {"target", "query-input"}),
    "EntryPoint": ({"urlTemplate"}, {"urlTemplate"}),
    "Place": ({"name"}, PLACE),
    "PostalAddress": (set(), THING | {"streetAddress", "postalCode", "addressLocality", "addressCountry"}),
}  # fmt: skip
ADDRESSES = {"url", "item", "image", "logo", "mainEntityOfPage", "eventStatus", "urlTemplate"}
DAYS = {"datePublished", "dateModified", "startDate", "endDate"}


def head(page: bytes) -> Any:
    """Return the head of a page as a tree."""
    return html.document_fromstring(page.decode()).find("head")


def properties(page: bytes) -> dict[str, str]:
    """Return the Open Graph of a page; each property stands there once."""
    found = [(one.get("property"), one.get("content")) for one in head(page).iter("meta") if one.get("property")]
    assert len({name for name, _value in found}) == len(found), found
    return dict(found)


def links(page: bytes, rel: str) -> list[Any]:
    return [one for one in head(page).iter("link") if one.get("rel") == rel]


def nodes(page: bytes) -> dict[str, dict[str, Any]]:
    """Return the nodes of a page by type, after a JSON-LD processor and schema.org's terms had nothing against them."""
    parts = html.document_fromstring(page.decode()).xpath('//script[@type="application/ld+json"]')
    found: dict[str, dict[str, Any]] = {}
    for part in parts:
        data = json.loads(part.text)
        assert data["@context"] == "https://schema.org"
        expanded = jsonld.expand(data, {"documentLoader": vocabulary})
        assert len(expanded) == len(data["@graph"]), "a node that says nothing"
        assert not [one for one in text_of(expanded) if one.startswith("_:")]
        for node in data["@graph"]:
            check(node)
            found.setdefault(node["@type"], node)
    return found


def vocabulary(url: str, _options: object) -> dict[str, object]:
    """Return schema.org's context as far as it matters here, without asking schema.org."""
    assert url.startswith("https://schema.org")
    document = {"@context": {"@vocab": SCHEMA, "query-input": SCHEMA + "query-input"}}
    return {"contentType": "application/ld+json", "contextUrl": None, "documentUrl": url, "document": document}


def text_of(value: Any) -> list[str]:
    if isinstance(value, dict):
        return [text for name, one in value.items() for text in (name, *text_of(one))]
    return [text for one in value for text in text_of(one)] if isinstance(value, list) else []


def check(node: dict[str, Any]) -> None:
    """Hold a node and all inside it against the terms of its type."""
    if set(node) == {"@id"}:
        assert is_address(node["@id"])
        return
    must, may = TERMS[node["@type"]]
    assert must <= set(node), f"{node['@type']} lacks {must - set(node)}"
    assert set(node) - {"@type"} <= may, f"{node['@type']} does not know {set(node) - may - {'@type'}}"
    for name, value in node.items():
        for one in value if isinstance(value, list) else [value]:
            assert one not in ("", None), name
            if isinstance(one, dict):
                check(one)
            elif name in ADDRESSES:
                assert is_address(one), (name, one)
            elif name in DAYS:
                assert dt.datetime.fromisoformat(one), (name, one)


def is_address(value: str) -> bool:
    parts = urlsplit(value)
    return parts.scheme in ("http", "https") and bool(parts.netloc)


def check_atom(feed: bytes) -> None:
    """Hold a feed against what RFC 4287 asks of every feed (4.1.1) and entry (4.1.2)."""
    tree = etree.fromstring(feed)
    assert tree.tag == f"{ATOM}feed"
    entries = tree.findall(f"{ATOM}entry")
    for part in (tree, *entries):
        for name in ("id", "title", "updated"):
            assert len(part.findall(f"{ATOM}{name}")) == 1, (part.tag, name)
        assert is_address(part.findtext(f"{ATOM}id")) or part.findtext(f"{ATOM}id").startswith(("urn:", "tag:"))
        assert dt.datetime.fromisoformat(part.findtext(f"{ATOM}updated")).tzinfo, "a moment with its time zone"
        pairs = [
            (one.get("rel", "alternate"), one.get("hreflang"), one.get("type")) for one in part.findall(f"{ATOM}link")
        ]
        assert len(set(pairs)) == len(pairs), "one link of each kind"
    for entry in entries:
        rels = [one.get("rel", "alternate") for one in entry.findall(f"{ATOM}link")]
        assert "alternate" in rels or entry.find(f"{ATOM}content") is not None
        author = tree.find(f"{ATOM}author") if entry.find(f"{ATOM}author") is None else entry.find(f"{ATOM}author")
        assert author is not None
        assert author.findtext(f"{ATOM}name", "").strip(), "somebody wrote it"
    assert len({entry.findtext(f"{ATOM}id") for entry in entries}) == len(entries)
