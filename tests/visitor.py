"""A person with a browser that knows no JavaScript: opens pages, follows links, fills in forms as they stand on the page.

anna = Visitor(town.url)
anna.open("/mitmachen/")
anna.follow("Spielräume für alle")
anna.fill("form[action$='/ideen/neu/']", title="…", text="…", press="step=preview")
"""

import mimetypes
import re
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urljoin, urlsplit

import requests
from bs4 import BeautifulSoup, Tag

SILENT_KINDS = {"submit", "button", "reset", "image", "file"}


@dataclass
class Visitor:
    """One browser session on one site."""

    site: str
    name: str = ""
    session: requests.Session = field(default_factory=requests.Session)
    answer: requests.Response = field(init=False)
    page: BeautifulSoup = field(init=False)

    def open(self, address: str, *, expect: int | None = 200) -> "Visitor":
        """Open an address of the site; ``expect=None`` takes any answer."""
        return self._see(self.session.get(self._absolute(address), timeout=120), expect)

    def follow(self, words: str, *, expect: int | None = 200) -> "Visitor":
        """Follow the first link whose text contains the words."""
        links = [link for link in self.page.find_all("a", href=True) if words in link.get_text(" ", strip=True)]
        assert links, f"no link „{words}“ on {self.answer.url}"
        return self.open(urljoin(self.answer.url, links[0]["href"]), expect=expect)

    def fill(
        self,
        form: str,
        *,
        press: str = "",
        files: dict[str, Any] | None = None,
        expect: int | None = 200,
        **values: Any,
    ) -> "Visitor":
        """Fill in the first form that fits the CSS selector and press the button ``name=value`` (or the only one).

        What stands in the form already is sent along, as a browser does. ``None`` leaves a field out.
        """
        found = self.page.select_one(form)
        assert found is not None, f"no form {form!r} on {self.answer.url}\n{self.words()[:1500]}"
        data = standing(found)
        for key, value in values.items():
            data = [(name, old) for name, old in data if name != key]
            for one in value if isinstance(value, list | tuple) else [value]:
                if one is not None:
                    data.append((key, str(one)))
        if press:
            name, _, value = press.partition("=")
            assert found.select_one(f'[name="{name}"][value="{value}"]'), (
                f"no button {press} in {form!r} on {self.answer.url}"
            )
            data.append((name, value))
        return self._send(found, data, files or {}, expect)

    def _send(self, form: Tag, data: list[tuple[str, str]], files: dict[str, Any], expect: int | None) -> "Visitor":
        address = urljoin(self.answer.url, str(form.get("action") or self.answer.url))
        headers = {"Referer": self.answer.url}
        if str(form.get("method", "get")).lower() == "get":
            return self._see(self.session.get(address, params=data, headers=headers, timeout=120), expect)
        uploads = [
            (name, (path_or_name, content, mimetypes.guess_type(path_or_name)[0] or "application/octet-stream"))
            for name, (path_or_name, content) in files.items()
        ]
        if form.get("enctype") == "multipart/form-data" and not uploads:
            uploads = [("", ("", b""))]
        answer = self.session.post(address, data=data, files=uploads or None, headers=headers, timeout=120)
        return self._see(answer, expect)

    def option(self, name: str, words: str) -> str:
        """Return the value behind the words of a choice on the page."""
        for choice in self.page.select(f'select[name="{name}"] option'):
            if words in choice.get_text(" ", strip=True):
                return str(choice.get("value", ""))
        for choice in self.page.select(f'input[name="{name}"]'):
            label = self.page.select_one(f'label[for="{choice.get("id")}"]') or choice.find_parent("label")
            if label is not None and words in label.get_text(" ", strip=True):
                return str(choice.get("value", ""))
        raise AssertionError(f"no choice {words!r} for {name} on {self.answer.url}")

    def words(self) -> str:
        """Return all words of the main part of the page, with single spaces."""
        return re.sub(r"\s+", " ", (self.page.find("main") or self.page).get_text(" ", strip=True))

    def reads(self, words: str) -> bool:
        """Tell whether the words stand on the page."""
        return words in self.words()

    @property
    def path(self) -> str:
        """The path of the address that the browser ended up at."""
        return urlsplit(self.answer.url).path

    def token(self) -> str:
        """The token that unsafe requests of a script must carry."""
        return self.session.cookies.get("csrftoken") or ""

    def _absolute(self, address: str) -> str:
        return urljoin(self.site + "/", address)

    def _see(self, answer: requests.Response, expect: int | None) -> "Visitor":
        self.answer = answer
        self.page = BeautifulSoup(
            answer.content if "html" in answer.headers.get("Content-Type", "") else b"", "html.parser"
        )
        if expect is not None:
            assert answer.status_code == expect, (
                f"{answer.url}: {answer.status_code} instead of {expect}\n{self.words()[:1500]}"
            )
        return self


def standing(form: Tag) -> list[tuple[str, str]]:
    """Return what a browser would send if nobody touched the form."""
    data: list[tuple[str, str]] = []
    for element in form.find_all(["input", "select", "textarea"]):
        name = str(element.get("name") or "")
        kind = str(element.get("type", "text")).lower()
        if not name or element.has_attr("disabled") or kind in SILENT_KINDS:
            continue
        if element.name == "textarea":
            data.append((name, element.get_text().removeprefix("\n")))
        elif element.name == "select":
            data += [(name, str(option.get("value", option.get_text()))) for option in chosen(element)]
        elif kind not in {"checkbox", "radio"} or element.has_attr("checked"):
            data.append((name, str(element.get("value", "on" if kind in {"checkbox", "radio"} else ""))))
    return data


def chosen(select: Tag) -> list[Tag]:
    """Return the options of a select that are chosen; the first one where none is marked."""
    options = [option for option in select.find_all("option") if not option.has_attr("disabled")]
    marked = [option for option in options if option.has_attr("selected")]
    return marked if marked or select.has_attr("multiple") else options[:1]
