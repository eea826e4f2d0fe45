"""Make the films of the demo town: scripts/film.py [NAME …] writes WebM files into site/config/demo/films.

Only needed after a film has changed; the results are committed. Every frame is drawn here and rendered by Chromium
(CHROMIUM_PATH, playwright). Wants PyAV as well, which nothing else in this project needs: pip install av.
"""

import base64
import io
import math
import os
import sys
from collections.abc import Callable
from pathlib import Path

import av
from PIL import Image
from playwright.sync_api import sync_playwright
from tqdm import tqdm

ROOT = Path(__file__).resolve().parent.parent
DEMO = ROOT / "site" / "config" / "demo"
FONT = ROOT / "node_modules" / "@fontsource" / "fira-sans" / "files" / "fira-sans-latin-600-normal.woff2"
WIDTH, HEIGHT, RATE = 640, 360, 10  # pixels, pixels, frames a second
SCENES = (
    ("schulweg", "Jemand hat eine Idee."),
    ("sprachcafe", "Andere sagen: Das brauchen wir auch."),
    ("rathaus", "Das Rathaus prüft die Idee und antwortet."),
    ("bank-am-fluss", "Und dann steht die Bank da."),
)
SCENE = 3.5  # seconds
INK, PAPER, SUN, BRICK = "#17323a", "#ffffff", "#ffcf4a", "#d1734f"


def data(path: Path, kind: str) -> str:
    """Return a file as an address that holds it."""
    return f"data:{kind};base64,{base64.b64encode(path.read_bytes()).decode()}"


def band(words: str, shown: float) -> str:
    """Return a line of words in a band below that slides in; ``shown`` goes from 0 to 1."""
    place = HEIGHT - 64 + 64 * (1 - shown)
    return (
        f'<rect x="0" y="{place}" width="{WIDTH}" height="64" fill="{PAPER}"/>'
        f'<text x="{WIDTH / 2}" y="{place + 41}" text-anchor="middle" font-size="26" fill="{INK}">{words}</text>'
    )


def heart(x: float, y: float, size: float) -> str:
    """Return a heart."""
    return (
        f'<path transform="translate({x} {y}) scale({size})" fill="{BRICK}" '
        'd="M0 6 C-3 -4 -18 -2 -14 10 C-11 19 0 24 0 26 C0 24 11 19 14 10 C18 -2 3 -4 0 6Z"/>'
    )


def idea(second: float) -> str:
    """Draw how an idea becomes a bench: four pictures, one sentence each."""
    number = min(int(second / SCENE), len(SCENES) - 1)
    picture, words = SCENES[number]
    inside = second - number * SCENE
    drawn = f'<image href="{data(DEMO / "pictures" / f"{picture}.webp", "image/webp")}" x="0" y="-95" width="640"/>'
    if number == 1:
        drawn += "".join(heart(150 + 85 * one, 300 - 70 * max(0, inside - 0.4 * one), 1) for one in range(5))
    return drawn + band(words, min(1, inside / 0.5))


def signing(second: float) -> str:
    """Draw a person who waves; it says openly that the film itself is still to come."""
    swing = 18 * math.sin(second * 4)
    arm = f'<g transform="rotate({swing} 395 215)"><path d="M395 215 L440 130" stroke="{BRICK}" stroke-width="34"/>'
    hand = '<circle cx="446" cy="112" r="22" fill="#e8b48c"/></g>'
    return (
        '<rect width="640" height="360" fill="#d9ecef"/><circle cx="90" cy="70" r="38" fill="' + SUN + '"/>'
        f'<g stroke-linecap="round">{arm}{hand}<path d="M245 215 L215 290" stroke="{BRICK}" stroke-width="34"/></g>'
        f'<path d="M230 300 V230 Q230 185 275 185 H365 Q410 185 410 230 V300Z" fill="{BRICK}"/>'
        '<rect x="298" y="150" width="44" height="44" fill="#e8b48c"/><circle cx="320" cy="115" r="52" fill="#e8b48c"/>'
        '<path d="M266 110 Q270 55 320 55 Q370 55 374 110 Q350 78 320 80 Q290 78 266 110Z" fill="#5a3a28"/>'
        f'<circle cx="302" cy="115" r="5" fill="{INK}"/><circle cx="338" cy="115" r="5" fill="{INK}"/>'
        f'<path d="M298 138 Q320 158 342 138" fill="none" stroke="{INK}" stroke-width="4"/>'
        + band("Hier kommt ein Film in Gebärdensprache hin.", min(1, second / 0.5))
    )


FILMS: dict[str, tuple[Callable[[float], str], float]] = {
    "idee": (idea, SCENE * len(SCENES)),
    "gebaerden": (signing, 5.0),
}


def main(names: list[str]) -> None:
    """Make the named films, or all of them."""
    (DEMO / "films").mkdir(exist_ok=True)
    style = f"<style>@font-face{{font-family:F;src:url({data(FONT, 'font/woff2')})}}body{{margin:0}}text{{font-family:F}}</style>"
    with sync_playwright() as play:
        path = os.environ.get("CHROMIUM_PATH", "/usr/bin/chromium")
        browser = play.chromium.launch(executable_path=path, args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": WIDTH, "height": HEIGHT})
        page.set_content(f'{style}<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{HEIGHT}"></svg>')
        for name in names or FILMS:
            draw, seconds = FILMS[name]
            shots = []
            for number in tqdm(range(int(seconds * RATE)), desc=name):
                page.evaluate("(inside) => { document.querySelector('svg').innerHTML = inside; }", draw(number / RATE))
                page.evaluate("document.fonts.ready.then(() => Promise.all([...document.images].map(i => i.decode())))")
                shots.append(Image.open(io.BytesIO(page.screenshot())).convert("RGB"))
            encode(shots, DEMO / "films" / f"{name}.webm")
        browser.close()


def encode(shots: list[Image.Image], path: Path) -> None:
    """Write pictures as a film in VP9."""
    with av.open(str(path), "w") as film:
        stream = film.add_stream(
            "libvpx-vp9", rate=RATE, options={"crf": "40", "b": "0", "g": "600", "deadline": "good"}
        )
        stream.width, stream.height, stream.pix_fmt = WIDTH, HEIGHT, "yuv420p"
        for shot in shots:
            film.mux(stream.encode(av.VideoFrame.from_image(shot)))
        film.mux(stream.encode())


if __name__ == "__main__":
    main(sys.argv[1:])
