"""Render the drawings of the demo town: scripts/draw.py [NAME …] makes a WebP of every SVG in site/config/demo/pictures/svg.

Only needed after a drawing has changed; the results are committed. Wants Chromium (CHROMIUM_PATH) and playwright.
"""

import io
import os
import sys
from pathlib import Path

from PIL import Image
from playwright.sync_api import sync_playwright
from tqdm import tqdm

PICTURES = Path(__file__).resolve().parent.parent / "site" / "config" / "demo" / "pictures"


def main(names: list[str]) -> None:
    """Render the named drawings, or all of them."""
    sources = [source for source in sorted(PICTURES.glob("svg/*.svg")) if not names or source.stem in names]
    with sync_playwright() as play:
        path = os.environ.get("CHROMIUM_PATH", "/usr/bin/chromium")
        browser = play.chromium.launch(executable_path=path, args=["--no-sandbox"])
        page = browser.new_page()
        for source in tqdm(sources, desc="Pictures"):
            svg = source.read_text(encoding="utf-8")
            width, height = (int(svg.split(f'{side}="')[1].split('"')[0]) for side in ("width", "height"))
            page.set_viewport_size({"width": width, "height": height})
            page.set_content(f"<body style='margin:0'>{svg}</body>")
            shot = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
            shot.save(PICTURES / f"{source.stem}.webp", quality=84, method=6)
        browser.close()


if __name__ == "__main__":
    main(sys.argv[1:])
