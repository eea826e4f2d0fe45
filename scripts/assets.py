"""Everything the browser gets in few files: styles, scripts and fonts, from node_modules and site/theme into var/assets.

    python scripts/assets.py          build (quick, can be repeated; run it after changing a style or a script)

KERN-UX comes without its grid, utilities, icon set and fonts; all of it inside one cascade layer.
"""

import re
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
MODULES = ROOT / "node_modules"
SOURCE = ROOT / "site" / "theme" / "static" / "theme"
TARGET = ROOT / "var" / "assets"
FONTS = {
    "source-serif-4-600": "@fontsource/source-serif-4/files/source-serif-4-latin-600-normal.woff2",
    "fira-sans-400": "@fontsource/fira-sans/files/fira-sans-latin-400-normal.woff2",
    "fira-sans-600": "@fontsource/fira-sans/files/fira-sans-latin-600-normal.woff2",
}
# For sheets that are printed (theme.paper): names of people and places have more letters than our pages do.
PRINT_FONTS = {
    f"{part}-{weight}": f"@fontsource/fira-sans/files/fira-sans-{part}-{weight}-normal.woff"
    for part in ("latin", "latin-ext")
    for weight in (400, 600)
} | {
    # For the picture beside a shared link (cms.drawn).
    f"serif-{part}-600": f"@fontsource/source-serif-4/files/source-serif-4-{part}-600-normal.woff"
    for part in ("latin", "latin-ext")
}
LICENCES = {
    "kern-ux": "@kern-ux/native/LICENSE.md",
    "fira-sans": "@fontsource/fira-sans/LICENSE",
    "source-serif-4": "@fontsource/source-serif-4/LICENSE",
    "leaflet": "leaflet/LICENSE",
}
# Parts of Leaflet's style sheet that our maps do without: its own look, bubbles, the choice of layers, pictures of pins.
LEAFLET_LOOK = re.compile(
    r"popup|tooltip|layers|vml|attribution|scale|bar|default-icon|zoom-(?:in|out)|container a\b|container$"
)
# The parts of KERN-UX our pages use; rules about anything else are left out.
PARTS = "alert|body|btn|error|fieldset|form-check|form-input|heading|hint|label|progress|sr-only|table|title"
KEPT = re.compile(rf"\.kern-(?:{PARTS})(?![a-z])(?!-mobile)")
ANY = re.compile(r"\.kern-[a-z]")
# Variants within these parts that no template names (tests/theme/test_assets.py watches over it).
UNUSED = re.compile(
    r"\.kern-(?:body--|btn-wrapper|btn--x-small|fieldset__body--horizontal|heading-|label--|progress|table__|table--|title--)"
)
# Our tokens name every colour; the palette behind KERN's own is never asked for.
PALETTE = re.compile(
    r"--kern-color-(?:darkblue|lightblue|turquois|green|limette|yellow|orange|red|violet|neutral|grey|brand-colorpalette)-[\w-]*:[^;}]*;?"
)
THEMES = re.compile(r"\[data-kern-theme=|@media \(prefers-color-scheme")


def rules(css: str) -> Iterator[tuple[str, str]]:
    """Yield (head, block) of each rule on the outermost level; strings and brackets are respected."""
    head, start, depth, quote, place = "", 0, 0, "", 0
    while place < len(css):
        sign = css[place]
        if quote:
            place += 1 if sign == "\\" else 0
            quote = "" if sign == quote else quote
        elif sign in "\"'":
            quote = sign
        elif sign == "{":
            if depth == 0:
                head, start = css[start:place].strip(), place + 1
            depth += 1
        elif sign == "}":
            depth -= 1
            if depth == 0:
                yield head, css[start:place]
                start = place + 1
        elif sign == ";" and depth == 0:
            start = place + 1
        place += 1


def selectors(head: str) -> list[str]:
    """Return the selectors of a rule, split at commas outside brackets."""
    return re.split(r",(?![^(\[]*[)\]])", head)


def is_wanted(selector: str) -> bool:
    """Whether a selector is about a part we use (or about no class of KERN at all)."""
    named = ANY.findall(selector)
    return not UNUSED.search(selector) and (not named or len(KEPT.findall(selector)) == len(named))


def trimmed(css: str) -> str:
    """Return the rules of KERN-UX that our pages use."""
    kept = []
    for head, block in rules(css):
        if head.startswith(("@font-face", "@charset")) or THEMES.match(head):
            continue
        if head.startswith(("@media", "@supports")):
            inner = trimmed(block)
            kept += [f"{head}{{{inner}}}"] if inner else []
        elif head.startswith("@"):
            kept.append(f"{head}{{{block}}}")
        else:
            wanted = [one for one in selectors(head) if is_wanted(one)]
            kept += [f"{','.join(wanted)}{{{block}}}"] if wanted else []
    return "".join(kept)


def squeezed(css: str) -> str:
    """Return ``css`` without comments and idle space."""
    css = re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL)
    css = re.sub(r"\s+", " ", css)
    css = re.sub(r"\s*([{};,])\s*", r"\1", css).replace(";}", "}").strip()
    return re.sub(r":\s", ":", css)  # in declarations and questions to the screen; selectors never have it


