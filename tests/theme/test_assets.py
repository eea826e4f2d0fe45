"""The style sheet and the script that browsers get are put together from small files."""

import re
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from scripts import assets

needs_modules = pytest.mark.skipif(not (assets.MODULES / "@kern-ux").is_dir(), reason="npm ci has not run")


def test_rules_are_split_on_the_outermost_level() -> None:
    css = '@charset "x";a{b:c}@media (x){d{e:"}"}f{g:h}}'
    assert list(assets.rules(css)) == [("a", "b:c"), ("@media (x)", 'd{e:"}"}f{g:h}')]


def test_names_that_nobody_asks_for_are_left_out_with_what_only_they_ask_for() -> None:
    css = ":root{--a:1;--b:var(--a);--c:2;--d:3}p{color:var(--c)}"
    assert assets.without_dead_names(css, "q{color:var(--d)}") == ":root{--c:2;--d:3}p{color:var(--c)}"


def test_no_page_names_a_variant_that_is_left_out() -> None:
    for room in ("ideas", "voting", "moderation", "search", "site"):
        for path in (assets.ROOT / room).rglob("*"):
            if path.suffix in {".html", ".js", ".py"}:
                names = re.findall(r"kern-[a-z0-9_-]+", path.read_text(encoding="utf-8"))
                assert not [name for name in names if assets.UNUSED.search(f".{name}")], path


def test_what_no_page_uses_is_left_out() -> None:
    css = ".kern-btn,.kern-col-3{a:b}.kern-row{c:d}@media (x){.kern-grid{e:f}}body{g:h}@font-face{src:url(x)}"
    assert assets.trimmed(css) == ".kern-btn{a:b}body{g:h}"


@needs_modules
def test_the_style_sheet_is_small_layered_and_asks_nobody_else() -> None:
    css = assets.styles()
    assert css.startswith("@layer tokens,kern,theme,page;")
    assert len(css) < 160_000
    assert not re.findall(r"url\(\s*['\"]?(?:https?:)?//", css)
    assert css.count("{") == css.count("}")


def test_every_script_stands_in_a_block_of_its_own_and_imports_nothing() -> None:
    code = assets.scripts()
    assert code.count("{") == code.count("}")
    assert not re.search(r"(?m)^\s*(import|export)\b", code)


@needs_modules
def test_fonts_lose_what_phones_do_not_read_and_keep_their_letters(tmp_path: Path) -> None:
    origin = assets.MODULES / assets.FONTS["fira-sans-400"]
    assets.lighter(origin, tmp_path / "font.woff2")
    assert (tmp_path / "font.woff2").stat().st_size < 0.75 * origin.stat().st_size
    assert TTFont(tmp_path / "font.woff2").getBestCmap().keys() == TTFont(origin).getBestCmap().keys()
