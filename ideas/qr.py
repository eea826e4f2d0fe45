"""QR codes as plain SVG, drawn here: no other company learns which idea somebody prints."""

from functools import lru_cache
from io import BytesIO

import segno
from django.utils.html import escape
from django.utils.safestring import SafeString


@lru_cache(maxsize=512)
def svg(address: str, *, document: bool = False) -> str:
    """Return the code of an address: a whole file, or a part to stand in a page. Black on white, with its quiet zone."""
    out = BytesIO()
    segno.make(address, error="m", micro=False).save(
        out, kind="svg", border=4, light="#fff", dark="#000", xmldecl=document, svgns=document, omitsize=True, nl=False
    )
    return out.getvalue().decode("utf-8")


def picture(address: str, words: str) -> SafeString:
    """Return the code for a page; ``words`` say to those who cannot see it where it leads."""
    opening = f'<svg class="mw-qr" role="img" aria-label="{escape(words)}"'
    return SafeString(svg(address).replace("<svg", opening, 1).replace(' class="segno"', "", 1))
