"""Markdown of citizens: what they may, and what attackers get."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from theme.markdown import LONGEST, as_html, as_text, excerpt

ATTACKS = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "[x](javascript:alert(1))",
    "[x](JaVaScRiPt:alert(1))",
    "[x](java\tscript:alert(1))",
    "[x](&#106;avascript:alert(1))",
    "[x](data:text/html;base64,PHNjcmlwdD4=)",
    "[x](vbscript:msgbox(1))",
    "[x](//evil.example/)",
    '[x](https://a.example "\\" onmouseover=alert(1) \\"")',
    "<javascript:alert(1)>",
    "![x](https://evil.example/pixel.png)",
    "<a href=https://a.example style=position:fixed>x</a>",
    "<svg><style><img src=x onerror=alert(1)></style></svg>",
    "[x]: javascript:alert(1)\n\n[x]",
]


@pytest.mark.parametrize("attack", ATTACKS)
def test_attacks_come_out_as_text_or_not_at_all(attack: str) -> None:
    html = as_html(attack).lower()
    assert not any(f"<{tag}" in html for tag in ("script", "img", "svg", "style", "iframe"))
    inside_tags = [piece.split(">")[0] for piece in html.split("<")[1:]]
    assert not any(
        word in piece for piece in inside_tags for word in ("javascript", "vbscript", "data:", "onerror=", "style=")
    )
    assert not any('href="//' in piece or " onmouseover" in piece.split('"')[0] for piece in inside_tags)


@given(st.text(alphabet=st.sampled_from("<>[]()*_-#`~!\\/&;:\"'= \n\tjavscriptonerhfx0123"), max_size=300))
def test_only_our_tags_ever_come_out(source: str) -> None:
    names = {piece.split(">")[0].split()[0].strip("/") for piece in as_html(source).split("<")[1:]}
    assert names <= {"p", "br", "ul", "ol", "li", "a", "em", "strong"}


def test_paragraphs_lists_links_and_emphasis_work() -> None:
    html = as_html("Ein *Wort* und **noch eins**.\nneue Zeile\n\n- eins\n- zwei\n\n[Stadt](https://stadt.example/)")
    assert "<em>Wort</em>" in html
    assert "<strong>noch eins</strong>" in html
    assert "<br" in html
    assert html.count("<li>") == 2
    assert 'href="https://stadt.example/"' in html
    assert 'rel="nofollow ugc noopener"' in html


def test_headings_and_pictures_stay_as_typed() -> None:
    assert "<h1" not in as_html("# groß")
    assert "# groß" in as_html("# groß")


def test_a_monstrous_text_is_read_to_its_bound_and_quickly() -> None:
    for monster in ("[" * 200_000, "*a " * 100_000, "> " * 50_000, "- " * 50_000, "](" * 100_000):
        begun = time.perf_counter()
        assert len(as_html(monster)) < LONGEST * 20
        assert time.perf_counter() - begun < 12


def test_an_excerpt_is_plain_and_ends_between_words() -> None:
    source = "Unter der **Brücke** ist es trocken & laut.\n\n- erstens\n- zweitens"
    assert as_text(source) == "Unter der Brücke ist es trocken & laut. erstens zweitens"
    assert excerpt(source, 25) == "Unter der Brücke ist es …"
    assert excerpt("kurz", 25) == "kurz"
