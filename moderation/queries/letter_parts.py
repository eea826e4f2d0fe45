"""What the parts of a letter are made of."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Step:
    """One thing the author can do, with an address if there is one."""

    title: str
    text: str
    url: str = ""
    url_text: str = ""
