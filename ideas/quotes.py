"""What may be quoted: somebody's own words, in their order, as whole words. Pure functions, no database."""

import re
import unicodedata

from theme.markdown import as_text, excerpt

LONGEST = 400


def offered(text: str) -> str:
    """Return the words that stand in the field first: the beginning of the comment, to be shortened."""
    found = excerpt(text, LONGEST)
    return found.removesuffix(" …")


def is_from(words: str, text: str) -> bool:
    """Tell whether ``words`` stand in ``text`` like that, as it is typed or as it is read; spaces and line ends aside."""
    wanted = plain(words)
    if not wanted:
        return False
    whole = re.compile(rf"(?<!\w){re.escape(wanted)}(?!\w)")
    return any(whole.search(source) for source in (plain(text), plain(as_text(text))))


def plain(words: str) -> str:
    """Return words on one line, composed, with the same quotation marks everywhere."""
    return " ".join(unicodedata.normalize("NFC", words).split())