def without_dead_names(css: str, others: str) -> str:
    """Return ``css`` without own properties that neither it nor the other style sheets ever ask for."""
    dead = {"-"}
    while dead:
        asked = set(re.findall(r"var\(\s*(--[\w-]+)", css + others))
        dead = set(re.findall(r"(?<=[{;])(--[\w-]+):", css)) - asked
        names = "|".join(sorted(map(re.escape, dead), key=len, reverse=True)) or "$^"
        css = re.sub(rf"(?<=[{{;])(?:{names}):[^;}}]*;?", "", css)
    return css


def styles() -> str:
    """Return the whole style sheet, one layer after the other."""
    kern = PALETTE.sub("", trimmed((MODULES / "@kern-ux/native/dist/kern.min.css").read_text(encoding="utf-8")))
    own = [squeezed(path.read_text(encoding="utf-8")) for path in sorted((SOURCE / "css").glob("*.css"))]
    pages = [squeezed(path.read_text(encoding="utf-8")) for path in sorted((SOURCE / "css" / "pages").glob("*.css"))]
    # Its addresses hold beside the built file only, so it must not look like a style sheet of its own to collectstatic.
    fonts = squeezed((SOURCE / "css" / "fonts" / "faces.css.part").read_text(encoding="utf-8"))
    return "\n".join(
        [
            "@layer tokens,kern,theme,page;",
            fonts,
            f"@layer kern{{{without_dead_names(kern, ''.join(own + pages))}}}",
            *own,
            *(f"@layer page{{{css}}}" for css in pages),
        ]
    )


def scripts() -> str:
    """Return all small modules in one file, each in its own block; they import nothing."""
    found = [path for path in sorted((SOURCE / "js").glob("*.js")) if path.stem != "early"]
    return "\n".join(f"{{{bare([path])}}}" for path in found)


def bare(paths: list[Path], between: str = "") -> str:
    """Return scripts without lines that only people read."""
    return between.join(re.sub(r"(?m)^\s*(//.*)?\n", "", path.read_text(encoding="utf-8")) for path in paths)


def map_styles() -> str:
    """Return what pages with a map get on top: Leaflet's mechanics, our look."""
    kept = []
    for head, block in rules(squeezed((MODULES / "leaflet/dist/leaflet.css").read_text(encoding="utf-8"))):
        wanted = [one for one in selectors(head) if not LEAFLET_LOOK.search(one) or "overflow" in block]
        if wanted and not head.startswith("@") and "url(" not in block:
            kept.append(f"{','.join(wanted)}{{{block}}}")
    own = [squeezed(path.read_text(encoding="utf-8")) for path in sorted((SOURCE / "css" / "map").glob("*.css"))]
    return f"@layer kern{{{''.join(kept)}}}@layer page{{{''.join(own)}}}"


def map_scripts() -> str:
    """Return the modules of maps as one; they use each other's names and import nothing."""
    return bare(sorted((SOURCE / "js" / "map").glob("*.js")), "\n")


def leaflet() -> str:
    """Return Leaflet without the address of a file that we do not serve."""
    return re.sub(
        r"(?m)^//# sourceMappingURL=.*$", "", (MODULES / "leaflet/dist/leaflet.js").read_text(encoding="utf-8")
    )


def write(path: Path, text: str) -> None:
    """Write ``text`` only when it changed, so that nothing is rebuilt for nothing."""
    path.parent.mkdir(parents=True, exist_ok=True)
    if not path.exists() or path.read_text(encoding="utf-8") != text:
        path.write_text(text, encoding="utf-8")


def lighter(origin: Path, target: Path) -> None:
    """Write a font without what only coarse screens read: it takes a third of the file. As it is, where brotli is missing."""
    try:
        import brotli  # noqa: F401 fontTools packs with it
        from fontTools import subset
    except ImportError:
        shutil.copyfile(origin, target)
        return
    options = subset.Options(hinting=False, layout_features=["*"], name_IDs=["*"], notdef_outline=True, flavor="woff2")
    font = subset.load_font(str(origin), options)
    maker = subset.Subsetter(options)
    maker.populate(unicodes=font.getBestCmap())
    maker.subset(font)
    subset.save_font(font, str(target), options)


def main() -> int:
    """Build everything; return the exit code."""
    if not (MODULES / "@kern-ux").is_dir():
        print("node_modules is missing: run 'npm ci' first.", file=sys.stderr)
        return 1
    write(TARGET / "mitwirk.css", styles())
    write(TARGET / "mitwirk.js", scripts())
    write(TARGET / "map.css", map_styles())
    write(TARGET / "map.js", map_scripts())
    write(TARGET / "leaflet.js", leaflet())
    write(TARGET / "mitwirk-early.js", (SOURCE / "js" / "early.js").read_text(encoding="utf-8"))
    for folder, files, ending in (
        ("fonts", FONTS, ".woff2"),
        ("print", PRINT_FONTS, ".woff"),
        ("licences", LICENCES, ".txt"),
    ):
        (TARGET / folder).mkdir(parents=True, exist_ok=True)
        for name, origin in files.items():
            copy = lighter if name.startswith("fira") and ending == ".woff2" else shutil.copyfile
            copy(MODULES / origin, TARGET / folder / f"{name}{ending}")
    sizes = ", ".join(f"{path.name} {path.stat().st_size // 1024} kB" for path in sorted(TARGET.glob("*.*")))
    print(f"var/assets: {sizes}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
