"""The style sheet and the script that browsers get are put together from small files."""

import re

import pytest

from scripts import assets

needs_modules = pytest.mark.skipif(not (assets.MODULES / "@kern-ux").is_dir(), reason="npm ci has not run")


def test_rules_are_split_on_the_outermost_level() -> None:
    css = '@charset "x";a{b:c}@media (x){d{e:"}"}f{g:h}}'
    assert list(assets.rules(css)) == [("a", "b:c"), ("@media (x)", 'd{e:"}"}f{g:h}')]


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
