"""XML read as a stream and written anew: rules say which elements and attributes stay; prefixes stay as they are."""

from collections.abc import Mapping
from io import StringIO
from xml.sax import SAXException
from xml.sax.handler import ContentHandler
from xml.sax.saxutils import escape, quoteattr
from xml.sax.xmlreader import AttributesImpl

from defusedxml.common import DefusedXmlException
from defusedxml.sax import make_parser

from common.errors import Refused
from ideas.files.limits import TEXT_LONGEST, Budget, unreadable

Name = tuple[str, str]  # namespace and local name
MOST_DEPTH, EVERY = 500, 256
EVERY_PREFIX = {"xml": "http://www.w3.org/XML/1998/namespace"}


class Rules:
    """What stays. Subclasses say it for one format; ``words`` collects the text."""

    def __init__(self) -> None:
        self.words: list[str] = []
        self.length = 0

    def drops(self, name: Name, attributes: Mapping[Name, str]) -> bool:
        """Tell whether the element goes, with everything in it."""
        return False

    def attribute(self, element: Name, name: Name, value: str) -> str | None:
        """Return the value that an attribute keeps; ``None`` takes it away."""
        return value

    def said(self, element: Name, text: str) -> str:
        """Return the text that stays of ``text``, which stands directly in ``element``."""
        return text

    def ended(self, element: Name) -> None:
        """Hear that an element that stays has ended."""

    def note(self, text: str) -> None:
        """Collect words for search."""
        if self.length < TEXT_LONGEST:
            self.words.append(text)
            self.length += len(text)


class Rewriter(ContentHandler):
    """Writes what the rules let through."""

    def __init__(self, rules: Rules, budget: Budget) -> None:
        super().__init__()
        self.rules, self.budget, self.out = rules, budget, StringIO()
        self.prefixes: list[dict[str, str]] = [EVERY_PREFIX]
        self.path: list[tuple[str, Name]] = []
        self.skipping = self.seen = 0

    def startElement(self, name: str, attrs: AttributesImpl) -> None:  # noqa: N802
        self.seen += 1
        if self.seen % EVERY == 0:
            self.budget.check()
        if self.skipping:
            self.skipping += 1
            return
        if len(self.path) > MOST_DEPTH:
            raise unreadable()
        given = dict(attrs.items())
        self.prefixes.append(self._declared(given))
        element = self._name(name, is_attribute=False)
        known = {self._name(key, is_attribute=True): value for key, value in given.items() if not _declares(key)}
        if self.rules.drops(element, known):
            self.prefixes.pop()
            self.skipping = 1
            return
        self.path.append((name, element))
        self.out.write(f"<{name}")
        for key, value in given.items():
            kept = value if _declares(key) else self.rules.attribute(element, self._name(key, is_attribute=True), value)
            if kept is not None:
                self.out.write(f" {key}={quoteattr(kept)}")
        self.out.write(">")

    def endElement(self, name: str) -> None:  # noqa: N802
        if self.skipping:
            self.skipping -= 1
            return
        self.prefixes.pop()
        _name, element = self.path.pop()
        self.out.write(f"</{name}>")
        self.rules.ended(element)

    def characters(self, content: str) -> None:
        if not self.skipping and self.path:
            self.out.write(escape(self.rules.said(self.path[-1][1], content)))

    def _declared(self, given: Mapping[str, str]) -> dict[str, str]:
        own = {key[6:] if key != "xmlns" else "": value for key, value in given.items() if _declares(key)}
        return {**self.prefixes[-1], **own} if own else self.prefixes[-1]

    def _name(self, name: str, *, is_attribute: bool) -> Name:
        prefix, colon, local = name.rpartition(":")
        if not colon and is_attribute:
            return "", name
        return self.prefixes[-1].get(prefix, ""), local


def _declares(key: str) -> bool:
    return key == "xmlns" or key.startswith("xmlns:")


def rewritten(data: bytes, rules: Rules, budget: Budget) -> bytes:
    """Return the XML as the rules leave it; raises ``Refused`` for broken XML, and for any with definitions of its own."""
    parser, rewriter = make_parser(), Rewriter(rules, budget)
    parser.forbid_dtd = True
    parser.setContentHandler(rewriter)
    try:
        for start in range(0, len(data), 65536):
            parser.feed(data[start : start + 65536])
        parser.close()
    except Refused:
        raise
    except (SAXException, DefusedXmlException, ValueError, LookupError, AttributeError) as error:
        raise unreadable() from error
    return b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n' + rewriter.out.getvalue().encode()
